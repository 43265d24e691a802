import type { BrowserWindow } from 'electron';
import { type Failure, GatehouseError } from '#contract/failure.ts';

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
    throw new GatehouseError(failureIn(code ?? '', host));
  }
}

/** Chromium's names for what went wrong; the first that fits. */
const failures: [RegExp, (host: string) => Omit<Failure, 'kind'> & { kind?: 'tls' }][] = [
  [
    /^ERR_CERT_AUTHORITY_INVALID$/,
    (host) => ({
      kind: 'tls',
      message: `The certificate of ${host} comes from an authority that this computer does not know, so its page was not opened.`,
      advice: 'Your company’s authority may be missing: Settings, Network. Else ask whoever runs the server.',
    }),
  ],
  [
    /^ERR_PROXY_CERTIFICATE_INVALID$/,
    (host) => ({
      kind: 'tls',
      message: `The proxy could not prove that it is the right one, so the page of ${host} was not opened.`,
      advice: 'Your company’s authority may be missing: Settings, Network.',
    }),
  ],
  [
    /^ERR_(CERT|SSL|BAD_SSL)/,
    (host) => ({
      kind: 'tls',
      message: `${host} could not prove that it is the right server, so its page was not opened.`,
      advice: 'Do not go on; ask whoever runs the server.',
    }),
  ],
  [
    /^ERR_(PROXY_AUTH|INVALID_AUTH_CREDENTIALS|UNEXPECTED_PROXY_AUTH)/,
    (host) => ({
      message: `The proxy asks for a user name and a password, so the page of ${host} was not opened.`,
      advice: 'Sign in to it under Settings, Network, then try again.',
    }),
  ],
  [
    /^ERR_TUNNEL_CONNECTION_FAILED$/,
    (host) => ({
      message: `The proxy did not open the way to ${host}, so its page was not opened.`,
      advice: 'Sign in to the proxy under Settings, Network, or ask whoever runs it to allow this address.',
    }),
  ],
  [
    /^ERR_(PROXY|SOCKS)_/,
    (host) => ({
      message: `The proxy can’t be reached or refuses, so the page of ${host} was not opened.`,
      advice: 'Check the proxy under Settings, Network.',
    }),
  ],
  [
    /^ERR_NAME_NOT_RESOLVED$/,
    (host) => ({
      message: `There is no server named ${host}, so its page was not opened.`,
      advice: 'Check the address of the account, and that this computer is online.',
    }),
  ],
];

function failureIn(code: string, host: string): Failure {
  const said = failures.find(([name]) => name.test(code))?.[1](host);
  const other = {
    message: `The page of ${host} could not be loaded.`,
    advice: 'Check the network and try again.',
  };
  return { kind: 'network', ...(said ?? other) };
}
