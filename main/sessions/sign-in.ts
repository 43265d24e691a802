import { type Failure, failureOf, GatehouseError } from '../../preload/contract/failure.ts';
import type { Ask, Prompt, Realm } from '../../preload/contract/shapes.ts';
import type { AccountBook } from '../accounts/account-book.ts';
import type { Actor } from '../ledger/ledger.ts';
import type { SessionRecord } from '../store/sessions.ts';
import type { Vault } from '../vault/vault.ts';
import type { Answer, Grant, Json, Step, Visit } from '../vendors/vendor.ts';
import { realmOf, type SessionBook } from './book.ts';
import type { Endings } from './endings.ts';
import type { Prompts } from './prompts.ts';
import type { PendingStep, Visits } from './visits.ts';

export interface SignInRequest {
  accountId: string;
  /** A trial asks nobody: it hears what would have been asked, and the sign-in is ended there. */
  instead?: (asked: Ask) => void;
  way?: string | undefined;
  values?: Record<string, string> | undefined;
  realm?: Realm | null | undefined;
}

/** Opens sessions: writes them down, drives the vendor's flow, asks the person, and leaves nothing half-open behind. */
export interface SignInDesk {
  /** Starts a sign-in and returns its session at once; a second one for the same account and realm joins the first. */
  signIn(request: SignInRequest, actor: Actor): string;
  /** Puts a grant that a vendor gave directly (a realm switch) through the same doors as a sign-in. */
  adopt(accountId: string, realm: Realm, actor: Actor, work: (visit: Visit) => Promise<Step>): string;
  answer(promptId: string, answer: Answer): Promise<void>;
  sendAgain(promptId: string, medium: string | null): Promise<void>;
  push(promptId: string, target: string): Promise<void>;
  /** Cancels the sign-in and cleans up at the vendor. */
  cancel(sessionId: string, actor: Actor): void;
  startAgain(promptId: string, actor: Actor): string;
  /** After a start: puts prompts back that were open, and orders the end of sign-ins that were cut off. */
  restore(): void;
  /** Settles every open sign-in (lock, quit): durable orders to end what is pending. */
  settleAll(actor: Actor): void;
  /** Resolves with the session's state once the sign-in is over or waits for the person. */
  settled(sessionId: string): Promise<void>;
  busy(sessionId: string): boolean;
}

interface DeskOptions {
  book: SessionBook;
  prompts: Prompts;
  endings: Endings;
  visits: Visits;
  vault: Vault;
  accounts: AccountBook;
  newId(): string;
  now(): number;
  onActive(sessionId: string): void;
  /** A sign-in that came to nothing was started again as another. */
  onStartedAgain(sessionId: string, nextId: string): void;
  /** Told when what came back could not be written down. */
  reportBug(error: unknown): void;
}

/** A sign-in on its way: at most one request of it is in flight. */
interface Flow {
  sessionId: string;
  visit: Visit;
  /** Ends what the flow listens to; a request on its way is left to finish. */
  stop: AbortController;
  work: Promise<void>;
  inFlight: boolean;
  instead: SignInRequest['instead'];
}

const cutOff: Failure = {
  kind: 'cancelled',
  message: 'Gatehouse stopped in the middle of this sign-in.',
  advice: 'Sign in again.',
};

export function createSignInDesk(options: DeskOptions): SignInDesk {
  const { book, prompts, endings, visits, vault, accounts, now } = options;
  const flows = new Map<string, Flow>();

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
        vault.seal(sessionId, 'grant', JSON.stringify(grant.secret));
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
    const seal = () => vault.seal(sessionId, 'pending', JSON.stringify(step));
    if (open && open.ask.kind === step.ask.kind && !wrong) {
      seal();
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
    const { sessionId, visit } = flow;
    drop(flow);
    if (step) {
      const grant = step.kind === 'active' ? step.grant.secret : null;
      const pending: Json = step.kind === 'prompt' ? step.resume : null;
      if (vault.view().state === 'unlocked') {
        if (grant !== null) vault.seal(sessionId, 'grant', JSON.stringify(grant));
        if (step.kind === 'prompt') vault.seal(sessionId, 'pending', JSON.stringify(step));
        answered(sessionId);
      }
      endings.give(sessionId, { visit, grant, pending, unanswered: false });
    } else if (isCertain(error)) {
      answered(sessionId);
      // What an earlier step left half-open is still there.
      if (!vault.fields(sessionId).includes('pending')) {
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
    const over = failure.kind === 'refused-prompt' || !vault.fields(sessionId).includes('pending');
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
      const gone = vendorOf(flow).end(flow.visit, grant.secret);
      const ended = await gone.then(
        () => true,
        () => false,
      );
      if (ended) return fail(flow, error);
      endings.give(flow.sessionId, {
        visit: flow.visit,
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
      .listen(flow.visit, step.resume, (changed) => {
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

  function openFlow(record: SessionRecord, instead?: SignInRequest['instead']): Flow {
    const stop = new AbortController();
    const visit = visits.to(record, stop.signal);
    const flow: Flow = {
      sessionId: record.id,
      visit,
      stop,
      work: Promise.resolve(),
      inFlight: false,
      instead,
    };
    flows.set(record.id, flow);
    return flow;
  }

  /** Nothing has been sent yet: a sign-in that can't even set out (address, damaged secret) leaves no row. */
  function openBegun(record: SessionRecord, instead: SignInRequest['instead']): Flow {
    try {
      return openFlow(record, instead);
    } catch (error) {
      book.forget(record.id);
      throw error;
    }
  }

  function account(id: string) {
    // A removed account is found too: a form's test signs in with one that was never on the list.
    const found = accounts.find(id);
    if (found) return found;
    throw new GatehouseError({ kind: 'not-found', message: 'This account is no longer in Gatehouse.' });
  }

  function open(request: SignInRequest, actor: Actor, work?: (visit: Visit) => Promise<Step>): string {
    const of = account(request.accountId);
    const realm = request.realm === undefined ? of.realm : request.realm;
    if (!work) {
      const same = book
        .of(of.id)
        .find((s) => flows.has(s.id) && s.state !== 'ending' && s.realmId === (realm?.id ?? null));
      if (same) return same.id;
    }
    if (vault.view().state !== 'unlocked') {
      throw new GatehouseError({
        kind: 'vault-locked',
        message: 'Gatehouse is locked.',
        advice: 'Unlock it first.',
      });
    }
    const record = book.begin(of, realm, request.way ?? null, actor);
    const vendor = visits.vendor(of.vendor);
    const flow = openBegun(record, request.instead);
    const begin = () => vendor.begin(flow.visit, request.way ?? null, request.values ?? {});
    void run(flow, work ? () => work(flow.visit) : begin);
    return record.id;
  }

  function waiting(promptId: string): { flow: Flow; prompt: Prompt; pending: PendingStep } {
    const prompt = prompts.get(promptId);
    const flow = prompt && flows.get(prompt.sessionId);
    const pending = flow && visits.pending(flow.sessionId);
    if (prompt && flow && pending && prompt.state !== 'refused') return { flow, prompt, pending };
    throw new GatehouseError({
      kind: 'cancelled',
      message: 'This prompt is over.',
      advice: 'Start the sign-in again.',
    });
  }

  /** One request for an open prompt; when it surely did not get through, the prompt stays open and says why. */
  async function continuePrompt(
    promptId: string,
    work: (flow: Flow, resume: Json) => Promise<Step>,
  ): Promise<void> {
    const { flow, prompt, pending } = waiting(promptId);
    if (flow.inFlight) return;
    prompts.change(prompt.id, { state: 'checking', failure: null });
    await run(flow, async () => {
      try {
        return await work(flow, pending.resume);
      } catch (error) {
        const stays =
          error instanceof GatehouseError && !error.mayHaveWorked && staysOpen.has(error.failure.kind);
        if (!stays || book.get(flow.sessionId)?.state !== 'waiting') throw error;
        answered(flow.sessionId);
        prompts.change(prompt.id, { state: 'open', failure: error.failure });
        return null;
      }
    });
  }

  function end(sessionId: string, actor: Actor, lost?: Failure) {
    if (!endings.order(sessionId, actor, lost)) return;
    const flow = flows.get(sessionId);
    dropPrompt(sessionId);
    // A request on its way is left to finish: its answer tells what there is to end.
    if (flow?.inFlight) return;
    if (flow) drop(flow);
    void endings.attempt(sessionId);
  }

  return {
    signIn: (request, actor) => open(request, actor),
    adopt: (accountId, realm, actor, work) => open({ accountId, realm }, actor, work),

    answer: (promptId, answer) =>
      continuePrompt(promptId, (flow, resume) => {
        // On disk before the request leaves: after a crash this prompt can't tell any more what there is.
        book.patch(flow.sessionId, { unansweredAt: now() });
        return vendorOf(flow).answer(flow.visit, resume, answer);
      }),

    sendAgain: (promptId, medium) =>
      continuePrompt(promptId, (flow, resume) => {
        const { sendAgain } = vendorOf(flow);
        if (sendAgain) return sendAgain(flow.visit, resume, medium);
        throw new GatehouseError({
          kind: 'not-found',
          message: 'This vendor has no way to send the code again.',
        });
      }),

    push: (promptId, target) =>
      continuePrompt(promptId, (flow, resume) => {
        const { push } = vendorOf(flow);
        if (push) return push(flow.visit, resume, target);
        throw new GatehouseError({ kind: 'not-found', message: 'This vendor has no push.' });
      }),

    cancel: end,

    startAgain(promptId, actor) {
      const prompt = prompts.get(promptId);
      const old = prompt && book.get(prompt.sessionId);
      if (!prompt || !old) throw new GatehouseError({ kind: 'cancelled', message: 'This prompt is over.' });
      // A scan that was refused on the phone still waits for another; a new sign-in would only join it.
      if (old.state === 'waiting') end(old.id, actor);
      else prompts.drop(promptId);
      if (old.state === 'failed' && old.endedHow !== 'possibly-alive') book.forget(old.id);
      const next = open({ accountId: old.accountId, realm: realmOf(old), way: old.way ?? undefined }, actor);
      options.onStartedAgain(old.id, next);
      return next;
    },

    restore() {
      for (const record of book.all()) {
        if (flows.has(record.id)) continue;
        if (record.state === 'signing-in') end(record.id, 'start', cutOff);
        if (record.state !== 'waiting') continue;
        const pending = visits.pending(record.id);
        const lost = !pending || record.unansweredAt !== null;
        if (lost || pending.deadline <= now()) {
          end(record.id, 'start', lost ? cutOff : undefined);
          continue;
        }
        const flow = openFlow(record);
        ask(flow, pending);
        listen(flow, pending);
      }
    },

    settleAll(actor) {
      for (const flow of [...flows.values()]) end(flow.sessionId, actor);
    },

    async settled(sessionId) {
      await flows.get(sessionId)?.work;
    },
    busy: (sessionId) => flows.has(sessionId),
  };

  function vendorOf(flow: Flow) {
    return visits.vendor(book.get(flow.sessionId)!.vendor);
  }
}

/** Whether the vendor surely did nothing of what was asked. */
function isCertain(error: unknown): boolean {
  return error instanceof GatehouseError && !error.mayHaveWorked;
}

/** Kinds of failure that say that the answer never arrived; the prompt is still good. */
const staysOpen: ReadonlySet<string> = new Set(['network', 'timeout', 'tls', 'rate-limited', 'invalid']);
