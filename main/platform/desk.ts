import { join } from 'node:path';
import { app, net, powerMonitor, shell } from 'electron';
import { type Failure, GatehouseError } from '#contract/failure.ts';
import { desktopSystem } from '#lib/desktop-system.ts';
import { systemClock } from '#lib/scheduler.ts';
import { type Core, createCore } from '../core.ts';
import { createChanges } from '../ipc/changes.ts';
import { createHandlers } from '../ipc/handlers.ts';
import { createRouter, type Handlers } from '../ipc/router.ts';
import { backupsOf, putBack, restoreBackup, setAside } from '../store/backups.ts';
import { databaseIn } from '../store/store.ts';
import { copyForAWhile } from './clipboard.ts';
import { createConsoles } from './consoles.ts';
import { createDesktopShell } from './desktop-shell.ts';
import { taskOf } from './desktop-tasks.ts';
import { createIdleTime } from './idle-time.ts';
import type { openLog } from './log.ts';
import { createDesktopProxy, createProxyAnswers } from './proxy.ts';
import { desktopSafeStorage } from './safe-storage.ts';
import type { openSettings } from './settings.ts';
import { createSignInPages } from './sign-in-pages.ts';
import { backupBroken, brokenHandlers, whyBroken } from './store-failure-handlers.ts';
import { updateSource } from './updater.ts';
import type { MainWindow } from './window.ts';

interface DeskOptions {
  dataFolder: string;
  /** The folder of what is built; the pictures lie beside it. */
  out: string;
  host: string;
  settings: ReturnType<typeof openSettings>;
  window: MainWindow;
  log: ReturnType<typeof openLog>;
  /** Told of errors that nobody expected; gets no secret. */
  reportBug(where: string, error: unknown): void;
}

export type Desk = ReturnType<typeof openDesk>;

/** Builds the core behind the window and joins it to the desktop. Why it can't be opened is said in the window. */
export function openDesk({ dataFolder, out, host, settings, window, log, reportBug }: DeskOptions) {
  const assets = join(out, '..', 'assets');
  const idleSeconds = createIdleTime(() => powerMonitor.getSystemIdleTime(), desktopSystem() === 'wayland');
  let core: Core | null = null;
  let desktop: ReturnType<typeof createDesktopShell> | null = null;
  /** Asked by pages that meet a proxy. */
  let answerProxy: ReturnType<typeof createProxyAnswers> | null = null;
  const locked = () => core?.isLocked() ?? false;
  const changes = createChanges((batch) => {
    if (batch.length > 0) window.changes(batch);
    desktop?.showState();
  }, locked);

  const proxy = createDesktopProxy(() => settings.get().proxy);
  /** What windows of somebody else's pages need of the desk. */
  const outside = {
    onDownload: () => desktop?.downloadRefused(),
    setProxy: proxy.use,
    authorities: () => core?.companyNetwork.authorities() ?? [],
  };
  const signInPages = createSignInPages(outside);
  const consoles = createConsoles(outside);
  let route: ReturnType<typeof createRouter>;
  openCore();

  /** Answers why it could not be opened; null when it was. */
  function openCore(): Failure | null {
    let handlers: Handlers;
    let failure: Failure | null = null;
    try {
      core = createCore({
        dataFolder,
        version: app.getVersion(),
        host,
        clock: systemClock,
        safeStorage: desktopSafeStorage,
        settings,
        idleSeconds,
        online: () => net.isOnline(),
        resolveProxy: proxy.resolve,
        publish: changes.publish,
        onPrompt: (prompt) => desktop?.prompted(prompt),
        onUnlocked: () => void desktop?.unlocked(),
        onLocked: () => desktop?.locked(),
        onExpiring: (ids) => desktop?.expiring(ids),
        openConsole: consoles.open,
        showSignInPage: signInPages.show,
        closeConsole: consoles.close,
        updates: updateSource(assets),
        copy: copyForAWhile,
        log: (line) => log({ event: 'request', ...line }),
        reportBug,
      });
      desktop = createDesktopShell({
        core,
        window,
        consoles,
        traySettings: settings,
        assets,
        practiceProgram: join(out, 'practice', 'index.js'),
      });
      answerProxy = createProxyAnswers(core.companyNetwork.proxies);
      core.companyNetwork.onChange(() => {
        consoles.networkChanged().catch((error) => reportBug('consoles', error));
      });
      handlers = createHandlers(core, desktop.actions);
      desktop.applySettings();
      desktop.showState();
    } catch (error) {
      reportBug('store', error);
      core?.close(0).catch((late) => reportBug('store', late));
      core = null;
      desktop = null;
      failure = whyBroken(error);
      handlers = handlersWithout(failure);
    }
    route = createRouter({ handlers, locked, reportBug });

    // With the keyring alone there is nothing to type: the vault opens by itself.
    const vault = core?.vault.view();
    if (core && vault && !vault.hasPassphrase && vault.state === 'locked') {
      core.unlock(null).catch((error) => reportBug('start', error));
    }
    return failure;
  }

  /** Ways out of a database that can't be opened; both keep the files that are there. */
  function handlersWithout(failure: Failure): Handlers {
    const database = databaseIn(dataFolder);
    /** Opens what is there now; what can't be opened either leaves everything as it was before. */
    const openAgain = (aside: string) => {
      const still = openCore();
      if (still) {
        putBack(database, aside);
        openCore();
      }
      changes.publish({ entity: 'everything' });
      return still;
    };
    const shown = { host, version: app.getVersion(), dataFolder, backups: backupsOf(database) };
    return brokenHandlers(failure, shown, settings.get, {
      restoreBackup(name) {
        const still = openAgain(restoreBackup(database, name, Date.now()));
        if (still) throw new GatehouseError(backupBroken(still));
      },
      startAnew() {
        const still = openAgain(setAside(database, Date.now()));
        if (still) throw new GatehouseError(still);
      },
      'app.quit': () => app.exit(0),
      async 'app.openDataFolder'() {
        await shell.openPath(dataFolder);
      },
    });
  }

  return {
    /** Answers a call of the window; never throws. */
    route: (channel: unknown, input: unknown) => route(channel, input),
    /** The desktop around the core; null where that can't be opened. */
    desktop: () => desktop,
    answerProxy: (...asked: Parameters<ReturnType<typeof createProxyAnswers>>) =>
      answerProxy?.(...asked) ?? null,
    /** Does what a start asks for instead of the window; false where it is a start like any other. */
    didTask(argv: readonly string[]): boolean {
      const task = taskOf(argv);
      if (!task || !desktop) return false;
      desktop.task(task);
      return true;
    },
  };
}
