import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, test, vi } from 'vitest';
import { openLog } from '../../../main/platform/log.ts';

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

test('nobody else may read a log that was there before, nor the old one', () => {
  mkdirSync(join(folder, 'logs'));
  for (const path of [file, `${file}.old`]) {
    writeFileSync(path, '');
    chmodSync(path, 0o644);
  }
  openLog(join(folder, 'logs'));
  for (const path of [file, `${file}.old`]) expect(statSync(path).mode & 0o777).toBe(0o600);
});

test('a link in the place of the log or the old one is taken away, and what it leads to is as it was', () => {
  mkdirSync(join(folder, 'logs'));
  const elsewhere = join(folder, 'elsewhere');
  writeFileSync(elsewhere, 'precious', { mode: 0o644 });
  for (const path of [file, `${file}.old`]) symlinkSync(elsewhere, path);
  const log = openLog(join(folder, 'logs'));
  log({ event: 'start' });
  vi.advanceTimersByTime(250);
  expect(written()).toMatchObject([{ event: 'start' }]);
  expect(existsSync(`${file}.old`)).toBe(false);

  // One that comes later is not followed either.
  rmSync(file);
  symlinkSync(elsewhere, file);
  log({ event: 'next' });
  vi.advanceTimersByTime(250);
  expect(lstatSync(file).isSymbolicLink()).toBe(true);
  expect(readFileSync(elsewhere, 'utf8')).toBe('precious');
  expect(statSync(elsewhere).mode & 0o777).toBe(0o644);
});

test('a line is cut at 8 Ki characters and stays one line of JSON', () => {
  const log = openLog(join(folder, 'logs'));
  log({ event: 'bug', stack: 'a\n"'.repeat(1_000_000) });
  vi.advanceTimersByTime(250);
  expect(written()).toMatchObject([{ event: 'cut', begins: expect.stringContaining('"event":"bug"') }]);
  expect(statSync(file).size).toBeLessThan(32 * 1024);
});

test('a million lines at once keep no more than 1 MiB, and how many were dropped is told', () => {
  const log = openLog(join(folder, 'logs'));
  for (let line = 0; line < 1_000_000; line += 1) log({ event: 'burst', line });
  vi.advanceTimersByTime(250);
  expect(statSync(file).size).toBeLessThan(1.01 * 1024 * 1024);
  const lines = written();
  expect(lines.at(-1)).toMatchObject({ event: 'lines-dropped', lines: 1_000_000 - (lines.length - 1) });
  log({ event: 'after' });
  vi.advanceTimersByTime(250);
  expect(written().at(-1)).toMatchObject({ event: 'after' });
});

test('a log of an earlier version, which names the accounts’ addresses, is not kept; any other is', () => {
  const request = { event: 'request', operation: 'getSession', origin: 'https://panel.northwind.example' };
  mkdirSync(join(folder, 'logs'));
  writeFileSync(file, `${JSON.stringify(request)}\n`);
  writeFileSync(`${file}.old`, `${JSON.stringify({ event: 'bug', stack: JSON.stringify(request) })}\n`);
  openLog(join(folder, 'logs'));
  expect(existsSync(file)).toBe(false);
  expect(existsSync(`${file}.old`)).toBe(true);
});
