import type { LedgerRow } from '../state/types.ts';
import type { Tone } from '../ui/badge.tsx';

/** A session of an account as the ledger has it. */
export interface PastSession {
  id: string;
  /** ms since 1970. */
  beganAt: number;
  /** ms since 1970; null while nothing says that it is over. */
  overAt: number | null;
  realm: string | null;
  /** How it was signed in; null where the sign-in came to nothing. */
  method: string | null;
  /** How it ended, in words. */
  how: string;
  tone: Tone;
}

/** What an event says of how a session stands, the last such one of a session. */
const ends: Partial<Record<string, { how: string; tone: Tone; over: boolean; why?: true }>> = {
  opened: { how: 'Open', tone: 'ok', over: false },
  prompted: { how: 'Waiting', tone: 'wait', over: false },
  'ending-ordered': { how: 'Being ended', tone: 'wait', over: false },
  confirmed: { how: 'Ended, confirmed by the vendor', tone: 'off', over: true },
  ended: { how: 'Ended here only', tone: 'wait', over: true },
  expired: { how: 'Ran out', tone: 'off', over: true, why: true },
  'possibly-alive': { how: 'Possibly alive', tone: 'wait', over: true },
  failed: { how: 'Failed', tone: 'bad', over: true, why: true },
  refused: { how: 'Refused', tone: 'bad', over: true, why: true },
};

/** The sessions that the rows of one account tell of, the one that began last first; `rows` are newest first, and may begin in the middle of one. */
export function pastSessions(rows: readonly LedgerRow[], accountId: string): PastSession[] {
  const bySession = new Map<string, LedgerRow[]>();
  for (const row of rows) {
    if (row.accountId !== accountId || !row.sessionId) continue;
    const own = bySession.get(row.sessionId);
    if (own) own.push(row);
    else bySession.set(row.sessionId, [row]);
  }
  return [...bySession]
    .flatMap(([id, own]): PastSession[] => {
      const last = own.find((row) => isAboutItself(row) && ends[row.event]);
      const end = last && ends[last.event];
      if (!last || !end) return [];
      const why = end.why && last.detail;
      return [
        {
          id,
          beganAt: own.at(-1)?.at ?? last.at,
          overAt: end.over ? last.at : null,
          realm: own.find(({ realmName }) => realmName)?.realmName ?? null,
          method: own.find(({ event }) => event === 'opened')?.detail ?? null,
          how: why ? `${end.how}: ${why}` : end.how,
          tone: end.tone,
        },
      ];
    })
    .toSorted((one, two) => two.beganAt - one.beganAt);
}

/** A row of this session may also tell that it ended others of its login. */
const isAboutItself = ({ event, detail }: LedgerRow): boolean =>
  event !== 'ended' || !/^(a|every) session of this login/.test(detail ?? '');

/** What was asked for at the last sign-in that was asked anything: "code", "scan" …; null for nothing that is known. */
export const lastAsked = (rows: readonly LedgerRow[], accountId: string): string | null =>
  rows.find((row) => row.accountId === accountId && row.event === 'prompted')?.detail ?? null;
