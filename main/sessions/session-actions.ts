import { GatehouseError } from '#contract/failure.ts';
import type { Identity, Membership, Realm, RemoteSession } from '#contract/shapes.ts';
import type { AccountBook } from '../accounts/account-book.ts';
import { type Actor, aboutSession, type Ledger } from '../ledger/ledger.ts';
import type { Checks } from './checks.ts';
import type { Endings } from './endings.ts';
import { openIn } from './open-in.ts';
import type { RealmMarks } from './realm-marks.ts';
import type { SessionReads } from './registry.ts';
import type { createRemoteSessions } from './remote-sessions.ts';
import type { SessionRecord } from './session-rows.ts';
import type { SignIns } from './sign-in.ts';
import type { VendorContexts } from './vendor-contexts.ts';
import type { WithSession } from './with-session.ts';

/** What a person does with a live session at its vendor. Every call throws GatehouseError. */
export interface SessionActions {
  identity(sessionId: string): Promise<Identity>;
  memberships(sessionId: string): Promise<Membership[]>;
  remote(sessionId: string): Promise<RemoteSession[]>;
  endRemote(sessionId: string, remoteId: string, actor: Actor): Promise<void>;
  /** Returns how many were ended. */
  endOthers(sessionId: string, actor: Actor): Promise<number>;
  endAll(sessionId: string, actor: Actor): Promise<void>;
  /**
   * Returns the new session's id; `move` ends the old one once the new one is active. Where one of the account is open in that realm
   * already, its id is returned and nothing is opened or ended, unless another is asked for (`again`).
   */
  switchRealm(sessionId: string, realm: Realm, how: 'move' | 'beside', actor: Actor, again?: boolean): string;
}

interface SessionActionsOptions {
  sessions: SessionReads;
  contexts: VendorContexts;
  endings: Endings;
  checks: Checks;
  signIns: SignIns;
  realmMarks: RealmMarks;
  withSession: WithSession;
  remoteSessions: ReturnType<typeof createRemoteSessions>;
  ledger: Ledger;
  accounts: AccountBook;
}

export function createSessionActions(options: SessionActionsOptions): SessionActions {
  const { sessions, contexts, endings, checks, signIns, realmMarks, withSession } = options;
  const { remoteSessions, ledger, accounts } = options;
  /** A new session's id, and the session that it takes the place of. */
  const moves = new Map<string, { from: string; actor: Actor }>();

  // The second half of a move.
  sessions.on.activated((record) => {
    const move = moves.get(record.id);
    if (!move) return;
    moves.delete(record.id);
    note(record, 'switched', move.actor, 'the session in the former realm is ended');
    endings.end(move.from, { actor: move.actor });
  });

  // A move whose sign-in was started again goes on with the new one.
  sessions.on.replaced(({ id, nextId }) => {
    const move = moves.get(id);
    if (!move) return;
    moves.delete(id);
    moves.set(nextId, move);
  });

  async function list(id: string): Promise<RemoteSession[]> {
    const rows = await withSession.use(
      id,
      (vendor) => vendor.remoteSessions,
      (sessions, context, secret) => sessions(context, secret),
    );
    return remoteSessions.tell(withSession.active(id), rows);
  }

  /** Takes the record as it was before the vendor was asked: meanwhile its row may have been dismissed. */
  function note(record: SessionRecord, event: 'ended' | 'switched', actor: Actor, detail: string) {
    const about = aboutSession(record, accounts.find(record.accountId));
    ledger.write({ actor, event, ...about, detail });
  }

  async function endOne(id: string, remoteId: string, sessionId: string | undefined, actor: Actor) {
    const ours = sessionId === undefined ? undefined : sessions.get(sessionId);
    if (ours && (ours.state === 'active' || ours.state === 'waiting')) {
      endings.end(ours.id, { actor });
      return;
    }
    const record = withSession.active(id);
    await withSession.use(
      id,
      (vendor) => vendor.endRemoteSession,
      (end, context, secret) => end(context, secret, remoteId),
    );
    note(record, 'ended', actor, 'a session of this login that was opened elsewhere');
  }

  return {
    identity: (id) =>
      withSession.use(
        id,
        (vendor) => vendor.whoAmI,
        (whoAmI, context, secret) => whoAmI(context, secret),
      ),
    memberships: (id) =>
      withSession.use(
        id,
        // A vendor whose realms can only be typed has none to list.
        (vendor) => vendor.memberships ?? (vendor.view.otherRealm && (async () => [])),
        (memberships, context, secret) => memberships(context, secret),
      ),

    remote: list,

    async endRemote(id, remoteId, actor) {
      const found = (await list(id)).find((remote) => remote.id === remoteId);
      await endOne(id, remoteId, found?.sessionId, actor);
    },

    async endOthers(id, actor) {
      const others = (await list(id)).filter((remote) => remote.mark !== 'this' && remote.canEnd);
      for (const other of others) await endOne(id, other.id, other.sessionId, actor);
      return others.length;
    },

    async endAll(id, actor) {
      const record = withSession.active(id);
      await withSession.use(
        id,
        (vendor) => vendor.endAllSessions,
        (endAll, context, secret) => endAll(context, secret),
      );
      note(record, 'ended', actor, 'every session of this login');
      endings.end(id, { actor });
      const siblings = sessions.of(record.accountId).filter(({ state }) => state === 'active');
      await Promise.all(siblings.map((other) => checks.check(other.id)));
    },

    switchRealm(id, realm, how, actor, again = false) {
      const record = withSession.active(id);
      if (record.realmId === realm.id) {
        throw new GatehouseError({
          kind: 'conflict',
          message: `This session is in ${realm.name} already.`,
        });
      }
      const open = again ? null : openIn(sessions, record.accountId, realm);
      if (open && sessions.get(open)?.state === 'active') return open;
      const secret = contexts.grant(id);
      const { switchRealm } = contexts.vendor(record.vendor);
      const begin = () =>
        switchRealm
          ? signIns.adopt(record.accountId, realm, actor, (context) => switchRealm(context, secret, realm))
          : signIns.signIn({ accountId: record.accountId, realm }, actor);
      const next = open ?? begin();
      realmMarks.watch(next, id);
      if (how === 'move' && next !== id) moves.set(next, { from: id, actor });
      return next;
    },
  };
}
