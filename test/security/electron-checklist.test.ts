import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { createConsoles } from '../../main/platform/consoles.ts';
import { fromOurPage, openGate } from '../../main/platform/ipc-gate.ts';
import { createPracticePages } from '../../main/platform/practice-windows.ts';
import { appOrigin, contentSecurityPolicy, registerScheme } from '../../main/platform/scheme.ts';
import { confineEverything, confineSession, cutOff } from '../../main/platform/security.ts';
import { createSignInPages } from '../../main/platform/sign-in-pages.ts';
import { createWindow } from '../../main/platform/window.ts';
import {
  app,
  type BrowserWindow,
  desktop,
  emit,
  type FakeSession,
  reset,
  session,
} from '../main/platform/fake-electron.ts';

/*
 * The twenty points of Electron's security checklist, by its numbers, over every window that Gatehouse opens: its own, a
 * vendor's console, a page of the practice servers and one to sign in on. What the pages then can't do is tried in page.test.ts.
 */

vi.mock('electron', () => import('../main/platform/fake-electron.ts'));

const root = join(import.meta.dirname, '../..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const handOver = { url: 'https://panel.example/', cookies: [], headers: {} };

let own: BrowserWindow;
let vendors: BrowserWindow;
let practice: BrowserWindow;
let signIn: BrowserWindow;
let every: [string, BrowserWindow][];

beforeEach(async () => {
  reset();
  confineEverything();
  confineSession(session.defaultSession as never, () => {});
  await cutOff(session.defaultSession as never);
  createWindow({
    preload: '/preload.cjs',
    icon: null,
    place: { width: 1, height: 1 },
    keepPlace: () => {},
    onClose: () => true,
    onSessionEnd: () => {},
    onPageLost: () => {},
  });
  await createConsoles({ onDownload: () => {}, setProxy: async () => {}, authorities: () => [] }).open({
    sessionId: 's1',
    title: 'Panel',
    handOver,
    own: true,
  });
  await createPracticePages({ onDownload: () => {} }).open('http://127.0.0.1:4000/inbox', 'Inbox');
  void createSignInPages({ onDownload: () => {}, setProxy: async () => {}, authorities: () => [] }).show({
    ...{ title: 'Harbour ID', url: 'https://panel.example/go', signal: new AbortController().signal },
  });
  [own, vendors, practice, signIn] = desktop.windows as [
    BrowserWindow,
    BrowserWindow,
    BrowserWindow,
    BrowserWindow,
  ];
  every = [
    ['our window', own],
    ['a console', vendors],
    ['a practice page', practice],
    ['a page to sign in on', signIn],
  ];
});

/** Every line of main's and the preload's own code. */
const sources = globSync('{main,preload}/**/*.ts', { cwd: root }).map((path) => ({ path, text: read(path) }));
const saying = (word: RegExp) => sources.filter(({ text }) => word.test(text)).map(({ path }) => path);

test('sees every window that main opens', () => {
  expect(desktop.windows).toHaveLength(4);
  expect(saying(/new (BrowserWindow|BaseWindow|WebContentsView|BrowserView)\(/).toSorted()).toEqual([
    'main/platform/consoles.ts',
    'main/platform/practice-windows.ts',
    'main/platform/sign-in-pages.ts',
    'main/platform/window.ts',
  ]);
});

describe('Electron’s checklist', () => {
  test('1. only secure content: our own files, https, or this computer', async () => {
    expect(own.loaded).toEqual([`${appOrigin}/index.html`]);
    expect(read('renderer/index.html')).not.toMatch(/(src|href)="(https?:)?\/\//);
    const consoles = createConsoles({
      onDownload: () => {},
      setProxy: async () => {},
      authorities: () => [],
    });
    const open = (url: string) =>
      consoles.open({ sessionId: url, title: '', handOver: { ...handOver, url }, own: true });
    await expect(open('http://panel.example/')).rejects.toMatchObject({ failure: { kind: 'wrong-place' } });
    await open('http://127.0.0.1:4000/');
  });

  test('2. no Node in any page', () => {
    for (const [name, { web }] of every) {
      expect(web.nodeIntegration, name).toBe(false);
      for (const option of ['nodeIntegrationInWorker', 'nodeIntegrationInSubFrames'])
        expect(web, name).not.toHaveProperty(option);
    }
  });

  test('3. contexts are isolated', () => {
    for (const [name, { web }] of every) expect(web.contextIsolation, name).toBe(true);
  });

  test('4. pages are sandboxed: each window, and all of them from the start', () => {
    for (const [name, { web }] of every) expect(web.sandbox, name).toBe(true);
    // That it comes before the app is ready is tried in start.test.ts.
    expect(read('main/index.ts')).toMatch(/app\.enableSandbox\(\);/);
  });

  test('5. every permission is refused in every session', () => {
    expect(desktop.sessions.size).toBe(4);
    for (const [partition, one] of desktop.sessions)
      for (const name of [
        'media',
        'geolocation',
        'notifications',
        'clipboard-read',
        'openExternal',
        'usb',
        'hid',
      ])
        expect(one.grants(name), `${name} in '${partition}'`).toEqual([false, false]);
  });

  test('6. the web’s own security is on', () => {
    for (const [name, { web }] of every) expect(web.webSecurity, name).toBe(true);
  });

  test('7. a content security policy that begins with nothing, and no scheme passes it by', () => {
    expect(contentSecurityPolicy).toMatch(/^default-src 'none'; script-src 'self';/);
    expect(contentSecurityPolicy).not.toMatch(/unsafe|https?:|\*|blob:|wss?:/);
    registerScheme();
    const schemes = JSON.parse(desktop.told.find((word) => word.startsWith('schemes '))!.slice(8));
    expect(schemes).toHaveLength(1);
    expect(Object.keys(schemes[0].privileges).toSorted()).toEqual([
      'codeCache',
      'secure',
      'standard',
      'supportFetchAPI',
    ]);
    expect(schemes[0].privileges.supportFetchAPI).toBe(false);
  });

  test('8. 9. 10. no insecure content, no experimental features, no Blink features', () => {
    const known = [
      'preload',
      'session',
      'contextIsolation',
      'sandbox',
      'nodeIntegration',
      'webSecurity',
      'spellcheck',
    ];
    for (const [name, { web }] of every)
      expect(
        Object.keys(web).filter((option) => !known.includes(option)),
        name,
      ).toEqual([]);
    expect(saying(/allowRunningInsecureContent|experimentalFeatures|enableBlinkFeatures/)).toEqual([]);
    expect(saying(/appendSwitch|appendArgument/)).toEqual([]);
  });

  test('11. 12. no webview: none is attached, whatever it asks for', () => {
    for (const [name, { web, webContents }] of every) {
      expect(web, name).not.toHaveProperty('webviewTag');
      expect(emit(webContents, 'will-attach-webview', {}, {}, {}), name).toBe(true);
    }
    expect(saying(/allowpopups|<webview/)).toEqual([]);
  });

  test('13. each page stays where it belongs, also by a redirect and in a frame', () => {
    const home: [BrowserWindow, string][] = [
      [own, `${appOrigin}/index.html`],
      [vendors, 'https://panel.example/home'],
      [practice, 'http://127.0.0.1:4000/inbox'],
    ];
    for (const [{ webContents }, address] of home) {
      for (const [, there] of home) {
        const may = there === address;
        expect(webContents.goes(there), `${address} goes to ${there}`).toBe(may);
        expect(webContents.isRedirected(there), `${address} is sent to ${there}`).toBe(may);
      }
      for (const url of ['https://evil.example/', 'file:///etc/passwd', 'data:text/html,x', 'javascript:1']) {
        expect(webContents.goes(url), url).toBe(false);
        expect(webContents.isRedirected(url), url).toBe(false);
      }
      expect(webContents.frames('http://evil.example/'), address).toBe(false);
    }
    expect(own.webContents.frames('https://panel.example/')).toBe(false);
  });

  test('14. no page opens a window', () => {
    for (const [name, { webContents }] of every)
      for (const url of ['https://panel.example/', 'https://apidocs.enhance.com/', 'about:blank'])
        expect(webContents.openHandler({ url }), name).toEqual({ action: 'deny' });
  });

  test('15. only our own page hands an address to the system, a known one, once a click', () => {
    const url = 'https://apidocs.enhance.com/';
    own.webContents.openHandler({ url });
    for (const [, { webContents }] of every) {
      webContents.click();
      for (const address of ['https://evil.example/', 'file:///etc/passwd', 'smb://apidocs.enhance.com/x'])
        webContents.openHandler({ url: address });
    }
    for (const { webContents } of [vendors, practice]) webContents.openHandler({ url });
    expect(desktop.opened).toEqual([]);
    for (let again = 0; again < 20; again += 1) own.webContents.openHandler({ url });
    expect(desktop.opened).toEqual([url]);
    own.webContents.click();
    own.webContents.openHandler({ url });
    expect(desktop.opened).toEqual([url, url]);
    own.webContents.emit('input-event', {}, { type: 'mouseMove' });
    own.webContents.openHandler({ url });
    expect(desktop.opened).toEqual([url, url]);
    expect(saying(/shell\.openExternal/)).toEqual(['main/platform/security.ts']);
  });

  test('16. the Electron that is installed and packed is the one that package.json asks for', () => {
    const wanted = JSON.parse(read('package.json')).devDependencies.electron as string;
    const installed = JSON.parse(read('node_modules/electron/package.json')).version as string;
    const locked = JSON.parse(read('package-lock.json')).packages['node_modules/electron'].version as string;
    const major = (version: string) => Number(/(\d+)/.exec(version)?.[1]);
    expect(installed).toBe(locked);
    expect(major(installed)).toBe(major(wanted));
    // The oldest that Electron still mends on the day this was written.
    expect(major(installed)).toBeGreaterThanOrEqual(43);
  });

  test('17. a call counts only from the main frame of our own page', async () => {
    openGate(async () => ({ ok: true, value: 'let in' }));
    const [handler] = desktop.handlers.values();
    const from = (url: string, parent: object | null = null) =>
      handler!(...([{ senderFrame: { url, parent } }, 'state.snapshot'] as never[]));
    expect(await from(`${appOrigin}/index.html`)).toMatchObject({ ok: true });
    expect(await from(`${appOrigin}/index.html`, {})).toMatchObject({ ok: false });
    for (const url of ['https://panel.example/', 'app://gatehouse.evil/', 'about:blank', ''])
      expect(await from(url), url).toMatchObject({ ok: false });
    expect(fromOurPage(null)).toBe(false);
    expect(saying(/ipcMain\.(on|once|handle|handleOnce)\(/)).toEqual(['main/platform/ipc-gate.ts']);
  });

  test('18. our files come by a scheme of our own, never by file:', () => {
    expect(saying(/loadFile\(|['"`]file:\/\//)).toEqual([]);
    expect(read('electron-builder.yml')).toMatch(/^ {2}grantFileProtocolExtraPrivileges: false$/m);
  });

  test('19. every fuse is set; packaging.test.ts reads them from the packed program', () => {
    const block =
      read('electron-builder.yml')
        .split(/^electronFuses:\n/m)[1]
        ?.split(/^\S/m)[0] ?? '';
    const fuses = Object.fromEntries(
      [...block.matchAll(/^ {2}(\w+): (\w+)$/gm)].map(([, name, on]) => [name, on]),
    );
    expect(fuses).toMatchObject({
      runAsNode: 'false',
      enableCookieEncryption: 'true',
      enableNodeOptionsEnvironmentVariable: 'false',
      enableNodeCliInspectArguments: 'false',
      enableEmbeddedAsarIntegrityValidation: 'true',
      onlyLoadAppFromAsar: 'true',
      loadBrowserProcessSpecificV8Snapshot: 'false',
    });
  });

  test('20. no page but ours has a preload, and ours hands out three functions', () => {
    expect(own.web.preload).toBe('/preload.cjs');
    for (const { web } of [vendors, practice]) expect(web).not.toHaveProperty('preload');
    expect(saying(/setPreloads|registerPreloadScript/)).toEqual([]);
    expect(read('preload/index.ts')).not.toMatch(/exposeInMainWorld\([^)]*ipcRenderer\s*[,)]/);
  });
});

describe('beside the checklist', () => {
  test('no two kinds of windows share a session, and none but ours has the default one', () => {
    const partitions = [vendors, practice].map(({ web }) => (web.session as FakeSession).partition);
    expect(partitions).toEqual([expect.stringMatching(/^console-/), 'practice']);
    expect(own.web).not.toHaveProperty('session');
    expect(own.web).not.toHaveProperty('partition');
  });

  test('no certificate is believed that Chromium doubts, none is shown, and no password is given', () => {
    const answers: unknown[] = [];
    const answer = (...given: unknown[]) => answers.push(given);
    expect(emit(app, 'certificate-error', {}, {}, 'https://panel.example/', 'net::ERR', {}, answer)).toBe(
      true,
    );
    expect(emit(app, 'select-client-certificate', {}, {}, 'https://panel.example/', [{}], answer)).toBe(true);
    expect(emit(app, 'login', {}, {}, {}, {}, answer)).toBe(true);
    expect(answers).toEqual([[false], [], []]);
  });

  test('no page writes a file or keeps itself open', () => {
    for (const [partition, one] of desktop.sessions)
      expect(emit(one, 'will-download', {}, {}), partition).toBe(true);
    for (const [name, { webContents }] of every)
      expect(emit(webContents, 'will-prevent-unload'), name).toBe(true);
  });
});
