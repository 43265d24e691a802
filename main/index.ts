import './platform/refuse-to-start.ts';
import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { app, dialog, nativeTheme, net, powerMonitor, session, shell } from 'electron';
import { type Failure, GatehouseError } from '#contract/failure.ts';
import { desktopSystem } from '#lib/desktop-system.ts';
import { errorLine } from '#lib/error-line.ts';
import { systemClock } from '#lib/scheduler.ts';
import { type Core, createCore } from './core.ts';
import { createChanges } from './ipc/changes.ts';
import { createHandlers } from './ipc/handlers.ts';
import { createRouter, type Handlers } from './ipc/router.ts';
import { separateProfile } from './platform/browser-profile.ts';
import { copyForAWhile } from './platform/clipboard.ts';
import { createConsoles } from './platform/consoles.ts';
import { createDesktopShell } from './platform/desktop-shell.ts';
import { taskOf } from './platform/desktop-tasks.ts';
import { createIdleTime } from './platform/idle-time.ts';
import { openGate } from './platform/ipc-gate.ts';
import { openLog } from './platform/log.ts';
import { offerContextMenus, setMenu } from './platform/menu.ts';
import { createDesktopProxy, createProxyAnswers } from './platform/proxy.ts';
import { desktopSafeStorage } from './platform/safe-storage.ts';
import { registerScheme, serveScheme } from './platform/scheme.ts';
import { confineEverything, confineSession, cutOff } from './platform/security.ts';
import { openSettings } from './platform/settings.ts';
import { createSignInPages } from './platform/sign-in-pages.ts';
import { backupBroken, brokenHandlers, whyBroken } from './platform/store-failure-handlers.ts';
import { updateSource } from './platform/updater.ts';
import { createWindow } from './platform/window.ts';
import { backupsOf, putBack, restoreBackup, setAside } from './store/backups.ts';
import { databaseIn } from './store/store.ts';

const out = dirname(dirname(fileURLToPath(import.meta.url)));

let log: ReturnType<typeof openLog> = (line) => console.error(JSON.stringify(line));

const reportBug = (channel: string, error: unknown) => log({ event: 'bug', channel, ...errorLine(error) });

// An error that nobody expected costs what it broke, never the process: endings go on, and what it says stays in main.
process.on('unhandledRejection', (error) => reportBug('unexpected', error));
process.on('uncaughtException', (error) => reportBug('unexpected', error));

// With the switch (unpacked, as root) the parent of all pages runs without a sandbox already, and none can be had.
if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();
app.setAppUserModelId('example.gatehouse.desktop');
registerScheme();
/** Asked by pages that meet a proxy; nobody can answer before the core is there. */
let answerProxy: ReturnType<typeof createProxyAnswers> | null = null;
confineEverything((contents, proxy, url) => answerProxy?.(contents, proxy, url) ?? null);
offerContextMenus();

if (app.requestSingleInstanceLock()) start();
else app.quit();

function start() {
  try {
    separateProfile();
  } catch (error) {
    reportBug('profile', error);
  }
  app.whenReady().then(open).catch(giveUp);
}

/** There is not even a window to say it in. */
function giveUp(error: unknown) {
  reportBug('start', error);
  dialog.showErrorBox(
    'Gatehouse can’t start',
    'Its data folder or its window could not be opened. Nothing was deleted. Check that the folder belongs to you and that the disk is not full, then start again.',
  );
  app.exit(1);
}

/** Opens the window first, then the core behind it; why it can't be opened is said in the window. */
function open() {
  const dataFolder = app.getPath('userData');
  mkdirSync(dataFolder, { recursive: true, mode: 0o700 });
  log = openLog(join(dataFolder, 'logs'));
  const host = process.versions.electron ? `Electron ${process.versions.electron}` : 'Chromium stand-in';
  const settings = openSettings((error) => reportBug('settings', error));
  log({ event: 'start', version: app.getVersion(), host });

  let desktop: ReturnType<typeof createDesktopShell> | null = null;
  confineSession(session.defaultSession, () => desktop?.downloadRefused());
  cutOff(session.defaultSession).catch((error) => reportBug('window', error));
  serveScheme(join(out, 'renderer'));
  setMenu(() => (desktop ? desktop.askQuit() : app.quit()));

  nativeTheme.themeSource = settings.get().theme;
  const window = createWindow({
    preload: join(out, 'preload', 'index.cjs'),
    icon: process.platform === 'linux' ? join(out, '..', 'assets', 'icons', '256x256.png') : null,
    place: settings.place(),
    keepPlace: settings.keepPlace,
    onClose: () => desktop?.closed() ?? false,
    onSessionEnd: () => desktop?.sessionEnds(),
    onPageLost: (error) => reportBug('window', error),
  });
  if (settings.keptAside) {
    void dialog.showMessageBox({
      type: 'warning',
      message: 'Your settings could not be read.',
      detail: `The usual ones are used. The file was kept as ${settings.keptAside}. Accounts and sessions are not in it.`,
    });
  }
  app.on('second-instance', (_event, argv) => {
    if (!didTask(argv)) window.show();
  });
  app.on('activate', () => window.show());

  const idleSeconds = createIdleTime(() => powerMonitor.getSystemIdleTime(), desktopSystem() === 'wayland');
  let core: Core | null = null;
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
  didTask(process.argv);
  openGate((channel, input) => {
    if (channel === 'state.snapshot') window.pageListens();
    return route(channel, input);
  });

  /** Does what a start asks for instead of the window; false where it is a start like any other. */
  function didTask(argv: readonly string[]): boolean {
    const task = taskOf(argv);
    if (!task || !desktop) return false;
    desktop.task(task);
    return true;
  }

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
        updates: updateSource(join(out, '..', 'assets')),
        copy: copyForAWhile,
        log: (line) => log({ event: 'request', ...line }),
        reportBug,
      });
      desktop = createDesktopShell({
        core,
        window,
        consoles,
        idleSeconds,
        traySettings: settings,
        assets: join(out, '..', 'assets'),
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

  // The system or a signal ends the app: nothing is asked, and sessions are kept unless the settings say otherwise.
  app.on('before-quit', (event) => {
    if (!desktop || desktop.quitting()) return;
    event.preventDefault();
    desktop.actions.quit(settings.get().onQuit === 'end-all', false);
  });
}
