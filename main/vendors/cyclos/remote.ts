import { createHash } from 'node:crypto';
import { mostRows } from '../kit/schema.ts';
import type { RemoteSession, VendorContext } from '../vendor.ts';
import type { Access } from './access.ts';
import { assumptions } from './assumptions.ts';
import { cyclosClient } from './client.ts';
import type { SessionResult } from './models.ts';
import { peopleClient } from './people-client.ts';

const digest = (token: string) => createHash('sha256').update(token).digest('base64url');

/** Cyclos names a session by its live token, which may not leave this process: outside it goes by a digest. */
export const idOf = (session: SessionResult): string => digest(session.sessionToken);

/** An access client has no session. */
export const remoteIdOf = (access: Access): string | null =>
  access.kind === 'session' ? digest(access.token) : null;

async function ownSessions(context: VendorContext, access: Access): Promise<SessionResult[]> {
  const { user } = await cyclosClient(context.http, access).getCurrentAuth();
  const people = peopleClient(context.http, access);
  const all: SessionResult[] = [];
  for (let page = 0; page < assumptions.mostPages; page++) {
    const self = user?.id ?? 'self';
    const found = await people.searchSessions({ user: self, page, pageSize: assumptions.pageSize });
    all.push(...found.rows);
    if (!found.more || all.length >= mostRows) break;
  }
  return all;
}

/** Every session of this person, for those who may view sessions. 4.11 can't tell: `not-found`. */
export async function listRemote(context: VendorContext, access: Access): Promise<RemoteSession[]> {
  const sessions = await ownSessions(context, access);
  return sessions.map((one) => ({
    id: idOf(one),
    where: null,
    browser: one.channel?.name ?? null,
    address: one.remoteAddress ?? null,
    openedAt: one.creationDate ?? null,
    ...(one.user?.display ? { person: one.user.display } : {}),
    sessionTag: null,
    current: one.currentSession ?? idOf(one) === remoteIdOf(access),
    canEnd: true,
  }));
}

/** Ends one of the listed sessions; one that is no longer listed has ended already. */
export async function endRemote(context: VendorContext, access: Access, remoteId: string): Promise<void> {
  const session = (await ownSessions(context, access)).find((one) => idOf(one) === remoteId);
  if (session) await peopleClient(context.http, access).disconnectSession(session.sessionToken);
}
