import assert from 'node:assert/strict';
import { app, BrowserWindow } from 'electron';
import { of } from '../behaviour.ts';
import { home, openWindow, ourWindow, rejectionOf, serveLoopback, turn, until } from '../world.ts';

const gone = { name: 'TypeError', message: 'Object has been destroyed' };

/** A page that would rather stay, and somebody who has touched it. */
async function clinging(): Promise<BrowserWindow> {
  const window = openWindow();
  await window.loadURL(home);
  await window.webContents.executeJavaScript('window.onbeforeunload = () => false', true);
  return window;
}

export const window = [
  ...of('docs/api/browser-window.md', {
    'a window is hidden where that is wanted, and shown when it is told': async () => {
      const one = openWindow();
      assert.equal(one.isVisible(), false);
      let shown = 0;
      one.on('show', () => {
        shown += 1;
      });
      one.show();
      assert.equal(one.isVisible(), true);
      await until(() => shown === 1);
      one.destroy();
    },
    'it is ready to be shown once it has drawn': async () => {
      const one = openWindow();
      let ready = 0;
      one.on('ready-to-show', () => {
        ready += 1;
      });
      await one.loadURL(home);
      await until(() => ready === 1);
      one.destroy();
    },
    'its title is the one that main sets': async () => {
      const one = await ourWindow();
      one.setTitle('Ours');
      assert.equal(one.getTitle(), 'Ours');
    },
    'a page’s new title is told of': async () => {
      const one = openWindow();
      let title = '';
      one.on('page-title-updated', (event, told) => {
        event.preventDefault();
        title = told;
      });
      await one.loadURL(home);
      await until(() => title === 'Conformance');
      one.destroy();
    },
    'its bounds are those that it was made with': () => {
      const one = openWindow({ width: 700, height: 500 });
      const { width, height } = one.getNormalBounds();
      assert.deepEqual([width, height], [700, 500]);
      one.destroy();
    },
    'it is among all windows until it is gone': () => {
      const one = openWindow();
      const { id } = one;
      assert.ok(BrowserWindow.getAllWindows().some((other) => other.id === id));
      assert.equal(BrowserWindow.fromId(id)?.id, id);
      one.destroy();
      assert.ok(BrowserWindow.getAllWindows().every((other) => other.id !== id));
    },
    'closing asks main first': async () => {
      const one = openWindow();
      await one.loadURL(home);
      one.once('close', (event) => event.preventDefault());
      one.close();
      await turn();
      assert.equal(one.isDestroyed(), false);
      one.close();
      await until(() => one.isDestroyed());
    },
    'destroying asks nobody, and tells that it is closed': async () => {
      const one = await clinging();
      const told: string[] = [];
      one.on('close', () => told.push('close'));
      one.on('closed', () => told.push('closed'));
      one.destroy();
      assert.equal(one.isDestroyed(), true);
      assert.deepEqual(told, ['closed']);
    },
    'whatever is asked of a window that is gone throws': () => {
      const one = openWindow();
      one.destroy();
      assert.equal(one.isDestroyed(), true);
      for (const ask of [
        () => one.show(),
        () => one.isVisible(),
        () => one.destroy(),
        () => one.webContents,
        () => one.id,
      ])
        assert.throws(ask, gone);
    },
  }),
  ...of('spec/api-browser-window-spec.ts', {
    'app is told of its contents and of itself before it is there': () => {
      const told: string[] = [];
      const contents = () => told.push('contents');
      const made = () => told.push('window');
      app.on('web-contents-created', contents);
      app.on('browser-window-created', made);
      const one = openWindow();
      assert.deepEqual(told, ['contents', 'window']);
      app.off('web-contents-created', contents);
      app.off('browser-window-created', made);
      one.destroy();
    },
    'contents that are gone can’t even be asked for their id': () => {
      const one = openWindow();
      const { webContents } = one;
      let asked: unknown;
      webContents.on('destroyed', () => {
        try {
          asked = webContents.id;
        } catch (error) {
          asked = error;
        }
      });
      one.destroy();
      assert.ok(asked instanceof TypeError);
      assert.equal(webContents.isDestroyed(), true);
      assert.throws(() => webContents.send('tock'), TypeError);
    },
    'loading settles when the page is there': async () => {
      const one = openWindow();
      let finished = 0;
      one.webContents.on('did-finish-load', () => {
        finished += 1;
      });
      await one.loadURL(home);
      assert.equal(finished, 1);
      assert.equal(one.webContents.getURL(), home);
      one.destroy();
    },
    'a page is begun with before it is there, which is told of a turn later at the earliest': async () => {
      const one = openWindow();
      const told: string[] = [];
      const loading = one.loadURL(home);
      one.webContents.once('did-start-navigation', () => told.push('begun'));
      one.webContents.once('did-finish-load', () => told.push('there'));
      await loading;
      assert.deepEqual(told, ['begun', 'there']);
      one.destroy();
    },
    'a page that has gone to another address is told of, with the address': async () => {
      const one = openWindow();
      const told: string[] = [];
      one.webContents.on('did-navigate', (_event, url) => told.push(url));
      const at = `${await serveLoopback()}/`;
      await one.loadURL(at);
      await until(() => told.includes(at));
      one.destroy();
    },
    'loading what can’t be reached rejects with the code, its number and the address': async () => {
      const one = openWindow();
      const url = 'http://127.0.0.1:1/?word';
      const error = await rejectionOf(one.loadURL(url));
      assert.match(String(error.code), /^ERR_(CONNECTION_REFUSED|UNSAFE_PORT)$/);
      assert.equal(error.url, url);
      assert.equal(typeof error.errno, 'number');
      assert.ok(error.message.includes(url));
      one.destroy();
    },
    'loading rejects when the window is destroyed': async () => {
      const one = openWindow();
      const loading = rejectionOf(one.loadURL(`${await serveLoopback()}/slow`));
      setTimeout(() => one.destroy(), 300);
      const { code, errno } = await loading;
      assert.deepEqual({ code, errno }, { code: 'ERR_FAILED', errno: -2 });
    },
    'loading rejects when another page takes its place': async () => {
      const one = openWindow();
      await one.loadURL(home);
      const loading = rejectionOf(one.loadURL(`${await serveLoopback()}/slow`));
      setTimeout(() => void one.loadURL(home).catch(() => {}), 300);
      const { code, errno } = await loading;
      assert.deepEqual({ code, errno }, { code: 'ERR_ABORTED', errno: -3 });
      one.destroy();
    },
  }),
  ...of('docs/api/web-contents.md#event-will-prevent-unload', {
    'a page that would rather stay does, unless main says otherwise': async () => {
      const one = await clinging();
      let asked = 0;
      one.webContents.on('will-prevent-unload', (event) => {
        asked += 1;
        if (asked === 2) event.preventDefault();
      });
      one.close();
      await until(() => asked === 1);
      await new Promise((done) => setTimeout(done, 200));
      assert.equal(one.isDestroyed(), false);
      one.close();
      await until(() => one.isDestroyed());
    },
  }),
  ...of('docs/api/app.md#appquit', {
    'quitting asks first, and a page that stays keeps the app': async () => {
      const one = await clinging();
      let asked = 0;
      let prevented = 0;
      const before = () => {
        asked += 1;
      };
      app.on('before-quit', before);
      app.once('before-quit', (event) => event.preventDefault());
      app.quit();
      assert.equal(asked, 1);
      // Every other window goes: ours is opened anew by who needs it next.
      for (const other of BrowserWindow.getAllWindows()) if (other.id !== one.id) other.on('close', keep);
      one.webContents.once('will-prevent-unload', () => {
        prevented += 1;
      });
      app.quit();
      await until(() => prevented === 1);
      assert.equal(asked, 2);
      app.off('before-quit', before);
      for (const other of BrowserWindow.getAllWindows()) other.off('close', keep);
      one.destroy();
    },
  }),
];

function keep(event: Electron.Event): void {
  event.preventDefault();
}
