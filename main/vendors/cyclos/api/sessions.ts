import * as model from './models.ts';
import type { CyclosRequests } from './request.ts';
import { type PageRange, search } from './search.ts';

const viewSessions = 'to view sessions';
const disconnectSessions = 'to disconnect sessions';

/** Sessions of people, one's own included; 4.16. */
export function sessionOperations(ask: CyclosRequests) {
  return {
    searchSessions: (filter: PageRange & { user?: string; excludeCurrentSession?: boolean }) =>
      search(ask, 'searchSessions', ['sessions'], { ...filter }, model.sessionResult, viewSessions, true),

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
