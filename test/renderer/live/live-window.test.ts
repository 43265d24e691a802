import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Snapshot } from '#contract/shapes.ts';
import { objections } from '../fixture/axe.ts';
import type { Answers } from '../fixture/fake-bridge.ts';
import { type Harness, startHarness } from '../fixture/harness.ts';
import { answersFor, empty } from '../fixture/sample.ts';
import { desk } from './live-desk.ts';

let harness: Harness;
let page: Page;

beforeAll(async () => {
  harness = await startHarness();
});
afterAll(async () => {
  await harness.stop();
  expect(harness.complaints, 'page errors, console errors and refused styles').toEqual([]);
});

async function open(snapshot: Snapshot, rest: Answers = {}, width = 1280) {
  page = await harness.open({ answers: answersFor(snapshot, rest), width, height: 800 });
}
const table = () => page.getByRole('treegrid', { name: 'Live sessions' });
const rows = () => table().getByRole('row', { level: 2 });
const row = (name: RegExp) => rows().filter({ hasText: name });
const chip = (name: RegExp) =>
  page.getByRole('group', { name: 'Which sessions are shown' }).getByRole('button', { name });
const calls = (channel: string) =>
  page.evaluate((wanted) => window.fixture.calls.filter((call) => call.channel === wanted), channel);

test('is the home of the window and says what is open, what waits and what ends next', async () => {
  await open(desk(200, 60));
  await page.getByRole('heading', { level: 1, name: 'Live' }).waitFor();
  await page.getByText('42 sessions in 4 realms · the next one ends in 8 m').waitFor();
  expect(await table().getAttribute('aria-rowcount')).toBe('67');
  expect(await rows().count()).toBeLessThan(40);
  await page
    .getByRole('treegrid', { name: 'Accounts by vendor' })
    .getByRole('row', { name: /Customer 1 / })
    .click();
  await page.getByRole('heading', { level: 1, name: 'Customer 1' }).waitFor();
  await page.keyboard.press('Control+1');
  await page.getByRole('heading', { level: 1, name: 'Live' }).waitFor();
  expect(await page.getByRole('button', { name: /^Live 60/ }).getAttribute('aria-current')).toBe('page');
});

test.each([900, 1280, 1600])('nothing that axe objects to at %d px, in both themes', async (width) => {
  await open(desk(200, 60), {}, width);
  await row(/Customer 1Person 1/)
    .first()
    .waitFor();
  expect(await objections(page)).toEqual([]);
});

test('an empty desk begins with its accounts, one with nothing open says so', async () => {
  await open(empty);
  expect(await table().count()).toBe(0);
  await open(desk(20, 0));
  await page.getByText('Nothing is open').waitFor();
});

describe('by mouse', () => {
  test('chips count and filter', async () => {
    await open(desk(200, 60));
    await chip(/^Waiting 6/).click();
    await page.waitForFunction(() => document.querySelectorAll('#live-table [aria-level="2"]').length === 6);
    await chip(/^Not confirmed 6/).click();
    await table().getByText('Not confirmed as ended').waitFor();
    await chip(/^All 60/).click();
    await table().getByText('Ends within the hour').waitFor();
  });

  test('a head sorts, and sorts the other way', async () => {
    await open(desk(200, 60));
    await page.getByRole('button', { name: /Group/ }).click();
    await page.getByRole('option', { name: 'None' }).click();
    const first = () => rows().first().textContent();
    const account = table().getByRole('button', { name: 'Account' });
    await account.click();
    expect(await first()).toContain('Customer 1');
    expect(await table().getByRole('columnheader', { name: 'Account' }).getAttribute('aria-sort')).toBe(
      'ascending',
    );
    await account.click();
    expect(await first()).toContain('Customer 60');
  });

  test('ticks gather sessions; all of them are signed out together, or kept as a shift', async () => {
    await open(desk(200, 60), { 'sessions.endTogether': { ok: true, value: { receiptId: null } } });
    await chip(/^Active 42/).click();
    await page.getByRole('button', { name: 'Select Customer 1', exact: true }).click();
    await page
      .getByRole('button', { name: 'Select Customer 5', exact: true })
      .click({ modifiers: ['Shift'] });
    const toolbar = page.getByRole('toolbar');
    await toolbar.getByText(/selected/).waitFor();
    const marked = await page.locator('#live-table [aria-selected="true"]').count();
    expect(marked).toBeGreaterThan(1);
    await toolbar.getByRole('button', { name: 'Add to a shift' }).click();
    await page.getByRole('menuitem', { name: 'New shift…' }).click();
    await page.getByRole('dialog', { name: 'New shift' }).waitFor();
    await page.keyboard.press('Escape');
    await toolbar.getByRole('button', { name: `Sign out ${marked}` }).click();
    const [call] = (await calls('sessions.endTogether')) as { input: { sessionIds: string[] } }[];
    expect(call?.input.sessionIds).toHaveLength(marked);
  });

  test('a row’s own buttons act on its session alone', async () => {
    await open(desk(200, 60), { 'sessions.signOut': { ok: true, value: null } });
    await row(/Customer 1Person 1/)
      .first()
      .hover();
    await page.getByRole('button', { name: 'Sign out of Customer 1', exact: true }).click();
    expect(await calls('sessions.signOut')).toEqual([
      { channel: 'sessions.signOut', input: { sessionId: 's0', canUndo: true } },
    ]);
  });
});

describe('by keys', () => {
  test('arrows, Space, Shift and Ctrl A select and count right, Escape lets go', async () => {
    await open(desk(200, 60));
    await table().focus();
    const marked = () => page.locator('#live-table [aria-selected="true"]').count();
    await page.keyboard.press('Space');
    expect(await marked()).toBe(1);
    await page.keyboard.press('Shift+ArrowDown');
    await page.keyboard.press('Shift+ArrowDown');
    await page.getByText('3 selected').waitFor();
    await page.keyboard.press('Control+a');
    await page.getByText('60 selected').waitFor();
    await page.keyboard.press('Escape');
    expect(await marked()).toBe(0);
  });

  test('what is typed in the table filters it; Down goes back, Enter opens the row', async () => {
    await open(desk(200, 60));
    await table().focus();
    await page.keyboard.type('customer 13');
    await page.waitForFunction(() => document.querySelectorAll('#live-table [aria-level="2"]').length === 1);
    await page.keyboard.press('ArrowDown');
    await page.waitForFunction(() => document.activeElement?.id === 'live-table');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Customer 13' }).waitFor();
  });

  test('Delete signs out, Shift F10 opens the menu and gives the focus back', async () => {
    await open(desk(200, 60), { 'sessions.signOut': { ok: true, value: null } });
    await chip(/^Active/).click();
    await table().focus();
    await page.keyboard.press('Delete');
    expect(await calls('sessions.signOut')).toHaveLength(1);
    await page.keyboard.press('Shift+F10');
    await page.getByRole('menuitem', { name: 'Edit account' }).waitFor();
    await page.keyboard.press('Escape');
    await page.waitForFunction(() => document.activeElement?.id === 'live-table');
  });
});

test('beside a wide table stand what waits, what ends next and what is at risk, each a way there', async () => {
  await open(desk(200, 60, true), {}, 1600);
  const prompts = page.getByRole('complementary', { name: 'Prompts', exact: true });
  const rail = page.getByRole('complementary', { name: 'What needs you' });
  await rail.getByRole('region', { name: 'At risk' }).getByText('could not be signed in').first().waitFor();
  await rail
    .getByRole('region', { name: 'Needs you' })
    .getByRole('button', { name: 'Answer Customer 14' })
    .click();
  await prompts.getByRole('region', { name: /of Customer 14$/ }).waitFor();
  await page.keyboard.press('Escape');
  await rail
    .getByRole('region', { name: 'Ends next' })
    .getByRole('button', { name: 'Customer 1', exact: true })
    .click();
  await page.getByRole('heading', { level: 1, name: 'Customer 1' }).waitFor();
});

test('draws a screenful of 5,000 sessions and reaches the last by key', async () => {
  await open(desk(5000, 5000));
  expect(await rows().count()).toBeLessThan(40);
  await table().focus();
  await page.keyboard.press('End');
  await page.waitForFunction(() => {
    const active = document.querySelector('#live-table')?.getAttribute('aria-activedescendant');
    return active && document.getElementById(active)?.getAttribute('aria-rowindex') === '5007';
  });
});
