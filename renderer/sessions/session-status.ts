import type { Challenge, FailureKind, Session } from '../state/types.ts';
import type { Tone } from '../ui/badge.tsx';
import { formatDuration, formatShortDuration, formatTime } from '../ui/format.ts';

/** A state as the screen shows it: a dot and words, never the colour alone. */
export interface SessionStatus {
  tone: Tone;
  /** For a list row, two words at most. */
  short: string;
  /** For a badge on the page. */
  long: string;
  /** The dot is a ring: nobody has confirmed this lately. */
  unsure?: boolean;
}

const minute = 60_000;

/** Amber below 30 minutes, red below 5. */
export const timeLeftTone = (left: number): Tone =>
  left < 5 * minute ? 'bad' : left < 30 * minute ? 'wait' : 'ok';

const failedShort: Partial<Record<FailureKind, string>> = {
  network: 'No connection',
  timeout: 'Timed out',
  tls: 'TLS',
  'wrong-place': 'Wrong address',
  'refused-credentials': 'Refused',
  'refused-prompt': 'Refused',
  'locked-out': 'Blocked',
  expired: 'Expired',
  forbidden: 'Not allowed',
  'rate-limited': 'Too many tries',
  'server-fault': 'Server fault',
  cancelled: 'Cancelled',
};

/** What a waiting session waits for, in one or two words. */
export function waitsFor(ask: Challenge | undefined): string {
  switch (ask?.kind) {
    case 'code':
      return ask.numeric ? 'PIN' : 'Code';
    case 'password':
    case 'virtual-keyboard':
      return 'Password';
    case 'new-password':
      return 'New password';
    case 'agreements':
      return 'Agreements';
    case 'choice':
      return 'Choice';
    case 'page':
      return 'In the window';
    case 'scan':
      return ask.stage === 'scanned' || ask.stage === 'pushed' ? 'On the phone' : 'Scan';
    case undefined:
      return 'Waiting';
  }
}

/** A session's state in words; `now` in ms since 1970. */
export function sessionStatus(
  session: Session | undefined,
  ask: Challenge | undefined,
  now: number,
): SessionStatus {
  if (!session) return { tone: 'off', short: '', long: 'Signed out' };
  if (session.endedHow === 'possibly-alive')
    return { tone: 'wait', short: 'May be alive', long: 'Possibly alive', unsure: true };
  switch (session.state) {
    case 'signing-in':
      return { tone: 'wait', short: 'Signing in', long: 'Signing in' };
    case 'waiting': {
      const what = waitsFor(ask);
      return {
        tone: 'wait',
        short: what,
        long: what === 'Waiting' ? what : `Waiting: ${what.toLowerCase().replace('pin', 'PIN')}`,
      };
    }
    case 'active': {
      const unsure = session.checkFailure !== null;
      if (session.expiresAt === null) {
        const since = `since ${formatTime(session.openedAt ?? session.startedAt, now)}`;
        return { tone: 'ok', short: since, long: unsure ? 'Active, not checked' : 'Active', unsure };
      }
      const left = session.expiresAt - now;
      if (left <= 0) return { tone: 'bad', short: 'Due', long: 'Expiry due', unsure: true };
      return {
        tone: timeLeftTone(left),
        short: formatShortDuration(left),
        long: unsure ? 'Active, not checked' : left < 30 * minute ? 'Active, ends soon' : 'Active',
        unsure,
      };
    }
    case 'expired':
      return { tone: 'off', short: 'Expired', long: 'Expired', unsure: true };
    case 'failed':
      return {
        tone: 'bad',
        short: (session.failure && failedShort[session.failure.kind]) ?? 'Failed',
        long: 'Sign-in failed',
      };
    case 'ending': {
      const { nextTryAt = null, lastFailure = null, undoUntil } = session.ending ?? {};
      // Nothing is looked for or tried again: it only waits in case it is undone.
      const next = undoUntil !== undefined && !lastFailure ? null : nextTryAt;
      const what = lastFailure ? 'retry' : 'look';
      const retry = next !== null && next > now ? `${what} in ${formatDuration(next - now)}` : null;
      return {
        tone: 'wait',
        short: retry ?? 'Ending',
        long: retry ? `Ending, ${retry}` : 'Ending',
        unsure: true,
      };
    }
    case 'ended':
      if (session.endedHow === 'here')
        return { tone: 'wait', short: 'Ended here', long: 'Ended here only', unsure: true };
      return { tone: 'off', short: '', long: 'Ended' };
  }
}
