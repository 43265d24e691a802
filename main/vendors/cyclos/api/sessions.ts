import * as model from './models.ts';
import type { CyclosRequests } from './request.ts';
import { type PageRange, type SearchPage, search } from './search.ts';

const viewSessions = 'to view sessions';
const disconnectSessions = 'to disconnect sessions';

/** Sessions of people, one's own included; 4.16. */
export function sessionOperations(ask: CyclosRequests) {
  return {
    /** A row without a token is of no use, and no reason to refuse the others. */
    async searchSessions(
      filter: PageRange & { user?: string; excludeCurrentSession?: boolean },
    ): Promise<SearchPage<model.SessionResult>> {
      const row = model.sessionResult;
      const page = await search(ask, 'searchSessions', ['sessions'], { ...filter }, row, viewSessions, true);
      const rows = page.rows.flatMap(({ sessionToken, ...rest }) =>
        sessionToken ? [{ ...rest, sessionToken }] : [],
      );
      return { ...page, rows };
    },

    disconnectSession: (sessionToken: string) =>
      ask.empty({
        operation: 'disconnectSession',
        newIn416: true,
        method: 'DELETE',
        path: ['sessions', sessionToken],
        right: disconnectSessions,
      }),

    /** Ends every session of a person; returns how many there were. */
    async disconnectUserSessions(user: string): Promise<number> {
      const text = await ask.text({
        operation: 'disconnectUserSessions',
        newIn416: true,
        method: 'DELETE',
        path: [user, 'sessions'],
        right: disconnectSessions,
      });
      return Number.parseInt(text, 10) || 0;
    },
  };
}
