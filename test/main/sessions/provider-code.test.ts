import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Platform } from '../../../main/core.ts';
import type { Practice, PracticeServer } from '../../../practice/common/types.ts';
import { startPractice } from '../../../practice/index.ts';
import { newFolder, openTestApp, removeFolder, type TestApp, until } from '../core-harness.ts';
import { visitProvider } from '../vendors/koyeb/visit-provider.ts';

/** A sign-in whose window is stopped with a code on its way back, as the sessions drive it: whatever cuts it off, no session is left. */
type Page = Parameters<Platform['showSignInPage']>[0];
let practice: Practice;
let koyeb: PracticeServer;
let folder: string;
let app: TestApp;
let pages: Page[];

beforeAll(async () => {
  practice = await startPractice({ only: ['koyeb'] });
  koyeb = practice.servers[0]!;
});
afterAll(() => practice.close());
beforeEach(async () => {
  folder = newFolder();
  pages = [];
  app = await openTestApp(folder, { showSignInPage });
});
afterEach(async () => {
  koyeb.behave();
  await app.core.close(2_000);
  removeFolder(folder);
});

/** A window that is closed by its signal, or by the first step back. */
function showSignInPage({ back, ...page }: Page): Promise<void> {
  return new Promise((done) => {
    page.signal.addEventListener('abort', () => done(), { once: true });
    const onBack = (address: string) => {
      back?.onBack(address);
      done();
    };
    pages.push({ ...page, ...(back ? { back: { origin: back.origin, onBack } } : {}) });
  });
}

const live = () => koyeb.sessions().length;

/** A sign-in whose page is open. */
async function opened(): Promise<string> {
  const account = app.core.accounts.add({
    ...{ vendor: 'koyeb', label: 'Maya', realm: null, tags: [], colour: 'teal' },
    values: { baseUrl: koyeb.url, way: 'provider' },
  });
  const before = pages.length;
  const id = app.core.sessions.signIn({ accountId: account.id }, 'window');
  const choice = await app.promptOf(id);
  await app.core.sessions.answer(choice.id, { choice: 'github' });
  await until('the page is open', () => pages.length > before);
  return id;
}

const comeBack = async (choose = /as Maya/) => {
  const page = pages.at(-1)!;
  page.back!.onBack(await visitProvider(page.url, choose));
};

test('it goes on by itself with the code, and neither code nor state leaves main', async () => {
  const id = await opened();
  expect(pages[0]).toMatchObject({ title: 'GitHub for Maya', back: { origin: koyeb.origin } });
  const back = new URL(await visitProvider(pages[0]!.url, /as Maya/));
  pages[0]!.back!.onBack(back.href);
  const session = await app.reach(id, 'active');
  expect(session).toMatchObject({ method: 'GitHub' });
  await until('the person is known', () => app.core.sessions.get(id)?.person === 'Maya Castell');
  for (const secret of [back.searchParams.get('code')!, back.searchParams.get('state')!])
    expect(JSON.stringify(app.changes)).not.toContain(secret);
  app.core.sessions.end(id, { actor: 'window' });
  expect(await app.reach(id, 'ended')).toMatchObject({ endedHow: 'vendor' });
  expect(live()).toBe(0);
});

test('a cancel and a lock close the page, and a code that comes after is not used', async () => {
  await app.core.vault.setPassphrase(null, 'a quiet gatehouse by the river');
  const first = await opened();
  app.core.sessions.cancelPrompt(app.core.sessions.promptOf(first)!.id, 'window');
  expect(pages.at(-1)!.signal.aborted).toBe(true);
  await comeBack();
  expect(await app.reach(first, 'ended')).toMatchObject({ endedHow: 'vendor' });
  const second = await opened();
  app.core.lock('window');
  expect(pages.at(-1)!.signal.aborted).toBe(true);
  await comeBack();
  await until('it is cut off', () => app.core.sessions.get(second)?.failure?.kind === 'cut-off');
  expect(koyeb.log().filter(({ operation }) => operation === 'oauthCallback')).toHaveLength(1);
  expect(live()).toBe(0);
});

test('a sign-out while the code is redeemed ends the session that comes of it', async () => {
  const id = await opened();
  let ordered = false;
  app.core.sessions.on.changed(({ after }) => {
    if (ordered || after?.id !== id || after.unansweredAt === null) return;
    ordered = true;
    setImmediate(() => app.core.sessions.end(id, { actor: 'window' }));
  });
  await comeBack();
  expect(await app.reach(id, 'ended')).toMatchObject({ endedHow: 'vendor' });
  expect(ordered).toBe(true);
  expect(live()).toBe(0);
});

test('a refusal is told in the prompt, and leaves nothing to end', async () => {
  const id = await opened();
  await comeBack(/Deny/);
  const over = await app.reach(id, 'failed');
  expect(over.failure).toMatchObject({ kind: 'refused-prompt', message: expect.stringContaining('refused') });
  expect(over.endedHow).not.toBe('possibly-alive');
  expect(app.core.sessions.promptOf(id)).toMatchObject({ state: 'refused' });
});

test('where the answer to the code is lost, the session is listed as possibly alive', async () => {
  const id = await opened();
  koyeb.misbehave({ operation: 'oauthCallback', reset: 'after', times: 1 });
  await comeBack();
  expect(await app.reach(id, 'failed')).toMatchObject({ endedHow: 'possibly-alive' });
});
