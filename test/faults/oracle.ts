import type { LedgerRow, Session } from '#contract/shapes.ts';
import type { PracticeServer, PracticeSession } from '../../practice/common/types.ts';
import type { Memory } from './actions.ts';

export interface Live extends PracticeSession {
  vendor: string;
  /** Gatehouse's own id of the session, from the User-Agent. */
  mark: string;
  /** When (server's clock) the app was last answered about it; null when its last request got no answer. */
  answeredAt: number | null;
}

/** The servers' own tables: every session that Gatehouse opened and that lives. */
export function liveAt(servers: PracticeServer[]): Live[] {
  return servers.flatMap((server) =>
    server.sessions().flatMap((session) => {
      const mark = /^Gatehouse\/\S+ \([^;]+; ([^)]+)\)$/.exec(session.userAgent ?? '')?.[1];
      // A nonce that no phone has approved is nobody's session; its row becomes active with the approval.
      if (!mark || (server.vendor === 'nextauth' && session.state === 'pending')) return [];
      const last = server.log().findLast(({ headers }) => String(headers['user-agent']).includes(mark));
      const answeredAt = last?.status == null ? null : last.answeredAt;
      return [{ ...session, vendor: server.vendor, mark, answeredAt }];
    }),
  );
}

/** Whether what the app shows of a session owns up to its being alive at the vendor. */
export function accountsFor(
  row: Session | undefined,
  live: Live,
  memory: Memory,
  confirmed: Set<string>,
): boolean {
  if (!row && memory.dismissed.has(live.mark)) return true;
  if (row?.endedHow === 'possibly-alive') return true;
  if (row && ['signing-in', 'waiting', 'active', 'ending'].includes(row.state)) return true;
  // The vendor had confirmed the end, and a phone approved after that answer: no client can prevent that.
  const ended = row ? row.endedAt !== null : confirmed.has(live.mark);
  const { signedInAt, answeredAt } = live;
  return ended && signedInAt !== undefined && answeredAt !== null && answeredAt <= signedInAt;
}

/** Sessions whose end was confirmed; the row may be gone, with a removed account or after a later session of the same one. */
export function confirmedIn(rows: LedgerRow[]): Set<string> {
  return new Set(rows.flatMap(({ sessionId }) => sessionId ?? []));
}
