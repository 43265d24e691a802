import type { Account, Change, Realm, Session } from '#contract/shapes.ts';
import type { Actor, Ledger, LedgerEvent } from '../ledger/ledger.ts';
import type { Store } from '../store/store.ts';
import type { Vault } from '../vault/vault.ts';
import { usualWords } from './receipt-rows.ts';
import { bounded, createSessionRecords, type EndingRecord, type SessionRecord } from './session-rows.ts';
import { stateAfter, type Transition } from './states.ts';

/** Every session that Gatehouse opened, in memory and on disk: one place that changes a state, writes the ledger and tells the screen. */
export interface SessionBook {
  all(): SessionRecord[];
  of(accountId: string): SessionRecord[];
  get(id: string): SessionRecord | undefined;
  view(id: string): Session | undefined;
  views(): Session[];
  ending(id: string): EndingRecord | undefined;
  endings(): EndingRecord[];
  /** Writes a new session as `signing-in`; on disk when this returns. */
  begin(account: Account, realm: Realm | null, way: string | null, actor: Actor): SessionRecord;
  /** Changes the state, the row and whatever `also` writes in one transaction. Answers false when the transition can't happen. */
  move(id: string, transition: Transition, change: Move): boolean;
  /** Changes the row but not the state. */
  patch(id: string, patch: Partial<SessionRecord>): void;
  patchEnding(id: string, patch: Partial<EndingRecord>): void;
  /** Tells the screen anew: something beside the row has changed what is shown of it. */
  show(id: string): void;
  /** Drops a row that is over (dismissed, or confirmed before the last start). */
  forget(id: string): void;
}

export interface Move {
  event: LedgerEvent;
  actor?: Actor;
  detail?: string;
  patch?: Partial<SessionRecord>;
  /** A durable order that comes with the transition; null removes it. */
  ending?: EndingRecord | null;
  /** Further writes of the same transaction (secrets). */
  also?: () => void;
}

interface BookOptions {
  store: Store;
  vault: Vault;
  ledger: Ledger;
  account(id: string): Account | null;
  /** Whether the account is on the list; a removed one is not, nor one that was only tested. */
  listed(id: string): boolean;
  publish(change: Change): void;
  /** Told when a session stops being active. */
  onInactive(id: string): void;
  /** Told after an ending was settled; `words` say how, for a person. */
  onSettled(record: SessionRecord, words: string): void;
  newId(): string;
  now(): number;
}

export function createSessionBook(options: BookOptions): SessionBook {
  const { store, vault, ledger, publish } = options;
  const records = createSessionRecords(store, vault);
  const sessions = new Map<string, SessionRecord>();
  const idsOf = new Map<string, Set<string>>();
  const endings = new Map<string, EndingRecord>();
  let opened = false;
  load();
  // Until the vault is open, only what is not sealed is known: enough to count, and to order ends.
  vault.whenOpen(() => {
    if (!opened) load();
    opened = true;
  });

  function load() {
    for (const record of records.all()) keep(record);
    for (const record of records.endings()) {
      if (sessions.has(record.sessionId)) endings.set(record.sessionId, record);
    }
    for (const record of sessions.values()) agree(record);
  }

  /** States can be changed outside Gatehouse: an order stands whatever the state says, and what is ending has an order. */
  function agree(record: SessionRecord) {
    if (record.state === 'ending' && !endings.has(record.id)) {
      const ending: EndingRecord = {
        sessionId: record.id,
        orderedAt: options.now(),
        attempts: 0,
        nextTryAt: null,
        lastFailure: null,
        tokenValidUntil: record.expiresAt,
      };
      records.putEnding(ending);
      endings.set(record.id, ending);
    } else if (record.state !== 'ending' && endings.has(record.id)) {
      const next = { ...record, state: 'ending' as const };
      records.update(record, next);
      sessions.set(record.id, next);
    }
  }

  function keep(record: SessionRecord) {
    sessions.set(record.id, record);
    const ids = idsOf.get(record.accountId);
    if (ids) ids.add(record.id);
    else idsOf.set(record.accountId, new Set([record.id]));
  }

  function view(id: string): Session | undefined {
    const record = sessions.get(id);
    if (!record) return undefined;
    const former = options.listed(record.accountId) ? null : options.account(record.accountId);
    return project(record, endings.get(id), former?.label ?? null);
  }

  function show(id: string) {
    publish({ entity: 'session', id, value: view(id) ?? null });
  }

  function note(record: SessionRecord, event: LedgerEvent, actor: Actor, detail?: string) {
    const account = options.account(record.accountId);
    ledger.write({
      actor,
      event,
      sessionId: record.id,
      account: { id: record.accountId, label: account?.label ?? '', vendor: record.vendor },
      ...(record.realmName ? { realmName: record.realmName } : {}),
      ...(detail ? { detail } : {}),
    });
  }

  return {
    all: () => [...sessions.values()],
    of: (accountId) => [...(idsOf.get(accountId) ?? [])].flatMap((id) => sessions.get(id) ?? []),
    get: (id) => sessions.get(id),
    view,
    show,
    views: () => [...sessions.keys()].flatMap((id) => view(id) ?? []),
    ending: (id) => endings.get(id),
    endings: () => [...endings.values()],

    begin(account, realm, way, actor) {
      const id = options.newId();
      const record: SessionRecord = {
        id,
        mark: id,
        accountId: account.id,
        vendor: account.vendor,
        baseUrl: account.baseUrl,
        realmId: realm?.id ?? null,
        realmName: realm?.name ?? null,
        state: 'signing-in',
        way,
        method: null,
        person: null,
        startedAt: options.now(),
        openedAt: null,
        grantedAt: null,
        expiresAt: null,
        checkedAt: null,
        checkFailure: null,
        failure: null,
        endedAt: null,
        endedHow: null,
        refreshAt: null,
        actor,
        unansweredAt: options.now(),
      };
      records.insert(record);
      keep(record);
      show(id);
      return record;
    },

    move(id, transition, change) {
      const record = sessions.get(id);
      const state = record && stateAfter(record.state, transition);
      if (!record || !state) return false;
      const next = { ...record, ...bounded(change.patch ?? {}), state };
      const ending = change.ending && bounded(change.ending);
      store.transaction(() => {
        records.update(record, next);
        if (ending) records.putEnding(ending);
        if (change.ending === null) records.removeEnding(id);
        change.also?.();
        note(next, change.event, change.actor ?? (record.actor as Actor), change.detail);
      });
      sessions.set(id, next);
      if (ending) endings.set(id, ending);
      if (change.ending === null) endings.delete(id);
      show(id);
      if (record.state === 'active' && state !== 'active') options.onInactive(id);
      if (change.ending === null) {
        options.onSettled(next, change.detail ?? usualWords[next.endedHow ?? 'vendor']);
      }
      return true;
    },

    patch(id, patch) {
      const record = sessions.get(id);
      if (!record) return;
      const next = { ...record, ...bounded(patch) };
      records.update(record, next);
      sessions.set(id, next);
      show(id);
    },

    patchEnding(id, patch) {
      const record = endings.get(id);
      if (!record) return;
      const next = { ...record, ...bounded(patch) };
      records.putEnding(next);
      endings.set(id, next);
      show(id);
    },

    forget(id) {
      records.remove(id);
      idsOf.get(sessions.get(id)?.accountId ?? '')?.delete(id);
      sessions.delete(id);
      endings.delete(id);
      show(id);
    },
  };
}

function project(
  record: SessionRecord,
  ending: EndingRecord | undefined,
  formerAccount: string | null,
): Session {
  return {
    id: record.id,
    accountId: record.accountId,
    formerAccount,
    vendor: record.vendor,
    realm: realmOf(record),
    state: record.state,
    method: record.method,
    person: record.person,
    startedAt: record.startedAt,
    openedAt: record.openedAt,
    expiresAt: record.expiresAt,
    checkedAt: record.checkedAt,
    checkFailure: record.checkFailure,
    failure: record.failure,
    ending: ending
      ? {
          orderedAt: ending.orderedAt,
          attempts: ending.attempts,
          nextTryAt: ending.nextTryAt,
          lastFailure: ending.lastFailure,
          tokenValidUntil: ending.tokenValidUntil,
        }
      : null,
    endedAt: record.endedAt,
    endedHow: record.endedHow,
  };
}

/** The realm of a record; null when it has none. */
export function realmOf(record: SessionRecord): Realm | null {
  return record.realmId === null ? null : { id: record.realmId, name: record.realmName ?? record.realmId };
}
