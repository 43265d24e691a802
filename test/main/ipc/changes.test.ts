import { beforeEach, expect, test, vi } from 'vitest';
import type { Change } from '#contract/shapes.ts';
import { type Changes, createChanges } from '../../../main/ipc/changes.ts';

let batches: Change[][] = [];
let changes: Changes;
let locked = false;

beforeEach(() => {
  vi.useFakeTimers({ now: 0 });
  batches = [];
  locked = false;
  changes = createChanges(
    (batch) => batches.push(batch),
    () => locked,
  );
  return () => vi.useRealTimers();
});

const gone = (id: string): Change => ({ entity: 'account', id, value: null });

const line = (receiptId: string, sessionId: string, words: string): Change => ({
  entity: 'receipt-line',
  receiptId,
  value: {
    sessionId,
    account: 'A',
    vendor: 'koyeb',
    realm: null,
    person: null,
    openedAt: null,
    how: 'vendor',
    words,
    at: 1,
  },
});

test('what changes within a frame is one batch, with the last value of each entity', () => {
  changes.publish(line('r1', 's1', 'first'));
  changes.publish(gone('a1'));
  changes.publish(line('r1', 's1', 'second'));
  changes.publish(line('r2', 's1', 'on another receipt'));
  expect(batches).toEqual([]);
  vi.advanceTimersByTime(16);
  expect(batches).toEqual([[gone('a1'), line('r1', 's1', 'second'), line('r2', 's1', 'on another receipt')]]);
});

test('one change waits for a frame; many in a row come twenty times a second, at most a hundred at once', () => {
  changes.publish(gone('a1'));
  vi.advanceTimersByTime(16);
  expect(batches).toHaveLength(1);
  for (let at = 0; at < 150; at += 1) changes.publish(gone(`b${String(at)}`));
  vi.advanceTimersByTime(49);
  expect(batches).toHaveLength(1);
  vi.advanceTimersByTime(1);
  expect(batches.map((batch) => batch.length)).toEqual([1, 100]);
  vi.advanceTimersByTime(50);
  expect(batches.map((batch) => batch.length)).toEqual([1, 100, 50]);
  vi.advanceTimersByTime(1_000);
  changes.publish(gone('a2'));
  vi.advanceTimersByTime(16);
  expect(batches.at(-1)).toEqual([gone('a2')]);
});

test('a locked window hears nothing that names an account, also not what was gathered before the lock', () => {
  const vault = { entity: 'everything' } as const;
  changes.publish(gone('a1'));
  changes.publish(vault);
  locked = true;
  vi.advanceTimersByTime(16);
  expect(batches).toEqual([[vault]]);
  changes.publish(line('r1', 's1', 'confirmed'));
  vi.advanceTimersByTime(1_000);
  expect(batches.flat()).toEqual([vault]);
  locked = false;
  changes.publish(gone('a2'));
  vi.advanceTimersByTime(50);
  expect(batches.flat()).toEqual([vault, gone('a2')]);
});
