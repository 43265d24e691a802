import { type Failure, GatehouseError } from '#contract/failure.ts';
import type { Challenge, Prompt, Realm } from '#contract/shapes.ts';
import type { Actor } from '../ledger/ledger.ts';
import type { ChallengeAnswer, Json, Step, VendorContext } from '../vendors/vendor.ts';
import { realmOf } from './book.ts';
import { createFlows, type Flow, type FlowOptions } from './flows.ts';
import type { SessionRecord } from './session-rows.ts';
import type { PendingStep } from './visits.ts';

export interface SignInRequest {
  accountId: string;
  /** A trial asks nobody: it hears what would have been asked, and the sign-in is ended there. */
  instead?: (asked: Challenge) => void;
  way?: string | undefined;
  values?: Record<string, string> | undefined;
  realm?: Realm | null | undefined;
}

/** Opens sessions: writes them down, drives the vendor's flow, asks the person, and leaves nothing half-open behind. */
export interface SignInDesk {
  /** Starts a sign-in and returns its session at once; a second one for the same account and realm joins the first. */
  signIn(request: SignInRequest, actor: Actor): string;
  /** Puts a grant that a vendor gave directly (a realm switch) through the same doors as a sign-in. */
  adopt(
    accountId: string,
    realm: Realm,
    actor: Actor,
    work: (context: VendorContext) => Promise<Step>,
  ): string;
  answer(promptId: string, answer: ChallengeAnswer): Promise<void>;
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
  /** Sign-ins that are on their way or wait for the person. */
  open(): string[];
}

interface DeskOptions extends FlowOptions {
  /** A sign-in that came to nothing was started again as another. */
  onStartedAgain(sessionId: string, nextId: string): void;
}

const cutOff: Failure = {
  kind: 'cancelled',
  message: 'Gatehouse stopped in the middle of this sign-in.',
  advice: 'Sign in again.',
};

export function createSignInDesk(options: DeskOptions): SignInDesk {
  const { book, prompts, endings, visits, vault, accounts, now } = options;
  const flows = createFlows(options);

  /** Nothing has been sent yet: a sign-in that can't even set out (address, damaged secret) leaves no row. */
  function openBegun(record: SessionRecord, instead: SignInRequest['instead']): Flow {
    try {
      return flows.open(record, instead);
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

  function open(
    request: SignInRequest,
    actor: Actor,
    work?: (context: VendorContext) => Promise<Step>,
  ): string {
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
    const begin = () => vendor.begin(flow.context, request.way ?? null, request.values ?? {});
    void flows.run(flow, work ? () => work(flow.context) : begin);
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
    await flows.run(flow, async () => {
      try {
        return await work(flow, pending.resume);
      } catch (error) {
        const stays =
          error instanceof GatehouseError && !error.mayHaveWorked && staysOpen.has(error.failure.kind);
        if (!stays || book.get(flow.sessionId)?.state !== 'waiting') throw error;
        flows.answered(flow.sessionId);
        prompts.change(prompt.id, { state: 'open', failure: error.failure });
        return null;
      }
    });
  }

  function end(sessionId: string, actor: Actor, lost?: Failure) {
    if (!endings.order(sessionId, actor, lost)) return;
    const flow = flows.get(sessionId);
    flows.dropPrompt(sessionId);
    // A request on its way is left to finish: its answer tells what there is to end.
    if (flow?.inFlight) return;
    if (flow) flows.drop(flow);
    void endings.attempt(sessionId);
  }

  /** Puts the prompt back that was open; one that can't be read is ended, and keeps no other from going on. */
  function takeUp(record: SessionRecord) {
    try {
      const pending = visits.pending(record.id);
      const lost = !pending || record.unansweredAt !== null;
      if (lost || pending.deadline <= now()) {
        end(record.id, 'start', lost ? cutOff : undefined);
        return;
      }
      const flow = flows.open(record);
      flows.ask(flow, pending);
      flows.listen(flow, pending);
    } catch (error) {
      if (!(error instanceof GatehouseError)) throw error;
      end(record.id, 'start', error.failure);
    }
  }

  return {
    signIn: (request, actor) => open(request, actor),
    adopt: (accountId, realm, actor, work) => open({ accountId, realm }, actor, work),

    answer: (promptId, answer) =>
      continuePrompt(promptId, (flow, resume) => {
        // On disk before the request leaves: after a crash this prompt can't tell any more what there is.
        book.patch(flow.sessionId, { unansweredAt: now() });
        return flows.vendorOf(flow).answer(flow.context, resume, answer);
      }),

    sendAgain: (promptId, medium) =>
      continuePrompt(promptId, (flow, resume) => {
        const { sendAgain } = flows.vendorOf(flow);
        if (sendAgain) return sendAgain(flow.context, resume, medium);
        throw new GatehouseError({
          kind: 'not-found',
          message: 'This vendor has no way to send the code again.',
        });
      }),

    push: (promptId, target) =>
      continuePrompt(promptId, (flow, resume) => {
        const { push } = flows.vendorOf(flow);
        if (push) return push(flow.context, resume, target);
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
        if (record.state === 'waiting') takeUp(record);
      }
    },

    settleAll(actor) {
      for (const flow of flows.all()) end(flow.sessionId, actor);
    },

    async settled(sessionId) {
      await flows.get(sessionId)?.work;
    },
    open: () => flows.all().map((flow) => flow.sessionId),
  };
}

/** Kinds of failure that say that the answer never arrived; the prompt is still good. */
const staysOpen: ReadonlySet<string> = new Set(['network', 'timeout', 'tls', 'rate-limited', 'invalid']);
