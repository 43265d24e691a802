import { type Failure, failureOf, GatehouseError } from '#contract/failure.ts';
import { createConcurrencyLimit } from '#lib/concurrency-limit.ts';
import type { Scheduler } from '#lib/scheduler.ts';
import type { Actor } from '../ledger/ledger.ts';
import type { Vault } from '../vault/vault.ts';
import type { Json, StraySearchResult, VendorContext } from '../vendors/vendor.ts';
import type { InFlight } from './in-flight.ts';
import { createOutages } from './outages.ts';
import type { SessionRegistry } from './registry.ts';
import type { EndingRecord, SessionRecord } from './session-rows.ts';
import type { VendorContexts } from './vendor-contexts.ts';

/** Durable orders to end sessions, carried out until the vendor confirms or the token has died by itself. */
export interface Endings {
  /**
   * Writes the order, where there is something to end, and starts to carry it out as soon as nothing is on its way for the
   * session. For an order that stands already, `material` is added to it.
   */
  end(sessionId: string, order: EndOrder): void;
  /** Takes back those of these orders of which nothing was sent yet; returns how many. The sessions are active again. */
  undo(sessionIds: string[], actor: Actor): number;
  /** Carries out at once what could still be undone, as nobody will be there to undo it. */
  forgoUndo(): void;
  /** Tries now, whatever is known of its server; resolves when this attempt is over, whatever came of it. */
  tryNow(sessionId: string): Promise<void>;
  /** Takes up every order on disk again (start, unlock). */
  resume(): void;
  /** Tries every order again without waiting for its turn (network back). */
  hurry(): void;
  /** Keeps in memory what the open orders need, and `others` that are about to be ordered, so that they go on while the vault is locked; only reads. */
  hold(others: string[]): void;
  /** Takes the order off the list: the vendor holds nothing, or nobody can tell. */
  settle(sessionId: string, how: EndedHow, words?: string): void;
  /** Resolves when no attempt is running. */
  idle(): Promise<void>;
}

export interface EndOrder {
  actor: Actor;
  /** Until when a person may take the order back (ms since 1970); of a session that is not active nobody can. */
  undoUntil?: number | null;
  /** Why it is over here, of a sign-in or session that may have left something. */
  reason?: Failure | undefined;
  /** What there is to end, where that is not what is stored: an answer that came too late, or could not be written down. */
  material?: Material | undefined;
}

export interface Material {
  context: VendorContext;
  grant: Json;
  pending: Json;
  /** A request may have opened more than this, and its answer is not here. */
  unanswered: boolean;
}

type EndedHow = NonNullable<SessionRecord['endedHow']>;

interface EndingsOptions {
  registry: SessionRegistry;
  contexts: VendorContexts;
  vault: Vault;
  scheduler: Scheduler;
  inFlight: InFlight;
  now(): number;
  random(): number;
  /** Writes together with what else is settled at this moment; resolves when it is on disk. */
  commit(work: () => void): Promise<void>;
  /** Whether its account is on the list. */
  isListed(sessionId: string): boolean;
  /** ms after a request has left in which the vendor may still carry it out, though nobody waits for its answer. */
  lateness: number;
  reportBug(error: unknown): void;
}

/** The vendor does not let this account in to look for what a lost sign-in may have left. */
const refused: ReadonlySet<string> = new Set(['refused-credentials', 'forbidden', 'locked-out']);

/** Attempts that run at once for one server: twice what it is sent at once, as half of them wait for the disk. */
const atOnce = 12;
/** ms in which an order can be undone. */
export const undoTime = 5_000;
const firstWait = 2_000;
const longestWait = 10 * 60_000;
/** While a server can't be reached, one order a minute asks for all of them. */
const longestOutageWait = 60_000;
const lostRenewal =
  'The answer to a renewal was lost: the token that it made may be valid until it runs out by itself.';

/** ms until the next try: doubling, with up to half of it as jitter. */
export function backoff(attempts: number, random: number): number {
  const wait = Math.min(longestWait, firstWait * 2 ** Math.min(attempts - 1, 20));
  return Math.round(wait * (0.75 + random / 2));
}

/** No answer came that says anything of the one order, so that the next one would fare no better. */
function isUnanswered({ kind, status }: Failure): boolean {
  if (status === 502 || status === 503 || status === 504) return true;
  return kind === 'network' || kind === 'timeout' || kind === 'tls' || kind === 'rate-limited';
}

/** Nothing was asked: the vault is locked, or we have made a mistake. */
const isOurs = ({ kind }: Failure) => kind === 'vault-locked' || kind === 'internal';

export function createEndings(options: EndingsOptions): Endings {
  const { registry, contexts, vault, scheduler, inFlight, now, isListed } = options;
  const running = new Map<string, Promise<void>>();
  const held = new Map<string, Material>();
  const turns = createConcurrencyLimit(atOnce);
  /** When the first of what can be undone is to be looked at (ms since 1970). */
  let undoOver = Infinity;
  const outages = createOutages({
    scheduler,
    now,
    wait: (misses) => Math.min(longestOutageWait, backoff(misses, options.random())),
    go: (id) => void (running.get(id) ?? Promise.resolve()).then(() => attempt(id)),
  });

  function load(record: SessionRecord): Material {
    const grant = contexts.grant(record.id);
    return {
      context: contexts.forEnding(record, { needsSecrets: grant === null }),
      grant,
      pending: contexts.pending(record.id)?.resume ?? null,
      unanswered: record.unansweredAt !== null,
    };
  }

  function settle(id: string, how: EndedHow, words?: string) {
    const record = registry.get(id);
    if (!record) return;
    held.delete(id);
    scheduler.drop(`ending:${id}`);
    const over = record.openedAt === null ? 'settle-lost' : 'settle-expired';
    registry.move(id, record.failure ? over : 'finish-end', {
      event: how === 'vendor' ? 'confirmed' : how === 'possibly-alive' ? 'possibly-alive' : 'ended',
      ...(words ? { detail: words } : {}),
      patch: { endedAt: now(), endedHow: how, checkFailure: null },
      ending: null,
      also: () => vault.erase(id),
    });
  }

  /** Returns how it ended, or when (ms since 1970) to look again; throws what stood in the way. */
  async function carryOut(
    record: SessionRecord,
    { context, grant, pending, ...material }: Material,
  ): Promise<[EndedHow, string?] | number> {
    const vendor = contexts.vendor(record.vendor);
    const unanswered = material.unanswered && record.unansweredAt !== null;
    if (grant !== null) {
      const reason = vendor.cannotEnd?.(grant);
      if (reason) return ['here', reason];
      await vendor.end(context, grant);
      return unanswered ? ['possibly-alive', lostRenewal] : ['vendor'];
    }
    if (pending !== null) await vendor.abandon?.(context, pending);
    // When every answer is here, the pending part was all there is.
    if (!unanswered && pending !== null) return ['vendor'];
    return vendor.endStray ? findStray(record, () => vendor.endStray!(context)) : ['possibly-alive'];
  }

  /** One look for what a lost request opened, or may still open: the last one begins when that can't be any more. */
  async function findStray(
    { id, ...record }: SessionRecord,
    endStray: () => Promise<StraySearchResult>,
  ): Promise<[EndedHow, string?] | number> {
    const began = now();
    // No later than now, or a clock that was set back would keep us looking until it has caught up.
    const lostAt = Math.min(record.unansweredAt ?? record.startedAt, began);
    // The search signs in with the same tag: if its own answer is lost, there is one more to look for.
    registry.patch(id, { unansweredAt: began });
    try {
      const { conclusive, ended, again } = await endStray();
      registry.patch(id, { unansweredAt: lostAt });
      const ending = registry.ending(id);
      // One request opens one session. After a search that failed, what is found may be what that one opened.
      const only = ended && ending?.attempts === 0 && lostAt < ending.orderedAt;
      const until = lostAt + options.lateness;
      return again && !only && began < until ? until : [conclusive ? 'vendor' : 'possibly-alive'];
    } catch (error) {
      if (!(error instanceof GatehouseError)) throw error;
      if (!error.mayHaveWorked) registry.patch(id, { unansweredAt: lostAt });
      // Asking again would change nothing, and would count as a wrong password each time.
      if (refused.has(error.failure.kind))
        return ['possibly-alive', `Nobody can look for it: ${error.failure.message}`];
      throw error;
    }
  }

  /** What waits without a failure is looked at again when its time has come. */
  function tryLater(id: string, nextTryAt: number) {
    registry.patchEnding(id, { nextTryAt, lastFailure: null });
    scheduler.put(`ending:${id}`, nextTryAt, () => void attempt(id));
  }

  /** What waits for its server is over when its token is. */
  function watchToken({ sessionId, tokenValidUntil }: EndingRecord) {
    const key = `ending:${sessionId}`;
    if (tokenValidUntil === null) scheduler.drop(key);
    else scheduler.put(key, tokenValidUntil, () => void attempt(sessionId));
  }

  function joinLine(ending: EndingRecord) {
    const record = registry.get(ending.sessionId);
    if (!record || running.has(record.id)) return;
    watchToken(ending);
    outages.join(contexts.serverOf(record), record.id);
  }

  /** `pressed`: a person wants it to be tried, whether its server can be reached or not. */
  async function attemptNow(id: string, pressed: boolean): Promise<void> {
    const record = registry.get(id);
    const ending = registry.ending(id);
    if (!record || !ending || record.state !== 'ending') return outages.passed(id);
    scheduler.drop(`ending:${id}`);
    if (ending.tokenValidUntil !== null && now() >= ending.tokenValidUntil) {
      // A token whose answer was lost runs out later than the one that is known.
      if (record.unansweredAt === null) settle(id, 'expired', 'The token ran out by itself.');
      else settle(id, 'possibly-alive', lostRenewal);
      return outages.passed(id);
    }
    const server = contexts.serverOf(record);
    if (!pressed && outages.waits(server, id)) return watchToken(ending);
    try {
      const material = held.get(id) ?? load(record);
      held.set(id, material);
      const outcome = await carryOut(record, material);
      if (typeof outcome === 'number') tryLater(id, outcome);
      else await options.commit(() => settle(id, ...outcome));
      if (typeof outcome !== 'number' && outcome[0] === 'here') outages.passed(id);
      else outages.reached(server, id);
    } catch (error) {
      const failure = failureOf(error);
      if (isOurs(failure)) outages.passed(id);
      else if (!isUnanswered(failure)) outages.reached(server, id);
      else if (outages.missed(server, id, failure.until) && registry.ending(id)) {
        registry.patchEnding(id, { attempts: ending.attempts + 1, nextTryAt: null, lastFailure: failure });
        return watchToken(ending);
      }
      const attempts = ending.attempts + 1;
      const wanted = Math.max(now() + backoff(attempts, options.random()), failure.until ?? 0);
      const nextTryAt = ending.tokenValidUntil === null ? wanted : Math.min(wanted, ending.tokenValidUntil);
      if (!registry.ending(id)) throw error;
      registry.patchEnding(id, { attempts, nextTryAt, lastFailure: failure });
      // A locked vault is waited for: unlocking resumes every order.
      if (failure.kind !== 'vault-locked') scheduler.put(`ending:${id}`, nextTryAt, () => void attempt(id));
    }
  }

  /** A thousand orders at once take turns, so that none of them waits with its secrets in hand. */
  async function inTurn(id: string, pressed: boolean): Promise<void> {
    // What is on its way may bring what there is to end.
    await inFlight.quiet(id);
    const record = registry.get(id);
    if (record) await turns.run(contexts.serverOf(record), () => attemptNow(id, pressed));
    else outages.passed(id);
  }

  function attempt(id: string, pressed = false): Promise<void> {
    const current = running.get(id);
    if (current) return current;
    const run = inTurn(id, pressed)
      .catch(options.reportBug)
      .finally(() => running.delete(id));
    running.set(id, run);
    return run;
  }

  /** Returns false when there is nothing to end, or the order stands already. */
  function order(id: string, { actor, reason, undoUntil: wantedUntil = null }: EndOrder): boolean {
    const record = registry.get(id);
    if (!record || record.state === 'ending') return false;
    const undoUntil = record.state === 'active' ? wantedUntil : null;
    return registry.move(id, 'order-end', {
      event: 'ending-ordered',
      actor,
      ...(reason ? { detail: reason.message } : {}),
      patch: { failure: reason ?? null, checkFailure: null },
      ending: {
        sessionId: id,
        orderedAt: now(),
        attempts: 0,
        // A crash before then carries it out at the next start.
        nextTryAt: undoUntil,
        lastFailure: null,
        tokenValidUntil: record.expiresAt,
        undoUntil,
      },
    });
  }

  /** Nothing of it was sent, and its time is not over. */
  const isUndoable = (ending: EndingRecord): boolean =>
    ending.undoUntil !== null &&
    now() < ending.undoUntil &&
    // A clock that was set back makes no hours of it.
    ending.undoUntil <= now() + undoTime &&
    ending.attempts === 0 &&
    !running.has(ending.sessionId);

  /** One entry for all, as a thousand that are due together would start one after another. */
  function carryOutLater(at: number) {
    if (at >= undoOver) return;
    undoOver = at;
    scheduler.put('undo', at, carryOutUndoable);
  }

  function carryOutUndoable() {
    undoOver = Infinity;
    let next = Infinity;
    for (const ending of registry.endings()) {
      if (ending.undoUntil === null || ending.attempts > 0) continue;
      if (isUndoable(ending)) next = Math.min(next, ending.undoUntil);
      else begin(ending.sessionId);
    }
    carryOutLater(next);
  }

  /** A new order is a reason to ask a server that can't be reached. */
  function begin(id: string) {
    const record = registry.get(id);
    if (record) outages.askSoon(contexts.serverOf(record));
    void attempt(id);
  }

  return {
    end(id, wanted) {
      if (wanted.material) held.set(id, wanted.material);
      if (!order(id, wanted) && !wanted.material) return;
      const ending = registry.ending(id);
      if (ending?.undoUntil != null && isUndoable(ending)) carryOutLater(ending.undoUntil);
      else begin(id);
    },

    undo(ids, actor) {
      const taken = ids.filter((id) => {
        const ending = registry.ending(id);
        // Of an account that was removed meanwhile nothing may be left open.
        if (!ending || !isUndoable(ending) || !isListed(id)) return false;
        held.delete(id);
        return registry.move(id, 'take-back', { event: 'sign-out-undone', actor, ending: null });
      });
      return taken.length;
    },

    forgoUndo() {
      for (const ending of registry.endings()) if (isUndoable(ending)) begin(ending.sessionId);
    },

    tryNow: (id) => attempt(id, true),

    resume() {
      // What was held for prompts that are not ended after all is of no use any more.
      for (const id of held.keys()) if (!registry.ending(id)) held.delete(id);
      for (const ending of registry.endings()) {
        const { sessionId, nextTryAt, lastFailure } = ending;
        const due = nextTryAt === null || nextTryAt <= now() || lastFailure?.kind === 'vault-locked';
        if (due) joinLine(ending);
        else scheduler.put(`ending:${sessionId}`, nextTryAt, () => void attempt(sessionId));
      }
    },

    hurry() {
      outages.askAll();
      for (const ending of registry.endings()) if (!isUndoable(ending)) joinLine(ending);
    },

    hold(others) {
      for (const id of [...registry.endings().map(({ sessionId }) => sessionId), ...others]) {
        const record = registry.get(id);
        if (!record || held.has(id)) continue;
        try {
          held.set(id, load(record));
        } catch (error) {
          // Its order waits for the unlock, and then says why.
          if (!(error instanceof GatehouseError)) options.reportBug(error);
        }
      }
    },

    settle,

    async idle() {
      while (running.size > 0) await Promise.allSettled(running.values());
    },
  };
}
