import type { BrowserWindow } from 'electron';
import { GatehouseError } from '#contract/failure.ts';

/**
 * Loads a page that is not ours. Throws `wrong-place` where it is sent to an origin that it may not go to (another one, unless
 * `mayGo` says otherwise), `tls` or `network` where it can't
 * be had; the sentence names the host, as the rest of the address may be a secret. A page that moves on while it loads, or
 * a window that is closed meanwhile, is no failure.
 */
export async function loadPage(
  window: BrowserWindow,
  address: URL,
  mayGo = (target: URL) => target.origin === address.origin,
): Promise<void> {
  const { host } = address;
  let sentAway = false;
  window.webContents.on('will-redirect', (event) => {
    const target = URL.parse(event.url);
    if (event.isMainFrame && !(target && mayGo(target))) sentAway = true;
  });
  try {
    await window.loadURL(address.href);
  } catch (error) {
    if (window.isDestroyed()) return;
    if (sentAway) {
      throw new GatehouseError({
        kind: 'wrong-place',
        message: `${host} leads to another address, so its page was not opened.`,
        advice: 'Check the address of the account, or sign in to it in your browser.',
      });
    }
    const code = error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined;
    if (code === 'ERR_ABORTED') return;
    const tls = code !== undefined && /^ERR_(CERT|SSL|BAD_SSL)/.test(code);
    throw new GatehouseError({
      kind: tls ? 'tls' : 'network',
      message: tls
        ? `${host} could not prove that it is the right server, so its page was not opened.`
        : `The page of ${host} could not be loaded.`,
      advice: tls ? 'Do not go on; ask whoever runs the server.' : 'Check the network and try again.',
    });
  }
}
