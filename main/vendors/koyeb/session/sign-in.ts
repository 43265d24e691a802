import { GatehouseError } from '#contract/failure.ts';
import type { Realm } from '#contract/shapes.ts';
import { isKind } from '../../kit/failures.ts';
import { opensNothing } from '../../kit/opens-nothing.ts';
import type { Grant, Step, VendorContext } from '../../vendor.ts';
import { type KoyebClient, koyebClient } from '../api/client.ts';
import type { Token } from '../api/models.ts';
import { endTokens } from './end.ts';
import { currentRealm, noOrganisation } from './realms.ts';
import { jwtExpiry, type KoyebSecret, secretOf } from './secret.ts';

/** Signs in by what the account form holds: a pasted token, or e-mail and password. */
export async function begin(context: VendorContext): Promise<Step> {
  const grant = context.values.way === 'token' ? await byPastedToken(context) : await byPassword(context);
  return { kind: 'active', grant };
}

async function byPassword(context: VendorContext): Promise<Grant> {
  const { email = '', password = '' } = context.values;
  const wanted = context.realm?.id ?? '';
  const token = await login(context, { email, password, organizationId: wanted });
  const secret = secretOf(token, null, context.now());
  // Asked to be in no organisation, but Koyeb chose one: a second token without it, and both end together.
  if (context.realm?.id === '' && token.organization_id) {
    const client = koyebClient(context.http, token.id);
    const free = await logoutUnless(context, secret, () => tokenIn(client, noOrganisation));
    return grantOf(free, secretOf(free, secret, context.now()), context.realm, 'password');
  }
  return grantOf(token, secret, context.realm, 'password');
}

/** A refused password may only mean that the person signs in elsewhere (getLoginMethod): then it says so. */
async function login(
  context: VendorContext,
  input: { email: string; password: string; organizationId: string },
) {
  const client = koyebClient(context.http, null);
  try {
    return await client.login(input);
  } catch (error) {
    if (!isKind(error, 'refused-credentials')) throw error;
    const method = await client.getLoginMethod(input.email).catch(() => undefined);
    if (method !== 'WORKOS') throw error;
    throw new GatehouseError({
      ...error.failure,
      message: 'This person signs in to Koyeb through WorkOS, so a password is not accepted here.',
      advice: 'Create an API token in Koyeb’s settings and paste it in the account form.',
    });
  }
}

/** Runs the work; if it fails, the session that is already open is ended, or the failure says that it may live on. */
async function logoutUnless<T>(
  context: VendorContext,
  secret: KoyebSecret,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const ended = await endTokens(context, secret).then(
      () => true,
      () => false,
    );
    if (ended || !(error instanceof GatehouseError)) throw error;
    throw new GatehouseError(error.failure, { mayHaveWorked: true });
  }
}

async function byPastedToken(context: VendorContext): Promise<Grant> {
  const token = (context.values.token ?? '').trim();
  const client = koyebClient(context.http, token);
  const user = await opensNothing(client.getCurrentUser()).catch((error: unknown) => {
    if (!isKind(error, 'expired')) throw error;
    throw new GatehouseError({
      ...error.failure,
      kind: 'refused-credentials',
      message: 'Koyeb does not accept the pasted token: it is mistyped, revoked or expired.',
      advice: 'Paste a new one in the account form.',
    });
  });
  const realm = await opensNothing(currentRealm(client));
  const secret: KoyebSecret = {
    token,
    kind: 'pasted',
    expiresAt: jwtExpiry(token),
    userId: user.id ?? null,
    replaced: [],
  };
  if (context.realm && context.realm.id !== realm.id) return openRealm(context, secret, context.realm);
  const person = user.name ?? user.email ?? null;
  return { secret, realm, person, method: 'pasted token', expiresAt: secret.expiresAt };
}

/** A token of the same person in another organisation, or in none, beside the one that asks. */
export async function openRealm(context: VendorContext, secret: KoyebSecret, realm: Realm): Promise<Grant> {
  const client = koyebClient(context.http, secret.token);
  const token = await tokenIn(client, realm);
  const own = { ...secretOf(token, null, context.now()), userId: token.user_id ?? secret.userId };
  return grantOf(token, own, realm, realm.id ? 'organisation switch' : 'session without an organisation');
}

async function tokenIn(client: KoyebClient, realm: Realm): Promise<Token> {
  if (realm.id) return client.switchOrganization(realm.id);
  try {
    return await client.newSession();
  } catch (error) {
    // Koyeb has marked newSession as deprecated; what it gives can be had here too.
    if (!(error instanceof GatehouseError) || !gone.has(error.failure.status ?? 0)) throw error;
    return client.unscopeOrganizationToken();
  }
}

/** Statuses that say that a server no longer has an operation. */
const gone: ReadonlySet<number> = new Set([404, 405, 410, 501]);

export function grantOf(token: Token, secret: KoyebSecret, asked: Realm | null, method: string): Grant {
  const id = token.organization_id ?? '';
  const realm = !id ? noOrganisation : asked?.id === id ? asked : { id, name: id };
  return { secret, realm, person: null, method, expiresAt: secret.expiresAt };
}
