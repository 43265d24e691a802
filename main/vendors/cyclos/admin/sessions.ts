import { mostRows } from '../../kit/schema.ts';
import { assumptions } from '../assumptions.ts';
import type { SessionResult } from '../models.ts';
import { idOf } from '../remote.ts';
import type { Desk } from './desk.ts';

/** A person's sessions, page by page, as many as anybody can want to see. */
export async function sessionsOf({ people }: Pick<Desk, 'people'>, user: string): Promise<SessionResult[]> {
  const all: SessionResult[] = [];
  for (let page = 0; page < assumptions.mostPages; page++) {
    const found = await people.searchSessions({ user, page, pageSize: assumptions.pageSize });
    all.push(...found.rows);
    if (!found.more || all.length >= mostRows) break;
  }
  return all;
}

/** A row's id: the person and a digest, for Cyclos names a session by its live token. */
export const sessionRowId = (user: string, session: SessionResult) => `${user}/${idOf(session)}`;

/** Disconnects the session of a row; answers false when it is gone already. */
export async function disconnect(desk: Desk, user: string, rowId: string): Promise<boolean> {
  const session = (await sessionsOf(desk, user)).find((one) => sessionRowId(user, one) === rowId);
  if (session) await desk.people.disconnectSession(session.sessionToken);
  return session !== undefined;
}
