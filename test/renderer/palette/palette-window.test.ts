import type { Page } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { objections } from '../fixture/axe.ts';
import type { Answers } from '../fixture/fake-bridge.ts';
import { type Harness, startHarness } from '../fixture/harness.ts';
import { answersFor } from '../fixture/sample.ts';
import { desk } from '../live/live-desk.ts';

let harness: Harness;
let page: Page;

beforeAll(async () => {
  harness = await startHarness();
});
afterAll(async () => {
  await harness.stop();
  expect(harness.complaints, 'page errors, console errors and refused styles').toEqual([]);
});

const snapshot = () => {
  const made = desk(200, 60);
  return {
    ...made,
    vendors: made.vendors.map((one) =>
      one.id === 'cyclos' || one.id === 'enhance'
        ? { ...one, abilities: [...one.abilities, 'people' as const, 'hand-over' as const] }
        : one,
    ),
  };
};
async function open(rest: Answers = {}) {
  page = await harness.open({ answers: answersFor(snapshot(), rest), width: 1280, height: 800 });
  await page.keyboard.press('Control+k');
  await page.getByRole('option').first().waitFor();
}
const options = () => page.getByRole('option');
const chosen = () => page.locator('[role="option"][aria-selected="true"]');
const calls = (channel: string) =>
  page.evaluate((wanted) => window.fixture.calls.filter((call) => call.channel === wanted), channel);

test('nothing that axe objects to, in both themes', async () => {
  await open();
  await page.keyboard.type('customer 1');
  await options().first().waitFor();
  expect(await objections(page)).toEqual([]);
});

test('Ctrl Enter signs in to the account, Alt Enter opens the console of the live session', async () => {
  await open({
    'sessions.signIn': { ok: true, value: { sessionId: 's1' } },
    'handover.open': { ok: true, value: null },
  });
  await page.keyboard.type('customer 199');
  await page.keyboard.press('Control+Enter');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  expect(await calls('sessions.signIn')).toEqual([
    { channel: 'sessions.signIn', input: { accountId: 'a198' } },
  ]);

  await page.keyboard.press('Control+k');
  await page.keyboard.type('customer 1');
  await page.keyboard.press('Alt+Enter');
  expect(await calls('handover.open')).toHaveLength(1);
});

test('Tab shows all that can be done, Escape goes back, the next one closes and gives the focus back', async () => {
  await open();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await page.getByRole('treegrid', { name: 'Live sessions' }).focus();
  await page.keyboard.press('Control+k');
  await page.keyboard.type('customer 1');
  await page.keyboard.press('Tab');
  await page.getByRole('option', { name: 'Edit account' }).waitFor();
  await page.keyboard.type('remove');
  expect(await options().count()).toBe(1);
  await page.keyboard.press('Escape');
  await page.getByRole('option', { name: /Sign out everywhere/ }).waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await page.waitForFunction(() => document.activeElement?.id === 'live-table');
});

const source = {
  id: 'users',
  label: 'Users',
  needsOrganisation: false,
  columns: [
    { id: 'name', label: 'Name', sortable: false },
    { id: 'mail', label: 'E-mail', sortable: false },
  ],
  search: 'Search',
  filters: [],
  actions: [],
};

test('people are asked of the live sessions that can search, a few of them at most', async () => {
  await open({
    'people.sources': { ok: true, value: [source] },
    'people.page': {
      ok: true,
      value: {
        rows: [{ id: 'n1', cells: { name: 'Nora Lindholm', mail: 'nora@northwind.example' } }],
        total: 1,
      },
    },
  });
  await page.keyboard.type('nora');
  const people = page.getByRole('group', { name: 'People' });
  await people.getByText('Nora Lindholm').first().waitFor();
  const asked = (await calls('people.page')) as { input: { query: { search: string } } }[];
  expect(asked.length).toBeGreaterThan(1);
  expect(asked.length).toBeLessThanOrEqual(6);
  expect(asked[0]?.input.query.search).toBe('nora');
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  expect(await page.evaluate(() => document.activeElement?.id)).toBe('main-pane');
});

test('people come in under what was found at once, so that Enter does what it said', async () => {
  await open({
    'people.sources': { ok: true, value: [source] },
    'people.page': {
      ok: true,
      value: { rows: [{ id: 'n1', cells: { name: 'Sign out everywhere', mail: '' } }], total: 1 },
    },
  });
  await page.keyboard.type('sign out ev');
  const people = page.getByRole('group', { name: 'People' });
  await people.getByText('Sign out everywhere').first().waitFor();
  const actions = page.getByRole('group', { name: 'Actions' });
  await actions.getByRole('option', { name: /^Sign out everywhere/, selected: true }).waitFor();
  await page.keyboard.press('Enter');
  await expect.poll(async () => (await calls('sessions.signOutEverywhere')).length).toBe(1);
});

test('arrows go through all groups and round', async () => {
  await open();
  await page.keyboard.type('customer 1');
  const first = await chosen().textContent();
  await page.keyboard.press('ArrowUp');
  expect(await chosen().textContent()).not.toBe(first);
  await page.keyboard.press('ArrowDown');
  expect(await chosen().textContent()).toBe(first);
});
