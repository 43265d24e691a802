import { GatehouseError, isKind } from '#contract/failure.ts';
import type { Realm } from '#contract/shapes.ts';
import { opensNothing } from '../../kit/opens-nothing.ts';
import type { Grant, Step, VendorContext } from '../../vendor.ts';
import { koyebClient } from '../api/client.ts';
import { byProvider } from '../form.ts';
import { grantOf, landed, logoutUnless, tokenIn } from './landed.ts';
import { beginByProvider } from './provider.ts';
import { currentRealm } from './realms.ts';
import { jwtExpiry, type KoyebSecret, secretOf } from './secret.ts';

/** Signs in by what the account form holds: a pasted token, a provider, or e-mail and password. */
export async function begin(context: VendorContext): Promise<Step> {
  if (context.values.way === byProvider) return beginByProvider(context);
  const grant = context.values.way === 'token' ? await byPastedToken(context) : await byPassword(context);
  return { kind: 'active', grant };
}

async function byPassword(context: VendorContext): Promise<Grant> {
  const { email = '', password = '' } = context.values;
  const wanted = context.realm?.id ?? '';
  const token = await login(context, { email, password, organizationId: wanted });
  // Asked to be in no organisation, but Koyeb may choose one.
  if (wanted === '' && context.realm) return landed(context, token, 'password');
  return grantOf(token, secretOf(token, null, context.now()), context.realm, 'password');
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
  // Koyeb gives tokens of organisations that reject every call; the session that asks goes on then.
  await logoutUnless(context, own, () => koyebClient(context.http, token.id).getCurrentUser());
  return grantOf(token, own, realm, realm.id ? 'organisation switch' : 'session without an organisation');
}
