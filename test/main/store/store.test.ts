import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { expect, test } from 'vitest';
import type { Failure } from '#contract/failure.ts';
import { openStore } from '../../../main/store/store.ts';
import { rawBytes, temporaryPath, temporaryStore } from './temporary.ts';

const put = 'INSERT INTO meta (key, value) VALUES (?, ?)';
const keys = "SELECT key FROM meta WHERE key LIKE 't%' ORDER BY key";

test('a new database is private, in WAL mode with full sync and foreign keys', () => {
  const path = temporaryPath();
  const store = temporaryStore(path);
  expect(store.get('PRAGMA journal_mode')).toEqual({ journal_mode: 'wal' });
  expect(store.get('PRAGMA synchronous')).toEqual({ synchronous: 2 });
  expect(store.get('PRAGMA foreign_keys')).toEqual({ foreign_keys: 1 });
  expect(store.get('PRAGMA busy_timeout')).toEqual({ timeout: 2000 });
  expect(statSync(dirname(path)).mode & 0o777).toBe(0o700);
  for (const name of readdirSync(dirname(path))) {
    expect(statSync(`${dirname(path)}/${name}`).mode & 0o777, name).toBe(0o600);
  }
  expect(existsSync(`${path}.new`)).toBe(false);
});

test('files that others may read are closed at the next start', () => {
  const path = temporaryPath();
  openStore(path, { now: () => 1 }).close();
  chmodSync(path, 0o644);
  chmodSync(dirname(path), 0o755);
  temporaryStore(path);
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(statSync(dirname(path)).mode & 0o777).toBe(0o700);
});

test('the install id is made once', () => {
  const path = temporaryPath();
  const first = openStore(path, { now: () => 1 });
  first.close();
  const second = temporaryStore(path);
  expect(second.installId).toBe(first.installId);
  expect(temporaryStore().installId).not.toBe(first.installId);
});

test('what a crash left of a database that was never finished does not stand in the way', () => {
  const path = temporaryPath();
  mkdirSync(dirname(path));
  writeFileSync(`${path}.new`, 'half a file');
  const store = temporaryStore(path);
  store.run(put, 't1', 'x');
  expect(readFileSync(path).subarray(0, 15).toString()).toBe('SQLite format 3');
  expect(existsSync(`${path}.new`)).toBe(false);
});

test('a transaction is all or nothing', () => {
  const store = temporaryStore();
  expect(() =>
    store.transaction(() => {
      store.run(put, 't1', 'x');
      throw new Error('no');
    }),
  ).toThrow('no');
  expect(store.all(keys)).toEqual([]);
  expect(store.transaction(() => store.run(put, 't2', 'x'))).toBe(1);
  expect(store.all(keys)).toEqual([{ key: 't2' }]);
});

test('an inner transaction that fails undoes its own part only', () => {
  const store = temporaryStore();
  store.transaction(() => {
    store.run(put, 't1', 'x');
    expect(() =>
      store.transaction(() => {
        store.run(put, 't2', 'x');
        throw new Error('inner');
      }),
    ).toThrow('inner');
    store.transaction(() => store.run(put, 't3', 'x'));
  });
  expect(store.all(keys)).toEqual([{ key: 't1' }, { key: 't3' }]);
});

test('an async transaction is refused and undone', () => {
  const store = temporaryStore();
  expect(() => store.transaction(async () => store.run(put, 't1', 'x'))).toThrow(TypeError);
  expect(store.all(keys)).toEqual([]);
});

test('a full disk is named, told to listeners, and does not block later writes', () => {
  const store = temporaryStore();
  const heard: (Failure | null)[] = [];
  const dispose = store.onFailure((failure) => heard.push(failure));
  const pages = Number(store.get('PRAGMA page_count')?.page_count);
  store.get(`PRAGMA max_page_count = ${pages}`);

  expect(() => store.run(put, 't1', 'x'.repeat(100_000))).toThrow(/disk .*gatehouse\.sqlite is full/);
  expect(heard).toMatchObject([{ kind: 'store-broken' }]);
  store.get('PRAGMA max_page_count = 100000');
  store.run(put, 't2', 'x'.repeat(100_000));
  expect(heard).toHaveLength(2);
  expect(heard[1]).toBeNull();
  expect(store.all(keys)).toEqual([{ key: 't2' }]);

  dispose();
  store.get(`PRAGMA max_page_count = 1`);
  expect(() => store.run(put, 't3', 'x'.repeat(200_000))).toThrow(/full/);
  expect(heard).toHaveLength(2);
});

test('a disk that fills up within a transaction undoes all of it, even if the error is swallowed', () => {
  const store = temporaryStore();
  const pages = Number(store.get('PRAGMA page_count')?.page_count);
  store.get(`PRAGMA max_page_count = ${pages}`);
  expect(() =>
    store.transaction(() => {
      store.run(put, 't1', 'x');
      try {
        store.transaction(() => store.run(put, 't2', 'x'.repeat(100_000)));
      } catch {
        store.run(put, 't3', 'x');
      }
      store.run(put, 't4', 'x'.repeat(100_000));
    }),
  ).toThrow(/gatehouse\.sqlite/);
  expect(store.all(keys)).toEqual([]);
  store.get('PRAGMA max_page_count = 100000');
  store.run(put, 't5', 'x');
  expect(store.all(keys)).toEqual([{ key: 't5' }]);
});

test('a mistake in our own SQL is not called a broken store', () => {
  const store = temporaryStore();
  store.run(put, 't1', 'x');
  expect(() => store.run(put, 't1', 'x')).toThrow(/UNIQUE/);
  expect(() => store.run('SELEKT')).toThrow(/syntax/);
});

test('what is deleted is overwritten, in the file and in its log', () => {
  const path = temporaryPath();
  const store = temporaryStore(path);
  for (let row = 0; row < 20; row += 1) store.run(put, `t${row}`, `canary-${row}`);
  store.emptyLog();
  expect(rawBytes(dirname(path)).includes('canary-11')).toBe(true);
  store.run("DELETE FROM meta WHERE key = 't11'");
  store.emptyLog();
  const raw = rawBytes(dirname(path));
  expect(raw.includes('canary-11')).toBe(false);
  expect(raw.includes('canary-12')).toBe(true);
});
