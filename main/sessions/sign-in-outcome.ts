import { type Failure, failureOf, GatehouseError } from '#contract/failure.ts';
import type { Challenge } from '#contract/shapes.ts';
import type { AccountBook } from '../accounts/account-book.ts';
import type { Vault } from '../vault/vault.ts';
import type { Grant, Json, Step, VendorContext } from '../vendors/vendor.ts';
import type { Endings, Material } from './endings.ts';
import type { Prompts } from './prompts.ts';
import type { SessionRegistry } from './registry.ts';
import { realmOf } from './session-view.ts';
import type { PendingStep, VendorContexts } from './vendor-contexts.ts';

/** A sign-in on its way: at most one request of it is in flight. */
export interface Flow {
  sessionId: string;
  context: VendorContext;
  /** Aborted when the flow is over: it ends what the flow listens to, and a request on its way is left to finish. */
  stop: AbortController;
  /** Told what would be asked, in place of a prompt; the sign-in is ended there. */
  instead: ((asked: Challenge) => void) | undefined;
  /** Goes on with the prompt by itself, as if the person had answered nothing. */
  goOn(resume: Json): void;
  /** What a restart needs of the prompt, as it was last sealed. */
  sealed: string;
}

/** Files what a sign-in brought, so that nothing half-open is left: a grant, a prompt, a failure. */
export interface SignInOutcome {
  /** Files the answer to a request of the flow; neither step nor error means that the prompt is as it was. */
  file(flow: Flow, step: Step | null, error: unknown): Promise<void>;
  /** Shows the prompt and listens for the other side, where that can settle it. */
  ask(flow: Flow, step: PendingStep): void;
}

interface SignInOutcomeOptions {
  registry: SessionRegistry;
  prompts: Prompts;
  endings: Endings;
  contexts: VendorContexts;
  vault: Vault;
  accounts: AccountBook;
  newId(): string;
  now(): number;
  reportBug(error: unknown): void;
}

/** Prompts to which the other side has the answer. */
const settledElsewhere: ReadonlySet<Challenge['kind']> = new Set(['scan', 'page']);

export function createSignInOutcome(options: SignInOutcomeOptions): SignInOutcome {
  const { registry, prompts, endings, contexts, vault, accounts, now } = options;

  const vendorOf = (flow: Flow) => contexts.vendor(registry.get(flow.sessionId)!.vendor);

  function activate(flow: Flow, grant: Grant) {
    const { sessionId } = flow;
    const realm = grant.realm;
    const record = registry.get(sessionId);
    if (record && grant.keep) accounts.keep(record.accountId, grant.keep);
    registry.move(sessionId, 'activate', {
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
        contexts.keepGrant(sessionId, grant.secret);
        vault.erase(sessionId, 'pending');
      },
    });
  }

  /** A grant that can't be written down must not live on unseen: it is ended at once. */
  async function activateOrEnd(flow: Flow, grant: Grant): Promise<void> {
    try {
      activate(flow, grant);
    } catch (error) {
      // It is written down; what failed is what follows from it.
      if (registry.get(flow.sessionId)?.state === 'active') return options.reportBug(error);
      const ended = await vendorOf(flow)
        .end(flow.context, grant.secret)
        .then(
          () => true,
          () => false,
        );
      if (ended) return fail(flow, error);
      const lost = new GatehouseError(failureOf(error), { mayHaveWorked: true, cause: error });
      fail(flow, lost, { context: flow.context, grant: grant.secret, pending: null, unanswered: false });
    }
  }

  function show(flow: Flow, step: PendingStep) {
    const { sessionId } = flow;
    const open = prompts.ofSession(sessionId);
    const wrong: Failure | null = step.wrong ? { kind: 'refused-prompt', message: step.wrong } : null;
    const needed = JSON.stringify({ ...step, ask: null });
    const seal = () => {
      contexts.keepPending(sessionId, step);
      flow.sealed = needed;
    };
    if (open && open.ask.kind === step.ask.kind && !wrong) {
      // The other side of a scan decides how often what is shown of it changes; not all of that is written.
      if (step.ask.kind !== 'scan' || flow.sealed !== needed) seal();
      clearUnanswered(registry, sessionId);
    } else
      registry.move(sessionId, 'ask', {
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
      const record = registry.get(sessionId)!;
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

  /** Prompts that the other side settles are listened to until it does. */
  function listen(flow: Flow, step: PendingStep) {
    const vendor = vendorOf(flow);
    const { signal } = flow.stop;
    if (!vendor.listen || !settledElsewhere.has(step.ask.kind)) return;
    vendor
      .listen(flow.context, step.resume, (changed) => {
        if (!signal.aborted && changed.kind === 'prompt') show(flow, changed);
      })
      .then((last) => {
        if (signal.aborted) return;
        if (last.kind === 'active') return activateOrEnd(flow, last.grant);
        show(flow, last);
        if (last.goesOn) flow.goOn(last.resume);
      })
      .catch((error: unknown) => {
        if (!signal.aborted) fail(flow, error);
      })
      .catch(options.reportBug);
  }

  /** The sign-in is to end: what came back decides what is left to be ended. */
  function handOver(flow: Flow, step: Step | null, error: unknown) {
    const { sessionId, context } = flow;
    flow.stop.abort();
    if (step) {
      const grant = step.kind === 'active' ? step.grant.secret : null;
      const pending: Json = step.kind === 'prompt' ? step.resume : null;
      if (vault.view().state === 'unlocked') {
        if (grant !== null) contexts.keepGrant(sessionId, grant);
        if (step.kind === 'prompt') contexts.keepPending(sessionId, step);
        clearUnanswered(registry, sessionId);
      }
      const material = { context, grant, pending, unanswered: false };
      endings.end(sessionId, { actor: 'window', material });
    } else if (isCertain(error)) {
      clearUnanswered(registry, sessionId);
      // What an earlier step left half-open is still there.
      if (!contexts.hasPending(sessionId))
        endings.settle(sessionId, 'vendor', 'The sign-in had not got through.');
    }
  }

  function fail(flow: Flow, error: unknown, material?: Material) {
    const { sessionId } = flow;
    const failure = failureOf(error);
    const prompt = prompts.ofSession(sessionId);
    if (prompt) prompts.change(prompt.id, { state: 'refused', failure });
    flow.stop.abort();
    if (isCertain(error)) clearUnanswered(registry, sessionId);
    // A refused prompt is over at the vendor; after anything else its half-open part is still to be ended.
    const over = failure.kind === 'refused-prompt' || !contexts.hasPending(sessionId);
    if (!isCertain(error) || !over) {
      endings.end(sessionId, { actor: 'timer', reason: failure, material });
      return;
    }
    registry.move(sessionId, 'fail', {
      event:
        failure.kind === 'refused-prompt' || failure.kind === 'refused-credentials' ? 'refused' : 'failed',
      detail: failure.message,
      patch: { failure, endedAt: now() },
      also: () => vault.erase(sessionId),
    });
  }

  function ask(flow: Flow, step: PendingStep) {
    show(flow, step);
    listen(flow, step);
  }

  return {
    ask,

    async file(flow, step, error) {
      if (registry.get(flow.sessionId)?.state === 'ending') handOver(flow, step, error);
      else if (error) fail(flow, error);
      else if (step?.kind === 'active') await activateOrEnd(flow, step.grant);
      else if (step && flow.instead) {
        flow.instead(step.ask);
        handOver(flow, step, null);
      } else if (step) ask(flow, step);
    },
  };
}

/** Clears the marker of a request that may have opened something: its answer is here, or it surely opened nothing. */
export function clearUnanswered(registry: SessionRegistry, sessionId: string) {
  if (registry.get(sessionId)?.unansweredAt != null) registry.patch(sessionId, { unansweredAt: null });
}

/** Whether the vendor surely did nothing of what was asked. */
function isCertain(error: unknown): boolean {
  return error instanceof GatehouseError && !error.mayHaveWorked;
}
