import './platform/refuse-to-start.ts';
import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { app, dialog, nativeTheme, session } from 'electron';
import { errorLine } from '#lib/error-line.ts';
import { separateProfile } from './platform/browser-profile.ts';
import type { Desk } from './platform/desk.ts';
import { openGate } from './platform/ipc-gate.ts';
import { openLog } from './platform/log.ts';
import { offerContextMenus, setMenu } from './platform/menu.ts';
import { registerScheme, serveScheme } from './platform/scheme.ts';
import { confineEverything, confineSession, cutOff } from './platform/security.ts';
import { openSettings } from './platform/settings.ts';
import { createWindow } from './platform/window.ts';

/** ms that the core waits at most for the browser to begin with the page. */
const headStart = 500;

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
/** The core and the desktop around it; built while the window comes up. */
let desk: Desk | null = null;
confineEverything((contents, proxy, url) => desk?.answerProxy(contents, proxy, url) ?? null);
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

/** Asks for the window first: the browser starts it while the core is built, and what the page asks for waits until it is there. */
async function open() {
  const dataFolder = app.getPath('userData');
  mkdirSync(dataFolder, { recursive: true, mode: 0o700 });
  log = openLog(join(dataFolder, 'logs'));
  const host = process.versions.electron ? `Electron ${process.versions.electron}` : 'Chromium stand-in';
  const settings = openSettings((error) => reportBug('settings', error));
  log({ event: 'start', version: app.getVersion(), host });

  const desktop = () => desk?.desktop() ?? null;
  confineSession(session.defaultSession, () => desktop()?.downloadRefused());
  cutOff(session.defaultSession).catch((error) => reportBug('window', error));
  serveScheme(join(out, 'renderer'));
  setMenu(() => {
    const shell = desktop();
    if (shell) shell.askQuit();
    else app.quit();
  });

  nativeTheme.themeSource = settings.get().theme;
  const window = createWindow({
    preload: join(out, 'preload', 'index.cjs'),
    icon: process.platform === 'linux' ? join(out, '..', 'assets', 'icons', '256x256.png') : null,
    place: settings.place(),
    keepPlace: settings.keepPlace,
    onClose: () => desktop()?.closed() ?? false,
    onSessionEnd: () => desktop()?.sessionEnds(),
    onPageLost: (error) => reportBug('window', error),
  });
  if (settings.keptAside) {
    void dialog.showMessageBox({
      type: 'warning',
      message: 'Your settings could not be read.',
      detail: `The usual ones are used. The file was kept as ${settings.keptAside}. Accounts and sessions are not in it.`,
    });
  }

  const opening = openBehind();
  openGate(async (channel, input) => {
    if (channel === 'state.snapshot') window.pageListens();
    return (desk ?? (await opening)).route(channel, input);
  });
  app.on('second-instance', (_event, argv) => {
    if (desk) startedAgain(desk, argv);
    else void opening.then((there) => startedAgain(there, argv));
  });
  app.on('activate', () => window.show());

  async function openBehind(): Promise<Desk> {
    // The browser needs turns of this thread to start the page's process, and the core would take them.
    await Promise.race([window.begun, setTimeout(headStart)]);
    const { openDesk } = await import('./platform/desk.ts');
    desk = openDesk({ dataFolder, out, host, settings, window, log, reportBug });
    desk.didTask(process.argv);
    return desk;
  }

  function startedAgain(there: Desk, argv: readonly string[]) {
    if (!there.didTask(argv)) window.show();
  }

  // The system or a signal ends the app: nothing is asked, and sessions are kept unless the settings say otherwise.
  app.on('before-quit', (event) => {
    const shell = desktop();
    if (!shell || shell.quitting()) return;
    event.preventDefault();
    shell.actions.quit(settings.get().onQuit === 'end-all', false);
  });
  await opening;
}
