import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Account, Membership, Realm } from '#contract/shapes.ts';
import type { Practice, PracticeServer } from '../../../practice/common/types.ts';
import { startPractice } from '../../../practice/index.ts';
import { newFolder, openTestApp, removeFolder, type TestApp, until } from '../core-harness.ts';
import { createKeyring } from '../vault/keyrings.ts';

/** Realms of an Enhance login: those that it belongs to, those that it can sign in to, and those that refuse it. */

let practice: Practice;
let panel: PracticeServer;
let folder: string;
let app: TestApp;

beforeAll(async () => {
  practice = await startPractice({ only: ['enhance'] });
  panel = practice.servers[0]!;
});
afterAll(() => practice.close());

const keyring = createKeyring();
beforeEach(async () => {
  folder = newFolder();
  app = await openTestApp(folder, { keyring });
});
afterEach(async () => {
  panel.behave();
  app.core.receipts.endEverywhere('tray');
  await app.core.sessions.idle();
  await app.core.close(2_000);
  removeFolder(folder);
});

async function signedIn(label: string): Promise<{ account: Account; id: string; listed: Membership[] }> {
  const account = app.add(panel, label);
  const id = app.core.sessions.signIn({ accountId: account.id }, 'window');
  await app.reach(id, 'active');
  return { account, id, listed: await app.core.sessions.memberships(id) };
}

const namesOf = (listed: Membership[]) =>
  listed.map(({ realm, roles, closed, here }) => [
    realm.name,
    roles.join(),
    closed ? 'no realm' : 'realm',
    here,
  ]);
const refusalsOf = (id: string) => app.session(id).refusals;

test('where somebody belongs is told from the realms that they can sign in to', async () => {
  expect(namesOf((await signedIn('Frieda Holm')).listed)).toEqual([
    ['Northwind Hosting', '', 'realm', true],
    ['Harbour Bakery', 'Owner', 'no realm', false],
  ]);
  const petra = await signedIn('Petra Vogel');
  expect(namesOf(petra.listed)).toEqual([
    ['Northwind Hosting', '', 'realm', true],
    ['Reseller EU', 'Owner', 'realm', false],
  ]);
  const next = app.core.sessions.switchRealm(petra.id, petra.listed[1]!.realm, 'beside', 'window');
  await app.reach(next, 'active');
  expect(namesOf(await app.core.sessions.memberships(next))).toEqual([
    ['Northwind Hosting', '', 'realm', false],
    ['Reseller EU', 'Owner', 'realm', true],
  ]);
  // A panel that does not tell leaves it to be tried.
  panel.misbehave({ operation: 'getBranding', status: 500 });
  expect((await app.core.sessions.memberships(petra.id)).map(({ closed }) => closed)).toEqual([
    undefined,
    undefined,
  ]);
});

test('a realm that refuses is marked at the session it was tried from, over a restart, until it works again', async () => {
  const { account, id, listed } = await signedIn('Petra Vogel');
  const { realm } = listed[1]!;
  const other = app.core.sessions.signIn({ accountId: account.id, realm: listed[0]!.realm }, 'window');
  await app.reach(other, 'active');
  panel.misbehave({ operation: 'createSession', status: 403, body: { message: 'Not today.' }, times: 2 });
  const refused = app.core.sessions.switchRealm(id, realm, 'move', 'window');
  const { failure } = await app.reach(refused, 'failed');
  expect(app.session(id).state).toBe('active');
  expect(refusalsOf(id)).toEqual([
    { realmId: realm.id, message: failure!.message, at: expect.closeTo(Date.now(), -5) },
  ]);
  expect(failure!.message).toContain('Not today');
  expect(refusalsOf(other)).toEqual([]);
  // Refused again is one mark, and the newer one.
  const [before] = refusalsOf(id);
  await until('a moment has passed', () => Date.now() > before!.at);
  await app.reach(app.core.sessions.switchRealm(id, realm, 'beside', 'window'), 'failed');
  expect(refusalsOf(id)).toHaveLength(1);
  expect(refusalsOf(id)[0]!.at).toBeGreaterThan(before!.at);

  await app.core.close(2_000);
  app = await openTestApp(folder, { keyring });
  await until('the session is known again', () => app.core.sessions.view(id)?.state === 'active');
  expect(refusalsOf(id)).toMatchObject([{ realmId: realm.id, message: failure!.message }]);

  const works = app.core.sessions.signIn({ accountId: account.id, realm }, 'window');
  await app.reach(works, 'active');
  expect(refusalsOf(id)).toEqual([]);
});

test('what says nothing of the realm leaves no mark: a hurried server, a wrong PIN', async () => {
  const { id, listed } = await signedIn('Petra Vogel');
  const { realm } = listed[1]!;
  panel.misbehave({ operation: 'createSession', status: 429, headers: { 'retry-after': '60' }, times: 1 });
  await app.reach(app.core.sessions.switchRealm(id, realm, 'beside', 'window'), 'failed');
  expect(refusalsOf(id)).toEqual([]);

  const account = app.add(panel, 'Amir Haddad');
  const answer = async (session: string, code?: string) => {
    const prompt = await app.promptOf(session);
    const letter = practice.inbox.latest('amir@northwind.example')?.code ?? '';
    await app.core.sessions.answer(prompt.id, { code: code ?? letter });
    return prompt.id;
  };
  const first = app.core.sessions.signIn({ accountId: account.id }, 'window');
  await answer(first);
  await app.reach(first, 'active');
  const wrong = await answer(app.core.sessions.switchRealm(first, realm, 'beside', 'window'), '000000');
  expect(refusalsOf(first)).toEqual([]);
  // Started again it still comes from there.
  panel.misbehave({ operation: 'createSession', status: 403, times: 1 });
  await app.reach(app.core.sessions.startAgain(wrong, 'window'), 'failed');
  expect(refusalsOf(first).map(({ realmId }) => realmId)).toEqual([realm.id]);
});

test('a realm in which this login does not live says so', async () => {
  const { id } = await signedIn('Frieda Holm');
  const organisation: Realm = (await app.core.sessions.memberships(id))[1]!.realm;
  const refused = app.core.sessions.switchRealm(id, organisation, 'beside', 'window');
  expect((await app.reach(refused, 'failed')).failure?.message).toContain('has no realm of this id');
  const { id: nora } = await signedIn('Nora Lindholm');
  const elsewhere = { ...(await signedIn('Petra Vogel')).listed[1]!.realm };
  const gone = await app.reach(app.core.sessions.switchRealm(nora, elsewhere, 'beside', 'window'), 'failed');
  expect(gone.failure).toMatchObject({
    kind: 'refused-credentials',
    message: expect.stringContaining('realm'),
  });
  expect(refusalsOf(nora).map(({ realmId }) => realmId)).toEqual([elsewhere.id]);
  expect(refusalsOf(id).map(({ realmId }) => realmId)).toEqual([organisation.id]);
});
