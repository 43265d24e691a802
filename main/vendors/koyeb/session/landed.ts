import { GatehouseError } from '#contract/failure.ts';
import type { Realm } from '#contract/shapes.ts';
import type { Grant, VendorContext } from '../../vendor.ts';
import { type KoyebClient, koyebClient } from '../api/client.ts';
import type { Token } from '../api/models.ts';
import { endTokens } from './end.ts';
import { noOrganisation } from './realms.ts';
import { type KoyebSecret, secretOf } from './secret.ts';

/** Where a new token leads: into the realm that was asked for, with whatever is open on the way ended together. */

/** The session of a token that a sign-in brought. Where another realm was asked for, a second token leads there, and both end together. */
export async function landed(context: VendorContext, token: Token, method: string): Promise<Grant> {
  const secret = secretOf(token, null, context.now());
  const { realm } = context;
  if (!realm || realm.id === (token.organization_id ?? '')) return grantOf(token, secret, realm, method);
  const client = koyebClient(context.http, token.id);
  const there = await logoutUnless(context, secret, () => tokenIn(client, realm));
  return grantOf(there, secretOf(there, secret, context.now()), realm, method);
}

/** Runs the work; if it fails, the session that is already open is ended, or the failure says that it may live on. */
export async function logoutUnless<T>(
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

/** A new token of the bearer's person in a realm. */
export async function tokenIn(client: KoyebClient, realm: Realm): Promise<Token> {
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
