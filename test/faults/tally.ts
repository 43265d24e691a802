import type { PracticeServer, PracticeSession } from '../../practice/common/server.ts';
import type { LedgerRow, Session } from '../../preload/contract/shapes.ts';
import type { Memory } from './deeds.ts';

export interface Live extends PracticeSession {
  vendor: string;
  /** Gatehouse's own id of the session, from the User-Agent. */
  mark: string;
  /** When (server's clock) the app last asked for it; null when that is no longer in the server's log. */
  askedAt: number | null;
}

/** The servers' own tables: every session that Gatehouse opened and that lives. */
export function liveAt(servers: PracticeServer[]): Live[] {
  return servers.flatMap((server) =>
    server.sessions().flatMap((session) => {
      const mark = /^Gatehouse\/\S+ \([^;]+; ([^)]+)\)$/.exec(session.userAgent ?? '')?.[1];
      // A nonce that no phone has approved is nobody's session; its row becomes active with the approval.
      if (!mark || (server.vendor === 'nextauth' && session.state === 'pending')) return [];
      const asked = server.log().findLast(({ headers }) => String(headers['user-agent']).includes(mark));
      return [{ ...session, vendor: server.vendor, mark, askedAt: asked?.at ?? null }];
    }),
  );
}

/** Whether what the app shows of a session owns up to its being alive at the vendor. */
export function accountsFor(
  row: Session | undefined,
  live: Live,
  memory: Memory,
  confirmed: Map<string, number>,
): boolean {
  if (!row && memory.dismissed.has(live.mark)) return true;
  if (row?.endedHow === 'possibly-alive') return true;
  if (row && ['signing-in', 'waiting', 'active', 'ending'].includes(row.state)) return true;
  // The vendor had confirmed the end, and a phone approved after that answer: no client can prevent that.
  const approvedAt = memory.approvedAt.get(live.mark);
  const endedAt = row ? row.endedAt : confirmed.get(live.mark);
  return approvedAt !== undefined && endedAt != null && (live.askedAt ?? endedAt) <= approvedAt;
}

/** When (ms since 1970) an end was confirmed whose row is gone: with a removed account, or after a later session of the same one. */
export function confirmedAt(rows: LedgerRow[]): Map<string, number> {
  return new Map(rows.flatMap(({ sessionId, at }) => (sessionId ? [[sessionId, at]] : [])));
}
