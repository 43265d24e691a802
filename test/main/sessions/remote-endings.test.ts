import { afterEach, beforeEach, expect, test } from 'vitest';
import type { PracticeServer } from '../../../practice/common/types.ts';
import { startPractice } from '../../../practice/index.ts';
import { newFolder, openTestApp, removeFolder, type TestApp, until } from '../core-harness.ts';
import { createKeyring } from '../vault/keyrings.ts';

/** Orders to end sessions that were opened elsewhere, with the panel's own table as the witness. */
let folder = '';
let server: PracticeServer;
let close: () => Promise<unknown>;
let app: TestApp;
let sessionId = '';
let accountId = '';
let remoteId = '';
const keyring = createKeyring();
const passphrase = 'a quiet gatehouse by the river';

beforeEach(async () => {
  folder = newFolder();
  const practice = await startPractice({ only: ['enhance'] });
  server = practice.servers[0]!;
  close = () => practice.close();
  app = await openTestApp(folder, { keyring });
  accountId = app.add(server, 'Nora Lindholm').id;
  sessionId = app.core.sessions.signIn({ accountId }, 'window');
  await app.reach(sessionId, 'active');
  const list = await app.core.sessions.remote(sessionId);
  remoteId = list.find(({ mark, where }) => mark === 'other' && where?.includes('Lisbon'))!.id;
});
afterEach(async () => {
  await app.core.close(0);
  await close();
  removeFolder(folder);
});

const order = () => app.core.sessions.orderEndRemote(sessionId, remoteId, 'Lisbon');
const isOpen = () => server.sessions().some(({ id, state }) => id === remoteId && state === 'active');
const rows = () => app.core.store.all('SELECT * FROM remote_endings');
const first = () => app.core.sessions.remoteEndings()[0]!;

test('an order is on disk, sealed, sends nothing for five seconds, and can be undone', async () => {
  order();
  order();
  expect(rows()).toHaveLength(1);
  expect(Buffer.from(rows()[0]!.sealed as Uint8Array).includes('Lisbon')).toBe(false);
  expect(first()).toMatchObject({ sessionId, accountId, remoteId, where: 'Lisbon', failure: null });
  expect(app.core.sessions.withdrawEndRemote(first().id)).toBe(true);
  expect(rows()).toEqual([]);
  expect(app.core.sessions.remoteEndings()).toEqual([]);
  expect(isOpen()).toBe(true);
});

test('it is carried out by itself, tried again after a fault, and written in the ledger', async () => {
  server.misbehave({ operation: 'deleteSession', status: 503 });
  order();
  await until('it was tried', () => first()?.failure, 12_000);
  expect(isOpen()).toBe(true);
  server.behave();
  await until('it is over', () => app.core.sessions.remoteEndings().length === 0, 12_000);
  expect(isOpen()).toBe(false);
  const [row] = await app.core.ledger.page({ limit: 1 });
  expect(row).toMatchObject({ event: 'ended', detail: 'a session of this login that was opened elsewhere' });
});

test('signing out of the session that asks carries it out first, and so does a lock', async () => {
  order();
  app.core.sessions.end(sessionId, { actor: 'window' });
  await app.reach(sessionId, 'ended');
  expect(isOpen()).toBe(false);
  expect(app.core.sessions.remoteEndings()).toEqual([]);

  sessionId = app.core.sessions.signIn({ accountId }, 'window');
  await app.reach(sessionId, 'active');
  const list = await app.core.sessions.remote(sessionId);
  remoteId = list.find(({ mark }) => mark === 'other')!.id;
  expect(isOpen()).toBe(true);
  await app.core.vault.setPassphrase(null, passphrase, { recovery: false });
  order();
  app.core.lock('window');
  await until('it is over', () => app.core.sessions.remoteEndings().length === 0);
  expect(rows()).toEqual([]);
  expect(isOpen()).toBe(false);
  await app.core.unlock(passphrase);
});

test('after a crash it is carried out, by the next session of the account where that one is gone', async () => {
  order();
  app.core.scheduler.close();
  app.core.store.run("UPDATE sessions SET state = 'expired' WHERE id = ?", sessionId);
  app.core.store.close();
  app = await openTestApp(folder, { keyring });
  expect(first()).toMatchObject({ remoteId, where: 'Lisbon', undoUntil: null });
  await until('nobody can ask', () => first().nextTryAt === null, 12_000);
  expect(isOpen()).toBe(true);
  app.core.sessions.signIn({ accountId }, 'window');
  await until('it is over', () => app.core.sessions.remoteEndings().length === 0);
  expect(isOpen()).toBe(false);
});

test('what is refused for good says so and waits to be given up', async () => {
  server.misbehave({ operation: 'deleteSession', status: 403 });
  order();
  await until('it was refused', () => first()?.failure, 12_000);
  expect(first()).toMatchObject({ nextTryAt: null, failure: { kind: 'forbidden' } });
  expect(app.core.sessions.withdrawEndRemote(first().id)).toBe(true);
  expect(rows()).toEqual([]);
});

test('what is open elsewhere is looked at once, and again when an order is over', async () => {
  const asked = () => server.log().filter(({ operation }) => operation === 'getSessions').length;
  const before = asked();
  const found = await app.core.openElsewhere.look();
  expect(found.map(({ where }) => where)).toContainEqual(expect.stringContaining('Lisbon'));
  await app.core.openElsewhere.look();
  expect(asked()).toBe(before + 1);
  order();
  const left = await app.core.openElsewhere.look();
  expect(left.map((one) => one.remoteId)).not.toContain(remoteId);
  app.core.sessions.withdrawEndRemote(first().id);
  const again = await app.core.openElsewhere.look();
  expect(again.map((one) => one.remoteId)).toContain(remoteId);
  expect(asked()).toBe(before + 2);
  server.misbehave({ operation: 'getSessions', status: 503 });
  app.core.openElsewhere.forget();
  expect(await app.core.openElsewhere.look()).toEqual([]);
});
