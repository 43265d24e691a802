import { BrowserWindow, type Session } from 'electron';
import { GatehouseError } from '#contract/failure.ts';
import { mayReach } from '#http/base-url.ts';
import { nativeText } from '#lib/native-text.ts';
import type { SignInPage } from '../vendors/context.ts';
import { loadPage } from './load-page.ts';
import { createPartitions, isolatedIn } from './partitions.ts';
import { confineSession, letWander } from './security.ts';
import { trustAuthorities } from './trust-authorities.ts';

interface PagesOptions {
  onDownload(): void;
  /** Sends a session's pages the way that the settings name. */
  setProxy(session: Session): Promise<void>;
  /** PEM of the authorities that are trusted beside those of the system. */
  authorities(): string[];
}

/**
 * Windows in which a person signs in on pages of somebody else, each in a partition of its own that is wiped when it closes. Nothing
 * of ours goes into them; the server that sends us there decides over which hosts the way leads, and the title says where it is.
 */
export function createSignInPages({ onDownload, setProxy, authorities }: PagesOptions) {
  const partitions = createPartitions('sign-in');

  return {
    /**
     * Shows one until it is closed, by the person, the page or the signal. Throws `wrong-place`, `network` or `tls` in a sentence that
     * names the host and nothing else of the address.
     */
    async show({ title, url, signal, back }: SignInPage): Promise<void> {
      const address = URL.parse(url);
      if (!address || !mayReach(address, address)) {
        throw new GatehouseError({
          kind: 'wrong-place',
          message: 'The vendor named an address for signing in that is not secure, so it was not opened.',
          advice: 'Sign in another way, and tell those who run the server.',
        });
      }
      if (signal.aborted) return;
      const partition = partitions.take();
      confineSession(partition, onDownload);
      trustAuthorities(partition, authorities());
      const window = new BrowserWindow({
        width: 560,
        height: 760,
        title: titleAt(address, title),
        autoHideMenuBar: true,
        webPreferences: isolatedIn(partition),
      });
      const close = () => {
        if (!window.isDestroyed()) window.destroy();
      };
      signal.addEventListener('abort', close, { once: true });
      const closed = new Promise<void>((done) => {
        window.once('closed', () => {
          signal.removeEventListener('abort', close);
          void partitions.giveBack(partition);
          done();
        });
      });
      letWander(window.webContents, address);
      const isBack = back ? stopAt(window, back, close) : () => false;
      window.on('page-title-updated', (event) => event.preventDefault());
      window.webContents.on('did-navigate', (_event, at) => {
        const there = URL.parse(at);
        if (there && !window.isDestroyed()) window.setTitle(titleAt(there, title));
      });
      try {
        await setProxy(partition);
        if (window.isDestroyed()) return closed;
        await loadPage(window, address, (target) => mayReach(target, address));
      } catch (error) {
        close();
        if (isBack()) return closed;
        throw error;
      }
      return closed;
    },
  };
}

/** Stops the window's page before its first step to an origin, tells the address and closes. Returns whether that has been. */
function stopAt(
  { webContents }: BrowserWindow,
  { origin, onBack }: NonNullable<SignInPage['back']>,
  close: () => void,
): () => boolean {
  let isBack = false;
  const stop = (event: { url: string; isMainFrame: boolean; preventDefault(): void }) => {
    if (!event.isMainFrame || URL.parse(event.url)?.origin !== origin) return;
    event.preventDefault();
    if (isBack) return;
    isBack = true;
    onBack(event.url);
    // Contents are not destroyed within their own event.
    setImmediate(close);
  };
  webContents.on('will-navigate', stop);
  webContents.on('will-redirect', stop);
  return () => isBack;
}

/** The host first, and of a long one its end, so that no name pushes out of sight whose it is. */
function titleAt({ host }: URL, title: string): string {
  const shown = host.length > 80 ? `…${host.slice(-80)}` : host;
  return nativeText(`${shown} · ${title}`, 160);
}
