import type { Account, Session, VirtualServer } from './model.ts';
import { type NextAuthState, seconds, signal } from './state.ts';

/** The account that is logged in on a session, or null. */
export function accountOn(server: VirtualServer, session: Session): Account | null {
  if (session.accountId === null) return null;
  return server.accounts.find((account) => account.id === session.accountId) ?? null;
}

/** The account that a push on this session would go to, or null. */
export function provocable(server: VirtualServer, session: Session): Account | null {
  const account = server.accounts.find((each) => each.id === session.lastAccountId);
  return account && !account.blocked ? account : null;
}

export function logIn(state: NextAuthState, server: VirtualServer, session: Session, account: Account): void {
  session.over = false;
  session.accountId = account.id;
  session.lastAccountId = account.id;
  session.pingedAt = state.clock.now();
  session.signedInAt = state.clock.now();
  account.lastlogin = seconds(state.clock.now());
  signal(state, server, session, 'LOGIN');
}

/** Codes to enrol by that a session asked for are no longer good (assumed). */
export function forgetEnrolments(state: NextAuthState, nonce: string): void {
  for (const [payload, enrolment] of state.enrolments)
    if (enrolment.nonce === nonce) state.enrolments.delete(payload);
}

/** Logs a session out; what still waits on a phone for it is gone. */
export function logOut(state: NextAuthState, server: VirtualServer, session: Session): void {
  const wasIn = session.accountId !== null;
  session.over = true;
  session.accountId = null;
  state.approvals = state.approvals.filter((approval) => approval.nonce !== session.nonce);
  forgetEnrolments(state, session.nonce);
  if (!wasIn) return;
  signal(state, server, session, 'LOGOUT');
  if (provocable(server, session)) signal(state, server, session, 'CANPROVOKE');
}

/**
 * Continuous authentication: a phone that is there answers its pings; a session whose phone has been silent for the
 * server's ping time is logged out (assumed: the vendor does not say what a missed ping does).
 */
export function checkPings(state: NextAuthState): void {
  const now = state.clock.now();
  for (const server of state.servers) {
    for (const session of server.sessions.values()) {
      const account = accountOn(server, session);
      if (session.accountId === null) continue;
      if (account?.online && !account.blocked) session.pingedAt = now;
      else if (!account || account.blocked || now - session.pingedAt >= server.pingTime * 1000) {
        logOut(state, server, session);
      }
    }
  }
}
