import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { app, BrowserWindow, protocol } from 'electron';

/** What the behaviours are tried on: a scheme of our own, a server on loopback, and windows. */

export const home = 'app://conformance/index.html';
const policy = "default-src 'none'; script-src 'self' 'unsafe-eval'; frame-src 'self'; connect-src 'self'";

/** Must run before the app is ready. */
export function registerScheme(): void {
  protocol.registerSchemesAsPrivileged([{ scheme: 'app', privileges: { standard: true, secure: true } }]);
}

export function serveScheme(): void {
  protocol.handle('app', (request) => {
    const { pathname } = new URL(request.url);
    if (pathname === '/missing.html')
      return new Response('none', { status: 404, headers: { 'x-word': 'none' } });
    const headers = {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': policy,
      'x-word': 'here',
    };
    return new Response('<!doctype html><title>Conformance</title><body>', { headers });
  });
}

/** The last request to each path. */
export const asked = new Map<string, IncomingMessage>();

/** Answers its origin. /to?there sends to `there`; /slow never answers; /file is a download; all else is a page. */
export async function serveLoopback(): Promise<string> {
  const server = createServer((request, response) => {
    const { pathname, search } = new URL(request.url ?? '/', 'http://127.0.0.1');
    asked.set(pathname, request);
    if (pathname === '/slow') return;
    if (pathname === '/to') response.writeHead(302, { location: decodeURIComponent(search.slice(1)) }).end();
    else if (pathname === '/file') {
      response.writeHead(200, { 'content-disposition': 'attachment; filename=a.bin' }).end('file');
    } else {
      response.writeHead(200, { 'content-type': 'text/html', 'access-control-allow-origin': '*' });
      response.end(`<!doctype html><title>${pathname}</title><body>${pathname}`);
    }
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  server.unref();
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Where the preload and the child's program lie, which are not bundled. */
export const folder = process.env.CONFORMANCE_FOLDER ?? import.meta.dirname;
const preload = join(folder, 'preload.cjs');

export function openWindow(options: Electron.BrowserWindowConstructorOptions = {}): BrowserWindow {
  const { webPreferences, ...rest } = options;
  return new BrowserWindow({
    width: 640,
    height: 480,
    show: false,
    ...rest,
    webPreferences: { preload, sandbox: true, contextIsolation: true, spellcheck: false, ...webPreferences },
  });
}

let shared: Promise<BrowserWindow> | undefined;

/** The one window of the behaviours that leave it as it was. */
export function ourWindow(): Promise<BrowserWindow> {
  shared ??= (async () => {
    const window = openWindow();
    await window.loadURL(home);
    return window;
  })();
  return shared;
}

/** Runs code in our window's page. */
export const inPage = async <T>(code: string): Promise<T> =>
  (await ourWindow()).webContents.executeJavaScript(code, true) as Promise<T>;

/** What the promise rejects with; throws when it does not. */
export async function rejectionOf(
  work: Promise<unknown>,
): Promise<Error & { code?: string; errno?: number; url?: string }> {
  try {
    await work;
  } catch (error) {
    return error as Error;
  }
  throw new Error('It did not reject.');
}

/** Waits until it is so; at most five seconds. */
export async function until(so: () => boolean | Promise<boolean>): Promise<void> {
  const last = Date.now() + 5_000;
  while (!(await so())) {
    if (Date.now() > last) throw new Error(`It did not come: ${so}`);
    await new Promise((done) => setTimeout(done, 20));
  }
}

export const turn = () => new Promise<void>((done) => setImmediate(done));

// Windows come and go here; the app stays.
app.on('window-all-closed', () => {});
