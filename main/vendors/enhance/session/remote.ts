import { parseSessionTag, readSessionTag } from '#lib/session-tag.ts';
import { browserName } from '../../kit/browser-name.ts';
import { orFailure } from '../../kit/reads.ts';
import { mostRows } from '../../kit/schema.ts';
import type { Json, RemoteSession, VendorContext } from '../../vendor.ts';
import type { EnhanceClient } from '../api/client.ts';
import { timeOf } from '../assumptions.ts';
import { inSession, isUnknownSession, readSecret } from './secret.ts';

/** The sessions that the panel lists for this login. */

export type Row = Awaited<ReturnType<EnhanceClient['getSessions']>>[number];

export const sessionTagOf = (context: VendorContext, session: Row) =>
  session.userAgent
    ? readSessionTag(session.userAgent, parseSessionTag(context.http.userAgent)?.installId ?? '')
    : null;

export const oldestFirst = (one: Row, other: Row) =>
  (timeOf(one.createdAt) ?? 0) - (timeOf(other.createdAt) ?? 0);

/**
 * The row of the session that asks, which the panel does not name: the one whose id is known, else the oldest with its
 * mark. Whoever copies the mark has read it in this list, and so comes later. An access token has no row.
 */
function ownRow(context: VendorContext, secret: Json, sessions: Row[]): Row | undefined {
  const known = readSecret(secret);
  if (known.kind === 'token') return undefined;
  const tagged = () =>
    sessions.filter((one) => sessionTagOf(context, one) === context.sessionTag).sort(oldestFirst)[0];
  return sessions.find(({ id }) => id === known.sessionId) ?? tagged();
}

/** Null for an access token, undefined until a check has found it. */
export function remoteIdOf(secret: Json): string | null | undefined {
  const known = readSecret(secret);
  return known.kind === 'token' ? null : known.sessionId;
}

/** The secret with what is new of it: the cookie, and which session of the list it is. */
export async function learnt(context: VendorContext, secret: Json): Promise<Json> {
  let sessionId = remoteIdOf(secret);
  if (!sessionId) {
    const sessions = await orFailure(inSession(context, secret).getSessions());
    sessionId = sessions.value && ownRow(context, secret, sessions.value)?.id;
  }
  return { kind: 'cookie', cookies: context.http.saveCookies(), ...(sessionId ? { sessionId } : {}) };
}

export async function remoteSessions(context: VendorContext, secret: Json): Promise<RemoteSession[]> {
  const sessions = await inSession(context, secret).getSessions();
  const own = ownRow(context, secret, sessions);
  const tagged = sessions.map((session) => ({ session, sessionTag: sessionTagOf(context, session) }));
  // Ours first, as a long list is cut.
  const ours = tagged.filter(({ sessionTag }) => sessionTag !== null);
  const others = tagged.filter(({ sessionTag }) => sessionTag === null);
  return [...ours, ...others].slice(0, mostRows).map(({ session, sessionTag }) => ({
    id: session.id,
    where: session.location ?? null,
    browser: browserName(session.userAgent),
    address: session.ipAddr ?? null,
    openedAt: timeOf(session.createdAt),
    sessionTag,
    current: session === own,
    canEnd: true,
  }));
}

/** A 401 may mean "unknown id" or "your own session is gone": the list tells which. */
export async function endRemoteSession(
  context: VendorContext,
  secret: Json,
  remoteId: string,
): Promise<void> {
  const client = inSession(context, secret);
  try {
    await client.deleteSession(remoteId);
  } catch (error) {
    if (!isUnknownSession(error)) throw error;
    const left = await client.getSessions();
    if (left.some((session) => session.id === remoteId)) throw error;
  }
}

export async function endAllSessions(context: VendorContext, secret: Json): Promise<void> {
  await inSession(context, secret).deleteSessions();
}
