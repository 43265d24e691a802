import type { Session } from '../state/types.ts';
import { formatCount, formatDuration, formatTime, isValidTime } from '../ui/format.ts';

/** Until when the vendor could still take the token, in words; null where nobody can tell. */
const aliveUntil = (session: Session, now: number): string | null => {
  const until = session.ending?.tokenValidUntil ?? session.expiresAt;
  return until === null || !isValidTime(until) ? null : formatTime(until, now);
};

/** The sentence over an ending: the three ways of not being over are told apart. */
export function endingTitle(session: Session): string {
  if (session.state === 'ending') {
    if (!session.failure) return 'Ended here, not yet at the vendor';
    return session.openedAt === null
      ? 'The sign-in failed here, but may have opened a session at the vendor'
      : 'The session is over, but older tokens of it may be valid and are still to be ended';
  }
  return session.endedHow === 'here'
    ? 'Ended here; the vendor can’t be told to end it'
    : 'Possibly alive at the vendor';
}

/** How an ending stands, one line: what was tried, when next, until when it matters. */
export function endingText(session: Session, now: number): string {
  const { ending, state } = session;
  const until = aliveUntil(session, now);
  if (state !== 'ending' || !ending)
    return until
      ? `Its token is valid until ${until} and then runs out by itself.`
      : 'The vendor states no expiry, so nobody can tell when it runs out.';
  if (ending.undoUntil !== undefined && now < ending.undoUntil)
    return `The vendor is told in ${formatDuration(ending.undoUntil - now)}, unless you undo it.`;
  if (ending.nextTryAt !== null && !ending.lastFailure && ending.undoUntil === undefined)
    return `Nothing was found there, but the sign-in may still get through: looking again at ${formatTime(ending.nextTryAt, now)}.`;
  const tried =
    ending.attempts === 0 ? 'Not tried yet' : `${formatCount(ending.attempts, 'try', 'tries')} so far`;
  const wait = ending.nextTryAt === null ? null : ending.nextTryAt - now;
  const next =
    wait === null
      ? ending.lastFailure
        ? 'again as soon as its server answers'
        : 'waiting for its turn'
      : wait <= 0
        ? 'trying now'
        : `next in ${formatDuration(wait)}`;
  return `${tried}, ${next}. ${until ? `Token valid until ${until}.` : 'The vendor states no expiry.'}`;
}
