import { afterEach, beforeAll, expect, test } from 'vitest';
import type { Account } from '#contract/shapes.ts';
import type { Practice, PracticeServer } from '../../practice/common/types.ts';
import { consoleWindows } from './admin-harness.ts';
import { eventually, openApp, openPractice, personOf, type TestApp } from './harness.ts';

/** Cyclos 4.16 by an identity provider: its page in a window of its own, by hand. */
let app: TestApp;
let practice: Practice;
let server: PracticeServer;
const windows = consoleWindows(() => app);

beforeAll(async () => {
  practice = await openPractice({ only: ['cyclos'] });
  server = practice.servers[0]!;
  app = await openApp({ env: windows.env });
});
afterEach(async () => {
  const { prompts, accounts } = await app.snapshot();
  for (const { id } of prompts) await app.call('prompts.cancel', { promptId: id });
  for (const account of accounts) await app.remove(account);
});

async function begin(label: string): Promise<Account> {
  const { baseUrl = '' } = personOf(server, 'Left Coast: Member').account.values;
  const account = await app.call('accounts.add', {
    ...{ vendor: 'cyclos', label, realm: null, tags: [], colour: 'teal' },
    values: { baseUrl, way: 'identity-provider' },
  });
  await app.row(label).click();
  await app.heading(label).waitFor();
  await app.button('Sign in').click();
  return account;
}

/** Takes the first provider that is offered. */
async function choose() {
  await app.prompt.getByText('Guild Pass').waitFor();
  await app.prompt.getByRole('button', { name: 'Continue', exact: true }).click();
  await app.prompt.getByText('Sign in with Harbour ID in the window that has opened.').waitFor();
}

const titles = async () => ((await app.control('windows')) as { title: string }[]).map(({ title }) => title);
const live = () => server.sessions().map(({ person }) => person);

/** Goes by a link of the provider's page, whose host is another than Cyclos's. */
async function follow(link: RegExp, look?: () => Promise<void>) {
  const { page, letGo } = await windows.opened();
  const there = page.getByRole('link', { name: link });
  await there.waitFor();
  await look?.();
  await there.click().catch(() => {});
  await letGo();
}

test('somebody signs in on the provider’s page, and is signed in here', async () => {
  const account = await begin('Ida by Harbour ID');
  await choose();
  await app.look('prompt-page');
  await follow(/as Ida Identity/, async () => {
    const host = `localhost:${new URL(server.origin).port}`;
    await eventually(async () =>
      expect(await titles()).toContain(`${host} · Harbour ID for Ida by Harbour ID`),
    );
  });
  expect(await app.session(account, 'active')).toMatchObject({
    ...{ person: 'Ida Identity', method: 'Harbour ID', realm: { name: 'left-coast' } },
  });
  await eventually(async () => expect(await titles()).toHaveLength(1));
  expect(live()).toEqual(['ida']);
  await app.button('Sign out').click();
  await app.button('Sign in').waitFor();
  await eventually(() => expect(live()).toEqual([]));
});

test('a refusal there is told here, and a cancel here closes the window', async () => {
  const account = await begin('Ida refuses');
  await choose();
  await follow(/Don’t sign in/);
  await app.prompt.getByText('The sign-in was refused on the page of Harbour ID.').waitFor();
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
  const account = await begin('Ida goes away');
  await choose();
  const { page } = await windows.opened();
  await page.getByRole('link', { name: /as Ida/ }).waitFor();
  await page.close();
  await app.prompt.getByText(/page was closed before the sign-in was over/).waitFor();
  await app.session(account, 'failed');
  expect(live()).toEqual([]);
});
