import { randomUUID } from 'node:crypto';
import type { Change, Prompt, Settings } from '#contract/shapes.ts';
import { checkBaseUrl } from '#http/base-url.ts';
import { createNetwork } from '#http/client.ts';
import type { NetworkLine } from '#http/types.ts';
import { createLatestOnly } from '#lib/latest-only.ts';
import { operatorHere } from '#lib/operator.ts';
import { type Clock, createScheduler } from '#lib/scheduler.ts';
import { userAgentFor } from '#lib/session-tag.ts';
import { createAccountBook } from './accounts/account-book.ts';
import { createAccountRows } from './accounts/account-rows.ts';
import { createDirectory } from './directory/directory.ts';
import { createPeopleExport } from './directory/export.ts';
import { createRecoveryAssistant } from './directory/recovery.ts';
import { createSnapshot } from './ipc/snapshot.ts';
import { createLedger } from './ledger/ledger.ts';
import { createSessions } from './sessions/index.ts';
import { databaseIn, openStore } from './store/store.ts';
import { sealPlainTables } from './upgrade.ts';
import { createAutoLock } from './vault/auto-lock.ts';
import { createVault, type SafeStorage } from './vault/vault.ts';
import type { HandOver } from './vendors/admin.ts';
import { bordered } from './vendors/border.ts';
import type { SignInPage } from './vendors/context.ts';
import { vendors as allVendors } from './vendors/registry.ts';
import { createAccountTest } from './workflows/account-test.ts';
import { createAppInfo } from './workflows/app-info.ts';
import { createAppSettings } from './workflows/app-settings.ts';
import { createCompanyNetwork } from './workflows/company-network.ts';
import { createLedgerViews } from './workflows/ledger-views.ts';
import { createLocking } from './workflows/locking.ts';
import { createOpenToday } from './workflows/open-today.ts';
import { createRealmsUsed } from './workflows/realms-used.ts';
import { createReceipts } from './workflows/receipts.ts';
import { createShifts } from './workflows/shifts.ts';
import { createSidebar } from './workflows/sidebar.ts';
import { createUpdates, type UpdateSource } from './workflows/updates.ts';

/** What the core needs of the desktop around it. */
export interface Platform {
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
  /** The ways to an address by the proxy settings, as a proxy script answers: "PROXY a:8080; DIRECT". */
  resolveProxy(url: string): Promise<string>;
  publish(change: Change): void;
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
  /** Shows a page of somebody else's on which to sign in, in an isolated window, until it is closed. */
  showSignInPage(page: SignInPage): Promise<void>;
  /** Where newer versions come from. */
  updates: UpdateSource;
  /** Puts text on the clipboard; returns after how many seconds it is cleared. */
  copy(text: string): number;
  log(line: NetworkLine): void;
  /** ms in which a server may still open what an unanswered request asked for; two minutes where nothing is known. */
  lateness?: number;
  /** Told of errors that nobody expected; gets no secret. */
  reportBug(where: string, error: unknown): void;
}

/** Builds all of main that needs no desktop, the lowest rooms first, and connects it. Throws store-broken when the database can't be used. */
export function createCore(platform: Platform) {
  const { clock, publish } = platform;
  const { now } = clock;
  const newId = randomUUID;
  const report = (where: string) => (error: unknown) => platform.reportBug(where, error);
  const settings = createAppSettings(platform.settings, publish);
  const vendors = allVendors.map((one) => bordered(one, report('vendors')));

  const store = openStore(databaseIn(platform.dataFolder), { now });
  const vault = createVault({ store, safeStorage: platform.safeStorage, now });
  sealPlainTables(store, vault);
  const rows = createAccountRows(store, vault);
  const operator = operatorHere();
  const account = (id: string) => rows.get(id)?.account ?? null;
  const ledger = createLedger({ store, vault, now, account, operator });
  const accounts = createAccountBook({ rows, store, vault, ledger, vendors, checkBaseUrl, newId, now });
  const scheduler = createScheduler(clock, report('scheduler'));
  const { resolveProxy } = platform;
  const companyNetwork = createCompanyNetwork({ vault, ledger, settings, resolveProxy, now });
  const network = createNetwork({ proxies: companyNetwork.proxies, log: platform.log, now });
  companyNetwork.onChange(network.renew);

  const sessions = createSessions({
    store,
    vault,
    ledger,
    accounts,
    vendors,
    network,
    scheduler,
    clock,
    newId,
    random: Math.random,
    machineName: `Gatehouse on ${operator.machine}`,
    showPage: platform.showSignInPage,
    userAgent: (tag) => userAgentFor(platform.version, store.installId, tag),
    lateness: platform.lateness,
    warnBefore: () => settings.get().warnBeforeExpiryMinutes,
    publish,
    onPrompt: platform.onPrompt,
    onExpiring: platform.onExpiring,
    reportBug: platform.reportBug,
  });
  // What waited for the proxy is tried at once.
  companyNetwork.onChange(sessions.online);
  sessions.on.inactive(({ id }) => platform.closeConsole(id));
  const realms = createRealmsUsed({ store, vault, sessions, now });
  const shifts = createShifts({ store, vault, accounts, sessions, publish, newId, now });
  const receipts = createReceipts({ store, vault, accounts, sessions, clock, publish, newId });
  const ledgerViews = createLedgerViews(vault);
  const sidebar = createSidebar({ vault, publish });
  const openToday = createOpenToday({ ledger, sessions, now });
  const testAccount = createAccountTest({ accounts, sessions });

  const { withSession, contexts } = sessions;
  const directory = createDirectory({
    withSession,
    ledger,
    contexts,
    account: accounts.find,
    openConsole: platform.openConsole,
    uploading: (id, value) => publish({ entity: 'upload', id, value }),
    copy: platform.copy,
  });
  const recovery = createRecoveryAssistant({ contexts, accounts, ledger });
  const latestOnly = createLatestOnly();
  const peopleExport = createPeopleExport(directory, publish);

  const appInfo = createAppInfo({ ...platform, store, vault, accounts, sessions, scheduler, now });
  const updates = createUpdates({
    source: platform.updates,
    network,
    userAgent: `Gatehouse/${platform.version}`,
    scheduler,
    sessions,
    now,
    tell: (value) => appInfo.change({ updates: value }),
    reportBug: report('updates'),
  });
  companyNetwork.onView((view) => appInfo.change({ network: view }));
  const { isLocked, lock, unlock, recover } = createLocking({
    vault,
    sessions,
    ledger,
    scheduler,
    now,
    onLocked: [
      platform.onLocked,
      recovery.forgetAll,
      directory.forgetPeople,
      openToday.forget,
      latestOnly.cancelAll,
      peopleExport.cancelAll,
    ],
    onUnlocked: platform.onUnlocked,
    reportBug: report('lock'),
  });
  const autoLock = createAutoLock({
    scheduler,
    now,
    minutes: () => settings.get().autoLockMinutes,
    canLock: () => !isLocked() && vault.view().hasPassphrase,
    idleSeconds: platform.idleSeconds,
    lock: () => lock('timer'),
    moved: (locksAt) => publish({ entity: 'vault', value: { ...vault.view(), locksAt } }),
  });
  const snapshot = createSnapshot({
    vendors,
    accounts,
    sessions,
    shifts,
    receipts,
    sidebar,
    isLocked,
    vault: () => ({ ...vault.view(), locksAt: autoLock.locksAt() }),
    settings: settings.get,
    info: appInfo.get,
  });

  accounts.onChange(({ id, value }) => publish({ entity: 'account', id, value }));
  vault.onChange(() => {
    autoLock.active();
    publish({ entity: 'everything' });
  });

  return {
    store,
    ledger,
    vault,
    accounts,
    sessions,
    realms,
    shifts,
    receipts,
    ledgerViews,
    sidebar,
    openToday,
    testAccount,
    directory,
    recovery,
    latestOnly,
    peopleExport,
    appInfo,
    companyNetwork,
    scheduler,
    autoLock,
    settings,
    updates,
    isLocked,
    lock,
    unlock,
    recover,
    snapshot,

    /** Orders the end of open sign-ins and waits at most `ms` for endings that are on their way. */
    async close(ms: number) {
      updates.close();
      await sessions.close(ms);
      scheduler.close();
      network.close();
      store.close();
    },
  };
}

export type Core = ReturnType<typeof createCore>;
