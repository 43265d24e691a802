import type { AppState } from '../state/app-state.ts';
import type { Session } from '../state/types.ts';

/** The session that an account's page shows: the one asked for, else the newest that lives, else the newest. */
export function chosenSession(
  app: Pick<AppState, 'sessions'>,
  accountId: string,
  sessionId: string | null,
): Session | undefined {
  const asked = sessionId ? app.sessions[sessionId] : undefined;
  if (asked?.accountId === accountId) return asked;
  let best: Session | undefined;
  for (const session of Object.values(app.sessions)) {
    if (session.accountId !== accountId) continue;
    if (
      !best ||
      rank(session) > rank(best) ||
      (rank(session) === rank(best) && session.startedAt > best.startedAt)
    )
      best = session;
  }
  return best;
}

/** Whether nothing is left of a session: the vendor has confirmed its end, or its token ran out by itself. */
export const isOver = (session: Session): boolean =>
  session.state === 'ended' && (session.endedHow === 'vendor' || session.endedHow === 'expired');

const rank = (session: Session): number => (isOver(session) ? 0 : 1);
