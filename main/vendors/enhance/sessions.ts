import { GatehouseError } from '#contract/failure.ts';
import { parseSessionTag, readSessionTag } from '#lib/session-tag.ts';
import { orFailure } from '../kit/admin.ts';
import { browserName } from '../kit/browser-name.ts';
import { mostRows } from '../kit/schema.ts';
import type { Check, Json, RemoteSession, StraySearchResult, VendorContext } from '../vendor.ts';
import { timeOf } from './assumptions.ts';
import type { EnhanceClient } from './client.ts';
import { realmOfSession } from './realm.ts';
import { inSession, isUnknownSession, readSecret } from './secret.ts';
import { abandon, begin, storedAuthenticator } from './sign-in.ts';

const tokenStays =
  'An access token can’t be signed out: it stays valid at the panel until it is deleted there or expires.';

type Row = Awaited<ReturnType<EnhanceClient['getSessions']>>[number];

const sessionTagOf = (context: VendorContext, session: Row) =>
  session.userAgent
    ? readSessionTag(session.userAgent, parseSessionTag(context.http.userAgent)?.installId ?? '')
    : null;

const oldestFirst = (one: Row, other: Row) => (timeOf(one.createdAt) ?? 0) - (timeOf(other.createdAt) ?? 0);

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
async function learnt(context: VendorContext, secret: Json): Promise<Json> {
  let sessionId = remoteIdOf(secret);
  if (!sessionId) {
    const sessions = await orFailure(inSession(context, secret).getSessions());
    sessionId = sessions.value && ownRow(context, secret, sessions.value)?.id;
  }
  return { kind: 'cookie', cookies: context.http.saveCookies(), ...(sessionId ? { sessionId } : {}) };
}

export async function check(context: VendorContext, secret: Json): Promise<Check> {
  const client = inSession(context, secret);
  const kind = readSecret(secret).kind;
  try {
    const { name } = await client.getLogin();
    const realm = context.realm ? null : await realmOfSession(client);
    return {
      alive: true,
      person: name,
      ...(realm ? { realm } : {}),
      ...(kind === 'cookie' ? { secret: await learnt(context, secret) } : {}),
    };
  } catch (error) {
    if (isUnknownSession(error)) {
      const reason =
        kind === 'token'
          ? 'The panel no longer accepts this access token: it was deleted, or it expired.'
          : 'The panel no longer knows this session: it was ended elsewhere, or it expired.';
      return { alive: false, reason };
    }
    // An organisation's token that has no login to show is still a token that the panel knows.
    if (kind === 'token' && error instanceof GatehouseError && error.failure.kind === 'forbidden') {
      return { alive: true };
    }
    throw error;
  }
}

export function cannotEnd(secret: Json): string | null {
  return readSecret(secret).kind === 'token' ? tokenStays : null;
}

/** Resolves on success, and on 401: the panel's word that there is no such session. */
export async function end(context: VendorContext, secret: Json): Promise<void> {
  const impossible = cannotEnd(secret);
  if (impossible) throw new GatehouseError({ kind: 'forbidden', message: impossible });
  try {
    await inSession(context, secret).deleteCurrentSession();
  } catch (error) {
    if (!isUnknownSession(error)) throw error;
  }
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

/**
 * After a crash only the mark is known, so this signs in anew, ends every other session that carries the mark, and then
 * its own. Not told when the sign-in wants a person, or works without a session (access token).
 */
export async function endStray(context: VendorContext): Promise<StraySearchResult> {
  if (context.values.way === 'token') return { conclusive: false, ended: false };
  const seen = new Set<string>();
  let ended = false;
  // The second round is due only when the panel's dates misled us about which session is our own.
  for (let round = 0; round < 2; round += 1) {
    const step = await begin(context, null, {});
    if (step.kind === 'prompt') {
      await abandon(context, step.resume);
      return { conclusive: false, ended };
    }
    const { foundOthers, complete } = await endMarked(inSession(context, step.grant.secret), context, seen);
    ended ||= foundOthers;
    // A sign-in with a second factor may have stopped half-way; the list is silent on such sessions.
    const listed = step.grant.method !== storedAuthenticator;
    if (complete) return { conclusive: listed, ended, again: true };
  }
  return { conclusive: false, ended, again: true };
}

/**
 * Ends the sessions that carry the mark, whoever opened them; our own goes last. The list does not say which that is: it is the one that an
 * earlier round has not seen, else the newest. Not complete when our own turned out to be ended among the others.
 */
async function endMarked(
  client: EnhanceClient,
  context: VendorContext,
  seen: Set<string>,
): Promise<{ foundOthers: boolean; complete: boolean }> {
  const tagged = (await client.getSessions())
    .filter((session) => sessionTagOf(context, session) === context.sessionTag)
    .sort(oldestFirst);
  const own = (seen.size > 0 ? tagged.find((session) => !seen.has(session.id)) : undefined) ?? tagged.at(-1);
  const others = tagged.filter((session) => session !== own);
  for (const session of tagged) seen.add(session.id);
  try {
    for (const session of others) await client.deleteSession(session.id);
    await client.deleteCurrentSession();
    return { foundOthers: others.length > 0, complete: true };
  } catch (error) {
    if (!isUnknownSession(error)) throw error;
    return { foundOthers: others.length > 0, complete: others.length === 0 };
  }
}
