import { BrowserWindow } from 'electron';
import { wire } from '../../preload/contract/bridge.ts';
import type { Change, Request } from '../../preload/contract/shapes.ts';
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
  /** Our own page could not be shown: there is nothing left to say it in. */
  onLoadFailure(error: unknown): void;
}

/** The one window of the desk. */
export function createWindow({
  preload,
  bounds,
  keepBounds,
  onClose,
  onLoadFailure,
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

  window.once('ready-to-show', () => window.show());
  window.on('close', (event) => {
    keepBounds(window.getBounds());
    if (!onClose()) return;
    event.preventDefault();
    window.hide();
  });
  window.loadURL(`${appOrigin}/index.html`).catch(onLoadFailure);

  const send = (channel: string, value: unknown) => {
    if (!window.isDestroyed()) window.webContents.send(channel, value);
  };

  return {
    show() {
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
