import type { AppState } from '../state/app-state.ts';
import type { Session } from '../state/types.ts';
import { isOver } from './chosen-session.ts';

/** Given up by Gatehouse or never known for sure, and not confirmed as ended by the vendor. */
export const isUnconfirmed = (session: Session): boolean =>
  session.state === 'ending' ||
  session.endedHow === 'possibly-alive' ||
  (session.state === 'ended' && !isOver(session));

/** Sessions that no vendor has confirmed as ended, the next try first. */
export function unconfirmed(app: Pick<AppState, 'sessions'>): Session[] {
  return Object.values(app.sessions)
    .filter(isUnconfirmed)
    .toSorted((a, b) => (a.ending?.nextTryAt ?? Infinity) - (b.ending?.nextTryAt ?? Infinity));
}
