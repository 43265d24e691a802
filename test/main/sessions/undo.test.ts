import { afterEach, beforeEach, expect, test } from 'vitest';
import type { PracticeServer } from '../../../practice/common/types.ts';
import { startPractice } from '../../../practice/index.ts';
import { newFolder, openTestApp, removeFolder, type TestApp, until } from '../core-harness.ts';
import { createKeyring } from '../vault/keyrings.ts';

/** Sign-outs that can be undone: nothing reaches the vendor for five seconds, and nothing is ever lost. */
let folder = '';
let server: PracticeServer;
let close: () => Promise<unknown>;
let app: TestApp;
const keyring = createKeyring();

beforeEach(async () => {
  folder = newFolder();
  const practice = await startPractice({ only: ['enhance'] });
  server = practice.servers[0]!;
  close = () => practice.close();
  app = await openTestApp(folder, { keyring });
});
afterEach(async () => {
  await app.core.close(0);
  await close();
  removeFolder(folder);
});

const people = ['Nora Lindholm', 'Sam Whitlock'];

async function signedIn(): Promise<string[]> {
  const ids = people.map((person) =>
    app.core.sessions.signIn({ accountId: app.add(server, person).id }, 'window'),
  );
  for (const id of ids) await app.reach(id, 'active');
  return ids;
}
const ends = () => server.log().filter(({ operation }) => operation === 'deleteCurrentSession').length;
const order = (id: string) => app.core.sessions.end(id, { actor: 'window', canUndo: true });
const onDisk = (id: string) => app.core.store.get('SELECT * FROM endings WHERE session_id = ?', id);
async function events() {
  const rows = await app.core.ledger.page({ limit: 10 });
  return rows.map(({ event }) => event);
}

test('an order is on disk at once, is sent only after five seconds, and leaves nothing when it is undone', async () => {
  const [id] = (await signedIn()) as [string];
  const before = Date.now();
  order(id);
  expect(onDisk(id)).toBeDefined();
  const { ending } = app.session(id);
  expect(ending?.undoUntil).toBeGreaterThanOrEqual(before + 5_000);
  expect(ending?.undoUntil).toBeLessThanOrEqual(Date.now() + 5_000);
  await app.core.sessions.idle();
  expect(ends()).toBe(0);
  expect(app.core.sessions.undoEnd([id], 'window')).toBe(1);
  expect(app.session(id)).toMatchObject({ state: 'active', ending: null });
  expect(onDisk(id)).toBeUndefined();
  expect((await events()).slice(0, 2)).toEqual(['sign-out-undone', 'ending-ordered']);
  await app.core.sessions.check(id);
  expect(app.session(id).checkFailure).toBeNull();
  // Undone, it can be ordered again, and then it is over for good.
  app.core.sessions.end(id, { actor: 'window' });
  await app.reach(id, 'ended');
  expect(app.core.sessions.undoEnd([id], 'window')).toBe(0);
});

test('nobody undoes it: it is carried out by itself', async () => {
  const [id] = (await signedIn()) as [string];
  order(id);
  await until('it is over', () => app.session(id).state === 'ended', 12_000);
  expect(ends()).toBe(1);
});

test('a network that comes back in between sends nothing early', async () => {
  const [id] = (await signedIn()) as [string];
  order(id);
  app.core.sessions.online();
  await app.core.sessions.idle();
  expect(app.core.sessions.undoEnd([id], 'window')).toBe(1);
});

test('a lock, quitting and a removed account carry it out at once', async () => {
  const [first, second] = (await signedIn()) as [string, string];
  await app.core.vault.setPassphrase(null, 'a quiet gatehouse by the river', { recovery: false });
  order(first);
  app.core.lock('window');
  await app.core.sessions.idle();
  expect(app.core.sessions.get(first)?.state).toBe('ended');
  expect(app.core.sessions.undoEnd([first], 'window')).toBe(0);
  await app.core.unlock('a quiet gatehouse by the river');
  order(second);
  app.core.sessions.removeAccount(app.core.sessions.get(second)!.accountId);
  expect(app.core.sessions.undoEnd([second], 'window')).toBe(0);
  await app.core.close(5_000);
  expect(ends()).toBe(2);
  app = await openTestApp(folder, { keyring, asStored: true });
});

test('after a crash the next start carries it out', async () => {
  const [id] = (await signedIn()) as [string];
  order(id);
  app.core.scheduler.close();
  app.core.store.close();
  app = await openTestApp(folder, { keyring });
  expect(app.core.sessions.undoEnd([id], 'window')).toBe(0);
  await until('it is over', () => app.core.sessions.get(id)?.state === 'ended', 12_000);
  expect(ends()).toBe(1);
});

test('several: the receipt keeps what was not undone, and goes with the last of it', async () => {
  const ids = (await signedIn()) as [string, string];
  const receipt = app.core.receipts.end('Both', ids, 'window', true)!;
  expect(app.core.sessions.undoEnd([ids[0]], 'window')).toBe(1);
  expect(app.core.receipts.get(receipt.id)?.lines.map(({ sessionId }) => sessionId)).toEqual([ids[1]]);
  expect(app.core.sessions.undoEnd(ids, 'window')).toBe(1);
  expect(app.core.receipts.all()).toEqual([]);
  expect(app.core.store.get('SELECT id FROM receipts')).toBeUndefined();
  expect(ends()).toBe(0);
});

test('what waits for an answer is given up at once', async () => {
  const id = app.core.sessions.signIn({ accountId: app.add(server, 'Amir Haddad').id }, 'window');
  await app.promptOf(id);
  order(id);
  expect(app.session(id).ending?.undoUntil).toBeUndefined();
});
