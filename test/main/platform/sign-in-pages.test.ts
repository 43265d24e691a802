import { beforeEach, describe, expect, test, vi } from 'vitest';
import { GatehouseError } from '#contract/failure.ts';
import { confineEverything } from '../../../main/platform/security.ts';
import { createSignInPages } from '../../../main/platform/sign-in-pages.ts';
import { type BrowserWindow, desktop, emit, type FakeSession, reset } from './fake-electron.ts';

vi.mock('electron', () => import('./fake-electron.ts'));

const url = 'https://bank.example/network/api/identity-providers/redirect/req-5f1b0c2e9d';
let pages: ReturnType<typeof createSignInPages>;
let downloads = 0;
/** Partitions that were sent the way of the settings. */
const ways: string[] = [];
let authorities: string[] = [];
beforeEach(() => {
  reset();
  downloads = 0;
  confineEverything();
  pages = createSignInPages({
    onDownload() {
      downloads += 1;
    },
    setProxy: async (partition) => {
      ways.push((partition as unknown as FakeSession).partition);
    },
    authorities: () => authorities,
  });
});

const last = () => desktop.windows.at(-1) as BrowserWindow;
const sessionOf = (window: BrowserWindow) => window.web.session as FakeSession;

/** A page on its way, and what closes it. */
function shown(change: object = {}) {
  const stop = new AbortController();
  const closed = pages.show({ title: 'Harbour ID for Ida', url, signal: stop.signal, ...change });
  return { closed, stop };
}

describe('a page to sign in on', () => {
  test('goes the way of the settings before it is loaded, and an added authority counts there', async () => {
    ways.length = 0;
    authorities = ['an authority'];
    shown();
    authorities = [];
    const { partition, verify } = sessionOf(last());
    expect(ways).toEqual([partition]);
    expect(last().loaded).toEqual([]);
    expect(verify).not.toBeNull();
    await expect.poll(() => last().loaded).toEqual([url]);
  });

  test('has a session of its own that is not on disk and is wiped, no preload, no Node, and nothing of ours', async () => {
    const { closed, stop } = shown();
    const first = last();
    expect(sessionOf(first).partition).toMatch(/^sign-in-[0-9a-f-]{36}$/);
    expect(first.web).toEqual({
      session: sessionOf(first),
      ...{
        contextIsolation: true,
        sandbox: true,
        nodeIntegration: false,
        webSecurity: true,
        spellcheck: false,
      },
    });
    await expect.poll(() => first.loaded).toEqual([url]);
    expect(sessionOf(first)).toMatchObject({ wiped: [] });
    stop.abort();
    await closed;
    expect(sessionOf(first).wiped).toEqual(['connections', 'storage', 'cache', 'code', 'auth', 'names']);
  });

  test('gets no permission, writes no file and opens nothing', () => {
    shown();
    const partition = sessionOf(last());
    for (const name of ['media', 'clipboard-read', 'clipboard-sanitized-write', 'fullscreen', 'openExternal'])
      expect(partition.grants(name, 'https://bank.example/'), name).toEqual([false, false]);
    expect(emit(partition, 'will-download', {}, {})).toBe(true);
    expect(downloads).toBe(1);
    last().webContents.click();
    expect(last().webContents.openHandler({ url: 'https://www.cyclos.org/' })).toEqual({ action: 'deny' });
    expect(desktop.opened).toEqual([]);
  });

  test('goes on to other secure hosts, never to this computer, and never to our own page', () => {
    shown();
    const { webContents } = last();
    for (const way of ['goes', 'isRedirected'] as const) {
      for (const address of ['https://login.example/', 'https://bank.example:8443/back'])
        expect(webContents[way](address), `${way} ${address}`).toBe(true);
      for (const address of [
        ...[
          'http://login.example/',
          'http://127.0.0.1:9222/',
          'https://localhost/',
          'https://[::ffff:7f00:1]/',
        ],
        ...['https://me:secret@login.example/', 'app://gatehouse/index.html', 'file:///etc/passwd'],
        ...['data:text/html,x', 'about:blank'],
      ])
        expect(webContents[way](address), `${way} ${address}`).toBe(false);
    }
  });

  test('of a server on this computer it may go to others there', () => {
    shown({ url: 'http://127.0.0.1:4000/api/redirect' });
    expect(last().webContents.goes('http://localhost:4000/identity')).toBe(true);
    expect(last().webContents.goes('http://login.example/')).toBe(false);
  });

  test('its title says first at which host it is, whatever the page calls itself and however long the name is', () => {
    shown({ title: `${'x'.repeat(300)}` });
    expect(String(last().title)).toMatch(/^bank\.example · x+…$/);
    last().webContents.emit('did-navigate', {}, 'https://login.example/a?code=secret');
    expect(String(last().title)).toMatch(/^login\.example · x+…$/);
    last().webContents.emit('did-navigate', {}, `https://bank.example.${'a.'.repeat(60)}evil.example/`);
    expect(String(last().title)).toMatch(/^….*a\.evil\.example · x/);
    expect(emit(last(), 'page-title-updated', {}, 'bank.example')).toBe(true);
  });

  describe('that is stopped where it would come back', () => {
    const back = 'https://app.koyeb.example/account/oauth/github/callback?code=c0de-7f31&state=s';
    let told: string[];
    const stopped = (change: object = {}) => {
      told = [];
      const origin = 'https://app.koyeb.example';
      return shown({ back: { origin, onBack: (address: string) => told.push(address) }, ...change });
    };

    test('takes the first step back, by a redirect or by itself, before it is made, and closes', async () => {
      for (const way of ['goes', 'isRedirected'] as const) {
        const { closed } = stopped();
        const { webContents } = last();
        expect(webContents[way]('https://login.example/consent')).toBe(true);
        expect(webContents[way](back)).toBe(false);
        expect(webContents[way](`${back}2`)).toBe(false);
        await closed;
        expect(told).toEqual([back]);
        expect(last().destroyed).toBe(true);
      }
    });

    test('takes neither the way out, nor a frame’s, nor another port’s or name’s', () => {
      stopped({ url: 'https://app.koyeb.example/begin' });
      const { webContents } = last();
      webContents.isRedirected(back, false);
      expect(webContents.goes('https://app.koyeb.example:8443/account')).toBe(true);
      expect(webContents.goes('https://app.koyeb.example.evil.example/')).toBe(true);
      expect(told).toEqual([]);
      expect(last().destroyed).toBe(false);
    });

    test('is no failure of a page that was on its way', async () => {
      desktop.load = async (window) => {
        window.webContents.isRedirected(back);
        throw Object.assign(new Error(`ERR_FAILED (-2) loading '${back}'`), { code: 'ERR_FAILED' });
      };
      await stopped().closed;
      expect(told).toEqual([back]);
    });
  });

  test('is over when the person closes it', async () => {
    const { closed } = shown();
    last().close();
    await closed;
  });

  test('does not open where it is not wanted any more, nor at an address that is not secure', async () => {
    await shown({ signal: AbortSignal.abort() }).closed;
    for (const address of ['http://bank.example/', 'nowhere', 'https://me:secret@bank.example/'])
      await expect(shown({ url: address }).closed).rejects.toMatchObject({
        failure: { kind: 'wrong-place' },
      });
    expect(desktop.windows).toEqual([]);
  });

  test('one that can’t be loaded is closed, and named by its host alone', async () => {
    desktop.load = async (_window, address) => {
      throw Object.assign(new Error(`ERR_NAME_NOT_RESOLVED (-105) loading '${address}'`), {
        ...{ code: 'ERR_NAME_NOT_RESOLVED', url: address },
      });
    };
    const error = await shown().closed.catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(GatehouseError);
    expect((error as GatehouseError).failure).toMatchObject({
      ...{ kind: 'network', message: 'There is no server named bank.example, so its page was not opened.' },
    });
    expect(JSON.stringify(error) + String((error as Error).stack)).not.toContain('req-5f1b0c2e9d');
    expect(last().destroyed).toBe(true);
  });
});
