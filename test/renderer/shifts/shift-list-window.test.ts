import type { Page } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { objections } from '../fixture/axe.ts';
import { type Harness, startHarness } from '../fixture/harness.ts';
import { answersFor, calm } from '../fixture/sample.ts';

let harness: Harness;
let page: Page;

beforeAll(async () => {
  harness = await startHarness();
});
afterAll(async () => {
  await harness.stop();
  expect(harness.complaints, 'page errors, console errors and refused styles').toEqual([]);
});

const members = (...ids: string[]) => ids.map((accountId) => ({ accountId, realm: null }));
const shifts = [
  { id: 'm', name: 'Morning desk', members: members('leftcoast', 'door', 'staging') },
  { id: 'p', name: 'Payments', members: members('staging') },
  { id: 'c', name: 'Cloud', members: members('prod', 'stage') },
];
const button = (name: string | RegExp) =>
  page.getByRole('navigation', { name: 'Shifts' }).getByRole('button', { name, exact: true });
const calls = (channel: string) =>
  page.evaluate((wanted) => window.fixture.calls.filter((call) => call.channel === wanted), channel);

test('each says how much of it is open, starts what is not, and ends what is', async () => {
  page = await harness.open({
    answers: answersFor(
      { ...calm, shifts },
      {
        'shifts.start': { ok: true, value: { started: 1, refused: [] } },
        'sessions.endTogether': { ok: true, value: { receiptId: null } },
      },
    ),
  });
  await button('Morning desk 2 of 3 active').waitFor();
  await button('Payments off').waitFor();
  await button('Start Payments').click();
  await button('Start the rest of Morning desk').click();
  await expect
    .poll(async () => (await calls('shifts.start')).map(({ input }) => input))
    .toEqual([{ members: shifts[1]?.members }, { members: shifts[0]?.members }]);
  await button('End Cloud').click();
  await expect
    .poll(async () => (await calls('sessions.endTogether')).map(({ input }) => input))
    .toEqual([{ title: 'Cloud', sessionIds: ['s7', 's8'], canUndo: true }]);
});

test('opens to its accounts, and one of them leads to the session that is open', async () => {
  page = await harness.open({ answers: answersFor({ ...calm, shifts }) });
  const fold = button('Accounts of Morning desk');
  await fold.click();
  expect(await fold.getAttribute('aria-expanded')).toBe('true');
  const all = page.getByRole('list', { name: 'Accounts of Morning desk' }).getByRole('button');
  expect((await all.allTextContents()).map((text) => text.replace(/since.*|\d+ m$/, ''))).toEqual([
    'Left Coast',
    'Door server',
    'Staging server',
  ]);
  expect(await objections(page)).toEqual([]);
  await all.first().click();
  await expect.poll(() => page.title()).toBe('Left Coast · main · Gatehouse');
  await button('Morning desk 2 of 3 active').click();
  await page.getByRole('heading', { level: 1, name: 'Morning desk' }).waitFor();
});
