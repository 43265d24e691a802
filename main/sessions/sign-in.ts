import { type Failure, failureOf, GatehouseError } from '#contract/failure.ts';
import type { Challenge, Prompt, Realm } from '#contract/shapes.ts';
import type { AccountBook } from '../accounts/account-book.ts';
import type { Actor } from '../ledger/ledger.ts';
import type { Store } from '../store/store.ts';
import type { Vault } from '../vault/vault.ts';
import type { ChallengeAnswer, Json, Step, VendorContext } from '../vendors/vendor.ts';
import type { Endings } from './endings.ts';
import type { InFlight } from './in-flight.ts';
import { openIn } from './open-in.ts';
import type { Prompts } from './prompts.ts';
import type { SessionRegistry } from './registry.ts';
import type { SessionRecord } from './session-rows.ts';
import { realmOf } from './session-view.ts';
import { clearUnanswered, type Flow, type SignInOutcome } from './sign-in-outcome.ts';
import type { PendingStep, VendorContexts } from './vendor-contexts.ts';

export interface SignInRequest {
  accountId: string;
  /** Told what would be asked, in place of a prompt; the sign-in is ended there. An account's test asks nobody. */
  instead?: (asked: Challenge) => void;
  way?: string | undefined;
  values?: Record<string, string> | undefined;
  realm?: Realm | null | undefined;
}

/** What a person does with an open prompt. A call throws `cancelled` when it is over. */
export interface PromptActions {
  answer(promptId: string, answer: ChallengeAnswer): Promise<void>;
  sendAgain(promptId: string, medium: string | null): Promise<void>;
  push(promptId: string, target: string): Promise<void>;
  /** Ends the sign-in that the prompt belongs to; a refused one is only taken away. */
  cancelPrompt(promptId: string, actor: Actor): void;
  /** Starts the sign-in anew; returns the new session's id. */
  startAgain(promptId: string, actor: Actor): string;
}

/** Opens sessions: writes them down, drives the vendor's flow and asks the person. */
export interface SignIns extends PromptActions {
  /** Starts a sign-in and returns its session at once; a second one for the same account and realm joins the first. */
  signIn(request: SignInRequest, actor: Actor): string;
  /** Starts a sign-in wherever none is open yet, all of them in one write; returns how many, and why others could not be. */
  signInAll(
    wanted: { accountId: string; realm: Realm | null }[],
    actor: Actor,
  ): { started: number; refused: { accountId: string; why: string }[] };
  /** Puts a grant that a vendor gave directly (a realm switch) through the same doors as a sign-in. */
  adopt(
    accountId: string,
    realm: Realm,
    actor: Actor,
    work: (context: VendorContext) => Promise<Step>,
  ): string;
  /** After a start: puts prompts back that were open, and orders the end of sign-ins that were cut off. */
  restore(): void;
  /** Orders the end of every open sign-in (lock, quit). */
  endAll(actor: Actor): void;
  /** Sign-ins that are on their way or wait for the person. */
  open(): string[];
}

interface SignInsOptions {
  store: Pick<Store, 'transaction'>;
  registry: SessionRegistry;
  prompts: Prompts;
  endings: Endings;
  contexts: VendorContexts;
  vault: Vault;
  accounts: AccountBook;
  inFlight: InFlight;
  outcome: SignInOutcome;
  now(): number;
  /** Told when what came back could not be written down. */
  reportBug(error: unknown): void;
}

const cutOff: Failure = {
  kind: 'cancelled',
  message: 'Gatehouse stopped in the middle of this sign-in.',
  advice: 'Sign in again.',
};

/** Kinds of failure that say that the answer never arrived; the prompt is still good. */
const staysOpen: ReadonlySet<string> = new Set(['network', 'timeout', 'tls', 'rate-limited', 'invalid']);

export function createSignIns(options: SignInsOptions): SignIns {
  const { store, registry, prompts, endings, contexts, vault, accounts, inFlight, outcome, now } = options;
  const flows = new Map<string, Flow>();

  registry.on.changed(({ id, after }) => {
    // A request on its way is left to finish: its answer tells what there is to end.
    const over = after?.state === 'active' || (after?.state === 'ending' && !inFlight.has(id));
    if (over) flows.get(id)?.stop.abort();
  });

  function account(id: string) {
    // A removed account is found too: a form's test signs in with one that was never on the list.
    const found = accounts.find(id);
    if (found) return found;
    throw new GatehouseError({ kind: 'not-found', message: 'This account is no longer in Gatehouse.' });
  }

  /** Throws when the visit can't even be prepared: address, damaged secret. */
  function openFlow(record: SessionRecord, instead?: Flow['instead']): Flow {
    const stop = new AbortController();
    const context = contexts.ofSession(record, stop.signal);
    const flow: Flow = {
      ...{ sessionId: record.id, context, stop, instead, sealed: '' },
      goOn(resume) {
        const prompt = prompts.ofSession(record.id);
        if (prompt) prompts.change(prompt.id, { state: 'checking' });
        void run(flow, () => answer(flow, resume, {}));
      },
    };
    flows.set(record.id, flow);
    stop.signal.addEventListener('abort', () => flows.delete(record.id), { once: true });
    return flow;
  }

  /** Nothing has been sent yet: a sign-in that can't even set out leaves no row. */
  function openBegun(record: SessionRecord, instead: SignInRequest['instead']): Flow {
    try {
      return openFlow(record, instead);
    } catch (error) {
      registry.forget(record.id);
      throw error;
    }
  }

  /** Runs one request of the flow and files what came of it; `null` means that the prompt is as it was. */
  function run(flow: Flow, request: () => Promise<Step | null>): Promise<void> {
    return inFlight.track(flow.sessionId, async () => {
      let step: Step | null = null;
      let error: unknown = null;
      try {
        step = await request();
      } catch (thrown) {
        error = thrown;
      }
      if (flow.stop.signal.aborted) return;
      await outcome.file(flow, step, error).catch(options.reportBug);
    });
  }

  /** Writes the sign-in down; nothing is sent before `setOut`. One that is on its way already has set out. */
  function prepare(
    request: SignInRequest,
    actor: Actor,
    work?: (context: VendorContext) => Promise<Step>,
  ): { id: string; setOut(): void } {
    const of = account(request.accountId);
    const realm = request.realm === undefined ? of.realm : request.realm;
    if (!work) {
      const same = registry
        .of(of.id)
        .find((s) => flows.has(s.id) && s.state !== 'ending' && s.realmId === (realm?.id ?? null));
      if (same) return { id: same.id, setOut() {} };
    }
    if (vault.view().state !== 'unlocked') {
      throw new GatehouseError({
        kind: 'vault-locked',
        message: 'Gatehouse is locked.',
        advice: 'Unlock it first.',
      });
    }
    const record = registry.begin(of, realm, request.way ?? null, actor);
    const vendor = contexts.vendor(of.vendor);
    const flow = openBegun(record, request.instead);
    const begin = () => vendor.begin(flow.context, request.way ?? null, request.values ?? {});
    return { id: record.id, setOut: () => void run(flow, work ? () => work(flow.context) : begin) };
  }

  function open(...asked: Parameters<typeof prepare>): string {
    const { id, setOut } = prepare(...asked);
    setOut();
    return id;
  }

  /** Of what could not be written down nothing was sent either. */
  function takeBack(ids: string[]) {
    for (const id of ids) {
      flows.get(id)?.stop.abort();
      registry.forget(id);
    }
  }

  function waiting(promptId: string): { flow: Flow; prompt: Prompt; pending: PendingStep } {
    const prompt = prompts.get(promptId);
    const flow = prompt && flows.get(prompt.sessionId);
    const pending = flow && contexts.pending(flow.sessionId);
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
    if (inFlight.has(flow.sessionId)) return;
    prompts.change(prompt.id, { state: 'checking', failure: null });
    await run(flow, async () => {
      try {
        return await work(flow, pending.resume);
      } catch (error) {
        const stays =
          error instanceof GatehouseError && !error.mayHaveWorked && staysOpen.has(error.failure.kind);
        if (!stays || registry.get(flow.sessionId)?.state !== 'waiting') throw error;
        clearUnanswered(registry, flow.sessionId);
        prompts.change(prompt.id, { state: 'open', failure: error.failure });
        return null;
      }
    });
  }

  const vendorOf = (flow: Flow) => contexts.vendor(registry.get(flow.sessionId)!.vendor);

  function answer(flow: Flow, resume: Json, given: ChallengeAnswer): Promise<Step> {
    // On disk before the request leaves: after a crash this prompt can't tell any more what there is.
    registry.patch(flow.sessionId, { unansweredAt: now() });
    return vendorOf(flow).answer(flow.context, resume, given);
  }

  /** Puts the prompt back that was open; one that can't be read is ended, and keeps no other from going on. */
  function takeUp(record: SessionRecord) {
    try {
      const pending = contexts.pending(record.id);
      const lost = !pending || record.unansweredAt !== null;
      if (lost || pending.deadline <= now()) {
        endings.end(record.id, { actor: 'start', reason: lost ? cutOff : undefined });
        return;
      }
      outcome.ask(openFlow(record), pending);
    } catch (error) {
      if (!(error instanceof GatehouseError)) throw error;
      endings.end(record.id, { actor: 'start', reason: error.failure });
    }
  }

  return {
    signIn: (request, actor) => open(request, actor),
    signInAll(wanted, actor) {
      const prepared: ReturnType<typeof prepare>[] = [];
      const refused: { accountId: string; why: string }[] = [];
      try {
        store.transaction(() => {
          for (const { accountId, realm } of wanted) {
            if (openIn(registry, accountId, realm)) continue;
            try {
              prepared.push(prepare({ accountId, realm: realm ?? undefined }, actor));
            } catch (error) {
              refused.push({ accountId, why: failureOf(error).message });
            }
          }
        });
      } catch (error) {
        takeBack(prepared.map(({ id }) => id));
        throw error;
      }
      for (const { setOut } of prepared) setOut();
      return { started: prepared.length, refused };
    },
    adopt: (accountId, realm, actor, work) => open({ accountId, realm }, actor, work),

    answer: (promptId, given) => continuePrompt(promptId, (flow, resume) => answer(flow, resume, given)),

    sendAgain: (promptId, medium) =>
      continuePrompt(promptId, (flow, resume) => {
        const { sendAgain } = vendorOf(flow);
        if (sendAgain) return sendAgain(flow.context, resume, medium);
        throw new GatehouseError({
          kind: 'not-found',
          message: 'This vendor has no way to send the code again.',
        });
      }),

    push: (promptId, target) =>
      continuePrompt(promptId, (flow, resume) => {
        const { push } = vendorOf(flow);
        if (push) return push(flow.context, resume, target);
        throw new GatehouseError({ kind: 'not-found', message: 'This vendor has no push.' });
      }),

    cancelPrompt(promptId, actor) {
      const prompt = prompts.get(promptId);
      if (prompt?.state === 'refused') prompts.drop(promptId);
      else if (prompt) endings.end(prompt.sessionId, { actor });
    },

    startAgain(promptId, actor) {
      const prompt = prompts.get(promptId);
      const old = prompt && registry.get(prompt.sessionId);
      if (!prompt || !old) throw new GatehouseError({ kind: 'cancelled', message: 'This prompt is over.' });
      // A scan that was refused on the phone still waits for another; a new sign-in would only join it.
      if (old.state === 'waiting') endings.end(old.id, { actor });
      prompts.drop(promptId);
      if (old.state === 'failed' && old.endedHow !== 'possibly-alive') registry.forget(old.id);
      const next = open({ accountId: old.accountId, realm: realmOf(old), way: old.way ?? undefined }, actor);
      registry.replace(old.id, next);
      return next;
    },

    restore() {
      for (const record of registry.all()) {
        if (flows.has(record.id)) continue;
        if (record.state === 'signing-in') endings.end(record.id, { actor: 'start', reason: cutOff });
        if (record.state === 'waiting') takeUp(record);
      }
    },

    endAll(actor) {
      for (const id of [...flows.keys()]) endings.end(id, { actor });
    },

    open: () => [...flows.keys()],
  };
}
