import { createHash } from 'node:crypto';
import { mostRows } from '../../kit/schema.ts';
import type { Json, RemoteSession, VendorContext } from '../../vendor.ts';
import { type CyclosClient, cyclosClient } from '../api/client.ts';
import type { SessionResult } from '../api/models.ts';
import { assumptions } from '../assumptions.ts';
import { accessOf } from './secret.ts';

const digest = (token: string) => createHash('sha256').update(token).digest('base64url');

/** Cyclos names a session by its live token, which may not leave this process: outside it goes by a digest. */
export const idOf = (session: SessionResult): string => digest(session.sessionToken);

/** An access client has no session. */
export function remoteIdOf(secret: Json): string | null {
  const access = accessOf(secret);
  return access.kind === 'session' ? digest(access.token) : null;
}

/** A person's sessions, page by page, as many as anybody can want to see. 4.11 can't tell: `not-found`. */
export async function sessionsOf({ sessions }: CyclosClient, user: string): Promise<SessionResult[]> {
  const all: SessionResult[] = [];
  for (let page = 0; page < assumptions.mostPages; page++) {
    const found = await sessions.searchSessions({ user, page, pageSize: assumptions.pageSize });
    all.push(...found.rows);
    if (!found.more || all.length >= mostRows) break;
  }
  return all;
}

async function ownSessions(client: CyclosClient): Promise<SessionResult[]> {
  const { user } = await client.auth.getCurrentAuth();
  return sessionsOf(client, user?.id ?? 'self');
}

/** Every session of this person, for those who may view sessions. */
export async function remoteSessions(context: VendorContext, secret: Json): Promise<RemoteSession[]> {
  const sessions = await ownSessions(cyclosClient(context.http, accessOf(secret)));
  return sessions.map((one) => ({
    id: idOf(one),
    where: null,
    browser: one.channel?.name ?? null,
    address: one.remoteAddress ?? null,
    openedAt: one.creationDate ?? null,
    ...(one.user?.display ? { person: one.user.display } : {}),
    sessionTag: null,
    current: one.currentSession ?? idOf(one) === remoteIdOf(secret),
    canEnd: true,
  }));
}

/** Ends one of the listed sessions; one that is no longer listed has ended already. */
export async function endRemoteSession(
  context: VendorContext,
  secret: Json,
  remoteId: string,
): Promise<void> {
  const client = cyclosClient(context.http, accessOf(secret));
  const session = (await ownSessions(client)).find((one) => idOf(one) === remoteId);
  if (session) await client.sessions.disconnectSession(session.sessionToken);
}

export async function endAllSessions(context: VendorContext, secret: Json): Promise<void> {
  await cyclosClient(context.http, accessOf(secret)).sessions.disconnectUserSessions('self');
}
