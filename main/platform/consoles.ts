import { BrowserWindow, type Session } from 'electron';
import { GatehouseError } from '#contract/failure.ts';
import type { Settings } from '#contract/shapes.ts';
import { nativeText } from '#lib/native-text.ts';
import type { HandOver } from '../vendors/admin.ts';
import { createHidden } from './hidden-windows.ts';
import { loadPage } from './load-page.ts';
import { createPartitions, isolatedIn } from './partitions.ts';
import { confineSession, letRoam, maySee } from './security.ts';
import { trustAuthorities } from './trust-authorities.ts';

export interface Console {
  sessionId: string;
  title: string;
  handOver: HandOver;
  /** The session's own console is raised when it is open already; one as somebody else is always a new window. */
  own: boolean;
}

/** A console from the moment it was asked for; there is no window while its cookies are being set. */
interface Opened {
  sessionId: string;
  own: boolean;
  window: BrowserWindow | null;
  over: boolean;
  partition: Session;
}

interface ConsolesOptions {
  onDownload(): void;
  /** Sends a session's pages the way that the settings name. */
  setProxy(session: Session): Promise<void>;
  /** PEM of the authorities that are trusted beside those of the system. */
  authorities(): string[];
}

/** Windows of vendors' own consoles, each in a partition of its own that is wiped when it closes. */
export function createConsoles({ onDownload, setProxy, authorities }: ConsolesOptions) {
  const open = new Set<Opened>();
  const hidden = createHidden();
  const partitions = createPartitions('console');

  function shut(one: Opened) {
    one.over = true;
    one.window?.destroy();
  }

  /** The console's window with what the vendor wants put there first; null when it was closed meanwhile. */
  async function prepare(
    one: Opened,
    { title, handOver }: Console,
    partition: Session,
    address: URL,
    gone: () => void,
  ) {
    const { origin } = address;
    confineSession(partition, onDownload, origin);
    trustAuthorities(partition, authorities());
    await setProxy(partition);
    for (const { name, value, path } of handOver.cookies) {
      const secure = address.protocol === 'https:';
      await partition.cookies.set({ url: origin, name, value, path, httpOnly: true, secure });
    }
    if (one.over) return null;
    if (Object.keys(handOver.headers).length > 0) {
      // The pattern of an origin without a port fits every port.
      partition.webRequest.onBeforeSendHeaders({ urls: [`${origin}/*`] }, ({ url, requestHeaders }, answer) =>
        answer({
          requestHeaders:
            URL.parse(url)?.origin === origin ? { ...requestHeaders, ...handOver.headers } : requestHeaders,
        }),
      );
    }
    const window = new BrowserWindow({
      width: 1200,
      height: 800,
      title: nativeText(`${title} · ${address.host}`, 120),
      autoHideMenuBar: true,
      show: !hidden.locked(),
      webPreferences: isolatedIn(partition),
    });
    one.window = window;
    window.once('closed', gone);
    letRoam(window.webContents, origin);
    hidden.keep(window);
    // The page doesn't choose what the window says it is.
    window.on('page-title-updated', (event) => event.preventDefault());
    return window;
  }

  return {
    /** Opens one. Throws `wrong-place`, `network` or `tls` in a sentence that names the host and nothing else of the address. */
    async open(wanted: Console): Promise<void> {
      const { sessionId, own, handOver } = wanted;
      const there = own && [...open].find((other) => other.own && other.sessionId === sessionId);
      if (there) {
        if (!hidden.locked()) there.window?.show();
        return;
      }
      const address = URL.parse(handOver.url);
      if (!address || !maySee(address)) {
        throw new GatehouseError({
          kind: 'wrong-place',
          message: 'The vendor named an address for its console that is not secure, so it was not opened.',
          advice: 'Sign in to the console in your browser.',
        });
      }
      const partition = partitions.take();
      const one: Opened = { sessionId, own, window: null, over: false, partition };
      open.add(one);
      const gone = () => {
        open.delete(one);
        void partitions.giveBack(partition);
      };
      try {
        const window = await prepare(one, wanted, partition, address, gone);
        if (window) await loadPage(window, address);
      } catch (error) {
        if (one.over) return;
        one.window?.destroy();
        throw error;
      } finally {
        if (!one.window) gone();
      }
    },

    /** Closes every console that was opened from the session, also one that is still on its way. */
    close(sessionId: string) {
      for (const one of open) if (one.sessionId === sessionId) shut(one);
    },

    closeAll() {
      for (const one of open) shut(one);
    },

    /** The proxy or the authorities have changed: open consoles make their connections anew. */
    async networkChanged() {
      for (const { partition } of open) {
        trustAuthorities(partition, authorities());
        await setProxy(partition);
        await partition.closeAllConnections();
      }
    },

    /** Gatehouse was locked: nobody who sits down here gets into a console. */
    lock(how: Settings['consolesOnLock']) {
      hidden.lock(how);
      if (how === 'close') for (const one of open) shut(one);
    },
    unlock: hidden.unlock,
  };
}

export type Consoles = ReturnType<typeof createConsoles>;
