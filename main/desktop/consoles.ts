import { randomUUID } from 'node:crypto';
import { BrowserWindow, session } from 'electron';
import type { HandOver } from '../vendors/admin.ts';
import { denyPermissions, letRoam } from './security.ts';

export interface Console {
  sessionId: string;
  title: string;
  handOver: HandOver;
  /** The session's own console is raised when it is open already; one as somebody else is always a new window. */
  own: boolean;
}

/** Windows of vendors' own consoles, each in a partition of its own that is wiped when it closes. */
export function createConsoles() {
  const open = new Map<BrowserWindow, Console>();

  return {
    async open(wanted: Console): Promise<void> {
      const { sessionId, title, own } = wanted;
      const { url, cookies, headers } = wanted.handOver;
      const there = own && [...open].find(([, other]) => other.own && other.sessionId === sessionId)?.[0];
      if (there) {
        there.show();
        there.focus();
        return;
      }
      // Without "persist:" nothing of it touches the disk.
      const partition = session.fromPartition(`console-${randomUUID()}`);
      const { origin } = new URL(url);
      denyPermissions(partition);
      for (const cookie of cookies) {
        const secure = url.startsWith('https:');
        await partition.cookies.set({ url: origin, httpOnly: true, secure, ...cookie });
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
      open.set(window, wanted);
      letRoam(window.webContents, origin);
      window.on('closed', () => {
        open.delete(window);
        // It was in memory only, so a wipe that comes too late has nothing left to wipe.
        partition.clearStorageData().catch(() => {});
      });
      await window.loadURL(url);
    },

    /** Closes every console that was opened from the session. */
    close(sessionId: string) {
      for (const [window, { sessionId: of }] of open) if (of === sessionId) window.destroy();
    },
  };
}
