import { EventEmitter } from 'node:events';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test, vi } from 'vitest';
import { fromOurPage } from '../../main/platform/ipc-gate.ts';
import { contentSecurityPolicy, serveScheme } from '../../main/platform/scheme.ts';
import { confineEverything, confineSession, letRoam, mayOpenOutside } from '../../main/platform/security.ts';
import { createWindow } from '../../main/platform/window.ts';
import { dataFolder } from '../e2e/harness.ts';

/** What the desktop rooms tell Electron, which a stand-in that is safe anyway would hide. */
const told = vi.hoisted(() => ({
  windows: [] as Record<string, unknown>[],
  served: null as null | ((request: Request) => Promise<Response>),
  listeners: new Map<string, (...args: unknown[]) => void>(),
  opened: [] as string[],
}));

vi.mock('electron', async () => {
  const { EventEmitter: Emitter } = await import('node:events');
  class BrowserWindow extends Emitter {
    webContents = Object.assign(new Emitter(), { id: 1, setWebRTCIPHandlingPolicy() {} });
    constructor(options: Record<string, unknown>) {
      super();
      told.windows.push(options);
    }
    async loadURL() {}
  }
  return {
    BrowserWindow,
    nativeTheme: { shouldUseDarkColors: false },
    screen: { getAllDisplays: () => [] },
    ipcMain: {},
    app: { on: (name: string, hear: () => void) => told.listeners.set(name, hear) },
    protocol: {
      registerSchemesAsPrivileged: () => {},
      handle: (_scheme: string, serve: typeof told.served) => {
        told.served = serve;
      },
    },
    shell: { openExternal: async (address: string) => told.opened.push(address) },
  };
});

class Contents extends EventEmitter {
  id: number;
  openHandler: (details: { url: string }) => { action: string } = () => ({ action: 'allow' });
  constructor(id: number) {
    super();
    this.id = id;
  }
  setWindowOpenHandler(handler: Contents['openHandler']) {
    this.openHandler = handler;
  }
  /** Whether the page may go there. */
  goes(url: string): boolean {
    let prevented = false;
    this.emit('will-navigate', { url, preventDefault: () => (prevented = true) });
    return !prevented;
  }
}

beforeEach(() => {
  told.windows.length = 0;
  told.opened.length = 0;
});

test('the window: isolated, sandboxed, without Node', () => {
  createWindow({
    preload: '/preload.cjs',
    icon: null,
    place: { width: 1, height: 1 },
    keepPlace: () => {},
    onClose: () => true,
    onSessionEnd: () => {},
    onPageLost: () => {},
  });
  const web = told.windows[0]?.webPreferences as Record<string, unknown>;
  expect(web).toMatchObject({
    contextIsolation: true,
    sandbox: true,
    nodeIntegration: false,
    webSecurity: true,
  });
  const known = ['preload', 'contextIsolation', 'sandbox', 'nodeIntegration', 'webSecurity', 'spellcheck'];
  expect(Object.keys(web).filter((name) => !known.includes(name))).toEqual([]);
});

test('the policy: everything starts from nothing, and only our own files are let in', () => {
  const parts = new Map(
    contentSecurityPolicy.split('; ').map((part) => [part.split(' ')[0], part.split(' ').slice(1)]),
  );
  expect([...parts.keys()][0]).toBe('default-src');
  expect(parts.get('default-src')).toEqual(["'none'"]);
  for (const name of ['base-uri', 'form-action', 'frame-ancestors', 'object-src'])
    expect(parts.get(name), name).toEqual(["'none'"]);
  expect(parts.get('script-src')).toEqual(["'self'"]);
  expect(parts.get('require-trusted-types-for')).toEqual(["'script'"]);
  expect(contentSecurityPolicy).not.toMatch(/unsafe|https?:|\*|blob:|wss?:/);
});

test('the scheme: our files with the policy, nothing beside them', async () => {
  const folder = join(dataFolder(), 'renderer');
  mkdirSync(folder);
  writeFileSync(join(folder, 'index.html'), 'page');
  writeFileSync(join(folder, 'secret.txt'), 'not a kind that is served');
  writeFileSync(join(folder, '..', 'outside.html'), 'outside');
  serveScheme(folder);
  const get = (url: string) => told.served!(new Request(url));
  const page = await get('app://gatehouse/index.html');
  expect(page.status).toBe(200);
  expect(await page.text()).toBe('page');
  expect(page.headers.get('content-security-policy')).toBe(contentSecurityPolicy);
  expect(page.headers.get('x-content-type-options')).toBe('nosniff');
  const refused = [
    'app://gatehouse/..%2Foutside.html',
    'app://gatehouse/%2e%2e/outside.html',
    'app://gatehouse/..%5Coutside.html',
    'app://elsewhere/index.html',
    'app://gatehouse/secret.txt',
    'app://gatehouse/',
    'app://gatehouse/missing.html',
  ];
  for (const url of refused) expect((await get(url)).status, url).toBe(404);
});

test('permissions: every request and every check is answered with no', () => {
  const handlers: { request?: (...args: unknown[]) => void; check?: (...args: unknown[]) => boolean } = {};
  const session = {
    setPermissionRequestHandler: (handler: typeof handlers.request) => {
      handlers.request = handler;
    },
    setPermissionCheckHandler: (handler: typeof handlers.check) => {
      handlers.check = handler;
    },
    on: () => {},
  };
  confineSession(session as unknown as Parameters<typeof confineSession>[0], () => {});
  const answers: unknown[] = [];
  for (const name of ['media', 'geolocation', 'notifications', 'clipboard-read', 'openExternal', 'hid'])
    handlers.request?.({}, name, (granted: unknown) => answers.push(granted), {
      isMainFrame: true,
      requestingUrl: 'https://panel.example/',
    });
  expect(answers).toEqual([false, false, false, false, false, false]);
  expect(handlers.check?.({}, 'media', 'https://panel.example', { isMainFrame: true })).toBe(false);
});

test('pages: each stays where it belongs, opens nothing, attaches nothing', () => {
  confineEverything();
  const ours = new Contents(1);
  const practice = new Contents(2);
  for (const contents of [ours, practice]) told.listeners.get('web-contents-created')?.({}, contents);
  letRoam(practice as unknown as Parameters<typeof letRoam>[0], 'http://127.0.0.1:4000');

  expect(ours.goes('app://gatehouse/index.html')).toBe(true);
  for (const url of [
    'https://panel.example/',
    'app://gatehouse.evil/',
    'file:///etc/passwd',
    'about:blank',
    'data:text/html,x',
  ])
    expect(ours.goes(url), url).toBe(false);
  expect(practice.goes('http://127.0.0.1:4000/inbox')).toBe(true);
  for (const url of ['http://127.0.0.1:4001/', 'https://127.0.0.1:4000/', 'app://gatehouse/index.html'])
    expect(practice.goes(url), url).toBe(false);

  let attached = true;
  ours.emit('will-attach-webview', { preventDefault: () => (attached = false) });
  expect(attached).toBe(false);
  expect(ours.openHandler({ url: 'https://evil.example/' })).toEqual({ action: 'deny' });
  const asks = (contents: Contents) =>
    expect(contents.openHandler({ url: 'https://apidocs.enhance.com/' })).toEqual({ action: 'deny' });
  asks(ours);
  expect(told.opened).toEqual([]);
  for (const contents of [ours, practice]) {
    contents.emit('input-event', {}, { type: 'mouseUp' });
    for (let again = 0; again < 20; again += 1) asks(contents);
  }
  expect(told.opened).toEqual(['https://apidocs.enhance.com/']);
});

test('the person’s browser: https to known hosts only', () => {
  expect(mayOpenOutside('https://apidocs.enhance.com/#operation/verify2FA')).toBe(true);
  const refused = [
    'http://apidocs.enhance.com/',
    'https://apidocs.enhance.com@evil.example/',
    'https://amir@apidocs.enhance.com/',
    'https://enhance.com.evil.example/',
    'https://evil.example/enhance.com',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'not an address',
  ];
  for (const address of refused) expect(mayOpenOutside(address), address).toBe(false);
});

test('the fuses of the packed app', () => {
  const text = readFileSync(join(import.meta.dirname, '../../electron-builder.yml'), 'utf8');
  const block = text.split(/^electronFuses:\n/m)[1]?.split(/^\S/m)[0] ?? '';
  const fuses = Object.fromEntries(
    [...block.matchAll(/^ {2}(\w+): (\w+)$/gm)].map(([, name, value]) => [name, value]),
  );
  expect(fuses).toEqual({
    runAsNode: 'false',
    enableCookieEncryption: 'true',
    enableNodeOptionsEnvironmentVariable: 'false',
    enableNodeCliInspectArguments: 'false',
    enableEmbeddedAsarIntegrityValidation: 'true',
    onlyLoadAppFromAsar: 'true',
    loadBrowserProcessSpecificV8Snapshot: 'false',
    grantFileProtocolExtraPrivileges: 'false',
    resetAdHocDarwinSignature: 'true',
  });
  expect(text).toMatch(/^asar: true$/m);
});

test('a sender that is gone, or whose address only begins like ours, is nobody', () => {
  const frame = (url: string) => ({ url, parent: null }) as Parameters<typeof fromOurPage>[0];
  expect(fromOurPage(frame('app://gatehouse/index.html'))).toBe(true);
  expect(fromOurPage(null)).toBe(false);
  for (const url of [
    '',
    'about:blank',
    'app://gatehouse.evil/index.html',
    'app://gatehouse',
    'file:///index.html',
  ])
    expect(fromOurPage(frame(url)), url).toBe(false);
});
