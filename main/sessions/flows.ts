import { type Failure, failureOf, GatehouseError } from '#contract/failure.ts';
import type { Challenge } from '#contract/shapes.ts';
import type { AccountBook } from '../accounts/account-book.ts';
import type { Vault } from '../vault/vault.ts';
import type { Grant, Json, Step, VendorContext } from '../vendors/vendor.ts';
import { realmOf, type SessionBook } from './book.ts';
import type { Endings } from './endings.ts';
import type { Prompts } from './prompts.ts';
import type { SessionRecord } from './session-rows.ts';
import type { PendingStep, Visits } from './visits.ts';

/** A sign-in on its way: at most one request of it is in flight. */
export interface Flow {
  sessionId: string;
  context: VendorContext;
  /** Ends what the flow listens to; a request on its way is left to finish. */
  stop: AbortController;
  work: Promise<void>;
  inFlight: boolean;
  instead: ((asked: Challenge) => void) | undefined;
  /** What a restart needs of the prompt, as it was last sealed. */
  sealed: string;
}

export interface FlowOptions {
  book: SessionBook;
  prompts: Prompts;
  endings: Endings;
  visits: Visits;
  vault: Vault;
  accounts: AccountBook;
  newId(): string;
  now(): number;
  onActive(sessionId: string): void;
  /** Told when what came back could not be written down. */
  reportBug(error: unknown): void;
}

/** Sign-ins on their way: runs their requests one by one and files what each brings, so that nothing half-open is left. */
export function createFlows(options: FlowOptions) {
  const { book, prompts, endings, visits, vault, accounts, now } = options;
  const flows = new Map<string, Flow>();

  const vendorOf = (flow: Flow) => visits.vendor(book.get(flow.sessionId)!.vendor);

  /** The flow is over; listening stops with it. */
  function drop(flow: Flow) {
    if (flows.get(flow.sessionId) === flow) flows.delete(flow.sessionId);
    flow.stop.abort();
  }

  /** Nothing is open any more of which the answer is missing. */
  function answered(sessionId: string) {
    if (book.get(sessionId)?.unansweredAt != null) book.patch(sessionId, { unansweredAt: null });
  }

  function dropPrompt(sessionId: string) {
    const prompt = prompts.ofSession(sessionId);
    if (prompt) prompts.drop(prompt.id);
  }

  function activate(flow: Flow, grant: Grant) {
    const { sessionId } = flow;
    const realm = grant.realm;
    const done = book.move(sessionId, 'activate', {
      event: 'opened',
      detail: grant.method,
      patch: {
        method: grant.method,
        person: grant.person,
        openedAt: now(),
        grantedAt: now(),
        checkedAt: now(),
        expiresAt: grant.expiresAt,
        failure: null,
        unansweredAt: null,
        ...(realm ? { realmId: realm.id, realmName: realm.name } : {}),
      },
      also() {
        visits.keepGrant(sessionId, grant.secret);
        vault.erase(sessionId, 'pending');
      },
    });
    const record = book.get(sessionId);
    if (record && grant.keep) accounts.keep(record.accountId, grant.keep);
    dropPrompt(sessionId);
    drop(flow);
    if (done) options.onActive(sessionId);
  }

  function ask(flow: Flow, step: PendingStep) {
    const { sessionId } = flow;
    const open = prompts.ofSession(sessionId);
    const wrong: Failure | null = step.wrong ? { kind: 'refused-prompt', message: step.wrong } : null;
    const needed = JSON.stringify({ ...step, ask: null });
    const seal = () => {
      visits.keepPending(sessionId, step);
      flow.sealed = needed;
    };
    if (open && open.ask.kind === step.ask.kind && !wrong) {
      // The other side of a scan decides how often what is shown of it changes; not all of that is written.
      if (step.ask.kind !== 'scan' || flow.sealed !== needed) seal();
      answered(sessionId);
    } else
      book.move(sessionId, 'ask', {
        event: wrong ? 'refused' : 'prompted',
        detail: step.ask.kind,
        patch: { unansweredAt: null },
        also: seal,
      });
    const shown = {
      ask: step.ask,
      state: 'open' as const,
      failure: wrong,
      deadline: step.deadline,
      sendAgainAt: step.sendAgainAt ?? null,
    };
    if (open) {
      prompts.change(open.id, { ...shown, attempt: wrong ? open.attempt + 1 : open.attempt });
    } else {
      const record = book.get(sessionId)!;
      prompts.put({
        id: options.newId(),
        accountId: record.accountId,
        sessionId,
        vendor: record.vendor,
        realm: realmOf(record),
        attempt: 1,
        askedAt: now(),
        ...shown,
      });
    }
  }

  /** The sign-in was ordered to end while a request of it was on its way: what came back decides what is left to end. */
  function settleOrdered(flow: Flow, step: Step | null, error: unknown) {
    const { sessionId, context } = flow;
    drop(flow);
    if (step) {
      const grant = step.kind === 'active' ? step.grant.secret : null;
      const pending: Json = step.kind === 'prompt' ? step.resume : null;
      if (vault.view().state === 'unlocked') {
        if (grant !== null) visits.keepGrant(sessionId, grant);
        if (step.kind === 'prompt') visits.keepPending(sessionId, step);
        answered(sessionId);
      }
      endings.give(sessionId, { context, grant, pending, unanswered: false });
    } else if (isCertain(error)) {
      answered(sessionId);
      // What an earlier step left half-open is still there.
      if (!visits.hasPending(sessionId)) {
        endings.settle(sessionId, 'vendor', 'The sign-in had not got through.');
        return;
      }
    }
    void endings.attempt(sessionId);
  }

  function fail(flow: Flow, error: unknown) {
    const { sessionId } = flow;
    const failure = failureOf(error);
    const prompt = prompts.ofSession(sessionId);
    if (prompt) prompts.change(prompt.id, { state: 'refused', failure });
    drop(flow);
    if (isCertain(error)) answered(sessionId);
    // A refused prompt is over at the vendor; after anything else its half-open part is still to be ended.
    const over = failure.kind === 'refused-prompt' || !visits.hasPending(sessionId);
    if (isCertain(error) && over) {
      book.move(sessionId, 'fail', {
        event:
          failure.kind === 'refused-prompt' || failure.kind === 'refused-credentials' ? 'refused' : 'failed',
        detail: failure.message,
        patch: { failure, endedAt: now() },
        also: () => vault.erase(sessionId),
      });
    } else if (endings.order(sessionId, 'timer', failure)) {
      void endings.attempt(sessionId);
    }
  }

  /** Runs one request of the flow and files what came of it; `null` means that the prompt is as it was. */
  function run(flow: Flow, work: () => Promise<Step | null>): Promise<void> {
    flow.inFlight = true;
    flow.work = (async () => {
      let step: Step | null = null;
      let error: unknown = null;
      try {
        step = await work();
      } catch (thrown) {
        error = thrown;
      }
      flow.inFlight = false;
      if (flows.get(flow.sessionId) !== flow) return;
      try {
        await file(flow, step, error);
      } catch (bug) {
        options.reportBug(bug);
      }
    })();
    return flow.work;
  }

  async function file(flow: Flow, step: Step | null, error: unknown): Promise<void> {
    if (book.get(flow.sessionId)?.state === 'ending') settleOrdered(flow, step, error);
    else if (error) fail(flow, error);
    else if (step?.kind === 'active') await activateOrEnd(flow, step.grant);
    else if (step && flow.instead) {
      flow.instead(step.ask);
      endings.order(flow.sessionId, 'window');
      settleOrdered(flow, step, null);
    } else if (step) {
      ask(flow, step);
      listen(flow, step);
    }
  }

  /** A grant that can't be written down must not live on unseen: it is ended at once. */
  async function activateOrEnd(flow: Flow, grant: Grant): Promise<void> {
    try {
      activate(flow, grant);
    } catch (error) {
      const gone = vendorOf(flow).end(flow.context, grant.secret);
      const ended = await gone.then(
        () => true,
        () => false,
      );
      if (ended) return fail(flow, error);
      endings.give(flow.sessionId, {
        context: flow.context,
        grant: grant.secret,
        pending: null,
        unanswered: false,
      });
      fail(flow, new GatehouseError(failureOf(error), { mayHaveWorked: true, cause: error }));
    }
  }

  /** Prompts that the other side settles (a scan) are listened to until it does. */
  function listen(flow: Flow, step: PendingStep) {
    const record = book.get(flow.sessionId);
    const vendor = record && visits.vendor(record.vendor);
    if (!vendor?.listen || step.ask.kind !== 'scan') return;
    vendor
      .listen(flow.context, step.resume, (changed) => {
        if (flows.get(flow.sessionId) === flow && changed.kind === 'prompt') ask(flow, changed);
      })
      .then((last) => {
        if (flows.get(flow.sessionId) !== flow) return;
        if (last.kind === 'active') return activateOrEnd(flow, last.grant);
        ask(flow, last);
      })
      .catch((error: unknown) => {
        if (flows.get(flow.sessionId) === flow && !flow.stop.signal.aborted) fail(flow, error);
      });
  }

  return {
    has: (sessionId: string) => flows.has(sessionId),
    get: (sessionId: string) => flows.get(sessionId),
    all: () => [...flows.values()],

    /** Throws when the visit can't even be prepared: address, damaged secret. */
    open(record: SessionRecord, instead?: Flow['instead']): Flow {
      const stop = new AbortController();
      const context = visits.to(record, stop.signal);
      const work = Promise.resolve();
      const flow: Flow = {
        sessionId: record.id,
        context,
        stop,
        work,
        inFlight: false,
        instead,
        sealed: '',
      };
      flows.set(record.id, flow);
      return flow;
    },

    run,
    ask,
    listen,
    drop,
    answered,
    dropPrompt,
    vendorOf,
  };
}

/** Whether the vendor surely did nothing of what was asked. */
function isCertain(error: unknown): boolean {
  return error instanceof GatehouseError && !error.mayHaveWorked;
}
