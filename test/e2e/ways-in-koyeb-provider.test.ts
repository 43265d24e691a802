import { afterEach, beforeAll, expect, test } from 'vitest';
import type { Account } from '#contract/shapes.ts';
import type { PracticeServer } from '../../practice/common/types.ts';
import { consoleWindows } from './admin-harness.ts';
import { eventually, openApp, openPractice, type TestApp } from './harness.ts';

/** Koyeb by a provider: its page in a window of its own, by hand, stopped where it would come back. */
let app: TestApp;
let server: PracticeServer;
const windows = consoleWindows(() => app);

beforeAll(async () => {
  const practice = await openPractice({ only: ['koyeb'] });
  server = practice.servers[0]!;
  app = await openApp({ env: windows.env });
});
afterEach(async () => {
  const { prompts, accounts } = await app.snapshot();
  for (const { id } of prompts) await app.call('prompts.cancel', { promptId: id });
  for (const account of accounts) await app.remove(account);
});

async function begin(label: string): Promise<Account> {
  const account = await app.call('accounts.add', {
    ...{ vendor: 'koyeb', label, realm: null, tags: [], colour: 'teal' },
    values: { baseUrl: server.url, way: 'provider' },
  });
  await app.row(label).click();
  await app.heading(label).waitFor();
  await app.button('Sign in').click();
  return account;
}

/** Takes the first provider that is offered. */
async function choose() {
  await app.prompt.getByText('Google').waitFor();
  await app.prompt.getByRole('button', { name: 'Continue', exact: true }).click();
  await app.prompt.getByText('Sign in with GitHub in the window that has opened.').waitFor();
}

const titles = async () => ((await app.control('windows')) as { title: string }[]).map(({ title }) => title);
const live = () => server.sessions().map(({ person }) => person);

/** Goes by a link of the provider's page, whose host is another than Koyeb's. */
async function follow(link: RegExp, look?: () => Promise<void>) {
  const { page, letGo } = await windows.opened();
  const there = page.getByRole('link', { name: link });
  await there.waitFor();
  await look?.();
  await there.click().catch(() => {});
  await letGo();
}

test('somebody signs in on the provider’s page, and is signed in here and nowhere else', async () => {
  const account = await begin('Maya by GitHub');
  await choose();
  await app.look('prompt-page-koyeb');
  await follow(/as Maya Castell/, async () => {
    const host = `localhost:${new URL(server.origin).port}`;
    await eventually(async () => expect(await titles()).toContain(`${host} · GitHub for Maya by GitHub`));
  });
  await app.session(account, 'active');
  await app.page.getByText('Maya Castell').first().waitFor();
  await eventually(async () => expect(await titles()).toHaveLength(1));
  // Had the window come as far as Koyeb's page, that one would have taken the code.
  expect(live()).toEqual(['maya@lanternworks.example']);
  await app.button('Sign out').click();
  await app.button('Sign in').waitFor();
  await eventually(() => expect(live()).toEqual([]));
});

test('a denial there is told here, and a cancel here closes the window', async () => {
  const account = await begin('Maya denies');
  await choose();
  await follow(/Deny/);
  await app.prompt.getByText('The sign-in was refused on the page of GitHub.').waitFor();
  await app.prompt.getByRole('button', { name: 'Start again' }).click();
  await choose();
  const { letGo } = await windows.opened();
  await letGo();
  await app.prompt.getByRole('button', { name: 'Cancel this sign-in' }).click();
  await eventually(async () => expect(await titles()).toHaveLength(1));
  await app.session(account, 'ended');
  expect(live()).toEqual([]);
});

test('closing the window ends the sign-in', async () => {
  const account = await begin('Maya goes away');
  await choose();
  const { page } = await windows.opened();
  await page.getByRole('link', { name: /as Maya/ }).waitFor();
  await page.close();
  await app.prompt.getByText(/page was closed before the sign-in was over/).waitFor();
  await app.session(account, 'failed');
  expect(live()).toEqual([]);
});

test('the account form offers it, and asks for nothing but the address', async () => {
  await app.page.keyboard.press('Control+n');
  await app.page.getByText('Koyeb', { exact: true }).click();
  await app.page.getByRole('button', { name: /A pasted token/ }).click();
  await app.page.getByRole('option', { name: /A provider’s page/ }).click();
  await app.page.getByText('Koyeb says which providers there are').waitFor();
  expect(await app.page.getByLabel('Token', { exact: true }).count()).toBe(0);
  expect(await app.page.getByLabel('Password', { exact: true }).count()).toBe(0);
  await app.look('account-form-koyeb-provider');
});
