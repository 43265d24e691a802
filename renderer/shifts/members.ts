import { isOpen } from '#contract/session-states.ts';
import type { AppState } from '../state/app-state.ts';
import type { Account, Session, Shift } from '../state/types.ts';

export type Member = Shift['members'][number];
export type MemberState = 'active' | 'waiting' | 'failed' | 'out';

const isOf = (session: Session, { accountId, realm }: Member): boolean =>
  session.accountId === accountId && (realm === null || session.realm?.id === realm.id);

/** A member's session that says most: one that lives before one that failed, the newest of each. */
export function sessionOf(sessions: Iterable<Session>, member: Member): Session | undefined {
  let best: Session | undefined;
  for (const session of sessions) {
    if (!isOf(session, member) || rank(session) === 0) continue;
    if (
      !best ||
      rank(session) > rank(best) ||
      (rank(session) === rank(best) && session.startedAt > best.startedAt)
    )
      best = session;
  }
  return best;
}

function rank({ state }: Session): number {
  if (state === 'active') return 4;
  if (isOpen(state)) return 3;
  if (state === 'failed' || state === 'expired') return 2;
  return state === 'ending' ? 1 : 0;
}

export function stateOf(session: Session | undefined): MemberState {
  if (session?.state === 'active') return 'active';
  if (session && isOpen(session.state)) return 'waiting';
  return session?.state === 'failed' || session?.state === 'expired' ? 'failed' : 'out';
}

export type Tally = Record<MemberState, number> & { all: number };

/** How many members are active, waiting, failed and signed out. */
export function tally(app: Pick<AppState, 'sessions'>, members: readonly Member[]): Tally {
  const counts: Tally = { active: 0, waiting: 0, failed: 0, out: 0, all: members.length };
  const accounts = new Set(members.map(({ accountId }) => accountId));
  const own = Object.values(app.sessions).filter(({ accountId }) => accounts.has(accountId));
  const byAccount = Map.groupBy(own, ({ accountId }) => accountId);
  for (const member of members)
    counts[stateOf(sessionOf(byAccount.get(member.accountId) ?? [], member))] += 1;
  return counts;
}

/** Ids of the members' sessions that may be ended. */
export function liveSessions(app: Pick<AppState, 'sessions'>, members: readonly Member[]): string[] {
  const byAccount = Map.groupBy(members, ({ accountId }) => accountId);
  return Object.values(app.sessions)
    .filter(
      (session) =>
        isOpen(session.state) && byAccount.get(session.accountId)?.some((member) => isOf(session, member)),
    )
    .map(({ id }) => id);
}

/** An account as a member: it is opened in its own realm. */
export const memberOf = ({ id, realm }: Account): Member => ({ accountId: id, realm });

export const memberKey = ({ accountId, realm }: Member): string => `${accountId} ${realm?.id ?? ''}`;
