import { execFileSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { GatehouseError } from '#contract/failure.ts';
import { backupsOf, putBack, restoreBackup, setAside } from '../../../main/store/backups.ts';
import { migrate } from '../../../main/store/migrate.ts';
import { migrations, newestVersion } from '../../../main/store/migrations/list.ts';
import { openStore } from '../../../main/store/store.ts';
import { rawBytes, temporaryPath, temporaryStore } from './temporary.ts';

/* What may happen to the file under Gatehouse: each is named, keeps what is there, and can be recovered from. */

const put = 'INSERT INTO meta (key, value) VALUES (?, ?)';
const open = (path: string) => openStore(path, { now: () => Date.parse('2026-11-24T08:00:00Z') });

function refusal(path: string): GatehouseError['failure'] {
  try {
    open(path).close();
  } catch (error) {
    if (error instanceof GatehouseError) return error.failure;
    throw error;
  }
  throw new Error('It opened.');
}

function changedOutside(path: string, sql: string): void {
  open(path).close();
  const other = new DatabaseSync(path);
  other.exec(sql);
  other.close();
}

test.each([
  [
    'a trigger that undoes a change of the passphrase',
    'CREATE TRIGGER undo AFTER UPDATE ON vault BEGIN UPDATE vault SET wrappings_json = old.wrappings_json WHERE id = 1; END',
    'undo',
  ],
  [
    'a trigger that copies',
    'CREATE TABLE copies (x BLOB); CREATE TRIGGER copy AFTER INSERT ON secrets BEGIN INSERT INTO copies VALUES (new.sealed); END',
    'cop',
  ],
  [
    'a view in the place of a table',
    'DROP TABLE shifts; CREATE VIEW shifts AS SELECT 1 AS id, 2 AS sealed, 3 AS created_at',
    'shifts',
  ],
  ['a table less', 'DROP TABLE realms_used', 'realms_used'],
  ['a column more', 'ALTER TABLE sessions ADD COLUMN extra TEXT', 'sessions'],
  ['an index that is gone', 'DROP INDEX sessions_by_account', 'sessions_by_account'],
])('%s is named, and the file is kept', (_, sql, name) => {
  const path = temporaryPath();
  changedOutside(path, sql);
  const failure = refusal(path);
  expect(failure).toMatchObject({
    kind: 'store-broken',
    advice: expect.stringContaining('outside Gatehouse'),
  });
  expect(failure.message).toContain(name);
});

test('tables of before the sealing are taken from a vault of that time only', () => {
  const path = temporaryPath();
  const store = open(path);
  store.run('INSERT INTO vault (id, wrappings_json) VALUES (1, \'{"version":2,"vaultId":"v"}\')');
  store.close();
  const past = new DatabaseSync(':memory:');
  migrate(past, migrations);
  const made = past.prepare("SELECT sql FROM sqlite_schema WHERE name LIKE 'plain\\_%' ESCAPE '\\'").all();
  const other = new DatabaseSync(path);
  for (const { sql } of made) other.exec(String(sql));
  other.close();
  expect(refusal(path).message).toContain('plain_');
});

test('a number that JavaScript can’t hold is read as the furthest time, and hides no other row', () => {
  const path = temporaryPath();
  const store = temporaryStore(path);
  store.run("INSERT INTO ledger_pages (first, last, sealed) VALUES (1, 5, x'00')");
  store.run("INSERT INTO ledger_pages (first, last, sealed) VALUES (6, 9223372036854775807, x'00')");
  store.run("INSERT INTO ledger_pages (first, last, sealed) VALUES (7, -9223372036854775808, x'00')");
  expect(store.all('SELECT first, last FROM ledger_pages ORDER BY first')).toEqual([
    { first: 1, last: 5 },
    { first: 6, last: 8.64e15 },
    { first: 7, last: -8.64e15 },
  ]);
  expect(store.get('SELECT last FROM ledger_pages WHERE first = 6')).toEqual({ last: 8.64e15 });
  expect(store.get('SELECT last FROM ledger_pages WHERE first = 1')).toEqual({ last: 5 });
});

test('a log that is cut in the middle costs what was in its rest, and nothing before', () => {
  const path = temporaryPath();
  const store = open(path);
  store.run(put, 't1', 'kept');
  store.emptyLog();
  for (let row = 0; row < 50; row += 1) store.run(put, `u${row}`, 'x'.repeat(2_000));
  const half = Math.floor(statSync(`${path}-wal`).size / 2);
  // As after a crash: the copy is taken while the log is still there.
  const copy = temporaryPath();
  open(copy).close();
  copyFileSync(path, copy);
  copyFileSync(`${path}-wal`, `${copy}-wal`);
  store.close();
  truncateSync(`${copy}-wal`, half);
  const again = temporaryStore(copy);
  expect(again.get("SELECT value FROM meta WHERE key = 't1'")).toEqual({ value: 'kept' });
  const left = Number(again.get("SELECT count(*) AS n FROM meta WHERE key LIKE 'u%'")?.n);
  expect(left).toBeGreaterThan(0);
  expect(left).toBeLessThan(50);
  expect(again.get('PRAGMA quick_check(1)')).toEqual({ quick_check: 'ok' });
});

test('a database that vanishes while it is open is not taken for an empty desk at the next start', () => {
  const path = temporaryPath();
  const store = open(path);
  store.run(put, 't1', 'x');
  copyFileSync(`${path}-wal`, `${path}-kept`);
  store.close();
  rmSync(path);
  renameSync(`${path}-kept`, `${path}-wal`);
  expect(refusal(path).message).toContain('is gone, but its log');
});

test('a second process that writes is waited for, then named, and later writes go on', () => {
  const path = temporaryPath();
  const store = temporaryStore(path);
  const other = new DatabaseSync(path);
  other.exec('BEGIN IMMEDIATE');
  expect(() => store.run(put, 't1', 'x')).toThrow(/held by another program/);
  other.exec('COMMIT');
  other.close();
  store.run(put, 't2', 'x');
  expect(store.get("SELECT count(*) AS n FROM meta WHERE key LIKE 't%'")).toEqual({ n: 1 });
});

test('what is erased is gone from file and log within seconds, also when somebody was reading', async () => {
  const path = temporaryPath();
  const store = temporaryStore(path);
  store.run(
    "INSERT INTO secrets (record_id, field, sealed) VALUES ('r', 'form', ?)",
    Buffer.from('canary-ciphertext'.repeat(20)),
  );
  store.emptyLog();
  const reader = new DatabaseSync(path, { readOnly: true });
  reader.exec('BEGIN');
  reader.prepare('SELECT count(*) FROM secrets').get();
  store.run("DELETE FROM secrets WHERE record_id = 'r'");
  store.emptyLogSoon();
  const there = () => rawBytes(dirname(path)).includes('canary-ciphertext');
  expect(there()).toBe(true);
  await new Promise((done) => setTimeout(done, 1_300));
  expect(there()).toBe(true);
  reader.exec('COMMIT');
  reader.close();
  await expect.poll(there, { timeout: 15_000 }).toBe(false);
}, 30_000);

describe('backups', () => {
  /** A database of the version before the newest one. */
  function older(version = newestVersion - 1): string {
    const path = temporaryPath();
    open(path).close();
    rmSync(path);
    const database = new DatabaseSync(path);
    database.exec('PRAGMA application_id = 0x47617465; PRAGMA journal_mode = WAL');
    migrate(database, migrations.slice(0, version));
    database.exec("INSERT INTO meta (key, value) VALUES ('kept', 'from before')");
    database.close();
    return path;
  }
  const keptIn = (path: string) => {
    const store = open(path);
    const value = store.get("SELECT value FROM meta WHERE key = 'kept'")?.value;
    store.close();
    return value;
  };

  test('one is made before each migration, whole and private', () => {
    const path = older();
    open(path).close();
    const [backup, ...others] = backupsOf(path);
    expect(others).toEqual([]);
    const file = `${dirname(path)}/${backup!.name}`;
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const copy = new DatabaseSync(file, { readOnly: true });
    expect(copy.prepare("SELECT value FROM meta WHERE key = 'kept'").get()).toEqual({ value: 'from before' });
    expect(copy.prepare('PRAGMA user_version').get()).toEqual({ user_version: newestVersion - 1 });
    copy.close();
    open(path).close();
    expect(backupsOf(path)).toHaveLength(1);
  });

  test('one is put in the place of a damaged database, which is kept aside', () => {
    const path = older();
    open(path).close();
    writeFileSync(path, Buffer.alloc(8192, 0x5a));
    expect(refusal(path).kind).toBe('store-broken');
    const damaged = readFileSync(path);
    restoreBackup(path, backupsOf(path)[0]!.name, 1_000);
    expect(keptIn(path)).toBe('from before');
    const aside = readdirSync(dirname(path)).find((name) => name.includes('.aside-'));
    expect(readFileSync(`${dirname(path)}/${aside}`).equals(damaged)).toBe(true);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(backupsOf(path).length).toBeGreaterThan(0);
  });

  test('no name leads out of the folder, and one that is gone is said so', () => {
    const path = older();
    open(path).close();
    for (const name of ['../other', basename(path), 'gatehouse.sqlite.before-4-gone', '']) {
      expect(() => restoreBackup(path, name, 1_000)).toThrow(/no backup/);
    }
    expect(existsSync(path)).toBe(true);
  });

  test('beginning anew keeps database and log aside', () => {
    const path = older();
    open(path).close();
    writeFileSync(path, Buffer.alloc(8192, 0x5a));
    writeFileSync(`${path}-wal`, 'frames');
    const aside = setAside(path, 1_000);
    expect(readFileSync(aside).length).toBe(8192);
    expect(readFileSync(`${aside}-wal`, 'utf8')).toBe('frames');
    expect(keptIn(path)).toBeUndefined();
  });

  test('what was set aside comes back with its log, in the place of what came since', () => {
    const path = older();
    writeFileSync(path, 'before');
    writeFileSync(`${path}-wal`, 'frames');
    const aside = setAside(path, 1_000);
    for (const end of ['', '-wal', '-shm']) writeFileSync(path + end, 'since');
    putBack(path, aside);
    expect(readFileSync(path, 'utf8')).toBe('before');
    expect(readFileSync(`${path}-wal`, 'utf8')).toBe('frames');
    expect(existsSync(`${path}-shm`)).toBe(false);
    expect(existsSync(aside)).toBe(false);
  });

  test('what is set aside in the same second takes the place of nothing', () => {
    const path = older();
    const asides = ['first', 'second', 'third'].map((text) => {
      writeFileSync(path, text);
      return setAside(path, 1_000);
    });
    expect(asides.map((aside) => readFileSync(aside, 'utf8'))).toEqual(['first', 'second', 'third']);
  });

  test.skipIf(process.platform === 'win32')(
    'a migration that has no room for its backup changes nothing',
    () => {
      const path = older();
      const before = readFileSync(path);
      const child = fileURLToPath(new URL('./child.ts', import.meta.url));
      const tight = ['-c', 'ulimit -f 32; exec "$0" "$1" open "$2"', process.execPath, child, path];
      const failure = JSON.parse(execFileSync('sh', tight, { encoding: 'utf8' }));
      expect(failure).toMatchObject({ kind: 'store-broken', message: expect.stringContaining(path) });
      expect(readFileSync(path).equals(before)).toBe(true);
      expect(backupsOf(path)).toEqual([]);
      expect(keptIn(path)).toBe('from before');
    },
  );
});
