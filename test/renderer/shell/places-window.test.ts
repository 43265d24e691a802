import type { Page } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Snapshot } from '#contract/shapes.ts';
import { sampleAnswers } from '../fixture/app-sample.ts';
import { objections } from '../fixture/axe.ts';
import { type Harness, startHarness } from '../fixture/harness.ts';
import { calm, full, minutes, now } from '../fixture/sample.ts';

let harness: Harness;
let page: Page;

beforeAll(async () => {
  harness = await startHarness();
});
afterAll(async () => {
  await harness.stop();
  expect(harness.complaints, 'page errors, console errors and refused styles').toEqual([]);
});

/** The vendors of these sessions can look people up. */
const able = (snapshot: Snapshot, ...ids: string[]): Snapshot => ({
  ...snapshot,
  vendors: snapshot.vendors.map((vendor) =>
    ids.includes(vendor.id) ? { ...vendor, abilities: [...vendor.abilities, 'people'] } : vendor,
  ),
});
const open = async (snapshot: Snapshot) => {
  page = await harness.open({ answers: sampleAnswers(snapshot) });
};
const places = () => page.getByRole('navigation', { name: 'Places' });
const place = (name: RegExp) => places().getByRole('button', { name });
const current = () => places().locator('[aria-current="page"]').textContent();

test('Ctrl 1 to Ctrl 5 lead to the places, in the order in which they stand', async () => {
  await open(able(full, 'koyeb'));
  expect((await places().getByRole('button').allTextContents()).map((text) => text.slice(0, 9))).toEqual([
    'LiveCtrl ',
    'Needs you',
    'Directory',
    'Why can’t',
    'Ledger an',
  ]);
  await page.keyboard.press('Control+5');
  await page.getByRole('heading', { level: 1, name: 'Ledger' }).waitFor();
  expect(await current()).toContain('Ledger and receipts');
  await page.keyboard.press('Control+4');
  await page.getByRole('heading', { level: 1, name: 'Why can’t they sign in?' }).waitFor();
  await page.keyboard.press('Control+3');
  await expect.poll(current).toContain('Directory');
  await page.keyboard.press('Control+1');
  await page.getByRole('heading', { level: 1, name: 'Live' }).waitFor();
  await page.keyboard.press('Control+2');
  await page.getByRole('textbox', { name: /PIN/ }).waitFor();
});

test('each counts what it leads to', async () => {
  const owed = { sessionId: 's9', account: 'Northwind panel', vendor: 'Enhance', realm: null, words: '' };
  const receipt = {
    id: 'r1',
    title: 'Everywhere',
    orderedAt: now - minutes(3),
    lines: [{ ...owed, how: 'ending' as const, at: null }],
  };
  await open({ ...full, receipts: [receipt] });
  await place(/^Live .*9$/).waitFor();
  await place(/^Needs you .*1$/).waitFor();
  await place(/^Ledger and receipts .*1$/).waitFor();
  await page.evaluate((value) => window.fixture.change([{ entity: 'receipt', id: value.id, value }]), {
    ...receipt,
    lines: [{ ...owed, how: 'vendor' as const, at: now }],
  });
  await place(/^Ledger and receipts$/).waitFor();
});

test('Directory shows the people of the session that was looked into last, else of the one signed in last', async () => {
  await open(able(calm, 'enhance', 'koyeb'));
  await place(/^Directory/).click();
  await expect.poll(() => page.title()).toContain('Fjord Web');
  await page
    .getByRole('treegrid', { name: 'Accounts by vendor' })
    .getByRole('row', { name: /Koyeb prod/ })
    .click();
  await page.getByRole('button', { name: 'People', exact: true }).click();
  await expect.poll(current).toContain('Directory');
  await page.keyboard.press('Control+1');
  await page.getByRole('heading', { level: 1, name: 'Live' }).waitFor();
  await page.keyboard.press('Control+3');
  await expect.poll(() => page.title()).toContain('Koyeb prod');
});

test('Directory says how to get a session that can look people up, and leads on once there is one', async () => {
  const out = able({ ...calm, sessions: [] }, 'koyeb');
  await open(out);
  await page.keyboard.press('Control+3');
  await page.getByRole('heading', { level: 1, name: 'No live session can look people up' }).waitFor();
  expect(await objections(page)).toEqual([]);
  await page.evaluate(
    (value) => window.fixture.change([{ entity: 'session', id: 's7', value }]),
    calm.sessions.find(({ id }) => id === 's7') ?? null,
  );
  await page.getByRole('button', { name: 'Open the directory' }).click();
  await expect.poll(() => page.title()).toContain('Koyeb prod');
});

test('Directory offers the accounts whose vendor can, and signs in to one', async () => {
  await open(able({ ...calm, sessions: [] }, 'koyeb'));
  await page.keyboard.press('Control+3');
  await page.getByRole('button', { name: 'Sign in to Koyeb prod' }).click();
  const calls = await page.evaluate(() =>
    window.fixture.calls.filter(({ channel }) => channel === 'sessions.signIn'),
  );
  expect(calls).toEqual([{ channel: 'sessions.signIn', input: { accountId: 'prod' } }]);
});
