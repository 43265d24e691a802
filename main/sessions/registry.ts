import type { Account, Realm, Session } from '#contract/shapes.ts';
import { createEmitter } from '#lib/emitter.ts';
import type { AccountBook } from '../accounts/account-book.ts';
import { type Actor, aboutSession, type Ledger, type LedgerEvent } from '../ledger/ledger.ts';
import type { Store } from '../store/store.ts';
import type { Vault } from '../vault/vault.ts';
import { bounded, createSessionRecords, type EndingRecord, type SessionRecord } from './session-rows.ts';
import { sessionView } from './session-view.ts';
import { stateAfter, type Transition } from './states.ts';

/** What can be read of the sessions. */
export interface SessionReads {
  all(): SessionRecord[];
  of(accountId: string): SessionRecord[];
  get(id: string): SessionRecord | undefined;
  view(id: string): Session | undefined;
  views(): Session[];
  ending(id: string): EndingRecord | undefined;
  endings(): EndingRecord[];
  /** Whether the vault was opened since the start: until then only counts, states and times are known. */
  isLoaded(): boolean;
  on: SessionEvents;
}

/**
 * Adds a listener; each returns a disposer. Listeners are called synchronously, in the order in which they were added, after
 * the row is written and `get` shows it; of one change first `changed`, then `activated` or `inactive`, then `settled`. What
 * a listener throws reaches whoever made the change.
 */
export interface SessionEvents {
  /** Something that is shown of the session has changed; `after` is undefined when the row is gone. */
  changed: Subscribe<{ id: string; before: SessionRecord | undefined; after: SessionRecord | undefined }>;
  /** The session has become active. */
  activated: Subscribe<SessionRecord>;
  /** The session is no longer active. */
  inactive: Subscribe<SessionRecord>;
  /** Its ending is off the list; `words` say how, where the usual ones don't. */
  settled: Subscribe<{ record: SessionRecord; words: string | null }>;
  /** A sign-in that came to nothing was started again as another. */
  replaced: Subscribe<{ id: string; nextId: string }>;
}

type Subscribe<T> = (listener: (value: T) => void) => () => void;

/** Every session that Gatehouse opened, in memory and on disk: the one place that changes a state and writes it into the ledger. */
export interface SessionRegistry extends SessionReads {
  /** Writes a new session as `signing-in`; on disk when this returns. */
  begin(account: Account, realm: Realm | null, way: string | null, actor: Actor): SessionRecord;
  /** Changes the state, the row and whatever `also` writes in one transaction. Returns false when the transition can't happen. */
  move(id: string, transition: Transition, change: Move): boolean;
  /** Changes the row but not the state. */
  patch(id: string, patch: Partial<SessionRecord>): void;
  patchEnding(id: string, patch: Partial<EndingRecord>): void;
  /** Something beside the row has changed what is shown of it. */
  show(id: string): void;
  /** Notes that a sign-in goes on as another. */
  replace(id: string, nextId: string): void;
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

interface RegistryOptions {
  store: Store;
  vault: Vault;
  ledger: Ledger;
  accounts: AccountBook;
  newId(): string;
  now(): number;
}

export function createRegistry(options: RegistryOptions): SessionRegistry {
  const { store, vault, ledger, accounts, now } = options;
  const records = createSessionRecords(store, vault);
  const sessions = new Map<string, SessionRecord>();
  const idsOf = new Map<string, Set<string>>();
  const endings = new Map<string, EndingRecord>();
  const changed = createEmitter<Parameters<Parameters<SessionEvents['changed']>[0]>[0]>();
  const activated = createEmitter<SessionRecord>();
  const inactive = createEmitter<SessionRecord>();
  const settled = createEmitter<{ record: SessionRecord; words: string | null }>();
  const replaced = createEmitter<{ id: string; nextId: string }>();
  let loaded = false;
  load();
  // Until the vault is open, only what is not sealed is known: enough to count, and to order ends.
  vault.whenOpen(() => {
    if (!loaded) load();
    loaded = true;
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
        orderedAt: now(),
        attempts: 0,
        nextTryAt: null,
        lastFailure: null,
        tokenValidUntil: record.expiresAt,
        undoUntil: null,
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
    // An account that was removed, or only tested, is not on the list.
    const former = accounts.get(record.accountId) ? null : accounts.find(record.accountId);
    return sessionView(record, endings.get(id), former?.label ?? null);
  }

  function show(id: string) {
    const record = sessions.get(id);
    changed.tell({ id, before: record, after: record });
  }

  function note(record: SessionRecord, event: LedgerEvent, actor: Actor, detail?: string) {
    const about = aboutSession(record, accounts.find(record.accountId));
    ledger.write({ actor, event, ...about, detail });
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
    isLoaded: () => loaded,
    on: {
      changed: changed.add,
      activated: activated.add,
      inactive: inactive.add,
      settled: settled.add,
      replaced: replaced.add,
    },

    begin(account, realm, way, actor) {
      const id = options.newId();
      const record: SessionRecord = {
        id,
        sessionTag: id,
        accountId: account.id,
        vendor: account.vendor,
        baseUrl: account.baseUrl,
        realmId: realm?.id ?? null,
        realmName: realm?.name ?? null,
        state: 'signing-in',
        way,
        method: null,
        person: null,
        startedAt: now(),
        openedAt: null,
        grantedAt: null,
        expiresAt: null,
        checkedAt: null,
        checkFailure: null,
        failure: null,
        refusals: [],
        endedAt: null,
        endedHow: null,
        refreshAt: null,
        actor,
        unansweredAt: now(),
      };
      records.insert(record);
      keep(record);
      changed.tell({ id, before: undefined, after: record });
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
      changed.tell({ id, before: record, after: next });
      if (state === 'active' && record.state !== 'active') activated.tell(next);
      if (record.state === 'active' && state !== 'active') inactive.tell(next);
      if (change.ending === null) settled.tell({ record: next, words: change.detail ?? null });
      return true;
    },

    patch(id, patch) {
      const record = sessions.get(id);
      if (!record) return;
      const next = { ...record, ...bounded(patch) };
      records.update(record, next);
      sessions.set(id, next);
      changed.tell({ id, before: record, after: next });
    },

    patchEnding(id, patch) {
      const record = endings.get(id);
      if (!record) return;
      const next = { ...record, ...bounded(patch) };
      records.putEnding(next);
      endings.set(id, next);
      show(id);
    },

    replace: (id, nextId) => replaced.tell({ id, nextId }),

    forget(id) {
      const record = sessions.get(id);
      records.remove(id);
      idsOf.get(record?.accountId ?? '')?.delete(id);
      sessions.delete(id);
      endings.delete(id);
      changed.tell({ id, before: record, after: undefined });
    },
  };
}
