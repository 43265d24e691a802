import type { Account, Session, UserContext, VirtualServer } from './model.ts';
import { type NextAuthState, seconds, signal } from './state.ts';

/** Puts a question on a phone; one that already waits there for the session is replaced. */
export function ask(
  state: NextAuthState,
  server: VirtualServer,
  session: Session,
  account: Account,
  kind: 'scan' | 'push',
  context: UserContext,
): void {
  state.approvals = state.approvals.filter(
    (approval) => approval.nonce !== session.nonce || approval.accountId !== account.id,
  );
  state.approvals.push({
    id: state.ids.nextUuid('nextauth approval'),
    kind,
    serverid: server.serverid,
    nonce: session.nonce,
    accountId: account.id,
    context,
    at: state.clock.now(),
  });
}

/** Pushes to devices: blocked ones and phones that are off never get it, and nobody is told. */
export function push(
  state: NextAuthState,
  server: VirtualServer,
  session: Session,
  accounts: Account[],
  context: UserContext,
): void {
  const reached = accounts.filter((account) => !account.blocked && account.online);
  for (const account of reached) {
    account.lastprovoke = seconds(state.clock.now());
    ask(state, server, session, account, 'push', context);
  }
  if (reached.length > 0) signal(state, server, session, 'CONFIRMPROVOKE');
}
