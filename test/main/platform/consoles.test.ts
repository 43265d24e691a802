import { beforeEach, describe, expect, test, vi } from 'vitest';
import { GatehouseError } from '#contract/failure.ts';
import { type Consoles, createConsoles } from '../../../main/platform/consoles.ts';
import { confineEverything } from '../../../main/platform/security.ts';
import { type BrowserWindow, desktop, emit, type FakeSession, reset } from './fake-electron.ts';

vi.mock('electron', () => import('./fake-electron.ts'));

const token = 'tok-5f1b0c2e9d';
const url = `https://panel.example/sso?token=${token}`;
const handOver = {
  url,
  cookies: [{ name: 'session', value: token, path: '/' }],
  headers: { authorization: `Bearer ${token}` },
};
const wanted = (change: object = {}) => ({
  sessionId: 's1',
  title: 'Northwind · Reseller EU',
  handOver,
  own: true,
  ...change,
});

let consoles: Consoles;
let downloads = 0;
const proxy: { mode: 'system' | 'direct' } = { mode: 'system' };
const authorities: string[] = [];
beforeEach(() => {
  reset();
  downloads = 0;
  confineEverything();
  consoles = createConsoles({
    onDownload() {
      downloads += 1;
    },
    setProxy: async (session) => session.setProxy(proxy),
    authorities: () => authorities,
  });
});

const last = () => desktop.windows.at(-1) as BrowserWindow;
const sessionOf = (window: BrowserWindow) => window.web.session as FakeSession;
const everything = ['connections', 'storage', 'cache', 'code', 'auth', 'names'];

/** A promise and what settles it. */
function gate(): { open(): void; passed: Promise<void> } {
  let open = () => {};
  const passed = new Promise<void>((done) => {
    open = done;
  });
  return { open, passed };
}

/** As Electron rejects: with the whole address in the message. */
const refuses = (code: string) => async (_window: BrowserWindow, address: string) => {
  throw Object.assign(new Error(`${code} (-105) loading '${address}'`), { code, url: address });
};

async function failureOf(work: Promise<unknown>) {
  const error = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(GatehouseError);
  expect(JSON.stringify(error) + String((error as Error).stack)).not.toContain(token);
  return (error as GatehouseError).failure;
}

describe('a console', () => {
  test('has a session of its own that is not on disk, no preload and no Node', async () => {
    await consoles.open(wanted());
    const { web } = last();
    expect(sessionOf(last()).partition).toMatch(/^console-[0-9a-f-]{36}$/);
    expect(web).toEqual({
      session: sessionOf(last()),
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      webSecurity: true,
      spellcheck: false,
    });
    expect(last().loaded).toEqual([url]);
    await consoles.open(wanted({ own: false }));
    expect(sessionOf(last())).not.toBe(sessionOf(desktop.windows[0]!));
  });

  test('gets no permission but to copy and to fill the screen, in its own page, and writes no file', async () => {
    await consoles.open(wanted());
    const partition = sessionOf(last());
    for (const name of ['media', 'geolocation', 'clipboard-read', 'openExternal', 'fileSystem'])
      expect(partition.grants(name), name).toEqual([false, false]);
    for (const name of ['clipboard-sanitized-write', 'fullscreen']) {
      expect(partition.grants(name), name).toEqual([true, true]);
      expect(partition.grants(name, 'https://panel.example:8443/'), name).toEqual([false, false]);
      expect(partition.grants(name, 'https://panel.example/', false), name).toEqual([false, false]);
    }
    expect(emit(partition, 'will-download', {}, {})).toBe(true);
    expect(downloads).toBe(1);
  });

  test('moves within its origin only, also by a redirect; its frames go to secure origins', async () => {
    await consoles.open(wanted());
    const { webContents } = last();
    for (const way of ['goes', 'isRedirected'] as const) {
      expect(webContents[way]('https://panel.example/home')).toBe(true);
      for (const address of [
        'https://evil.example/',
        'http://panel.example/',
        'https://panel.example:8443/',
        'app://gatehouse/index.html',
        'file:///etc/passwd',
      ])
        expect(webContents[way](address), `${way} ${address}`).toBe(false);
    }
    expect(webContents.frames('https://pay.example/')).toBe(true);
    expect(webContents.isRedirected('https://pay.example/', false)).toBe(true);
    for (const address of ['http://pay.example/', 'app://gatehouse/index.html', 'file:///etc/passwd'])
      expect(webContents.frames(address), address).toBe(false);
  });

  test('opens no window and nothing outside, whatever is clicked', async () => {
    await consoles.open(wanted());
    last().webContents.click();
    expect(last().webContents.openHandler({ url: 'https://apidocs.enhance.com/' })).toEqual({
      action: 'deny',
    });
    expect(desktop.opened).toEqual([]);
  });

  test('can’t keep itself open', async () => {
    await consoles.open(wanted());
    // Preventing this event's default is Electron's word for leaving all the same.
    expect(emit(last().webContents, 'will-prevent-unload')).toBe(true);
  });

  test('sends its headers to its own origin and port, and cookies that no script reads', async () => {
    await consoles.open(wanted());
    const partition = sessionOf(last());
    const sent = (address: string) => {
      let headers: Record<string, string> = {};
      partition.sendHeaders?.({ url: address, requestHeaders: { accept: '*/*' } }, (changed) => {
        headers = changed.requestHeaders;
      });
      return headers;
    };
    expect(partition.headersFor).toEqual(['https://panel.example/*']);
    expect(sent('https://panel.example/home')).toEqual({ accept: '*/*', authorization: `Bearer ${token}` });
    for (const address of ['https://panel.example:8443/', 'http://panel.example/', 'https://evil.example/'])
      expect(sent(address), address).toEqual({ accept: '*/*' });
    expect(partition.cookiesSet).toEqual([
      {
        url: 'https://panel.example',
        name: 'session',
        value: token,
        path: '/',
        httpOnly: true,
        secure: true,
      },
    ]);
  });

  test('says in its title which account and host it is, whatever the page and the vendor call it', async () => {
    await consoles.open(wanted({ title: `Northwind\u202e\n${'x'.repeat(1000)}` }));
    const title = String(last().options.title);
    expect(title).toHaveLength(120);
    expect(title).toMatch(/^Northwind x+…$/);
    expect(emit(last(), 'page-title-updated', {}, 'Gatehouse')).toBe(true);
    await consoles.open(wanted({ sessionId: 's2' }));
    expect(last().options.title).toBe('Northwind · Reseller EU · panel.example');
  });

  test('is raised when it is there, and opened once however often it is asked for', async () => {
    const slow = gate();
    desktop.cookiesTake = slow.passed;
    const both = [consoles.open(wanted()), consoles.open(wanted())];
    slow.open();
    await Promise.all(both);
    expect(desktop.windows).toHaveLength(1);
    last().visible = false;
    await consoles.open(wanted());
    expect(desktop.windows).toHaveLength(1);
    expect(last().visible).toBe(true);
  });
});

describe('an address that can’t be opened', () => {
  test.each([
    ['ERR_NAME_NOT_RESOLVED', 'network', 'There is no server named panel.example, so'],
    ['ERR_CONNECTION_REFUSED', 'network', 'The page of panel.example could not be loaded.'],
    ['ERR_CERT_AUTHORITY_INVALID', 'tls', 'The certificate of panel.example comes from an authority that'],
    ['ERR_CERT_DATE_INVALID', 'tls', 'panel.example could not prove that it is the right server'],
    [
      'ERR_PROXY_CONNECTION_FAILED',
      'network',
      'The proxy can’t be reached or refuses, so the page of panel.example',
    ],
    [
      'ERR_SOCKS_CONNECTION_FAILED',
      'network',
      'The proxy can’t be reached or refuses, so the page of panel.example',
    ],
    ['ERR_TUNNEL_CONNECTION_FAILED', 'network', 'The proxy did not open the way to panel.example'],
    [
      'ERR_PROXY_AUTH_UNSUPPORTED',
      'network',
      'The proxy asks for a user name and a password, so the page of',
    ],
    [
      'ERR_PROXY_CERTIFICATE_INVALID',
      'tls',
      'The proxy could not prove that it is the right one, so the page of',
    ],
  ])('%s is said in words, by the host and never by the path or query', async (code, kind, words) => {
    desktop.load = refuses(code);
    const failure = await failureOf(consoles.open(wanted()));
    expect(failure).toMatchObject({ kind, message: expect.stringContaining(words) });
    const { pathname, search } = new URL(handOver.url);
    for (const part of [pathname, search].filter((text) => text.length > 1))
      expect(JSON.stringify(failure)).not.toContain(part);
    expect(last().destroyed).toBe(true);
    expect(sessionOf(last()).wiped).toEqual(everything);
  });

  test('is refused where it is not secure, or sends the window to another origin', async () => {
    for (const bad of [
      `http://panel.example/?token=${token}`,
      `file:///${token}`,
      `javascript:${token}`,
      token,
    ])
      expect(
        await failureOf(consoles.open(wanted({ handOver: { ...handOver, url: bad } }))),
        bad,
      ).toMatchObject({ kind: 'wrong-place' });
    expect(desktop.windows).toEqual([]);

    desktop.load = async (window) => {
      expect(window.webContents.isRedirected(`https://evil.example/?token=${token}`)).toBe(false);
      throw Object.assign(new Error(`ERR_ABORTED (-3) loading '${url}'`), { code: 'ERR_ABORTED' });
    };
    expect(await failureOf(consoles.open(wanted()))).toMatchObject({ kind: 'wrong-place' });
    expect(last().destroyed).toBe(true);
  });

  test('is no failure where the page moves on while it loads', async () => {
    desktop.load = refuses('ERR_ABORTED');
    await consoles.open(wanted());
    expect(last().destroyed).toBe(false);
  });
});

describe('the end of a session', () => {
  test('closes and wipes its consoles, and no other’s', async () => {
    await consoles.open(wanted());
    await consoles.open(wanted({ own: false }));
    await consoles.open(wanted({ sessionId: 's2' }));
    consoles.close('s1');
    expect(desktop.windows.map(({ destroyed }) => destroyed)).toEqual([true, true, false]);
    for (const window of desktop.windows.slice(0, 2)) {
      expect(sessionOf(window).wiped).toEqual(everything);
      expect(sessionOf(window).sendHeaders).toBeNull();
    }
    expect(sessionOf(last()).wiped).toEqual([]);
  });

  test('leaves its partition to the next console once it is wiped, and never one that could not be', async () => {
    await consoles.open(wanted());
    const first = sessionOf(last());
    consoles.close('s1');
    await expect
      .poll(async () => {
        await consoles.open(wanted({ sessionId: 's2', handOver: { ...handOver, headers: {} } }));
        return sessionOf(last()) === first;
      })
      .toBe(true);
    expect(first.sendHeaders).toBeNull();
    emit(first, 'will-download', {}, {});
    expect(downloads).toBe(1);
    expect(desktop.sessions.size).toBe(1);

    vi.spyOn(first, 'clearStorageData').mockRejectedValue(new Error('busy'));
    consoles.close('s2');
    await new Promise((done) => setImmediate(done));
    await consoles.open(wanted({ sessionId: 's3' }));
    expect(sessionOf(last())).not.toBe(first);
  });

  test('reaches a console that has no window yet', async () => {
    const slow = gate();
    desktop.cookiesTake = slow.passed;
    const opening = consoles.open(wanted());
    consoles.close('s1');
    slow.open();
    await opening;
    expect(desktop.windows).toEqual([]);
    expect([...desktop.sessions.values()].map(({ wiped }) => wiped)).toEqual([everything]);
  });

  test('reaches a console that is still loading, which is no failure', async () => {
    const slow = gate();
    desktop.load = async (window, address) => {
      await slow.passed;
      return refuses('ERR_FAILED')(window, address);
    };
    const opening = consoles.open(wanted());
    await expect.poll(() => desktop.windows.length).toBe(1);
    consoles.close('s1');
    expect(last().destroyed).toBe(true);
    slow.open();
    await opening;
  });
});

describe('a lock', () => {
  test('hides consoles, keeps them hidden and silent, and shows them again', async () => {
    await consoles.open(wanted());
    await consoles.open(wanted({ sessionId: 's2' }));
    consoles.lock('hide');
    const shown = () => desktop.windows.map(({ visible }) => visible);
    expect(shown()).toEqual([false, false]);
    expect(desktop.windows.map(({ webContents }) => webContents.muted)).toEqual([true, true]);
    // Whatever shows it: the page, the system, another program.
    last().show();
    await consoles.open(wanted());
    expect(shown()).toEqual([false, false]);
    consoles.unlock();
    expect(shown()).toEqual([true, true]);
    expect(desktop.windows.map(({ webContents }) => webContents.muted)).toEqual([false, false]);
  });

  test('hides one that was on its way', async () => {
    const slow = gate();
    desktop.cookiesTake = slow.passed;
    const opening = consoles.open(wanted());
    consoles.lock('hide');
    slow.open();
    await opening;
    expect(last().options.show).toBe(false);
    expect(last().visible).toBe(false);
    consoles.unlock();
    expect(last().visible).toBe(true);
  });

  test('closes and wipes them where the settings say so, also one on its way', async () => {
    await consoles.open(wanted());
    const slow = gate();
    desktop.cookiesTake = slow.passed;
    const opening = consoles.open(wanted({ sessionId: 's2' }));
    consoles.lock('close');
    slow.open();
    await opening;
    expect(desktop.windows.map(({ destroyed }) => destroyed)).toEqual([true]);
    for (const { wiped } of desktop.sessions.values()) expect(wiped).toEqual(everything);
    consoles.unlock();
    expect(desktop.windows).toHaveLength(1);
  });
});
