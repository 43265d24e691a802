import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Account } from '#contract/shapes.ts';
import type { PracticeServer } from '../../../practice/common/types.ts';
import { startKoyeb } from '../../../practice/koyeb/index.ts';
import { newFolder, openTestApp, removeFolder, routerOf, type TestApp } from '../core-harness.ts';
import { practiceOptions } from '../vendors/practice-context.ts';

/** The same realm of an account is not opened twice unasked, whoever opens it. */

const folder = newFolder();
let app: TestApp;
let server: PracticeServer;
let route: ReturnType<typeof routerOf>;
let maya: Account;

beforeAll(async () => {
  server = await startKoyeb(practiceOptions('open in'));
  app = await openTestApp(folder);
  route = routerOf(app);
  maya = app.add(server, 'Maya Castell');
});
afterAll(async () => {
  await app.core.close(0);
  await server.close();
  removeFolder(folder);
});

interface Opened {
  sessionId: string;
  openAlready: boolean;
}

async function opened(channel: 'sessions.signIn' | 'sessions.switchRealm', input: object): Promise<Opened> {
  const answer = await route(channel, input);
  if (!answer.ok) throw new Error(answer.failure.message);
  const value = answer.value as Opened;
  await app.reach(value.sessionId, 'active');
  return value;
}
const atServer = () => server.sessions().length;
const realmOf = async (sessionId: string, name: string) =>
  (await app.core.sessions.memberships(sessionId)).find(({ realm }) => realm.name === name)!.realm;

test('a sign-in shows the session that is open, and opens another when asked', async () => {
  const first = await opened('sessions.signIn', { accountId: maya.id });
  expect(first.openAlready).toBe(false);
  expect(await opened('sessions.signIn', { accountId: maya.id })).toEqual({ ...first, openAlready: true });
  expect(atServer()).toBe(1);
  const second = await opened('sessions.signIn', { accountId: maya.id, again: true });
  expect(second).toMatchObject({ openAlready: false });
  expect(atServer()).toBe(2);
  app.core.sessions.end(second.sessionId, { actor: 'window' });
  await app.reach(second.sessionId, 'ended');
});

test('a realm in which none is open is opened, whatever is open elsewhere', async () => {
  const [first] = app.core.sessions.of(maya.id).filter(({ state }) => state === 'active');
  const tidepool = await realmOf(first!.id, 'Tidepool Labs');
  const there = await opened('sessions.signIn', { accountId: maya.id, realm: tidepool });
  expect(there.openAlready).toBe(false);
  expect(atServer()).toBe(2);
});

test('neither a move nor one beside opens a realm twice; nothing is ended for it', async () => {
  const [first] = app.core.sessions.of(maya.id).filter(({ realmName }) => realmName === 'Lantern Works');
  const tidepool = await realmOf(first!.id, 'Tidepool Labs');
  const switchIt = (how: string, more = {}) =>
    opened('sessions.switchRealm', { sessionId: first!.id, realm: tidepool, how, ...more });
  const beside = await switchIt('beside');
  expect(beside.openAlready).toBe(true);
  expect(await switchIt('move')).toEqual(beside);
  expect(app.session(first!.id).state).toBe('active');
  expect(atServer()).toBe(2);
  const another = await switchIt('beside', { again: true });
  expect(another.openAlready).toBe(false);
  expect(another.sessionId).not.toBe(beside.sessionId);
  expect(atServer()).toBe(3);
});

test('a second switch while the first is on its way joins it', async () => {
  const [first] = app.core.sessions.of(maya.id).filter(({ realmName }) => realmName === 'Lantern Works');
  const realm = await realmOf(first!.id, 'Meadow Analytics');
  const input = { sessionId: first!.id, realm, how: 'beside' };
  const [one, two] = await Promise.all([
    opened('sessions.switchRealm', input),
    opened('sessions.switchRealm', input),
  ]);
  expect(two?.sessionId).toBe(one?.sessionId);
});

test('a shift opens what is not open, and no more', async () => {
  const before = atServer();
  const [first] = app.core.sessions.of(maya.id).filter(({ state }) => state === 'active');
  const lantern = await realmOf(first!.id, 'Lantern Works');
  const members = [
    { accountId: maya.id, realm: lantern },
    { accountId: maya.id, realm: null },
  ];
  expect(await route('shifts.start', { members })).toMatchObject({ value: { started: 0 } });
  expect(atServer()).toBe(before);
  const none = { accountId: maya.id, realm: { id: '', name: 'No organisation' } };
  expect(await route('shifts.start', { members: [...members, none, none] })).toMatchObject({
    value: { started: 1 },
  });
});
