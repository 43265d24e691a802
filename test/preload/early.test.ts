import { EventEmitter } from 'node:events';
import { beforeEach, expect, test, vi } from 'vitest';
import type { Bridge } from '#contract/bridge.ts';
import { wire } from '#contract/bridge.ts';

/** The preload itself, on an IPC line that keeps what goes over it. */
const line = new EventEmitter();
const asked: string[] = [];
let answer: (value: unknown) => void;
let bridge: Bridge;

beforeEach(async () => {
  asked.length = 0;
  line.removeAllListeners();
  vi.resetModules();
  vi.doMock('electron', () => ({
    ipcRenderer: {
      on: line.on.bind(line),
      invoke(_wire: string, channel: string) {
        asked.push(channel);
        return new Promise((done) => {
          answer = done;
        });
      },
    },
    contextBridge: {
      exposeInMainWorld: (_name: string, api: Bridge) => {
        bridge = api;
      },
    },
  }));
  await import('../../preload/index.ts');
});

test('the snapshot is asked for before the page does, who gets that answer, and a new one the next time', async () => {
  expect(asked).toEqual(['state.snapshot']);
  answer({ ok: true, value: 'the first' });
  expect(await bridge.call('state.snapshot')).toEqual({ ok: true, value: 'the first' });
  expect(asked).toEqual(['state.snapshot']);
  const again = bridge.call('state.snapshot');
  expect(asked).toEqual(['state.snapshot', 'state.snapshot']);
  answer({ ok: true, value: 'the second' });
  expect(await again).toEqual({ ok: true, value: 'the second' });
});

test('what is told before the page listens is kept for it, once and in its order', () => {
  line.emit(wire.changes, {}, ['first']);
  line.emit(wire.changes, {}, ['second']);
  const heard: unknown[] = [];
  const stop = bridge.onChanges((changes) => heard.push(changes));
  expect(heard).toEqual([['first'], ['second']]);
  const other: unknown[] = [];
  bridge.onChanges((changes) => other.push(changes));
  line.emit(wire.changes, {}, ['third']);
  expect(heard.at(-1)).toEqual(['third']);
  expect(other).toEqual([['third']]);
  stop();
  line.emit(wire.changes, {}, ['fourth']);
  expect(heard).toHaveLength(3);
});
