import { isKind } from '#contract/failure.ts';
import type { Check, Grant, Json, StraySearchResult, TokenTimes, VendorContext } from '../../vendor.ts';
import { koyebClient } from '../api/client.ts';
import { assumptions } from '../assumptions.ts';
import { endTokens } from './end.ts';
import { grantOf } from './landed.ts';
import { currentRealm } from './realms.ts';
import { clientOf, readSecret, secretOf, stillAlive } from './secret.ts';

export async function check(context: VendorContext, secret: Json): Promise<Check> {
  const client = clientOf(context, secret);
  try {
    const user = await client.getCurrentUser();
    const person = user.name ?? user.email;
    return { alive: true, realm: await currentRealm(client), ...(person ? { person } : {}) };
  } catch (error) {
    if (isKind(error, 'expired')) return { alive: false, reason: error.failure.message };
    throw error;
  }
}

export const end = (context: VendorContext, secret: Json) => endTokens(context, readSecret(secret));

/** Tokens that refreshes have replaced. */
export function leftAfter(secret: Json, now: number): { until: number | null } | null {
  const left = stillAlive(readSecret(secret), now).map((one) => one.expiresAt ?? Infinity);
  const until = Math.max(...left);
  return left.length === 0 ? null : { until: until === Infinity ? null : until };
}

/** Koyeb lists no sessions. Only a pasted token, used where it belongs, surely opened none. */
export async function endStray(context: VendorContext): Promise<StraySearchResult> {
  return { conclusive: context.values.way === 'token' && context.realm === null, ended: false };
}

/** Why a pasted token does not end at the vendor, and when it dies; null for sessions. */
export function cannotEnd(stored: Json): string | null {
  const secret = readSecret(stored);
  if (secret.kind === 'session') return null;
  if (secret.expiresAt === null)
    return 'An API token is not signed out: it stays valid until it is revoked in Koyeb’s settings.';
  const until = new Date(secret.expiresAt).toISOString().slice(0, 16).replace('T', ' ');
  return `An access token can’t be revoked: it stays valid until ${until} UTC and then dies by itself.`;
}

/** 12 h before expiry, or at half the life of a shorter token. A pasted token is renewed by its owner. */
export function refreshAt(
  { expiresAt, grantedAt }: TokenTimes,
  values: Record<string, string>,
): number | null {
  if (expiresAt === null || values.way === 'token') return null;
  return expiresAt - Math.min(assumptions.refreshLead, Math.max(0, expiresAt - grantedAt) / 2);
}

/** A new token for the same session. The old one lives on at Koyeb, so it is kept to be ended with the session. */
export async function refresh(context: VendorContext, secret: Json): Promise<Grant> {
  const stored = readSecret(secret);
  const token = await koyebClient(context.http, stored.token).refreshToken();
  return grantOf(token, secretOf(token, stored, context.now()), context.realm, 'refresh');
}
