import type { Change, Prompt, Realm } from '#contract/shapes.ts';
import type { Network } from '#http/client.ts';
import { runEach } from '#lib/run-each.ts';
import type { Clock, Scheduler } from '#lib/scheduler.ts';
import type { AccountBook } from '../accounts/account-book.ts';
import type { Actor, Ledger } from '../ledger/ledger.ts';
import { createGroupCommit } from '../store/group-commit.ts';
import type { Store } from '../store/store.ts';
import type { Vault } from '../vault/vault.ts';
import type { Vendor } from '../vendors/vendor.ts';
import { createChecks } from './checks.ts';
import { createEndings, undoTime } from './endings.ts';
import { createExpiryWarnings } from './expiry-warnings.ts';
import { createInFlight } from './in-flight.ts';
import { openIn } from './open-in.ts';
import { createPrompts } from './prompts.ts';
import { createRealmMarks } from './realm-marks.ts';
import { createRegistry, type SessionReads } from './registry.ts';
import { createRemoteSessions } from './remote-sessions.ts';
import { createRenewals } from './renewals.ts';
import { createRetention, type Retention } from './retention.ts';
import { createSessionActions, type SessionActions } from './session-actions.ts';
import { realmOf } from './session-view.ts';
import { createSignIns, type PromptActions, type SignInRequest, type SignIns } from './sign-in.ts';
import { createSignInOutcome } from './sign-in-outcome.ts';
import { createVendorContexts, type VendorContexts } from './vendor-contexts.ts';
import { createWithSession, type WithSession } from './with-session.ts';

export type { SessionRecord } from './session-rows.ts';
export { realmOf, type VendorContexts, type WithSession };

interface SignOut {
  actor: Actor;
  /** Whether the person may take it back for a few seconds (`undoEnd`). */
  canUndo?: boolean | undefined;
}

/** All of sessions that the rest of main may use. */
export interface Sessions extends SessionReads, SessionActions, PromptActions, Omit<Retention, 'tidy'> {
  /** Starts a sign-in and returns its session at once; a second one for the same account and realm joins the first. */
  signIn(request: SignInRequest, actor: Actor): string;
  /** Starts a sign-in wherever none is open yet, all of them in one write; returns how many, and why others could not be. */
  signInAll: SignIns['signInAll'];
  /** The account's session that is open in a realm, in any for none in particular; null when there is none. */
  openIn(accountId: string, realm: Realm | null): string | null;
  /** Orders the end of the session, where there is something to end; the order is on disk when this returns. */
  end(sessionId: string, order: SignOut): void;
  /** Orders the end of all of them in one write. */
  endMany(sessionIds: string[], order: SignOut): void;
  /** Takes back orders that can still be undone, in one write; returns how many. */
  undoEnd(sessionIds: string[], actor: Actor): number;
  /** Carries an order out without waiting for its turn; resolves when this attempt is over, whatever came of it. */
  tryEndingNow(sessionId: string): Promise<void>;
  /** Resolves when nothing is on its way for the session: its sign-in is over or waits for the person. */
  quiet(sessionId: string): Promise<void>;
  /** Asks the vendor whether the session lives; a fault of the network is noted on the row. */
  check(sessionId: string): Promise<void>;
  prompts(): Prompt[];
  promptOf(sessionId: string): Prompt | undefined;
  /** For what is asked of a vendor from inside a live session. */
  withSession: WithSession;
  contexts: Pick<VendorContexts, 'vendor' | 'ofAccount' | 'keepGrant'>;
  /** Before the lock takes the keys away: keeps in memory what open endings and prompts need; only reads. */
  hold(): void;
  /** After the lock: orders the end of every sign-in that is open. Throws store-broken when the disk refuses. */
  suspend(actor: Actor): void;
  /** After the unlock: takes up prompts, endings, checks and renewals; `first` are checked before the others. */
  resume(first?: string[]): void;
  /** There is a network again: tries every order, and asks for every active session. */
  online(): void;
  /** Resolves when no ending is being tried. */
  idle(): Promise<void>;
  /** Orders the end of open sign-ins and waits at most `ms` for endings that are on their way; what is later finds no database. */
  close(ms: number): Promise<void>;
}

export interface SessionsOptions {
  store: Store;
  vault: Vault;
  ledger: Ledger;
  accounts: AccountBook;
  vendors: Vendor[];
  network: Network;
  scheduler: Scheduler;
  clock: Clock;
  newId(): string;
  /** 0 ≤ x < 1. */
  random(): number;
  /** The name that vendors may show for this machine. */
  machineName: string;
  /** Shows the page of somebody else on which to sign in, until it is closed. */
  showPage(page: { title: string; url: string; signal: AbortSignal }): Promise<void>;
  userAgent(sessionTag: string): string;
  /** ms in which a server may still open what an unanswered request asked for; two minutes where nothing is known. */
  lateness?: number | undefined;
  /** Minutes before a session runs out at which to warn. */
  warnBefore(): number[];
  publish(change: Change): void;
  /** A prompt newly wants the person's attention. */
  onPrompt(prompt: Prompt): void;
  /** These sessions run out soon. */
  onExpiring(sessionIds: string[]): void;
  reportBug(where: string, error: unknown): void;
}

/** ms after which a server has done, or will never do, what an unanswered request asked for. */
const usualLateness = 2 * 60_000;

/** Builds the rooms of sessions, the lowest first: each calls only those before it, and hears of the others by the registry's events. */
export function createSessions(options: SessionsOptions): Sessions {
  const { store, vault, ledger, accounts, scheduler, clock, publish, newId } = options;
  const { now } = clock;
  let closed = false;
  const report = (where: string) => (error: unknown) => closed || options.reportBug(where, error);

  const registry = createRegistry({ store, vault, ledger, accounts, newId, now });
  registry.on.changed(({ id }) => publish({ entity: 'session', id, value: registry.view(id) ?? null }));
  const contexts = createVendorContexts({ ...options, sessions: registry, now });
  const inFlight = createInFlight();
  const endings = createEndings({
    registry,
    contexts,
    vault,
    scheduler,
    inFlight,
    now,
    random: options.random,
    commit: createGroupCommit(store),
    isListed: (id) => accounts.get(registry.get(id)?.accountId ?? '') !== null,
    lateness: options.lateness ?? usualLateness,
    reportBug: report('endings'),
  });
  const prompts = createPrompts({
    sessions: registry,
    endings,
    scheduler,
    publish,
    onAsked: options.onPrompt,
  });
  const checks = createChecks({ registry, contexts, vault, endings, now });
  const renewals = createRenewals({
    registry,
    contexts,
    vault,
    accounts,
    scheduler,
    inFlight,
    endings,
    checks,
    now,
  });
  const warnings = createExpiryWarnings({
    sessions: registry,
    scheduler,
    clock,
    minutes: options.warnBefore,
    warn: options.onExpiring,
  });
  const outcome = createSignInOutcome({
    registry,
    prompts,
    endings,
    contexts,
    vault,
    accounts,
    newId,
    now,
    reportBug: report('sign-in'),
  });
  const signIns = createSignIns({
    store,
    registry,
    prompts,
    endings,
    contexts,
    vault,
    accounts,
    inFlight,
    outcome,
    now,
    reportBug: report('sign-in'),
  });
  const realmMarks = createRealmMarks({ registry, now });
  const withSession = createWithSession({ sessions: registry, contexts, checks });
  const remoteSessions = createRemoteSessions({ sessions: registry, contexts });
  const actions = createSessionActions({
    sessions: registry,
    contexts,
    endings,
    checks,
    signIns,
    realmMarks,
    withSession,
    remoteSessions,
    ledger,
    accounts,
  });
  const retention = createRetention({ registry, endings, inFlight, store, accounts });

  let tidied = false;

  // A vendor that gave only the realm's id tells its name when asked; one that lists sessions, which of them this is.
  registry.on.activated((record) => {
    const realm = realmOf(record);
    if ((realm && realm.name === realm.id) || remoteSessions.isUnknown(record)) {
      checks.check(record.id).catch(report('checks'));
    }
  });

  /** What is ordered together is undone together. */
  const orderOf = ({ actor, canUndo = false }: SignOut) => ({
    actor,
    undoUntil: canUndo ? now() + undoTime : null,
  });

  function tidyOnce() {
    if (tidied) return;
    retention.tidy();
    tidied = true;
  }

  return {
    all: registry.all,
    of: registry.of,
    get: registry.get,
    view: registry.view,
    views: registry.views,
    ending: registry.ending,
    endings: registry.endings,
    isLoaded: registry.isLoaded,
    on: registry.on,
    ...actions,
    signIn: signIns.signIn,
    signInAll: signIns.signInAll,
    openIn: (accountId, realm) => openIn(registry, accountId, realm),
    answer: signIns.answer,
    sendAgain: signIns.sendAgain,
    push: signIns.push,
    cancelPrompt: signIns.cancelPrompt,
    startAgain: signIns.startAgain,
    end: (id, order) => endings.end(id, orderOf(order)),
    endMany(ids, order) {
      const own = orderOf(order);
      store.transaction(() => {
        for (const id of ids) endings.end(id, own);
      });
    },
    undoEnd: (ids, actor) => store.transaction(() => endings.undo(ids, actor)),
    tryEndingNow: endings.tryNow,
    quiet: inFlight.quiet,
    check: checks.check,
    dismiss: retention.dismiss,
    removeAccount: retention.removeAccount,
    forgetAccount: retention.forgetAccount,
    prompts: prompts.all,
    promptOf: prompts.ofSession,
    withSession,
    contexts,

    hold: () => endings.hold(signIns.open()),
    suspend(actor) {
      endings.forgoUndo();
      signIns.endAll(actor);
    },
    resume(first = []) {
      runEach([tidyOnce, signIns.restore, endings.resume], report('resume'));
      const plans = registry
        .all()
        .flatMap(({ id }) => [() => renewals.resume(id), () => warnings.resume(id)]);
      runEach(plans, report('resume'));
      void checks.checkAll(first);
    },
    online() {
      if (registry.isLoaded()) endings.hurry();
      if (vault.view().state === 'unlocked') void checks.checkAll();
    },
    idle: endings.idle,
    async close(ms) {
      endings.forgoUndo();
      signIns.endAll('window');
      await Promise.race([endings.idle(), new Promise((done) => clock.after(ms, () => done(null)))]);
      closed = true;
      checks.close();
    },
  };
}
