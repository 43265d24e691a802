import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Result } from '#contract/failure.ts';
import type { Prompt, Snapshot } from '#contract/shapes.ts';
import type { Platform } from '../../../main/core.ts';
import { emit } from './fake-electron.ts';

/* main/index.ts itself, on a desktop that keeps what it is told; the core behind it is the real one, on SQLite. */

/** As electron-store: a file that is not JSON is thrown about. */
class Store {
  values: Record<string, unknown>;
  constructor({ defaults }: { defaults: Record<string, unknown> }) {
    const file = join(desktop.folder, 'settings.json');
    this.values = { ...defaults, ...(existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {}) };
  }
  get(name: string) {
    return this.values[name];
  }
  set(name: string, value: unknown) {
    this.values[name] = value;
  }
}

const secret = 'tok-c01dbeef';
const passphrase = 'a quiet gatehouse by the river';
/** Main's own, as each start has modules of its own. */
let fake: typeof import('./fake-electron.ts');
let desktop: typeof fake.desktop;
let folder: string;
let before: unknown[];
let exitsBefore: NodeJS.ExitListener[];
const caught = ['unhandledRejection', 'uncaughtException'];

beforeEach(async () => {
  vi.resetModules();
  fake = await import('./fake-electron.ts');
  ({ desktop } = fake);
  vi.doMock('electron', () => fake);
  vi.doMock('electron-store', () => ({ default: Store }));
  before = caught.flatMap((name) => process.rawListeners(name));
  exitsBefore = process.listeners('exit');
  folder = mkdtempSync(join(tmpdir(), 'gatehouse-start-'));
  desktop.folder = join(folder, 'data');
});
afterEach(() => {
  for (const name of caught) for (const listener of ours(name)) process.removeListener(name, listener);
  for (const listener of process.listeners('exit'))
    if (!exitsBefore.includes(listener)) process.off('exit', listener);
  vi.doUnmock('../../../main/core.ts');
  rmSync(folder, { recursive: true, force: true });
});

/** The handlers that main has put there. */
const ours = (name: string) =>
  process
    .rawListeners(name)
    .filter((listener) => !before.includes(listener))
    .map((listener) => listener as (error: unknown) => void);

/** Starts main; ends once it answers, or has given up. */
async function start() {
  desktop.ready = Promise.resolve();
  await import('../../../main/index.ts');
  await vi.waitFor(() => expect(desktop.handlers.size + desktop.exits.length).toBeGreaterThan(0));
  if (desktop.exits.length === 0) await ask('app.active');
}

async function ask<T>(channel: string, input?: unknown): Promise<Result<T>> {
  const frame = { url: 'app://gatehouse/index.html', parent: null };
  const handler = [...desktop.handlers.values()][0] as (...args: unknown[]) => Promise<Result<T>>;
  return handler({ senderFrame: frame }, channel, input);
}

const written = () =>
  vi.waitFor(() => {
    const text = readFileSync(join(desktop.folder, 'logs/gatehouse.log'), 'utf8');
    expect(text).toContain('bug');
    return text;
  });

test('the window is asked for before the core is built, and what its page asks for meanwhile waits', async () => {
  desktop.begins = false;
  desktop.ready = Promise.resolve();
  const made = vi.fn();
  const real = await vi.importActual<typeof import('../../../main/core.ts')>('../../../main/core.ts');
  vi.doMock('../../../main/core.ts', () => ({
    createCore(platform: Platform) {
      made();
      return real.createCore(platform);
    },
  }));
  await import('../../../main/index.ts');
  await vi.waitFor(() => expect(desktop.handlers.size).toBe(1));
  const snapshot = ask<Snapshot>('state.snapshot');
  const { loaded, webContents } = desktop.windows[0]!;
  expect(loaded).toEqual(['app://gatehouse/index.html']);
  expect(made).not.toHaveBeenCalled();
  webContents.emit('did-start-navigation', {});
  expect(await snapshot).toMatchObject({ value: { vault: { state: 'new' } } });
});

test('a start that asks for something while the core is built gets it', async () => {
  const ended: string[] = [];
  const real = await vi.importActual<typeof import('../../../main/core.ts')>('../../../main/core.ts');
  vi.doMock('../../../main/core.ts', () => ({
    createCore(platform: Platform) {
      const core = real.createCore(platform);
      const endEverywhere = (actor: string) => {
        ended.push(actor);
        return null;
      };
      return { ...core, receipts: { ...core.receipts, endEverywhere } };
    },
  }));
  desktop.begins = false;
  desktop.ready = Promise.resolve();
  await import('../../../main/index.ts');
  await vi.waitFor(() => expect(desktop.handlers.size).toBe(1));
  fake.app.emit('second-instance', {}, ['gatehouse', '--sign-out-everywhere']);
  desktop.windows[0]!.webContents.emit('did-start-navigation', {});
  await vi.waitFor(() => expect(ended).toEqual(['tray']));
});

test('the core is built also where the browser never says that it begins', async () => {
  desktop.begins = false;
  await start();
  expect(await ask('state.snapshot')).toMatchObject({ ok: true });
});

test('every process is sandboxed before the app is ready', async () => {
  await start();
  expect(desktop.told.indexOf('enableSandbox')).toBeGreaterThanOrEqual(0);
  expect(desktop.told.indexOf('enableSandbox')).toBeLessThan(desktop.told.indexOf('ready'));
});

test('where the whole program runs without a sandbox, none is asked for, which would end every page', async () => {
  desktop.switches.push('no-sandbox');
  await start();
  expect(desktop.told).not.toContain('enableSandbox');
});

test('has its own menu and no other, also where the core can’t be opened', async () => {
  vi.doMock('../../../main/core.ts', () => ({
    createCore() {
      throw new Error('no core');
    },
  }));
  await start();
  const roles = JSON.stringify(desktop.menu);
  for (const role of ['close', 'zoomIn', 'zoomOut', 'togglefullscreen', 'editMenu'])
    expect(roles).toContain(`"${role}"`);
  expect(roles).not.toMatch(/reload|toggleDevTools|viewMenu/i);
});

test('keeps Chromium’s profile apart, with the key that an earlier version’s keyring was opened by', async () => {
  mkdirSync(desktop.folder, { recursive: true });
  writeFileSync(join(desktop.folder, 'Local State'), 'the key');
  await start();
  const profile = join(desktop.folder, 'browser');
  expect(desktop.folders).toEqual({ sessionData: profile });
  expect(readFileSync(join(profile, 'Local State'), 'utf8')).toBe('the key');
  expect(readFileSync(join(desktop.folder, 'Local State'), 'utf8')).toBe('the key');
});

test('does not take the place of a key that the profile has already', async () => {
  mkdirSync(join(desktop.folder, 'browser'), { recursive: true });
  writeFileSync(join(desktop.folder, 'Local State'), 'an old key');
  writeFileSync(join(desktop.folder, 'browser', 'Local State'), 'the key');
  await start();
  expect(readFileSync(join(desktop.folder, 'browser', 'Local State'), 'utf8')).toBe('the key');
});

test('tells the window nothing before its page asks for the snapshot', async () => {
  await start();
  const { webContents } = desktop.windows[0]!;
  await ask('vault.create', { passphrase, recovery: false });
  await new Promise((done) => setTimeout(done, 100));
  expect(webContents.sent).toEqual([]);
  await ask('state.snapshot');
  await ask('vault.lock');
  await vi.waitFor(() => expect(webContents.sent.length).toBeGreaterThan(0));
});

test('a place that can’t be one is not taken from the settings, and the window opens', async () => {
  mkdirSync(desktop.folder, { recursive: true });
  writeFileSync(join(desktop.folder, 'settings.json'), '{"window":{"width":"wide","height":-3,"x":{}}}');
  await start();
  expect(desktop.windows[0]!.options).toMatchObject({ width: 1280, height: 800 });
});

test('a window that the person closes while it quits does not keep it from ending', async () => {
  await start();
  emit(fake.app, 'before-quit');
  expect(desktop.windows[0]!.close()).toBe(false);
  await vi.waitFor(() => expect(desktop.told).toContain('quit'));
});

test('Windows ends the session: what the settings order is written in that turn', async () => {
  let platform: Platform | null = null;
  const ended: string[] = [];
  const real = await vi.importActual<typeof import('../../../main/core.ts')>('../../../main/core.ts');
  vi.doMock('../../../main/core.ts', () => ({
    createCore(given: Platform) {
      platform = given;
      const core = real.createCore(given);
      return {
        ...core,
        receipts: {
          ...core.receipts,
          endEverywhere: (actor: 'window') => {
            ended.push('orders');
            return core.receipts.endEverywhere(actor);
          },
        },
        close: (ms: number) => {
          ended.push('closed');
          return core.close(ms);
        },
      };
    },
  }));
  await start();
  platform!.settings.change({ onQuit: 'end-all' });
  desktop.windows[0]!.emit('session-end');
  expect(ended).toEqual(['orders', 'closed']);
  expect(emit(fake.app, 'before-quit')).toBe(false);
});

test.each([
  ['no tray is drawn', 'exit 1', 1],
  ['a tray is drawn', 'echo "   boolean true"', 0],
])('the first close says that Gatehouse goes on where %s, and only once', async (_where, watcher, asked) => {
  vi.spyOn(process, 'platform', 'get').mockReturnValue('linux');
  writeFileSync(join(folder, 'dbus-send'), `#!/bin/sh\n${watcher}\n`, { mode: 0o755 });
  vi.stubEnv('PATH', folder);
  await start();
  vi.restoreAllMocks();
  const close = async () => {
    expect(desktop.windows[0]!.close()).toBe(true);
    await new Promise((done) => setTimeout(done, 300));
  };
  await close();
  expect(desktop.asked).toHaveLength(asked);
  await close();
  vi.unstubAllEnvs();
  expect(desktop.asked).toHaveLength(asked);
});

test('who would rather quit then is asked as at every other end', async () => {
  vi.spyOn(process, 'platform', 'get').mockReturnValue('linux');
  vi.stubEnv('PATH', folder);
  await start();
  vi.restoreAllMocks();
  desktop.answer = 1;
  desktop.windows[0]!.close();
  await vi.waitFor(() => expect(desktop.told).toContain('quit'));
  vi.unstubAllEnvs();
});

test('the app’s scheme has no right beside its own policy', async () => {
  await start();
  const told = desktop.told.find((word) => word.startsWith('schemes '))!;
  expect(JSON.parse(told.slice('schemes '.length))).toEqual([
    {
      scheme: 'app',
      privileges: { standard: true, secure: true, supportFetchAPI: false, codeCache: true },
    },
  ]);
});

test('the window’s session grants nothing, downloads nothing and reaches no network', async () => {
  await start();
  const own = desktop.sessions.get('')!;
  for (const name of ['media', 'geolocation', 'notifications', 'openExternal'])
    expect(own.grants(name), name).toEqual([false, false]);
  expect(emit(own, 'will-download', {}, {})).toBe(true);
  const goes = (url: string) => {
    let cancelled: boolean | null = null;
    own.before?.({ url }, ({ cancel }) => {
      cancelled = cancel;
    });
    return cancelled === false;
  };
  expect(goes('app://gatehouse/index.html')).toBe(true);
  for (const url of ['https://evil.example/', 'wss://evil.example/', 'http://127.0.0.1:1/', 'app://evil/'])
    expect(goes(url), url).toBe(false);
  expect(own.proxy).toEqual({
    mode: 'fixed_servers',
    proxyRules: 'socks5://127.0.0.1:1',
    proxyBypassRules: '<-loopback>',
  });
  expect(desktop.windows[0]!.webContents.webRtc).toBe('disable_non_proxied_udp');
});

test('an error of the core that nobody expected is told in the window, without its text', async () => {
  vi.doMock('../../../main/core.ts', () => ({
    createCore() {
      throw new TypeError(`it fell over https://panel.example/?token=${secret}`);
    },
  }));
  await start();
  const answer = await ask<Snapshot>('state.snapshot');
  expect(answer).toMatchObject({
    ok: true,
    value: { vault: { state: 'broken' }, appInfo: { storeFailure: { kind: 'internal' } } },
  });
  expect(await ask('vault.unlock', { passphrase: null })).toMatchObject({ ok: false });
  expect(JSON.stringify(answer)).not.toContain(secret);
  const log = await written();
  expect(log).toContain('"error":"TypeError"');
  expect(log).not.toContain(secret);
  expect(desktop.exits).toEqual([]);
});

test('a tray that can’t be made is told in the window as well', async () => {
  vi.spyOn(fake.Tray.prototype, 'on').mockImplementation(() => {
    throw new Error('no tray here');
  });
  await start();
  vi.restoreAllMocks();
  expect(await ask<Snapshot>('state.snapshot')).toMatchObject({ value: { vault: { state: 'broken' } } });
});

test('without a data folder it says so in a box and ends', async () => {
  writeFileSync(desktop.folder, 'a file where the folder should be');
  await start();
  expect(desktop.exits).toEqual([1]);
  expect(desktop.boxes).toEqual([expect.stringMatching(/^Gatehouse can’t start\n.*Nothing was deleted/)]);
});

test('settings that can’t be read are kept aside, and it starts with the usual ones', async () => {
  mkdirSync(desktop.folder, { recursive: true });
  writeFileSync(join(desktop.folder, 'settings.json'), '{ broken');
  await start();
  expect(existsSync(join(desktop.folder, 'settings.json.damaged'))).toBe(true);
  expect(desktop.asked).toEqual([
    expect.stringContaining(`kept as ${join(desktop.folder, 'settings.json.damaged')}`),
  ]);
  expect(await ask<Snapshot>('state.snapshot')).toMatchObject({
    value: { settings: { consolesOnLock: 'hide' } },
  });
});

test('what nobody caught is written down cleaned, and ends nothing', async () => {
  await start();
  const printed = vi.spyOn(console, 'error').mockImplementation(() => {});
  for (const name of caught) {
    expect(ours(name)).toHaveLength(1);
    for (const listener of ours(name))
      listener(new Error(`ERR_FAILED (-2) loading 'https://panel.example/sso?token=${secret}'`));
  }
  const log = await written();
  expect(log).toContain('"channel":"unexpected"');
  expect(log).toContain('test/main/platform/start.test.ts');
  expect(log).not.toContain(secret);
  expect(printed).not.toHaveBeenCalled();
  printed.mockRestore();
});

test('a lock takes down what names accounts: consoles, notifications, clipboard, tray', async () => {
  await start();
  expect(
    await ask('vault.create', { passphrase: 'a quiet gatehouse by the river', recovery: false }),
  ).toMatchObject({
    ok: true,
  });
  const { copyForAWhile } = await import('../../../main/platform/clipboard.ts');
  const { notify } = await import('../../../main/platform/notifications.ts');
  copyForAWhile('KOYEB_TOKEN=secret');
  notify('Northwind is waiting for you', '', () => {});
  expect(desktop.notifications.at(-1)?.open).toBe(true);
  expect(await ask('vault.lock')).toMatchObject({ ok: true });
  expect(desktop.tray?.toolTip).toBe('Gatehouse: Locked · No open sessions');
  expect(desktop.notifications.at(-1)?.open).toBe(false);
  await vi.waitFor(() => expect(desktop.clipboard).toBe(''));
});

test('a notification names the account, and nobody while it is locked', async () => {
  let platform: Platform | null = null;
  const real = await vi.importActual<typeof import('../../../main/core.ts')>('../../../main/core.ts');
  vi.doMock('../../../main/core.ts', () => ({
    createCore(given: Platform) {
      platform = given;
      return real.createCore(given);
    },
  }));
  await start();
  await ask('vault.create', { passphrase: 'a quiet gatehouse by the river', recovery: false });
  const values = {
    baseUrl: 'https://panel.example/api',
    way: 'password',
    email: 'a@b.example',
    password: 'x',
  };
  const account = { vendor: 'enhance', label: 'Northwind', values, realm: null, tags: [], colour: 'teal' };
  const added = await ask<{ id: string }>('accounts.add', account);
  expect(added).toMatchObject({ ok: true });
  const accountId = added.ok ? added.value.id : '';
  const told = () => desktop.notifications.splice(0).map(({ title, body }) => `${title} ${body}`);
  const tell = async () => {
    platform!.onPrompt({ accountId } as Prompt);
    platform!.onExpiring(['gone']);
    platform!.onExpiring(['gone', 'gone too']);
    // Prompts are gathered for a moment.
    await vi.waitFor(() => expect(desktop.notifications).toHaveLength(3));
    return told();
  };
  expect((await tell()).at(-1)).toMatch(/^Northwind is waiting for you/);
  await ask('vault.lock');
  expect(await tell()).toEqual([
    'A session runs out soon ',
    '2 sessions run out soon ',
    'An account is waiting for you Open Gatehouse to answer.',
  ]);
});

test('keys of the whole desktop are taken only from who gives them, and given back', async () => {
  await start();
  expect(desktop.keys.size).toBe(0);
  await ask('settings.change', { signOutShortcut: true });
  expect([...desktop.keys.keys()]).toEqual(['CommandOrControl+Alt+Shift+O']);
  await ask('vault.create', { passphrase, recovery: false });
  expect(await ask<Snapshot>('state.snapshot')).toMatchObject({
    value: { appInfo: { signOutShortcut: 'on' }, settings: { signOutShortcut: true } },
  });
  await ask('settings.change', { signOutShortcut: false });
  expect(desktop.keys.size).toBe(0);
});

test('a second start does what it asks for, or shows the window', async () => {
  await start();
  const window = desktop.windows[0]!;
  window.hide();
  await ask('vault.create', { passphrase, recovery: false });
  fake.app.emit('second-instance', {}, ['gatehouse', '--lock']);
  expect(desktop.tray?.toolTip).toBe('Gatehouse: Locked · No open sessions');
  expect(window.visible).toBe(false);
  fake.app.emit('second-instance', {}, ['gatehouse']);
  expect(window.visible).toBe(true);
});

test('a lock that the desktop asks for without a passphrase to open it again is refused in words', async () => {
  desktop.keyring.mark = 'v11';
  await start();
  expect(await ask('vault.create', { passphrase: null, recovery: false })).toMatchObject({ ok: true });
  fake.app.emit('second-instance', {}, ['gatehouse', '--lock']);
  expect(desktop.asked).toEqual([expect.stringMatching(/no passphrase.*\nSet a passphrase/)]);
});

test('a start that asks to sign out everywhere orders it, and the icon has the number of those who wait', async () => {
  const ended: string[] = [];
  const real = await vi.importActual<typeof import('../../../main/core.ts')>('../../../main/core.ts');
  vi.doMock('../../../main/core.ts', () => ({
    createCore(given: Platform) {
      const core = real.createCore(given);
      const endEverywhere = (actor: string) => {
        ended.push(actor);
        return null;
      };
      const views = () => [{ state: 'waiting' }, { state: 'waiting' }, { state: 'active' }];
      return {
        ...core,
        receipts: { ...core.receipts, endEverywhere },
        sessions: { ...core.sessions, views },
      };
    },
  }));
  const argv = process.argv;
  process.argv = [...argv, '--sign-out-everywhere'];
  vi.spyOn(process, 'platform', 'get').mockReturnValue('linux');
  try {
    await start();
  } finally {
    process.argv = argv;
  }
  expect(ended).toEqual(['tray']);
  await vi.waitFor(() => expect(desktop.told).toContain('badge 2'));
  vi.restoreAllMocks();
});

test('quitting takes the secret off the clipboard before it ends', async () => {
  await start();
  const { copyForAWhile } = await import('../../../main/platform/clipboard.ts');
  copyForAWhile('KOYEB_TOKEN=secret');
  expect(emit(fake.app, 'before-quit')).toBe(true);
  await vi.waitFor(() => expect(desktop.told).toContain('quit'));
  expect(desktop.clipboard).toBe('');
});
