import { BrowserWindow, session } from 'electron';
import type { HandOver } from '../vendors/admin.ts';
import { denyPermissions, letRoam } from './security.ts';

/** Windows of vendors' own consoles: one a session, each in a partition of its own that is wiped when it closes. */
export function createConsoles() {
  const windows = new Map<string, BrowserWindow>();

  return {
    /** Opens the console signed in as the session, or raises the one that is open. */
    async open(sessionId: string, title: string, { url, cookies, headers }: HandOver): Promise<void> {
      const there = windows.get(sessionId);
      if (there && !there.isDestroyed()) {
        there.show();
        there.focus();
        return;
      }
      // Without "persist:" nothing of it touches the disk.
      const partition = session.fromPartition(`console-${sessionId}`);
      const { origin } = new URL(url);
      denyPermissions(partition);
      for (const cookie of cookies) {
        await partition.cookies.set({
          url: origin,
          httpOnly: true,
          secure: url.startsWith('https:'),
          ...cookie,
        });
      }
      if (Object.keys(headers).length > 0) {
        partition.webRequest.onBeforeSendHeaders({ urls: [`${origin}/*`] }, (details, answer) =>
          answer({ requestHeaders: { ...details.requestHeaders, ...headers } }),
        );
      }
      const window = new BrowserWindow({
        width: 1200,
        height: 800,
        title,
        autoHideMenuBar: true,
        webPreferences: { session: partition, contextIsolation: true, sandbox: true, nodeIntegration: false },
      });
      windows.set(sessionId, window);
      letRoam(window.webContents, origin);
      window.on('closed', () => {
        windows.delete(sessionId);
        void partition.clearStorageData();
      });
      await window.loadURL(url);
    },

    close(sessionId: string) {
      const window = windows.get(sessionId);
      if (window && !window.isDestroyed()) window.destroy();
    },
  };
}
