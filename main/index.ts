import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { app, net, powerMonitor, session, shell } from 'electron';
import { GatehouseError } from '../preload/contract/failure.ts';
import { brokenHandlers } from './desktop/broken.ts';
import { copyForAWhile } from './desktop/clipboard.ts';
import { createConsoles } from './desktop/consoles.ts';
import { createDesk } from './desktop/desk.ts';
import { openGate } from './desktop/gate.ts';
import { openLog } from './desktop/log.ts';
import { setMenu } from './desktop/menu.ts';
import { desktopSafeStorage } from './desktop/safe-storage.ts';
import { registerScheme, serveScheme } from './desktop/scheme.ts';
import { confineEverything, denyPermissions } from './desktop/security.ts';
import { openSettings } from './desktop/settings.ts';
import { createWindow } from './desktop/window.ts';
import { createHouse, type House } from './house.ts';
import { createChanges } from './ipc/changes.ts';
import { createHandlers } from './ipc/handlers.ts';
import { createRouter, type Handlers } from './ipc/router.ts';
import { systemClock } from './sessions/agenda.ts';

const out = dirname(dirname(fileURLToPath(import.meta.url)));

app.enableSandbox();
app.setAppUserModelId('example.gatehouse.desktop');
registerScheme();
confineEverything();

if (app.requestSingleInstanceLock()) void app.whenReady().then(open);
else app.quit();

/** Opens the window first, then the house behind it; a house that can't be opened is named in the window. */
function open() {
  const dataFolder = app.getPath('userData');
  mkdirSync(dataFolder, { recursive: true, mode: 0o700 });
  const log = openLog(join(dataFolder, 'logs'));
  const host = process.versions.electron ? `Electron ${process.versions.electron}` : 'Chromium stand-in';
  const settings = openSettings();
  log({ event: 'start', version: app.getVersion(), host });

  denyPermissions(session.defaultSession);
  serveScheme(join(out, 'renderer'));

  const reportBug = (channel: string, error: unknown) =>
    log({ event: 'bug', channel, stack: error instanceof Error ? error.stack : 'not an error' });

  let desk: ReturnType<typeof createDesk> | null = null;
  const window = createWindow({
    preload: join(out, 'preload', 'index.cjs'),
    bounds: settings.window(),
    keepBounds: settings.keepWindow,
    onClose: () => desk?.closed() ?? false,
    onPageLost: (error) => reportBug('window', error),
  });
  app.on('second-instance', () => window.show());
  app.on('activate', () => window.show());

  const changes = createChanges((batch) => {
    window.changes(batch);
    desk?.showState();
  });

  const consoles = createConsoles();
  let house: House | null = null;
  let handlers: Handlers;
  try {
    house = createHouse({
      dataFolder,
      version: app.getVersion(),
      host,
      clock: systemClock,
      safeStorage: desktopSafeStorage,
      settings,
      idleSeconds: () => powerMonitor.getSystemIdleTime(),
      online: () => net.isOnline(),
      publish: changes.publish,
      request: window.request,
      onPrompt: (prompt) => desk?.prompted(prompt),
      onUnlocked: () => void desk?.unlocked(),
      onExpiring: (ids) => desk?.expiring(ids),
      openConsole: consoles.open,
      closeConsole: consoles.close,
      copy: copyForAWhile,
      log: (line) => log({ event: 'request', ...line }),
      reportBug,
    });
    desk = createDesk({
      house,
      window,
      assets: join(out, '..', 'assets'),
      practiceProgram: join(out, 'practice', 'index.js'),
    });
    handlers = createHandlers(house, desk.actions);
    setMenu(desk.askQuit);
    desk.applySettings();
    desk.showState();
  } catch (error) {
    if (!(error instanceof GatehouseError)) throw error;
    log({ event: 'store-broken', message: error.failure.message });
    handlers = brokenHandlers(error.failure, { host, version: app.getVersion(), dataFolder }, settings.get, {
      'desk.quit': () => app.exit(0),
      async 'desk.openDataFolder'() {
        await shell.openPath(dataFolder);
      },
    });
  }
  const opened = house;
  openGate(createRouter({ handlers, locked: () => opened?.locked() ?? false, reportBug }));

  // With the keyring alone there is nothing to type: the vault opens by itself.
  if (opened && !opened.vault.view().hasPassphrase && opened.vault.view().state === 'locked') {
    void opened.unlock(null).catch((error) => reportBug('start', error));
  }
  // The system or a signal ends the app: nothing is asked, and sessions are kept unless the settings say otherwise.
  app.on('before-quit', (event) => {
    if (!desk || desk.quitting()) return;
    event.preventDefault();
    desk.actions.quit(settings.get().onQuit === 'end-all');
  });
}
