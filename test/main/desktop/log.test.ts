import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, test, vi } from 'vitest';
import { openLog } from '../../../main/desktop/log.ts';

let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gatehouse-log-'));
  file = join(folder, 'logs', 'gatehouse.log');
  vi.useFakeTimers({ now: Date.UTC(2026, 10, 22) });
  return () => {
    vi.useRealTimers();
    rmSync(folder, { recursive: true });
  };
});

const written = () =>
  readFileSync(file, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));

test('lines are gathered for a quarter of a second and keep the time at which they were told', () => {
  const log = openLog(join(folder, 'logs'));
  log({ event: 'start' });
  vi.advanceTimersByTime(100);
  log({ event: 'stop' });
  expect(existsSync(file)).toBe(false);
  vi.advanceTimersByTime(150);
  expect(written()).toEqual([
    { at: '2026-11-22T00:00:00.000Z', event: 'start' },
    { at: '2026-11-22T00:00:00.100Z', event: 'stop' },
  ]);
  expect(statSync(file).mode & 0o777).toBe(0o600);
});

test('what is still gathered is written when the process ends', () => {
  const before = process.listeners('exit');
  const log = openLog(join(folder, 'logs'));
  log({ event: 'last words' });
  const own = process.listeners('exit').filter((listener) => !before.includes(listener));
  for (const listener of own) {
    listener(0);
    process.off('exit', listener);
  }
  expect(written()).toMatchObject([{ event: 'last words' }]);
});

test('at 2 MiB the log starts anew and one old file is kept', () => {
  const log = openLog(join(folder, 'logs'));
  writeFileSync(file, 'x'.repeat(2 * 1024 * 1024 + 1));
  log({ event: 'anew' });
  vi.advanceTimersByTime(250);
  expect(written()).toMatchObject([{ event: 'anew' }]);
  expect(statSync(`${file}.old`).size).toBe(2 * 1024 * 1024 + 1);
});
