import { isKind } from '../../kit/failures.ts';
import type { Check, Grant, Json, StraySearchResult, TokenTimes, VendorContext } from '../../vendor.ts';
import { cyclosClient } from '../api/client.ts';
import { generationOf } from '../api/generation.ts';
import type { Auth } from '../api/models.ts';
import { assumptions } from '../assumptions.ts';
import { accessOf } from './secret.ts';

const deadSession = 'Cyclos no longer knows this session: it was ended, or not used for too long.';

export async function check(context: VendorContext, secret: Json): Promise<Check> {
  const isClient = accessOf(secret).kind === 'access-client';
  try {
    const { auth, expiresAt } = await probe(context, secret);
    if (!auth.user && !auth.accessClient) return { alive: false, reason: deadSession };
    const person = auth.user?.display;
    return { alive: true, expiresAt, ...(person ? { person } : {}) };
  } catch (error) {
    if (isClient && isKind(error, 'refused-credentials', 'expired'))
      return { alive: false, reason: error.failure.message };
    if (isKind(error, 'expired')) return { alive: false, reason: deadSession };
    throw error;
  }
}

/** Who the session is, and until when by the server's word: 4.11 has none, and an access client's does not end. */
async function probe(
  context: VendorContext,
  secret: Json,
): Promise<{ auth: Auth; expiresAt: number | null }> {
  const access = accessOf(secret);
  const client = cyclosClient(context.http, access);
  const auth = await client.auth.getCurrentAuth();
  if (access.kind === 'access-client' || generationOf(auth) === '4.11') return { auth, expiresAt: null };
  try {
    const info = await client.auth.getSessionInfo();
    return { auth, expiresAt: info?.expiresAt ?? null };
  } catch (error) {
    if (isKind(error, 'not-found', 'forbidden')) return { auth, expiresAt: null };
    throw error;
  }
}

export async function end(context: VendorContext, secret: Json): Promise<void> {
  const access = accessOf(secret);
  if (access.kind === 'access-client') return;
  try {
    await cyclosClient(context.http, access).auth.logout();
  } catch (error) {
    if (!isKind(error, 'expired')) throw error;
  }
}

export function cannotEnd(secret: Json): string | null {
  return accessOf(secret).kind === 'access-client'
    ? 'An access client opens no session: its token stays valid until it is disconnected in Cyclos.'
    : null;
}

/** A list of sessions does not tell ours from others. An access client opens none. */
export async function endStray(context: VendorContext): Promise<StraySearchResult> {
  return { conclusive: context.values.way === 'access-client', ended: false };
}

/** Half-way to the expiry that Cyclos states; where it states none, often enough. Only if the account says so. */
export function refreshAt({ expiresAt, usedAt }: TokenTimes, values: Record<string, string>): number | null {
  if (values.keepAlive !== 'yes' || values.way === 'access-client') return null;
  return expiresAt === null
    ? usedAt + assumptions.keepAliveEvery
    : usedAt + Math.max(0, expiresAt - usedAt) / 2;
}

/** Any use renews the session; the token stays the same. */
export async function refresh(context: VendorContext, secret: Json): Promise<Grant> {
  const { auth, expiresAt } = await probe(context, secret);
  const person = auth.user?.display ?? null;
  return { secret, realm: context.realm, person, method: 'kept alive', expiresAt };
}
