import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Result } from '#contract/failure.ts';
import type { Practice, PracticeServer } from '../../../practice/common/types.ts';
import { startPractice } from '../../../practice/index.ts';
import { newFolder, openTestApp, removeFolder, routerOf, type TestApp, until } from '../core-harness.ts';

/** Exports of a directory through the router, to a real file. */
let practice: Practice;
let panel: PracticeServer;
let folder: string;
let files: string;
let path: string;
let app: TestApp;
let sessionId: string;
let route: ReturnType<typeof routerOf>;

beforeAll(async () => {
  practice = await startPractice({ only: ['enhance'], logins: 500 });
  panel = practice.servers[0]!;
});
afterAll(() => practice.close());

beforeEach(async () => {
  folder = newFolder();
  files = newFolder();
  path = join(files, 'people.csv');
  app = await openTestApp(folder);
  route = routerOf(app, { saveAs: async () => path });
  sessionId = app.core.sessions.signIn({ accountId: app.add(panel, 'Nora Lindholm').id }, 'window');
  await app.reach(sessionId, 'active');
});
afterEach(async () => {
  panel.behave();
  await app.core.close(2_000);
  removeFolder(folder);
  removeFolder(files);
});

const run = () => route('people.export', { sessionId, query: { source: 'all' }, columns: ['email'] });
const failureOf = (result: Result<unknown>) => (result.ok ? null : result.failure);
const progress = () => app.changes.flatMap((one) => (one.entity === 'export' ? [one.value] : []));

test('is written page by page to the end, telling how far it is', async () => {
  expect(await run()).toEqual({ ok: true, value: { path, rows: 511 } });
  expect(readFileSync(path, 'utf8').trimEnd().split(/\r?\n/)).toHaveLength(512);
  expect(progress()).toEqual([
    { rows: 0, total: null },
    { rows: 200, total: 511 },
    { rows: 400, total: 511 },
    { rows: 511, total: 511 },
    null,
  ]);
  expect(readdirSync(files)).toEqual(['people.csv']);
});

test('a column that no row has is empty, whatever it is called', async () => {
  const columns = ['constructor', 'toString', '__proto__'];
  expect(await route('people.export', { sessionId, query: { source: 'all' }, columns })).toMatchObject({
    ok: true,
  });
  expect(readFileSync(path, 'utf8').split('\r\n').slice(1, 3)).toEqual([',,', ',,']);
});

test.each([
  ['it is stopped', () => route('people.cancelExport', { sessionId })],
  ['Gatehouse is locked', () => route('vault.lock', undefined)],
])('is broken off at the panel when %s, and the file that was there stays', async (_when, stop) => {
  await app.core.vault.setPassphrase(null, 'a long passphrase');
  writeFileSync(path, 'from yesterday');
  const before = panel.log().length;
  panel.misbehave({ operation: 'getLogins', times: 1, latency: 1 });
  panel.misbehave({ operation: 'getLogins', latency: 20_000 });
  const exporting = run();
  const asked = () =>
    panel
      .log()
      .slice(before)
      .filter((one) => one.operation === 'getLogins');
  await until('the second page is asked', () => asked().at(-1)?.query.offset === '200');
  expect(await stop()).toMatchObject({ ok: true });
  expect(failureOf(await exporting)).toMatchObject({
    kind: 'cancelled',
    message: 'The export was stopped after 200 rows; no file was written.',
  });
  await until('the panel sees the connection closed', () => asked().at(-1)!.left);
  expect(progress().at(-1)).toBeNull();
  expect(readdirSync(files)).toEqual(['people.csv']);
  expect(readFileSync(path, 'utf8')).toBe('from yesterday');
});

test('says what failed and leaves no half a file, whether the panel or the disk fails', async () => {
  panel.misbehave({ operation: 'getLogins', times: 1, latency: 1 });
  panel.misbehave({ operation: 'getLogins', times: 1, status: 500 });
  expect(failureOf(await run())).toMatchObject({ kind: 'server-fault', status: 500 });
  expect(readdirSync(files)).toEqual([]);
  path = join(files, 'no such folder', 'people.csv');
  expect(failureOf(await run())).toMatchObject({
    kind: 'store-broken',
    message: 'The file could not be written (ENOENT).',
  });
  expect(existsSync(path)).toBe(false);
  expect(progress().at(-1)).toBeNull();
});
