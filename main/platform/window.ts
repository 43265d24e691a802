import { BrowserWindow, dialog } from 'electron';
import { wire } from '#contract/bridge.ts';
import type { Change, Request } from '#contract/shapes.ts';
import { appOrigin } from './scheme.ts';

export interface MainWindow {
  show(): void;
  hide(): void;
  focused(): boolean;
  changes(batch: Change[]): void;
  request(request: Request): void;
  owns(contentsId: number): boolean;
  destroy(): void;
}

interface WindowOptions {
  preload: string;
  bounds: { width: number; height: number; x?: number; y?: number };
  keepBounds(bounds: { width: number; height: number; x: number; y: number }): void;
  /** The person closed the window: true keeps the app in the tray. */
  onClose(): boolean;
  /** Our own page could not be shown, or ended (a crash, the system's memory): for the log. */
  onPageLost(error: unknown): void;
}

/** ms; a page that was loaded anew and ends sooner than this would end again. */
const lasting = 10_000;

/** The one window of the desk. */
export function createWindow({
  preload,
  bounds,
  keepBounds,
  onClose,
  onPageLost,
}: WindowOptions): MainWindow {
  const window = new BrowserWindow({
    ...bounds,
    minWidth: 900,
    minHeight: 600,
    title: 'Gatehouse',
    show: false,
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
  const { id } = window.webContents;
  // With the session's proxy that is nowhere, WebRTC reaches nobody: see cutOff.
  window.webContents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp');

  window.once('ready-to-show', () => window.show());
  window.on('close', (event) => {
    keepBounds(window.getBounds());
    if (!onClose()) return;
    event.preventDefault();
    window.hide();
  });

  let revivedAt = Number.NEGATIVE_INFINITY;
  let lost = false;
  function load() {
    lost = false;
    window.loadURL(`${appOrigin}/index.html`).catch(onPageLost);
  }
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    if (window.isDestroyed()) return;
    onPageLost(new Error(`The window's page ended: ${reason}`));
    const now = performance.now();
    if (now - revivedAt > lasting) {
      revivedAt = now;
      return load();
    }
    lost = true;
    void offerAgain();
  });

  /** Not the error box: that one holds up main, and with it every ending, until somebody answers. */
  async function offerAgain() {
    const { response } = await dialog.showMessageBox({
      type: 'error',
      message: 'Gatehouse’s window can’t be shown.',
      detail:
        'Its page ended twice within seconds. Sessions and sign-outs go on without it, and the tray can open it later.',
      buttons: ['Open it again', 'Not now'],
      defaultId: 0,
      cancelId: 1,
    });
    if (response === 0 && lost && !window.isDestroyed()) load();
  }
  load();

  const send = (channel: string, value: unknown) => {
    if (!window.isDestroyed()) window.webContents.send(channel, value);
  };

  return {
    show() {
      if (lost) load();
      if (window.isMinimized()) window.restore();
      window.show();
      window.focus();
    },
    hide: () => window.hide(),
    focused: () => window.isFocused(),
    changes: (batch) => send(wire.changes, batch),
    request: (request) => send(wire.request, request),
    owns: (contentsId) => contentsId === id,
    destroy: () => window.destroy(),
  };
}
