import { GatehouseError } from '#contract/failure.ts';
import type { Identity, Membership, Realm, RemoteSession } from '#contract/shapes.ts';
import type { Actor, Ledger } from '../ledger/ledger.ts';
import type { SessionBook } from './book.ts';
import type { Checks } from './checks.ts';
import type { Inside } from './inside.ts';
import type { SessionRecord } from './session-rows.ts';
import type { SignInDesk } from './sign-in.ts';
import type { Visits } from './visits.ts';
import { createWhose } from './whose.ts';

/** What a person does with a live session at its vendor. Every call throws GatehouseError. */
export interface Acts {
  identity(sessionId: string): Promise<Identity>;
  memberships(sessionId: string): Promise<Membership[]>;
  remote(sessionId: string): Promise<RemoteSession[]>;
  endRemote(sessionId: string, remoteId: string, actor: Actor): Promise<void>;
  /** Answers how many were ended. */
  endOthers(sessionId: string, actor: Actor): Promise<number>;
  endAll(sessionId: string, actor: Actor): Promise<void>;
  /** Answers the new session's id; `move` ends the old one once the new one is active. */
  switchRealm(sessionId: string, realm: Realm, how: 'move' | 'beside', actor: Actor): string;
  /** Called when a session has become active; carries out the second half of a move. */
  onActive(sessionId: string): void;
  /** Called when a sign-in was started again: a move goes on with the new one. */
  onStartedAgain(sessionId: string, nextId: string): void;
  /** Whether a check has still to find out which session of the vendor's list this one is. */
  isUnknownRemotely(sessionId: string): boolean;
}

interface ActsOptions {
  book: SessionBook;
  visits: Visits;
  desk: SignInDesk;
  checks: Checks;
  inside: Inside;
  ledger: Ledger;
  accountLabel(id: string): string;
  /** The server that a session is at. */
  placeOf(record: SessionRecord): string;
}

export function createActs(options: ActsOptions): Acts {
  const { book, visits, desk, checks, inside, ledger, accountLabel } = options;
  const whose = createWhose(options);
  /** A new session's id, and the session that it takes the place of. */
  const moves = new Map<string, { from: string; actor: Actor }>();

  async function list(id: string): Promise<RemoteSession[]> {
    const rows = await inside.use(
      id,
      (vendor) => vendor.remoteSessions,
      (sessions, context, secret) => sessions(context, secret),
    );
    return whose.tell(inside.active(id), rows);
  }

  /** Takes the record as it was before the vendor was asked: meanwhile its row may have been dismissed. */
  function note(record: SessionRecord, event: 'ended' | 'switched', actor: Actor, detail: string) {
    ledger.write({
      actor,
      event,
      account: { id: record.accountId, label: accountLabel(record.accountId), vendor: record.vendor },
      sessionId: record.id,
      ...(record.realmName ? { realmName: record.realmName } : {}),
      detail,
    });
  }

  async function endOne(id: string, remoteId: string, sessionId: string | undefined, actor: Actor) {
    const ours = sessionId === undefined ? undefined : book.get(sessionId);
    if (ours && (ours.state === 'active' || ours.state === 'waiting')) {
      desk.cancel(ours.id, actor);
      return;
    }
    const record = inside.active(id);
    await inside.use(
      id,
      (vendor) => vendor.endRemoteSession,
      (end, context, secret) => end(context, secret, remoteId),
    );
    note(record, 'ended', actor, 'a session of this login that was opened elsewhere');
  }

  return {
    identity: (id) =>
      inside.use(
        id,
        (vendor) => vendor.whoAmI,
        (whoAmI, context, secret) => whoAmI(context, secret),
      ),
    memberships: (id) =>
      inside.use(
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
      const record = inside.active(id);
      await inside.use(
        id,
        (vendor) => vendor.endAllSessions,
        (endAll, context, secret) => endAll(context, secret),
      );
      note(record, 'ended', actor, 'every session of this login');
      desk.cancel(id, actor);
      const siblings = book.of(record.accountId).filter(({ state }) => state === 'active');
      await Promise.all(siblings.map((other) => checks.check(other.id)));
    },

    switchRealm(id, realm, how, actor) {
      const record = inside.active(id);
      if (record.realmId === realm.id) {
        throw new GatehouseError({
          kind: 'conflict',
          message: `This session is in ${realm.name} already.`,
        });
      }
      const secret = visits.grant(id);
      const { switchRealm } = visits.vendor(record.vendor);
      const next = switchRealm
        ? desk.adopt(record.accountId, realm, actor, (context) => switchRealm(context, secret, realm))
        : desk.signIn({ accountId: record.accountId, realm }, actor);
      if (how === 'move' && next !== id) moves.set(next, { from: id, actor });
      return next;
    },

    onStartedAgain(id, nextId) {
      const move = moves.get(id);
      if (!move) return;
      moves.delete(id);
      moves.set(nextId, move);
    },

    isUnknownRemotely(id) {
      const record = book.get(id);
      if (!record) return false;
      const { remoteIdOf } = visits.vendor(record.vendor);
      return remoteIdOf !== undefined && whose.remoteIdOf(record) === undefined;
    },

    onActive(id) {
      const move = moves.get(id);
      if (!move) return;
      moves.delete(id);
      const record = book.get(id);
      if (record) note(record, 'switched', move.actor, 'the session in the former realm is ended');
      desk.cancel(move.from, move.actor);
    },
  };
}
