import { z } from 'zod';
import { type Failure, failureOf, GatehouseError } from '#contract/failure.ts';
import type { Change, RemoteEnding } from '#contract/shapes.ts';
import type { Scheduler } from '#lib/scheduler.ts';
import type { AccountBook } from '../accounts/account-book.ts';
import { aboutSession, type Ledger } from '../ledger/ledger.ts';
import { bytesIn, jsonIn, numberIn, textIn } from '../store/columns.ts';
import type { Store } from '../store/store.ts';
import type { Vault } from '../vault/vault.ts';
import type { Json, VendorContext } from '../vendors/vendor.ts';
import { backoff, undoTime } from './endings.ts';
import type { InFlight } from './in-flight.ts';
import type { SessionRegistry } from './registry.ts';
import type { SessionRecord } from './session-rows.ts';
import type { VendorContexts } from './vendor-contexts.ts';

/** Durable orders to end sessions of a vendor's list that were opened elsewhere; each can be undone for a few seconds. */
export interface RemoteEndings {
  all(): RemoteEnding[];
  /** Writes the order; it is carried out in a few seconds, or at once when the session that asks is about to end. */
  order(sessionId: string, remoteId: string, where: string): void;
  /** Takes an order off the list: undone, or given up after it was refused. Returns false when it is too late. */
  withdraw(id: string): boolean;
  /** Takes up every order on disk again (start, unlock). */
  resume(): void;
  /** Keeps in memory what the open orders need before the vault is locked. */
  hold(): void;
  /** Carries out at once what could still be undone. */
  forgoUndo(): void;
  /** Resolves when no order is being carried out. */
  idle(): Promise<void>;
}

interface RemoteEndingsOptions {
  store: Store;
  vault: Vault;
  registry: SessionRegistry;
  contexts: VendorContexts;
  inFlight: InFlight;
  accounts: AccountBook;
  ledger: Ledger;
  scheduler: Scheduler;
  publish(change: Change): void;
  newId(): string;
  now(): number;
  random(): number;
  reportBug(error: unknown): void;
}

interface Material {
  record: SessionRecord;
  context: VendorContext;
  secret: Json;
}

interface Order extends RemoteEnding {
  attempts: number;
}

const sealedShape = z.object({ accountId: z.string(), remoteId: z.string(), where: z.string() });
const place = (id: string, sessionId: string) => ['remote_endings.sealed', id, sessionId] as const;

/** Asking again would bring the same answer. */
const final: ReadonlySet<Failure['kind']> = new Set([
  'forbidden',
  'invalid',
  'not-found',
  'refused-credentials',
]);

export function createRemoteEndings(options: RemoteEndingsOptions): RemoteEndings {
  const { store, vault, registry, contexts, inFlight, accounts, ledger, scheduler, publish, now } = options;
  const orders = new Map<string, Order>();
  const held = new Map<string, Material>();
  const running = new Map<string, Promise<void>>();
  let loaded = false;

  const view = ({ attempts: _, ...order }: Order): RemoteEnding => order;
  const show = (order: Order) => publish({ entity: 'remote-ending', id: order.id, value: view(order) });
  const later = ({ id }: Order, at: number) => scheduler.put(`remote:${id}`, at, () => void attempt(id));
  const isUndoable = ({ id, undoUntil }: Order) =>
    undoUntil !== null && now() < undoUntil && !running.has(id);

  function drop(id: string) {
    store.run('DELETE FROM remote_endings WHERE id = ?', id);
    orders.delete(id);
    held.delete(id);
    scheduler.drop(`remote:${id}`);
    publish({ entity: 'remote-ending', id, value: null });
  }

  function put(order: Order, patch: Partial<Order>) {
    const next = { ...order, ...patch };
    orders.set(order.id, next);
    show(next);
    return next;
  }

  function load() {
    for (const row of store.all('SELECT * FROM remote_endings ORDER BY due_at')) {
      const id = textIn(row, 'id');
      const sessionId = textIn(row, 'session_id');
      const text = vault.openRow(place(id, sessionId), bytesIn(row, 'sealed'));
      const known = text === null ? null : jsonIn(text, sealedShape);
      if (!known) continue;
      const at = numberIn(row, 'due_at');
      orders.set(id, { id, sessionId, ...known, undoUntil: null, nextTryAt: at, failure: null, attempts: 0 });
    }
    loaded = true;
  }

  /** What there is to ask with: the session that the order was given in, else another one of its account; null: nobody can ask now. */
  function material({ id, sessionId, accountId }: Order): Material | null {
    const known = held.get(id);
    if (known) return known;
    const able = [registry.get(sessionId), ...registry.of(accountId)].flatMap((one) => one ?? []);
    const record =
      able.find(({ state }) => state === 'active') ??
      able.find((one) => one.id === sessionId && one.state === 'ending');
    const secret = record ? contexts.grant(record.id) : null;
    return record && secret !== null ? { record, context: contexts.ofSession(record), secret } : null;
  }

  async function carryOut(id: string): Promise<void> {
    const order = orders.get(id);
    if (!order) return;
    scheduler.drop(`remote:${id}`);
    try {
      const found = material(order);
      // The next session of the account goes on with it.
      if (!found) return void put(order, { undoUntil: null, nextTryAt: null });
      const { record, context, secret } = found;
      const end = contexts.vendor(record.vendor).endRemoteSession;
      if (!end) throw new GatehouseError({ kind: 'not-found', message: 'This vendor does not offer that.' });
      await end(context, secret, order.remoteId);
      const about = aboutSession(record, accounts.find(record.accountId));
      const detail = 'a session of this login that was opened elsewhere';
      store.transaction(() => {
        ledger.write({ actor: 'window', event: 'ended', ...about, detail });
        drop(id);
      });
    } catch (error) {
      const failure = failureOf(error);
      const attempts = order.attempts + 1;
      const over = final.has(failure.kind);
      const wait = Math.max(now() + backoff(attempts, options.random()), failure.until ?? 0);
      const next = put(order, { attempts, failure, undoUntil: null, nextTryAt: over ? null : wait });
      if (!over && failure.kind !== 'vault-locked') later(next, wait);
    }
  }

  function attempt(id: string): Promise<void> {
    const current = running.get(id);
    if (current) return current;
    const run = carryOut(id)
      .catch(options.reportBug)
      .finally(() => running.delete(id));
    running.set(id, run);
    return run;
  }

  // The session that was to ask is about to end: it asks first, as its ending waits for what is on its way.
  registry.on.inactive(({ id, state }) => {
    if (state !== 'ending') return;
    for (const order of orders.values())
      if (order.sessionId === id && order.nextTryAt !== null)
        void inFlight.track(id, () => attempt(order.id));
  });
  registry.on.activated(({ accountId }) => {
    for (const order of orders.values())
      if (order.accountId === accountId && order.nextTryAt === null && order.failure === null)
        void attempt(order.id);
  });

  return {
    all: () => [...orders.values()].map(view),

    order(sessionId, remoteId, where) {
      const record = registry.get(sessionId);
      if (record?.state !== 'active')
        throw new GatehouseError({
          kind: 'expired',
          message: 'This session is not active.',
          advice: 'Sign in again.',
        });
      const { accountId } = record;
      if ([...orders.values()].some((one) => one.accountId === accountId && one.remoteId === remoteId))
        return;
      const id = options.newId();
      const due = now() + undoTime;
      const sealed = vault.sealRow(place(id, sessionId), JSON.stringify({ accountId, remoteId, where }));
      store.run(
        'INSERT INTO remote_endings (id, session_id, due_at, sealed) VALUES (?, ?, ?, ?)',
        id,
        sessionId,
        due,
        sealed,
      );
      const order = {
        id,
        sessionId,
        accountId,
        remoteId,
        where,
        undoUntil: due,
        nextTryAt: due,
        failure: null,
        attempts: 0,
      };
      orders.set(id, order);
      show(order);
      later(order, due);
    },

    withdraw(id) {
      const order = orders.get(id);
      if (!order || (!isUndoable(order) && order.nextTryAt !== null)) return false;
      drop(id);
      return true;
    },

    resume() {
      if (!loaded) load();
      for (const order of orders.values()) if (order.nextTryAt !== null) later(order, order.nextTryAt);
    },

    hold() {
      for (const order of orders.values()) {
        const found = order.failure && order.nextTryAt === null ? null : material(order);
        if (found) held.set(order.id, found);
      }
    },

    forgoUndo() {
      for (const order of orders.values()) if (isUndoable(order)) void attempt(order.id);
    },

    async idle() {
      while (running.size > 0) await Promise.allSettled(running.values());
    },
  };
}
