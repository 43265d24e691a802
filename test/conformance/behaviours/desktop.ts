import assert from 'node:assert/strict';
import { join } from 'node:path';
import {
  app,
  ClipboardItem,
  clipboard,
  Menu,
  Notification,
  nativeImage,
  nativeTheme,
  powerMonitor,
  safeStorage,
  screen,
  Tray,
  utilityProcess,
} from 'electron';
import { of } from '../behaviour.ts';
import { folder, rejectionOf, turn, until } from '../world.ts';

const fork = () => utilityProcess.fork(join(folder, 'child.js'), [], { stdio: 'ignore' });

export const desktop = [
  ...of('docs/api/app.md', {
    'it is ready, and says so at once to who asks late': async () => {
      assert.equal(app.isReady(), true);
      await app.whenReady();
    },
    'it is the only one on its data': () => {
      assert.equal(app.hasSingleInstanceLock(), true);
      assert.equal(app.requestSingleInstanceLock(), true);
    },
    'a folder can be moved, and a name that is none is refused': () => {
      const folder = join(app.getPath('temp'), 'gatehouse-conformance');
      app.setPath('downloads', folder);
      assert.equal(app.getPath('downloads'), folder);
      assert.throws(() => app.getPath('nowhere' as 'temp'));
    },
    'a switch that was not given is not there': () => {
      assert.equal(app.commandLine.hasSwitch('no-such-switch'), false);
      assert.equal(app.commandLine.getSwitchValue('no-such-switch'), '');
    },
  }),
  ...of('docs/api/process.md (unhandled rejections are warned of)', {
    'a rejection that nobody catches ends nothing': async () => {
      void Promise.reject(new Error('nobody catches this; it belongs to the test'));
      await turn();
      await turn();
    },
  }),
  ...of('docs/api/menu.md', {
    'an item that is chosen does what it is for': () => {
      let chosen = 0;
      const menu = Menu.buildFromTemplate([
        { label: 'One', id: 'one', click: () => (chosen += 1) },
        { type: 'separator' },
        { label: 'More', submenu: [{ label: 'Two', id: 'two', enabled: false }] },
      ]);
      menu.getMenuItemById('one')?.click();
      assert.equal(chosen, 1);
      assert.equal(menu.items.length, 3);
      assert.equal(menu.getMenuItemById('two')?.enabled, false);
    },
    'the app’s menu is the one that was set': () => {
      Menu.setApplicationMenu(null);
      assert.equal(Menu.getApplicationMenu(), null);
    },
  }),
  ...of('spec/api-tray-spec.ts', {
    'a picture that is not there is an error for a tray, and an empty picture by itself': () => {
      const path = join(folder, 'no-such-picture.png');
      assert.equal(nativeImage.createFromPath(path).isEmpty(), true);
      assert.throws(() => new Tray(path));
    },
    'a tray that is gone can’t be told anything': () => {
      const tray = new Tray(nativeImage.createEmpty());
      assert.equal(tray.isDestroyed(), false);
      tray.setToolTip('a word');
      tray.destroy();
      assert.equal(tray.isDestroyed(), true);
      assert.throws(() => tray.setToolTip('another'), TypeError);
    },
  }),
  ...of('docs/api/clipboard.md', {
    'a text is on the clipboard when the promise says so': async () => {
      const writing = clipboard.writeText('a word');
      assert.ok(writing instanceof Promise);
      await writing;
      const reading = clipboard.readText();
      assert.ok(reading instanceof Promise);
      assert.equal(await reading, 'a word');
      clipboard.clear();
      assert.equal(await clipboard.readText(), '');
    },
    'an item brings its text': async () => {
      await clipboard.write([new ClipboardItem({ 'text/plain': 'another word' })]);
      assert.equal(await clipboard.readText(), 'another word');
      clipboard.clear();
    },
  }),
  ...of('docs/api/notification.md', {
    'a notification says what it was told to': () => {
      assert.equal(typeof Notification.isSupported(), 'boolean');
      const one = new Notification({ title: 'A title', body: 'A body' });
      assert.deepEqual([one.title, one.body], ['A title', 'A body']);
    },
  }),
  ...of('docs/api/utility-process.md', {
    'a process hears and answers': async () => {
      const child = fork();
      const heard: unknown[] = [];
      child.on('message', (message) => heard.push(message));
      child.on('spawn', () => child.postMessage({ word: 1 }));
      await until(() => heard.length === 1);
      assert.deepEqual(heard, [{ heard: { word: 1 } }]);
      child.kill();
    },
    'a process that is told to go ends well, and has no id any more': async () => {
      const child = fork();
      let code: number | null = null;
      child.on('exit', (with_) => {
        code = with_;
      });
      await until(() => child.pid !== undefined);
      await new Promise((done) => setTimeout(done, 300));
      assert.equal(child.kill(), true);
      await until(() => code !== null);
      assert.equal(code, 0);
      assert.equal(child.pid, undefined);
    },
  }),
  ...of('docs/api/safe-storage.md', {
    'it is available once the app is ready, whatever answers': async () => {
      const asking = safeStorage.isAsyncEncryptionAvailable();
      assert.ok(asking instanceof Promise);
      assert.equal(await asking, true);
    },
    'what was encrypted is decrypted, and damage is refused': async () => {
      const sealing = safeStorage.encryptStringAsync('a word – €');
      assert.ok(sealing instanceof Promise);
      const sealed = await sealing;
      assert.ok(Buffer.isBuffer(sealed) && !sealed.includes('a word'));
      const opened = { result: 'a word – €', shouldReEncrypt: false };
      assert.deepEqual(await safeStorage.decryptStringAsync(sealed), opened);
      await rejectionOf(safeStorage.decryptStringAsync(Buffer.from('no ciphertext')));
    },
    'many are sealed at once': async () => {
      const words = ['one', 'two', 'three', ''];
      const sealed = await Promise.all(words.map((word) => safeStorage.encryptStringAsync(word)));
      const opened = await Promise.all(sealed.map((bytes) => safeStorage.decryptStringAsync(bytes)));
      assert.deepEqual(
        opened.map(({ result }) => result),
        words,
      );
    },
    'what was sealed by the synchronous method is readable': async () => {
      if (!safeStorage.isEncryptionAvailable()) return;
      const sealed = safeStorage.encryptString('a word');
      assert.equal((await safeStorage.decryptStringAsync(sealed)).result, 'a word');
    },
  }),
  ...of('shell/browser/browser_process_impl.cc (CreateOSCryptAsync; not documented)', {
    'on Linux the first three bytes say which key sealed it: v10 is one that everybody knows': async () => {
      if (process.platform !== 'linux') return;
      const sealed = await safeStorage.encryptStringAsync('a word');
      assert.match(sealed.toString('latin1', 0, 3), /^v1[012]$/);
    },
    'only the synchronous methods name the keyring': async () => {
      if (process.platform !== 'linux') return;
      await safeStorage.encryptStringAsync('a word');
      assert.equal(typeof safeStorage.getSelectedStorageBackend(), 'string');
    },
  }),
  ...of('docs/api/native-theme.md', {
    'a theme can be forced, and is told of': async () => {
      let updated = 0;
      nativeTheme.on('updated', () => {
        updated += 1;
      });
      nativeTheme.themeSource = 'dark';
      assert.equal(nativeTheme.shouldUseDarkColors, true);
      nativeTheme.themeSource = 'light';
      assert.equal(nativeTheme.shouldUseDarkColors, false);
      await until(() => updated > 0);
      nativeTheme.themeSource = 'system';
    },
  }),
  ...of('docs/api/screen.md', {
    'every screen has the area that its panels leave': () => {
      const displays = screen.getAllDisplays();
      assert.ok(displays.length > 0);
      for (const { workArea } of displays) assert.ok(workArea.width > 0 && workArea.height > 0);
    },
  }),
  ...of('docs/api/power-monitor.md', {
    'idle time is whole seconds': () => {
      const seconds = powerMonitor.getSystemIdleTime();
      assert.ok(Number.isInteger(seconds) && seconds >= 0);
    },
  }),
];
