import { BrowserWindow, type Session, session } from 'electron';
import { createHidden } from './hidden-windows.ts';
import { loadPage } from './load-page.ts';
import { confineSession, letRoam } from './security.ts';

/** Pages of the practice servers, each in a window of its own, with a profile that is wiped and nothing of the app in it. */
export function createPracticePages({ onDownload }: { onDownload(): void }) {
  const hidden = createHidden();
  const open = new Set<BrowserWindow>();
  let partition: Session | null = null;

  function profile(): Session {
    if (partition) return partition;
    partition = session.fromPartition('practice');
    confineSession(partition, onDownload);
    return partition;
  }

  return {
    /** Throws as `loadPage`. */
    async open(address: string, title: string): Promise<void> {
      const url = new URL(address);
      const own = profile();
      const window = new BrowserWindow({
        width: 720,
        height: 760,
        title,
        autoHideMenuBar: true,
        webPreferences: {
          session: own,
          contextIsolation: true,
          sandbox: true,
          nodeIntegration: false,
          webSecurity: true,
          spellcheck: false,
        },
      });
      open.add(window);
      hidden.keep(window);
      letRoam(window.webContents, url.origin);
      window.once('closed', () => {
        open.delete(window);
        if (open.size === 0) void own.clearStorageData().catch(() => {});
      });
      await loadPage(window, url).catch((error) => {
        window.destroy();
        throw error;
      });
    },
    close() {
      for (const window of open) window.destroy();
    },
    lock: hidden.lock,
    unlock: hidden.unlock,
  };
}
