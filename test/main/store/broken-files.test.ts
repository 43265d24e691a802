import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, chownSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { GatehouseError } from '#contract/failure.ts';
import { openStore } from '../../../main/store/store.ts';
import { temporaryPath } from './temporary.ts';

const child = fileURLToPath(new URL('./child.ts', import.meta.url));

function seeded(): string {
  const path = temporaryPath();
  const store = openStore(path, { now: () => 1 });
  for (let row = 0; row < 500; row += 1) {
    store.run('INSERT INTO meta (key, value) VALUES (?, ?)', `k${row}`, 'x'.repeat(200));
  }
  store.close();
  return path;
}

/** Opens, expects store-broken that names the file and what to do about it, and expects every file to be as it was. */
function expectRefused(path: string, message: RegExp, advice = /^The file is kept as it is\. /): void {
  const before = contents(path);
  let caught: unknown;
  try {
    openStore(path, { now: () => 2 }).close();
  } catch (error) {
    caught = error;
  }
  expect(caught).toBeInstanceOf(GatehouseError);
  if (!(caught instanceof GatehouseError)) return;
  expect(caught.failure.kind).toBe('store-broken');
  expect(caught.message).toMatch(message);
  expect(caught.message).toContain(path);
  expect(caught.failure.advice).toMatch(advice);
  expect(contents(path)).toEqual(before);
}

function contents(path: string): Record<string, string> {
  const names = readdirSync(dirname(path)).filter((name) => !name.endsWith('-shm'));
  return Object.fromEntries(
    names
      .map((name) => [name, readFileSync(`${dirname(path)}/${name}`).toString('base64')] as const)
      // A reader makes an empty log beside the file.
      .filter(([name, bytes]) => !(name.endsWith('-wal') && bytes === '')),
  );
}

test('a file that is no database', () => {
  const path = temporaryPath();
  mkdirSync(dirname(path));
  writeFileSync(path, 'Dear diary, this is no database at all. '.repeat(200));
  expectRefused(path, /is not a Gatehouse database/);
});

test('an empty file is damage, not a new desk', () => {
  const path = temporaryPath();
  mkdirSync(dirname(path));
  writeFileSync(path, '');
  expectRefused(path, /is empty/, /move the empty file away/);
});

test('a database of another program', () => {
  const path = temporaryPath();
  mkdirSync(dirname(path));
  const other = new DatabaseSync(path);
  other.exec('CREATE TABLE things (id INTEGER)');
  other.close();
  expectRefused(path, /another program/);
});

test('a database of a newer Gatehouse', () => {
  const path = seeded();
  const newer = new DatabaseSync(path);
  newer.exec('PRAGMA user_version = 999');
  newer.close();
  expectRefused(path, /newer Gatehouse/, /^Start the newer Gatehouse\. /);
});

test('pages overwritten in the middle', () => {
  const path = seeded();
  const bytes = readFileSync(path);
  bytes.fill(0x5a, 4096, bytes.length - 4096);
  writeFileSync(path, bytes);
  expectRefused(path, /is damaged/);
});

test('a file that was cut off', () => {
  const path = seeded();
  const bytes = readFileSync(path);
  writeFileSync(path, bytes.subarray(0, Math.floor(bytes.length / 2)));
  expectRefused(path, /is damaged/);
});

test('a header that was overwritten', () => {
  const path = seeded();
  const bytes = readFileSync(path);
  bytes.fill(0, 0, 100);
  writeFileSync(path, bytes);
  expectRefused(path, /not a Gatehouse database|damaged/);
});

test('a log whose database is gone', () => {
  const path = temporaryPath();
  mkdirSync(dirname(path));
  writeFileSync(`${path}-wal`, 'frames');
  expectRefused(path, /is gone, but its log/, /^Put the database file back beside its log/);
});

test('a folder in the place of the file', () => {
  const path = temporaryPath();
  mkdirSync(path, { recursive: true });
  expect(() => openStore(path, { now: () => 1 })).toThrow(GatehouseError);
});

test('a damaged file with work still in its log keeps both', () => {
  const path = seeded();
  const killed = spawnSync(process.execPath, [child, 'write-and-die', path]);
  expect(killed.signal).toBe('SIGKILL');
  const bytes = readFileSync(path);
  bytes.fill(0x5a, 4096, bytes.length - 4096);
  writeFileSync(path, bytes);
  expect(Object.keys(contents(path))).toContain('gatehouse.sqlite-wal');
  expectRefused(path, /is damaged/);
});

// The child gives up the rights of root, for whom no file is read-only.
test.skipIf(process.platform === 'win32')('a read-only file and a read-only folder', () => {
  const path = seeded();
  const folder = dirname(path);
  if (process.getuid?.() === 0) {
    chmodSync(dirname(folder), 0o755);
    chownSync(folder, 65534, 65534);
    chownSync(path, 65534, 65534);
  }
  const before = contents(path);
  chmodSync(path, 0o400);
  expect(openInChild(path)).toMatchObject({ kind: 'store-broken', message: expect.stringContaining(path) });
  expect(openInChild(path).message).toMatch(/read-only/);
  rmSync(`${path}-shm`, { force: true });
  rmSync(`${path}-wal`, { force: true });
  chmodSync(folder, 0o500);
  expect(openInChild(path)).toMatchObject({ kind: 'store-broken', message: expect.stringContaining(path) });
  chmodSync(folder, 0o700);
  expect(contents(path)).toEqual(before);
  chmodSync(path, 0o600);
  expect(openInChild(path)).toEqual({ opened: true });
});

test.skipIf(process.platform === 'win32')('a disk that takes no more: at the start and in the middle', () => {
  const path = temporaryPath();
  const script = `ulimit -f 1024; exec "$0" "$1" fill "$2"`;
  const output = execFileSync('sh', ['-c', script, process.execPath, child, path], { encoding: 'utf8' });
  const { failure, stored, after } = JSON.parse(output);
  expect(failure).toMatchObject({ kind: 'store-broken', message: expect.stringContaining(path) });
  expect(stored).toBeGreaterThan(0);
  expect(after).toBe(stored);

  const store = openStore(path, { now: () => 3 });
  expect(store.get("SELECT count(*) AS n FROM meta WHERE key LIKE 'fill%'")).toEqual({ n: stored });
  store.close();

  const fresh = temporaryPath();
  const tight = `ulimit -f 8; exec "$0" "$1" open "$2"`;
  const refused = execFileSync('sh', ['-c', tight, process.execPath, child, fresh], { encoding: 'utf8' });
  expect(JSON.parse(refused)).toMatchObject({
    kind: 'store-broken',
    message: expect.stringContaining(fresh),
  });
});

function openInChild(path: string) {
  const output = execFileSync(process.execPath, [child, 'open-unprivileged', path], { encoding: 'utf8' });
  return JSON.parse(output);
}
