import assert from 'node:assert/strict';
import { protocol, session } from 'electron';
import { of } from '../behaviour.ts';
import { asked, home, inPage, openWindow, ourWindow, rejectionOf, serveLoopback, until } from '../world.ts';

const isolated = (name: string) => session.fromPartition(`conformance-${name}`);

export const network = [
  ...of('docs/api/protocol.md', {
    'a scheme’s pages come from its handler, with their status and headers': async () => {
      const found = await inPage(
        `(async () => { const answers = await Promise.all(['/index.html', '/missing.html'].map((path) => fetch(path))); return answers.map((one) => [one.status, one.headers.get('x-word')]); })()`,
      );
      assert.deepEqual(found, [
        [200, 'here'],
        [404, 'none'],
      ]);
    },
    'their policy holds': async () => {
      assert.equal(
        await inPage(
          `new Promise((done) => { document.addEventListener('securitypolicyviolation', (event) => done(event.effectiveDirective), { once: true }); const script = document.createElement('script'); script.textContent = '1'; document.body.append(script); })`,
        ),
        'script-src-elem',
      );
    },
    'their origin is the scheme’s own': async () => {
      assert.equal((await ourWindow()).webContents.mainFrame.origin, 'app://conformance');
    },
    'privileges are asked for before the app is ready': () => {
      assert.throws(() => protocol.registerSchemesAsPrivileged([{ scheme: 'late' }]), /before app is ready/);
    },
    'a scheme has one handler': () => {
      assert.throws(() => protocol.handle('app', () => new Response('')));
      assert.equal(protocol.isProtocolHandled('app'), true);
    },
  }),
  ...of('docs/api/web-contents.md#event-will-navigate', {
    'a page that wants to go elsewhere asks main, and stays where main says no': async () => {
      const { webContents } = await ourWindow();
      const wanted: string[] = [];
      const no = (event: Electron.Event<Electron.WebContentsWillNavigateEventParams>) => {
        wanted.push(event.url);
        event.preventDefault();
      };
      webContents.on('will-navigate', no);
      await inPage(`void (location.href = 'https://elsewhere.invalid/')`);
      await until(() => wanted.length === 1);
      webContents.off('will-navigate', no);
      assert.deepEqual(wanted, ['https://elsewhere.invalid/']);
      assert.equal(webContents.getURL(), home);
    },
    'what main loads is not asked about': async () => {
      const one = openWindow();
      let wanted = 0;
      one.webContents.on('will-navigate', () => {
        wanted += 1;
      });
      await one.loadURL(home);
      assert.equal(wanted, 0);
      one.destroy();
    },
    'a frame that is about to navigate is told of': async () => {
      const { webContents } = await ourWindow();
      let frames = 0;
      const hear = ({ isMainFrame }: { isMainFrame: boolean }) => {
        if (!isMainFrame) frames += 1;
      };
      webContents.on('will-frame-navigate', hear);
      await inPage(
        `(() => { const frame = document.createElement('iframe'); frame.src = '/index.html'; document.body.append(frame); })()`,
      );
      await until(() => frames === 1);
      webContents.off('will-frame-navigate', hear);
    },
    'a wish for a window goes to main, which may refuse': async () => {
      const { webContents } = await ourWindow();
      const wanted: string[] = [];
      webContents.setWindowOpenHandler(({ url }) => {
        wanted.push(url);
        return { action: 'deny' };
      });
      assert.equal(await inPage(`window.open('https://elsewhere.invalid/open') === null`), true);
      await until(() => wanted.length === 1);
      assert.deepEqual(wanted, ['https://elsewhere.invalid/open']);
    },
  }),
  ...of('spec/api-browser-window-spec.ts (will-redirect)', {
    'a server’s redirect is told of, and followed': async () => {
      const origin = await serveLoopback();
      const one = openWindow({ webPreferences: { partition: 'conformance-redirect' } });
      const told: [string, boolean][] = [];
      one.webContents.on('will-redirect', ({ url, isMainFrame }) => told.push([url, isMainFrame]));
      await one.loadURL(`${origin}/to?${encodeURIComponent(`${origin}/there`)}`);
      assert.deepEqual(told, [[`${origin}/there`, true]]);
      assert.equal(one.webContents.getURL(), `${origin}/there`);
      one.destroy();
    },
    'each redirect of several is told of': async () => {
      const origin = await serveLoopback();
      const second = `${origin}/to?${encodeURIComponent(`${origin}/third`)}`;
      const one = openWindow({ webPreferences: { partition: 'conformance-redirect' } });
      const told: string[] = [];
      one.webContents.on('will-redirect', ({ url }) => told.push(url));
      await one.loadURL(`${origin}/to?${encodeURIComponent(second)}`);
      assert.deepEqual(told, [second, `${origin}/third`]);
      one.destroy();
    },
    'a redirect that main refuses is not followed, and the loading is aborted': async () => {
      const origin = await serveLoopback();
      const one = openWindow({ webPreferences: { partition: 'conformance-redirect' } });
      one.webContents.on('will-redirect', (event) => event.preventDefault());
      asked.delete('/never');
      const { code, errno } = await rejectionOf(
        one.loadURL(`${origin}/to?${encodeURIComponent(`${origin}/never`)}`),
      );
      assert.deepEqual({ code, errno }, { code: 'ERR_ABORTED', errno: -3 });
      assert.equal(asked.has('/never'), false);
      one.destroy();
    },
  }),
  ...of('docs/api/session.md', {
    'a partition’s name gives the same session each time': () => {
      assert.equal(isolated('same'), isolated('same'));
      assert.notEqual(isolated('same'), isolated('other'));
    },
    'a session without "persist:" is not kept': () => {
      assert.equal(isolated('same').isPersistent(), false);
    },
    'cookies that main sets go to their server, and are gone when storage is cleared': async () => {
      const origin = await serveLoopback();
      const own = isolated('cookies');
      await own.cookies.set({ url: origin, name: 'session', value: 'token', path: '/', httpOnly: true });
      const one = openWindow({ webPreferences: { session: own } });
      await one.loadURL(`${origin}/first`);
      assert.equal(asked.get('/first')?.headers.cookie, 'session=token');
      await own.clearStorageData();
      await one.loadURL(`${origin}/second`);
      assert.equal(asked.get('/second')?.headers.cookie, undefined);
      one.destroy();
    },
    'the handler of permissions is asked': async () => {
      const one = openWindow({ webPreferences: { partition: 'conformance-permissions' } });
      const wanted: string[] = [];
      one.webContents.session.setPermissionRequestHandler((_contents, permission, answer) => {
        wanted.push(permission);
        answer(false);
      });
      await one.loadURL(home);
      await one.webContents.executeJavaScript(
        'new Promise((done) => navigator.geolocation.getCurrentPosition(done, () => done(1)))',
        true,
      );
      assert.deepEqual(wanted, ['geolocation']);
      one.destroy();
    },
    'a download is told of before it begins, and can be refused': async () => {
      const origin = await serveLoopback();
      const own = isolated('downloads');
      let wanted = 0;
      own.on('will-download', (event) => {
        event.preventDefault();
        wanted += 1;
      });
      const one = openWindow({ webPreferences: { session: own } });
      await one.loadURL(`${origin}/page`);
      await one.webContents.executeJavaScript(`void (location.href = '/file')`, true);
      await until(() => wanted === 1);
      one.destroy();
    },
  }),
  ...of('docs/api/web-request.md', {
    'headers that main adds go to the addresses of its filter only': async () => {
      const [origin, other] = [await serveLoopback(), await serveLoopback()];
      const own = isolated('headers');
      own.webRequest.onBeforeSendHeaders({ urls: [`${origin}/*`] }, ({ requestHeaders }, answer) =>
        answer({ requestHeaders: { ...requestHeaders, 'x-word': 'ours' } }),
      );
      const one = openWindow({ webPreferences: { session: own } });
      await one.loadURL(`${origin}/with`);
      await one.loadURL(`${other}/without`);
      assert.equal(asked.get('/with')?.headers['x-word'], 'ours');
      assert.equal(asked.get('/without')?.headers['x-word'], undefined);
      own.webRequest.onBeforeSendHeaders(null);
      await one.loadURL(`${origin}/after`);
      assert.equal(asked.get('/after')?.headers['x-word'], undefined);
      one.destroy();
    },
    'a request that main cancels does not leave': async () => {
      const origin = await serveLoopback();
      const own = isolated('cancelled');
      own.webRequest.onBeforeRequest((_details, answer) => answer({ cancel: true }));
      const one = openWindow({ webPreferences: { session: own } });
      const { code } = await rejectionOf(one.loadURL(`${origin}/cancelled`));
      assert.equal(code, 'ERR_BLOCKED_BY_CLIENT');
      assert.equal(asked.has('/cancelled'), false);
      one.destroy();
    },
  }),
];
