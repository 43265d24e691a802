import { app, BrowserWindow, dialog, nativeImage, nativeTheme, screen } from 'electron';
import { wire } from '#contract/bridge.ts';
import type { Change, Request } from '#contract/shapes.ts';
import { appOrigin } from './scheme.ts';
import { inSight, type Place } from './window-place.ts';

export interface MainWindow {
  /** Settled once the browser has begun with the page. */
  begun: Promise<void>;
  show(): void;
  focused(): boolean;
  changes(batch: Change[]): void;
  /** How many wait for the person, at the program's icon where the system shows it; Windows shows the picture instead. */
  badge(count: number, picture: string): void;
  request(request: Request): void;
  /** The page listens and asks for its snapshot. */
  pageListens(): void;
  /** The window as the parent of a dialog; null when nobody would see it there. */
  parent(): BrowserWindow | null;
  destroy(): void;
}

interface WindowOptions {
  preload: string;
  /** The picture in the window list; where the system takes it from the program, none. */
  icon: string | null;
  place: Place;
  keepPlace(place: Place): void;
  /** The person closed the window: true keeps the app in the tray. */
  onClose(): boolean;
  /** Windows ends the person's session and does not wait. */
  onSessionEnd(): void;
  /** Our own page could not be shown, or ended (a crash, the system's memory): for the log. */
  onPageLost(error: unknown): void;
}

/** ms; a page that was loaded anew and ends sooner than this would end again. */
const lasting = 10_000;

/** ms after which the window is shown, whatever the page has drawn by then. */
const showLimit = 3_000;

/** What is seen until the page has drawn: its own background in each theme. */
const background = () => (nativeTheme.shouldUseDarkColors ? '#0f1114' : '#f9fafc');

/** The one window of the desk. */
export function createWindow({
  preload,
  icon,
  place,
  keepPlace,
  onClose,
  onSessionEnd,
  onPageLost,
}: WindowOptions): MainWindow {
  const { maximized, ...bounds } = inSight(
    place,
    screen.getAllDisplays().map(({ workArea }) => workArea),
  );
  const window = new BrowserWindow({
    ...bounds,
    ...(icon ? { icon } : {}),
    minWidth: 900,
    minHeight: 600,
    title: 'Gatehouse',
    show: false,
    backgroundColor: background(),
    autoHideMenuBar: true,
    webPreferences: {
      preload,
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      webSecurity: true,
      spellcheck: false,
    },
  });
  // With the session's proxy that is nowhere, WebRTC reaches nobody: see cutOff.
  window.webContents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp');

  let firstShown = false;
  const waited = setTimeout(showFirst, showLimit);
  function showFirst() {
    if (firstShown || window.isDestroyed()) return;
    firstShown = true;
    clearTimeout(waited);
    if (maximized) window.maximize();
    window.show();
  }
  window.once('ready-to-show', showFirst);
  // On Wayland a window that is not shown may never be ready to be.
  if (process.platform === 'linux') window.webContents.once('did-finish-load', showFirst);

  function hide() {
    firstShown = true;
    if (process.platform !== 'darwin' || !window.isFullScreen()) return window.hide();
    // A window that is hidden in its own space leaves that space black.
    window.once('leave-full-screen', () => window.hide());
    window.setFullScreen(false);
  }

  const keep = () => keepPlace({ ...window.getNormalBounds(), maximized: window.isMaximized() });
  window.on('close', (event) => {
    keep();
    if (!onClose()) return;
    event.preventDefault();
    hide();
  });
  window.on('session-end', onSessionEnd);

  /** The page's listeners are there. What is sent before is lost, and what has changed is in its snapshot. */
  let listening = false;
  /** What main wants of the person, until there is a page to show it. */
  const waiting = new Map<Request['what'], Request>();
  let revivedAt = Number.NEGATIVE_INFINITY;
  let lost = false;
  function load() {
    lost = false;
    listening = false;
    window.loadURL(`${appOrigin}/index.html`).catch((error) => {
      if (!window.isDestroyed()) onPageLost(error);
    });
  }
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    if (window.isDestroyed()) return;
    listening = false;
    onPageLost(new Error(`The window's page ended: ${reason}`));
    const now = performance.now();
    if (now - revivedAt > lasting) {
      revivedAt = now;
      return load();
    }
    lost = true;
    void offerAgain();
  });

  const parent = () => (!window.isDestroyed() && window.isVisible() ? window : null);

  /** Not the error box: that one holds up main, and with it every ending, until somebody answers. */
  async function offerAgain() {
    const over = parent();
    const question: Electron.MessageBoxOptions = {
      type: 'error',
      message: 'Gatehouse’s window can’t be shown.',
      detail:
        'Its page ended twice within seconds. Sessions and sign-outs go on without it, and the tray can open it later.',
      buttons: ['Open it again', 'Not now'],
      defaultId: 0,
      cancelId: 1,
    };
    const { response } = await (over
      ? dialog.showMessageBox(over, question)
      : dialog.showMessageBox(question));
    if (response === 0 && lost && !window.isDestroyed()) load();
  }
  const begun = new Promise<void>((done) => {
    window.webContents.once('did-start-navigation', () => done());
  });
  load();

  let badged = 0;
  const waitingFor = (count: number) => (count > 0 ? `${count} waiting for you` : '');

  const send = (channel: string, value: unknown) => {
    if (!window.isDestroyed()) window.webContents.send(channel, value);
  };

  return {
    begun,
    show() {
      // Quitting takes a moment in which the tray and a second start may still ask.
      if (window.isDestroyed()) return;
      firstShown = true;
      if (lost) load();
      if (window.isMinimized()) window.restore();
      window.show();
      window.focus();
    },
    focused: () => !window.isDestroyed() && window.isFocused(),
    badge(count, picture) {
      if (count === badged || window.isDestroyed()) return;
      badged = count;
      if (process.platform !== 'win32') app.setBadgeCount(count);
      else window.setOverlayIcon(count > 0 ? nativeImage.createFromPath(picture) : null, waitingFor(count));
    },
    changes(batch) {
      if (listening) send(wire.changes, batch);
    },
    request(request) {
      if (listening) send(wire.request, request);
      else waiting.set(request.what, request);
    },
    pageListens() {
      listening = true;
      for (const request of waiting.values()) send(wire.request, request);
      waiting.clear();
    },
    parent,
    destroy() {
      if (window.isDestroyed()) return;
      keep();
      window.destroy();
    },
  };
}
