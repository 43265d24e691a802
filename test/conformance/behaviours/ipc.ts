import assert from 'node:assert/strict';
import { ipcMain } from 'electron';
import { of } from '../behaviour.ts';
import { home, inPage, openWindow, ourWindow, turn, until } from '../world.ts';

let last: unknown;
ipcMain.handle('echo', (_event, value) => value);
ipcMain.handle('keep', (_event, value) => {
  last = value;
});
ipcMain.handle('fail', () => {
  throw new RangeError('this went wrong');
});
ipcMain.handle('who', ({ senderFrame, sender }) => ({
  url: senderFrame?.url,
  parent: senderFrame?.parent ?? null,
  main: senderFrame === sender.mainFrame,
}));
const ticks: unknown[] = [];
ipcMain.on('tick', (_event, value) => ticks.push(value));

const messageOf = (code: string) =>
  inPage<string>(
    `(async () => { try { await ${code}; return 'no error'; } catch (error) { return error.message; } })()`,
  );

export const ipc = [
  ...of('docs/api/ipc-main.md', {
    'a call goes to its handler, and the answer comes back': async () => {
      assert.deepEqual(await inPage(`bridge.invoke('echo', { a: [1, 'two', null] })`), {
        a: [1, 'two', null],
      });
    },
    'what a handler throws arrives with the channel and its words, and nothing else of it': async () => {
      assert.equal(
        await messageOf(`bridge.invoke('fail')`),
        "Error invoking remote method 'fail': RangeError: this went wrong",
      );
    },
    'a call that nobody handles is refused by name': async () => {
      assert.match(await messageOf(`bridge.invoke('nobody')`), /No handler registered for 'nobody'/);
    },
    'a channel has one handler': () => {
      assert.throws(() => ipcMain.handle('echo', () => {}), /second handler for 'echo'/);
    },
    'a handler for one call handles one': async () => {
      ipcMain.handleOnce('once', () => 'first');
      assert.equal(await inPage(`bridge.invoke('once')`), 'first');
      assert.match(await messageOf(`bridge.invoke('once')`), /No handler registered/);
    },
    'a handler that is taken away handles nothing': async () => {
      ipcMain.handle('brief', () => 'here');
      ipcMain.removeHandler('brief');
      assert.match(await messageOf(`bridge.invoke('brief')`), /No handler registered/);
    },
    'the frame that calls is told, with its address': async () => {
      assert.deepEqual(await inPage(`bridge.invoke('who')`), { url: home, parent: null, main: true });
    },
    'messages from the page arrive in order': async () => {
      ticks.length = 0;
      await inPage('(() => { for (let n = 0; n < 50; n += 1) bridge.tick(n); })()');
      await until(() => ticks.length === 50);
      assert.deepEqual(
        ticks,
        Array.from({ length: 50 }, (_, n) => n),
      );
    },
  }),
  ...of('docs/api/web-contents.md#contentssendchannel-args', {
    'messages to the page arrive in order': async () => {
      const { webContents } = await ourWindow();
      const before = (await inPage<unknown[]>('bridge.heard()')).length;
      for (let n = 0; n < 50; n += 1) webContents.send('tock', n);
      await until(async () => (await inPage<unknown[]>('bridge.heard()')).length === before + 50);
      assert.deepEqual(
        (await inPage<unknown[]>('bridge.heard()')).slice(before),
        Array.from({ length: 50 }, (_, n) => n),
      );
    },
    'a preload that no longer listens hears nothing more': async () => {
      const window = openWindow();
      await window.loadURL(home);
      const heard = () => window.webContents.executeJavaScript('bridge.heard()') as Promise<unknown[]>;
      window.webContents.send('tock', 'first');
      await until(async () => (await heard()).length === 1);
      await window.webContents.executeJavaScript('bridge.deafen()');
      window.webContents.send('tock', 'second');
      await turn();
      assert.deepEqual(await heard(), ['first']);
      window.destroy();
    },
    'a message to a page that is not there yet is lost': async () => {
      const window = openWindow();
      window.webContents.send('tock', 'early');
      await window.loadURL(home);
      window.webContents.send('tock', 'late');
      const heard = () => window.webContents.executeJavaScript('bridge.heard()') as Promise<unknown[]>;
      await until(async () => (await heard()).length > 0);
      assert.deepEqual(await heard(), ['late']);
      window.destroy();
    },
  }),
  ...of('docs/api/structures/../../tutorial/ipc.md (structured clone)', {
    'what JSON would lose is kept': async () => {
      await inPage(
        `bridge.invoke('keep', { date: new Date(5), map: new Map([[1, 2]]), set: new Set([3]), big: 4n, none: undefined, nan: NaN })`,
      );
      assert.deepEqual(last, {
        date: new Date(5),
        map: new Map([[1, 2]]),
        set: new Set([3]),
        big: 4n,
        none: undefined,
        nan: Number.NaN,
      });
    },
    'bytes are kept': async () => {
      await inPage(`bridge.invoke('keep', new Uint8Array([1, 255]))`);
      assert.deepEqual([...(last as Uint8Array)], [1, 255]);
    },
    'what can’t be cloned is refused where it is sent': async () => {
      assert.match(await messageOf(`bridge.invoke('keep', Symbol('x'))`), /could not be cloned/i);
    },
    'an object that is sent twice in one message arrives as one': async () => {
      await inPage(`(() => { const one = {}; return bridge.invoke('keep', [one, one]); })()`);
      const [first, second] = last as object[];
      assert.equal(first, second);
    },
    'a circle of objects arrives as one': async () => {
      await inPage(`(() => { const one = {}; one.self = one; return bridge.invoke('keep', one); })()`);
      assert.equal((last as { self: unknown }).self, last);
    },
    'typed arrays keep their kind': async () => {
      await inPage(`bridge.invoke('keep', new Float64Array([0.5]))`);
      assert.ok(last instanceof Float64Array);
    },
  }),
  ...of('docs/api/context-bridge.md', {
    'what is exposed can’t be changed by the page': async () => {
      const found = await inPage(
        `(() => { try { bridge.nested.list.push(3); } catch {} try { window.bridge = 1; } catch {} return [bridge.nested.list.length, Object.isFrozen(bridge)]; })()`,
      );
      assert.deepEqual(found, [2, true]);
    },
    'what the preload throws arrives with its words': async () => {
      assert.match(
        await inPage(
          `(() => { try { bridge.throws(); return ''; } catch (error) { return String(error.message); } })()`,
        ),
        /thrown in the preload/,
      );
    },
    'the page sees nothing of the preload’s own': async () => {
      assert.deepEqual(
        await inPage(`['require', 'process', 'electron', 'module'].filter((name) => name in window)`),
        [],
      );
    },
    'a second thing under the same name is refused': async () => {
      assert.equal(await inPage('bridge.twice()'), 'refused');
    },
  }),
];
