import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { type Failure, GatehouseError } from '#contract/failure.ts';
import type { AppInfo, Change, Prompt, Request, Settings, Snapshot } from '#contract/shapes.ts';
import { checkBaseUrl } from '#http/base-url.ts';
import { createNetwork } from '#http/client.ts';
import type { NetworkLine } from '#http/types.ts';
import { createLatestOnly } from '#lib/latest-only.ts';
import { userAgentFor } from '#lib/session-tag.ts';
import { createAccountBook } from './accounts/account-book.ts';
import { createDirectory } from './directory/directory.ts';
import { createPeopleExport } from './directory/export.ts';
import { createRecoveryAssistant } from './directory/recovery.ts';
import { createLedger } from './ledger/ledger.ts';
import { createActs } from './sessions/acts.ts';
import { type Clock, createAgenda } from './sessions/agenda.ts';
import { createSessionBook, realmOf } from './sessions/book.ts';
import { createChecks } from './sessions/checks.ts';
import { createEndings } from './sessions/endings.ts';
import { createInside } from './sessions/inside.ts';
import { createPrompts } from './sessions/prompts.ts';
import { createRealmsUsed } from './sessions/realms.ts';
import { createReceipts } from './sessions/receipts.ts';
import { createRenewals } from './sessions/renewals.ts';
import type { SessionRecord } from './sessions/session-rows.ts';
import { createShifts } from './sessions/shifts.ts';
import { createSignInDesk } from './sessions/sign-in.ts';
import { isOver } from './sessions/states.ts';
import { createTrial } from './sessions/trial.ts';
import { createVisits } from './sessions/visits.ts';
import { createWarnings } from './sessions/warnings.ts';
import { createGroupCommit } from './store/group-commit.ts';
import { databaseIn, openStore } from './store/store.ts';
import { sealPlainTables } from './upgrade.ts';
import { createAutoLock } from './vault/auto-lock.ts';
import { createVault, type SafeStorage } from './vault/vault.ts';
import type { HandOver } from './vendors/admin.ts';
import { bordered } from './vendors/border.ts';
import { describeVendor } from './vendors/describe.ts';
import { vendors as allVendors } from './vendors/registry.ts';

/** What the house needs of the desktop around it. */
export interface Outside {
  dataFolder: string;
  version: string;
  host: string;
  clock: Clock;
  safeStorage: SafeStorage;
  settings: { get(): Settings; change(patch: Partial<Settings>): Settings };
  /** Seconds since the last input anywhere on this machine. */
  idleSeconds(): number;
  /** Whether this machine has a network at all. */
  online(): boolean;
  publish(change: Change): void;
  request(request: Request): void;
  onPrompt(prompt: Prompt): void;
  /** The vault was opened; the desktop calls resume when everything is in its place. */
  onUnlocked(): void;
  /** The vault was locked: nothing that names an account may stay in sight. */
  onLocked(): void;
  /** These sessions run out soon. */
  onExpiring(sessionIds: string[]): void;
  /** Opens a vendor's console in an isolated window; `own` is the session's own, else it acts as somebody else. */
  openConsole(console: { sessionId: string; title: string; handOver: HandOver; own: boolean }): Promise<void>;
  /** Closes and wipes every console that was opened from the session. */
  closeConsole(sessionId: string): void;
  /** Puts text on the clipboard; answers after how many seconds it is cleared. */
  copy(text: string): number;
  log(line: NetworkLine): void;
  /** ms in which a server may still open what an unanswered request asked for; two minutes where nothing is known. */
  lateness?: number;
  /** Told of errors that nobody expected; gets no secret. */
  reportBug(where: string, error: unknown): void;
}

/** ms after which a server has done, or will never do, what an unanswered request asked for. */
const usualLateness = 2 * 60_000;
/** ms between looks at the network. */
const networkEvery = 30_000;
/** ms until prompts that could not be settled at a lock are settled again. */
const settleAgain = 10_000;

/** All rooms of main that need no desktop, connected. Throws store-broken when the database can't be used. */
export function createHouse(outside: Outside) {
  const { clock, publish } = outside;
  const { now } = clock;
  const newId = randomUUID;
  const vendors = allVendors.map((one) => bordered(one, (error) => outside.reportBug('vendors', error)));

  const store = openStore(databaseIn(outside.dataFolder), { now });
  const vault = createVault({ store, safeStorage: outside.safeStorage, now });
  sealPlainTables(store, vault);
  const ledger = createLedger({ store, vault, now, account: (id) => accounts.find(id) });
  const accounts = createAccountBook({ store, vault, ledger, vendors, checkBaseUrl, newId, now });
  const agenda = createAgenda(clock, (error) => outside.reportBug('agenda', error));
  const network = createNetwork({ log: outside.log, now });
  const book = createSessionBook({
    store,
    vault,
    ledger,
    account: (id) => accounts.find(id),
    listed: (id) => accounts.get(id) !== null,
    publish,
    onInactive: outside.closeConsole,
    onSettled(record, words) {
      receipts.settled(record, words);
      forgetSettled(book.of(record.accountId).filter(({ id }) => id !== record.id));
      if (opened && !accounts.get(record.accountId)) forgetRemoved(record.accountId);
    },
    newId,
    now,
  });
  const visits = createVisits({
    vendors,
    network,
    accounts,
    vault,
    session: (id) => book.get(id),
    machineName: `Gatehouse on ${hostname()}`,
    userAgent: (mark) => userAgentFor(outside.version, store.installId, mark),
    now,
  });
  /** What is still on its way then finds no database to write to. */
  let closed = false;
  const placeOf = ({ accountId, vendor }: SessionRecord) => accounts.find(accountId)?.baseUrl ?? vendor;
  const endings = createEndings({
    book,
    visits,
    vault,
    agenda,
    now,
    random: Math.random,
    async quiet(id) {
      await desk.settled(id);
      await renewals.quiet(id);
    },
    placeOf,
    commit: createGroupCommit(store),
    lateness: outside.lateness ?? usualLateness,
    reportBug: (error) => outside.reportBug('endings', error),
  });
  const prompts = createPrompts({
    agenda,
    publish,
    onAsked: outside.onPrompt,
    onDeadline: (prompt) => desk.cancel(prompt.sessionId, 'timer'),
  });
  const checks = createChecks({
    book,
    visits,
    vault,
    now,
    onAlive: (id) => plan(id),
    onLeft(id, reason) {
      if (endings.order(id, 'timer', reason)) void endings.attempt(id);
    },
  });
  const renewals = createRenewals({
    book,
    visits,
    vault,
    accounts,
    agenda,
    checks,
    now,
    onLeftOver(id, material) {
      const ordered = endings.order(id, 'timer', book.get(id)?.failure ?? undefined);
      endings.give(id, material);
      if (ordered) void endings.attempt(id);
    },
  });
  const warnings = createWarnings({
    book,
    agenda,
    clock,
    minutes: () => outside.settings.get().warnBeforeExpiryMinutes,
    warn: outside.onExpiring,
  });
  const desk = createSignInDesk({
    book,
    prompts,
    endings,
    visits,
    vault,
    accounts,
    newId,
    now,
    reportBug: (error) => outside.reportBug('sign-in', error),
    onActive(id) {
      const record = book.get(id);
      const realm = record && realmOf(record);
      if (realm) realms.used(record.accountId, realm);
      // A vendor that gave only the realm's id tells its name when asked; one that lists sessions, which of them this is.
      if ((realm && realm.name === realm.id) || acts.isUnknownRemotely(id)) {
        checks.check(id).catch((error: unknown) => closed || outside.reportBug('checks', error));
      }
      plan(id);
      acts.onActive(id);
    },
    onStartedAgain: (id, nextId) => acts.onStartedAgain(id, nextId),
  });
  const accountLabel = (id: string) => accounts.find(id)?.label ?? '';
  const inside = createInside({ book, visits, checks });
  const acts = createActs({ book, visits, desk, checks, inside, ledger, accountLabel, placeOf });
  const realms = createRealmsUsed(store, vault, now);
  const shifts = createShifts({ store, vault, accounts, book, desk, publish, newId, now });
  const receipts = createReceipts({ store, vault, accounts, book, desk, clock, publish, newId });
  const admin = createDirectory({
    inside,
    ledger,
    visits,
    accountLabel,
    openConsole(sessionId, handOver, own) {
      const record = book.get(sessionId);
      const title = [record && accountLabel(record.accountId), record?.realmName].filter(Boolean).join(' · ');
      return outside.openConsole({ sessionId, title, handOver, own });
    },
    uploading: (id, value) => publish({ entity: 'upload', id, value }),
    copy: outside.copy,
  });
  const recovery = createRecoveryAssistant({ visits, accounts, ledger });
  const latestOnly = createLatestOnly();
  const peopleExport = createPeopleExport(admin, publish);
  const tryOut = createTrial({ accounts, book, desk, endings, forget: forgetRemoved });

  /** Whether the vault was opened since the start; until then nothing is known but counts and states. */
  let opened = false;
  let tidied = false;
  let appInfo: AppInfo = {
    host: outside.host,
    version: outside.version,
    online: outside.online(),
    practice: { state: 'off', inboxUrl: null, phoneUrl: null, failure: null },
    storeFailure: null,
    backups: [],
    dataFolder: outside.dataFolder,
    signOutShortcut: null,
  };

  function changeAppInfo(patch: Partial<AppInfo>) {
    appInfo = { ...appInfo, ...patch };
    publish({ entity: 'appInfo', value: appInfo });
  }

  /** Looks whether there is a network; when it comes back, what waited for it is tried at once. */
  function watchNetwork() {
    agenda.put('network', now() + networkEvery, watchNetwork);
    const online = outside.online();
    if (online === appInfo.online) return;
    changeAppInfo({ online });
    if (online && opened) endings.hurry();
    if (online && !locked()) void checks.checkAll();
  }

  const vaultState = () => ({ ...vault.view(), locksAt: autoLock.locksAt() });
  const locked = () => vault.view().state !== 'unlocked';

  const autoLock = createAutoLock({
    agenda,
    now,
    minutes: () => outside.settings.get().autoLockMinutes,
    canLock: () => !locked() && vault.view().hasPassphrase,
    idleSeconds: outside.idleSeconds,
    lock: () => lock('timer'),
    moved: () => publish({ entity: 'vault', value: vaultState() }),
  });

  /** Drops those rows whose end is confirmed; the ledger keeps what happened. */
  function forgetSettled(records: SessionRecord[]) {
    const settled = records.filter(
      ({ state, endedHow }) => state === 'ended' && (endedHow === 'vendor' || endedHow === 'expired'),
    );
    if (settled.length === 0) return;
    store.transaction(() => {
      for (const { id } of settled) book.forget(id);
    });
  }

  /** Nothing is left to show of a removed account whose sessions are over, but for what may be alive: that is dismissed by the person. */
  function forgetRemoved(accountId: string) {
    const over = book.of(accountId).filter((record) => isOver(record.state));
    for (const { id, endedHow } of over) if (endedHow !== 'possibly-alive') book.forget(id);
    accounts.purge(accountId);
  }

  function plan(id: string) {
    renewals.plan(id);
    warnings.plan(id);
  }

  /** Forgets the keys first of all, whatever else fails; keeps in memory what open endings and prompts need to be ended. */
  function lock(actor: 'window' | 'tray' | 'timer') {
    if (locked()) return;
    if (!vault.view().hasPassphrase) {
      throw new GatehouseError({
        kind: 'conflict',
        message: 'There is no passphrase to unlock Gatehouse with again.',
        advice: 'Set a passphrase in the settings first.',
      });
    }
    each('lock', [
      () => vault.lock(() => endings.hold(desk.open())),
      () => outside.onLocked(),
      () => recovery.forgetAll(),
      () => latestOnly.cancelAll(),
      () => peopleExport.cancelAll(),
      () => ledger.write({ actor, event: 'vault-locked' }),
      () => settlePrompts(actor),
    ]);
  }

  /** What one step throws keeps no other from being taken. */
  function each(where: string, steps: (() => void)[]) {
    for (const step of steps) {
      try {
        step();
      } catch (error) {
        outside.reportBug(where, error);
      }
    }
  }

  /** Orders the end of every open sign-in; what the disk refuses is tried again until the vault is unlocked. */
  function settlePrompts(actor: 'window' | 'tray' | 'timer') {
    if (!locked()) return;
    agenda.put('settle-prompts', now() + settleAgain, () => settlePrompts(actor));
    desk.settleAll(actor);
    agenda.drop('settle-prompts');
  }

  /** Takes up what was going on: prompts, endings, checks, refreshes. */
  function resume(visibleFirst: string[] = []) {
    each('resume', [
      () => {
        if (!tidied) takeAwaySettled();
        tidied = true;
      },
      () => desk.restore(),
      () => endings.resume(),
    ]);
    each(
      'resume',
      book.all().map(
        ({ id }) =>
          () =>
            plan(id),
      ),
    );
    void checks.checkAll(visibleFirst);
  }

  /** The vault is open: what was going on goes on, even if the disk takes no word of it. */
  function goOn(detail?: string) {
    try {
      ledger.write({ actor: 'window', event: 'vault-unlocked', ...(detail ? { detail } : {}) });
    } finally {
      outside.onUnlocked();
    }
  }

  /** What the last run has left that is over: the ledger keeps what happened. */
  function takeAwaySettled() {
    forgetSettled(book.all());
    // A crash may have come before what was over of a removed account was taken away.
    const removed = new Set(
      book
        .all()
        .map(({ accountId }) => accountId)
        .filter((id) => !accounts.get(id)),
    );
    for (const id of removed) forgetRemoved(id);
    accounts.purge();
    const pages = accounts.unreadablePages();
    if (pages > 0) changeAppInfo({ storeFailure: unreadableAccounts(pages) });
  }

  vault.whenOpen(() => {
    opened = true;
  });
  watchNetwork();
  accounts.onChange(({ id, value }) => publish({ entity: 'account', id, value }));
  vault.onChange(() => {
    autoLock.active();
    publish({ entity: 'everything' });
  });
  store.onFailure((storeFailure) => changeAppInfo({ storeFailure }));

  return {
    store,
    ledger,
    vault,
    accounts,
    book,
    prompts,
    endings,
    checks,
    desk,
    acts,
    realms,
    shifts,
    receipts,
    admin,
    recovery,
    latestOnly,
    peopleExport,
    agenda,
    autoLock,
    tryOut,
    locked,
    /** Whether the vault was opened since the start; before that, orders wait for it. */
    wasOpen: () => opened,
    lock,
    resume,
    changeAppInfo,
    appInfo: () => appInfo,
    settings: outside.settings,
    request: outside.request,

    /** Orders the end of the account's sessions and takes it off the list. */
    removeAccount(id: string) {
      for (const record of book.of(id)) desk.cancel(record.id, 'window');
      accounts.remove(id);
      forgetRemoved(id);
      for (const record of book.of(id)) book.show(record.id);
    },

    /** Takes a row that is over off the screen; it was the last reason to know a removed account. */
    async dismiss(sessionId: string) {
      // A renewal on its way may still bring a token, which is then to be ended.
      await renewals.quiet(sessionId);
      const record = book.get(sessionId);
      if (!record || !isOver(record.state)) return;
      book.forget(sessionId);
      if (!accounts.get(record.accountId)) forgetRemoved(record.accountId);
    },

    async unlock(passphrase: string | null) {
      await vault.unlock(passphrase);
      goOn();
    },

    /** Opens with the recovery code and sets another passphrase; answers the next code. */
    async recover(code: string, next: string) {
      try {
        return await vault.recover(code, next);
      } finally {
        // The code has opened the vault, even if the disk then refuses the new passphrase.
        if (!locked()) goOn('by the recovery code');
      }
    },

    /** Orders the end of every session that may be alive; null when there is none. */
    signOutEverywhere(actor: 'window' | 'tray') {
      const open = book.all().filter(({ state }) => ['active', 'waiting', 'signing-in'].includes(state));
      return receipts.end(
        'Everywhere',
        open.map(({ id }) => id),
        actor,
      );
    },

    snapshot(): Snapshot {
      const shut = locked();
      return {
        vendors: vendors.map(describeVendor),
        accounts: shut ? [] : accounts.all(),
        sessions: shut ? [] : book.views(),
        prompts: shut ? [] : prompts.all(),
        shifts: shut ? [] : shifts.all(),
        receipts: shut ? [] : receipts.all(),
        vault: vaultState(),
        settings: outside.settings.get(),
        appInfo,
      };
    },

    /** Settles prompts and waits at most `ms` for endings that are on their way. */
    async close(ms: number) {
      closed = true;
      desk.settleAll('window');
      await Promise.race([endings.idle(), new Promise((done) => clock.after(ms, () => done(null)))]);
      agenda.close();
      network.close();
      store.close();
    },
  };
}

export type House = ReturnType<typeof createHouse>;

function unreadableAccounts(pages: number): Failure {
  const part = pages === 1 ? 'A part' : `${pages} parts`;
  return {
    kind: 'vault-broken',
    message: `${part} of the list of accounts can’t be read: it is damaged, or was changed outside Gatehouse.`,
    advice: 'It is kept as it is. Put a backup in its place, or enter the accounts that are missing again.',
  };
}
