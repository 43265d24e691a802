import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Practice, PracticeServer } from '../../practice/common/types.ts';
import { startPractice } from '../../practice/index.ts';
import { newFolder, openTestApp, removeFolder, routerOf, type TestApp, until } from './core-harness.ts';
import { passphrase } from './vault/keyrings.ts';

/* The lock locks: whoever asks for it, whatever else fails. */

let folder: string;
let app: TestApp;
let practice: Practice;
let enhance: PracticeServer;

beforeEach(async () => {
  folder = newFolder();
  practice = await startPractice({ only: ['enhance'] });
  enhance = practice.servers[0]!;
  app = await openTestApp(folder);
  await app.core.vault.setPassphrase(null, passphrase);
});
afterEach(async () => {
  await app.core.close(0);
  await practice.close();
  removeFolder(folder);
});

/** The server's own sessions that Gatehouse opened. */
const atServer = () => enhance.sessions().filter(({ userAgent }) => userAgent?.startsWith('Gatehouse/'));

/** Amir waits for a PIN. */
async function waiting() {
  const account = app.add(enhance, 'Amir Haddad');
  const id = app.core.sessions.signIn({ accountId: account.id }, 'window');
  await app.promptOf(id);
  return id;
}

/** Another process that writes, and does not stop. */
function hold() {
  const other = new DatabaseSync(app.core.store.path);
  other.exec('BEGIN IMMEDIATE');
  return () => {
    if (other.isOpen) other.close();
  };
}

/** No more room on the disk from now on, not even for one row of the ledger. */
function fill() {
  const { store, ledger } = app.core;
  store.emptyLog();
  const pages = Number(store.get('PRAGMA page_count')?.page_count);
  store.get(`PRAGMA max_page_count = ${pages}`);
  const more = () => {
    for (let row = 0; row < 2_000; row += 1)
      ledger.write({ actor: 'window', event: 'copied', detail: 'more' });
  };
  expect(more).toThrow(/full/);
  return () => void store.get('PRAGMA max_page_count = 1000000');
}

describe.each([
  ['the database held by another process', hold, ['window'] as const],
  ['the disk full', fill, ['window', 'tray', 'timer'] as const],
])('with %s', (_, obstruct, actors) => {
  test.each(actors)('it locks when the %s asks, a prompt being open', async (actor) => {
    const id = await waiting();
    const release = obstruct();
    try {
      const route = routerOf(app);
      if (actor === 'window') expect(await route('vault.lock', undefined)).toMatchObject({ ok: true });
      else app.core.lock(actor);
      expect(app.core.isLocked()).toBe(true);
      expect(() => app.sealed(id, 'pending')).toThrow(/locked/);
      expect(await route('people.sources', { sessionId: id })).toMatchObject({
        ok: false,
        failure: { kind: 'vault-locked' },
      });
      expect(app.core.snapshot().accounts).toEqual([]);
    } finally {
      release();
    }
    // What could not be written is not forgotten: the half-open session ends, by itself or after the unlock.
    await app.core.unlock(passphrase);
    app.core.sessions.end(id, { actor: 'window' });
    await until(
      'it is over',
      () => ['ended', 'failed'].includes(app.core.sessions.get(id)?.state ?? 'ended'),
      20_000,
    );
    expect(atServer()).toEqual([]);
  });
});

test('a prompt that is open at the lock is ended at the vendor while locked', async () => {
  const id = await waiting();
  expect(atServer()).toHaveLength(1);
  app.core.lock('tray');
  await until('it is ended', () => atServer().length === 0);
  expect(app.core.isLocked()).toBe(true);
  expect(app.bugs).toEqual([]);
  await app.core.unlock(passphrase);
  await until('the row is over', () => app.core.sessions.get(id)?.state !== 'ending');
  expect(await app.core.ledger.verify()).toMatchObject({ ok: true, unproved: 0 });
});

test('a sign-in that the lock has cut off is offered again, in the same realm and way', async () => {
  const id = await waiting();
  const { accountId } = app.core.sessions.get(id)!;
  app.core.lock('window');
  await until('it is ended', () => atServer().length === 0);
  await app.core.unlock(passphrase);
  await until('the row is over', () => app.core.sessions.get(id)?.state === 'failed');
  expect(app.core.sessions.view(id)?.failure).toEqual({
    kind: 'cut-off',
    message: 'Gatehouse was locked in the middle of this sign-in.',
    advice: 'Sign in again.',
  });
  const route = routerOf(app);
  const again = await route('sessions.signInAgain', { sessionId: id });
  expect(again).toMatchObject({ ok: true });
  const [session] = app.core.sessions.of(accountId);
  expect(again).toMatchObject({ value: { sessionId: session?.id } });
  await app.promptOf(session!.id);
  expect(app.core.sessions.get(id)).toBeUndefined();
  // A session that was not cut off is none of it.
  expect(await route('sessions.signInAgain', { sessionId: session!.id })).toMatchObject({
    ok: false,
    failure: { kind: 'conflict' },
  });
});

test('what an entry of the scheduler throws keeps no other from its time', async () => {
  const { scheduler } = app.core;
  const ran: string[] = [];
  const soon = Date.now() + 5;
  scheduler.put('bad', soon, () => {
    throw new Error('an entry of the test');
  });
  scheduler.put('good', soon + 1, () => ran.push('good'));
  await until('the later one ran', () => ran.length === 1);
  expect(app.bugs).toMatchObject([['scheduler', { message: 'an entry of the test' }]]);
});
