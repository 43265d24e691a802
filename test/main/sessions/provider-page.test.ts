import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Platform } from '../../../main/core.ts';
import type { Practice, PracticeServer } from '../../../practice/common/types.ts';
import { startPractice } from '../../../practice/index.ts';
import { newFolder, openTestApp, removeFolder, type TestApp, until } from '../core-harness.ts';
import { visitProvider } from '../vendors/cyclos/visit-provider.ts';

/** A sign-in on the page of somebody else, as the sessions drive it: whatever cuts it off, no session is left. */
let practice: Practice;
let cyclos: PracticeServer;
let folder: string;
let app: TestApp;
let pages: Parameters<Platform['showSignInPage']>[0][];

beforeAll(async () => {
  practice = await startPractice({ only: ['cyclos'] });
  cyclos = practice.servers[0]!;
});
afterAll(() => practice.close());
beforeEach(async () => {
  folder = newFolder();
  pages = [];
  app = await openTestApp(folder, {
    showSignInPage(page) {
      pages.push(page);
      return new Promise((done) => page.signal.addEventListener('abort', () => done(), { once: true }));
    },
  });
});
afterEach(async () => {
  cyclos.behave();
  await app.core.close(2_000);
  removeFolder(folder);
});

const live = () => cyclos.sessions().filter(({ person }) => person === 'ida');

/** A sign-in whose page is open. */
async function opened(): Promise<string> {
  const { baseUrl = '' } = app.person(cyclos, 'Left Coast: Member').account.values;
  const account = app.core.accounts.add({
    ...{ vendor: 'cyclos', label: 'Ida', realm: null, tags: [], colour: 'teal' },
    values: { baseUrl, way: 'identity-provider' },
  });
  const id = app.core.sessions.signIn({ accountId: account.id }, 'window');
  const choice = await app.promptOf(id);
  await app.core.sessions.answer(choice.id, { choice: 'harbourid' });
  await until('the page is open', () => pages.length > 0);
  return id;
}

test('it goes on by itself when the word comes, and the window is told only whose page it is', async () => {
  const id = await opened();
  expect(pages[0]).toMatchObject({ title: 'Harbour ID for Ida' });
  expect(app.core.sessions.promptOf(id)?.ask).toEqual({
    ...{ kind: 'page', name: 'Harbour ID' },
    host: new URL(cyclos.origin).host,
  });
  expect(app.sealed(id, 'pending')).toContain('"opened":true');
  await visitProvider(pages[0]!.url, /as Ida/);
  const session = await app.reach(id, 'active');
  expect(session).toMatchObject({ person: 'Ida Identity', method: 'Harbour ID' });
  expect(pages[0]!.signal.aborted).toBe(true);
  const token = JSON.parse(app.sealed(id, 'grant') ?? '{}').token as string;
  expect(token.length).toBeGreaterThan(20);
  expect(JSON.stringify(app.changes)).not.toContain(token);
  expect(JSON.stringify(app.changes)).not.toContain(new URL(pages[0]!.url).pathname);
  app.core.sessions.end(id, { actor: 'window' });
  expect(await app.reach(id, 'ended')).toMatchObject({ endedHow: 'vendor' });
  expect(live()).toEqual([]);
});

test('a cancel closes the page, and who signs in there all the same is signed out', async () => {
  const id = await opened();
  app.core.sessions.cancelPrompt(app.core.sessions.promptOf(id)!.id, 'window');
  expect(pages[0]!.signal.aborted).toBe(true);
  await visitProvider(pages[0]!.url, /as Ida/);
  expect(live()).toHaveLength(1);
  expect(await app.reach(id, 'ended')).toMatchObject({ endedHow: 'vendor' });
  expect(live()).toEqual([]);
});

test('a sign-out while the session is taken over ends the one that has taken its place', async () => {
  const id = await opened();
  let ordered = false;
  app.core.sessions.on.changed(({ after }) => {
    if (ordered || after?.id !== id || after.unansweredAt === null) return;
    ordered = true;
    setImmediate(() => app.core.sessions.end(id, { actor: 'window' }));
  });
  await visitProvider(pages[0]!.url, /as Ida/);
  expect(await app.reach(id, 'ended')).toMatchObject({ endedHow: 'vendor' });
  expect(cyclos.log().some(({ operation }) => operation === 'replaceSession')).toBe(true);
  expect(live()).toEqual([]);
});

test('where the answer to that is lost, the session is listed as possibly alive', async () => {
  const id = await opened();
  cyclos.misbehave({ operation: 'replaceSession', reset: 'after', times: 1 });
  await visitProvider(pages[0]!.url, /as Ida/);
  expect(await app.reach(id, 'failed')).toMatchObject({ endedHow: 'possibly-alive' });
});

test('a test of the account says what a sign-in would ask for, and claims nothing that was not tried', async () => {
  const { baseUrl = '' } = app.person(cyclos, 'Left Coast: Member').account.values;
  const { steps, needsPrompt } = await app.core.testAccount({
    ...{ vendor: 'cyclos', label: 'Ida', realm: null, tags: [], colour: 'teal' },
    values: { baseUrl, way: 'identity-provider' },
  });
  expect(needsPrompt).toBe('a choice of how to go on');
  expect(steps.join(' ')).not.toContain('accepted');
  expect(pages).toEqual([]);
});

test('a lock closes the page', async () => {
  await app.core.vault.setPassphrase(null, 'a quiet gatehouse by the river');
  const id = await opened();
  app.core.lock('window');
  expect(pages[0]!.signal.aborted).toBe(true);
  await until('it is over', () => app.core.sessions.get(id)?.state === 'failed');
  expect(app.core.sessions.get(id)).toMatchObject({ endedHow: 'vendor', failure: { kind: 'cut-off' } });
});

test('an address that is not secure is not opened', async () => {
  const { baseUrl = '' } = app.person(cyclos, 'Left Coast: Member').account.values;
  cyclos.misbehave({
    ...{ operation: 'prepareIdentityProviderLogin', status: 200, times: 1 },
    body: { requestId: 'r', url: 'http://login.example/', identityProvider: { name: 'X' } },
  });
  const account = app.core.accounts.add({
    ...{ vendor: 'cyclos', label: 'Ida', realm: null, tags: [], colour: 'teal' },
    values: { baseUrl, way: 'identity-provider' },
  });
  const id = app.core.sessions.signIn({ accountId: account.id }, 'window');
  await app.core.sessions.answer((await app.promptOf(id)).id, { choice: 'harbourid' });
  const over = await app.reach(id, 'failed');
  expect(over.failure).toMatchObject({ kind: 'wrong-place' });
  expect(pages).toEqual([]);
});
