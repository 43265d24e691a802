import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { appSnapshot, ledgerRows, sampleAnswers } from '../fixture/app-sample.ts';
import { objections } from '../fixture/axe.ts';
import type { Answers } from '../fixture/fake-bridge.ts';
import { type Harness, startHarness } from '../fixture/harness.ts';

let harness: Harness;
beforeAll(async () => {
  harness = await startHarness();
});
afterAll(() => harness.stop());

async function show(answers: Answers = {}): Promise<Page> {
  const page = await harness.open({
    answers: sampleAnswers(appSnapshot, undefined, {
      'ledger.page': { ok: true, value: ledgerRows(40) },
      'ledger.views': { ok: true, value: [] },
      ...answers,
    }),
  });
  await page.getByRole('button', { name: /^Ledger and receipts/ }).click();
  await page.getByRole('gridcell').first().waitFor();
  return page;
}

const asked = (page: Page) =>
  page.evaluate(() => window.fixture.calls.filter(({ channel }) => channel === 'ledger.page').at(-1)?.input);
const askedFor = (page: Page, part: object) =>
  expect.poll(() => asked(page)).toEqual(expect.objectContaining(part));

test('a row names who used the computer, who was signed in and whom it was done for; one of before, its way', async () => {
  const page = await show();
  const rows = page.getByRole('row').filter({ hasText: 'Admin action' });
  await rows.first().getByText('nora on desk-4').waitFor();
  await rows.first().getByText('nora@northwind.example').waitFor();
  await rows.first().getByText('Olga Berg, olga@fjord.example').waitFor();
  await page.getByRole('grid').focus();
  await page.keyboard.press('Control+End');
  await page.getByRole('row').last().getByText('Tray').waitFor();
});

test('one types at once: the search has the focus', async () => {
  const page = await show();
  await page.keyboard.type('olga');
  await askedFor(page, { text: 'olga' });
});

describe('filters', () => {
  test('by person, day, account and event, which can be kept as a view', async () => {
    const page = await show();
    await page.getByRole('searchbox', { name: 'Who, or for whom' }).fill('Olga');
    await askedFor(page, { person: 'Olga' });
    await page.getByRole('button', { name: 'When' }).click();
    await page.getByRole('option', { name: 'From … to …' }).click();
    await page.getByLabel('From', { exact: true }).fill('2026-11-01');
    await page.getByLabel('To', { exact: true }).fill('2026-11-02');
    await askedFor(page, {
      person: 'Olga',
      from: new Date(2026, 10, 1).getTime(),
      until: new Date(2026, 10, 3).getTime(),
    });
    await page.getByRole('toolbar', { name: 'Which rows' }).getByRole('button', { name: 'Account' }).click();
    await page.getByRole('option', { name: 'Northwind panel' }).click();
    await askedFor(page, { person: 'Olga', accounts: [expect.any(String)] });

    await page.getByRole('button', { name: 'Views' }).click();
    await page.getByRole('menuitem', { name: 'Save this view…' }).click();
    await page.getByRole('textbox', { name: 'Name' }).fill('Olga in November');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    const saved = await page.evaluate(
      () => window.fixture.calls.find(({ channel }) => channel === 'ledger.setViews')?.input,
    );
    expect(saved).toEqual([
      {
        name: 'Olga in November',
        filter: { person: 'Olga', from: '2026-11-01', to: '2026-11-02', accountId: expect.any(String) },
      },
    ]);
  });

  test('a view is chosen and removed', async () => {
    const view = { name: 'Yesterday’s help', filter: { event: 'admin', person: 'olga' } };
    const page = await show({ 'ledger.views': { ok: true, value: [view] } });
    await page.getByRole('button', { name: 'Views' }).click();
    await page.getByRole('menuitem', { name: 'Yesterday’s help' }).click();
    await askedFor(page, view.filter);
    await page.getByRole('button', { name: 'Yesterday’s help' }).click();
    await page.getByRole('menuitem', { name: 'Remove Yesterday’s help' }).click();
    await expect
      .poll(() =>
        page.evaluate(() => window.fixture.calls.find(({ channel }) => channel === 'ledger.setViews')?.input),
      )
      .toEqual([]);
  });
});

test('Enter shows the whole row and what happened in its session; the arrows go on, Escape closes', async () => {
  const page = await show();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  const panel = page.getByRole('complementary', { name: 'Row 40' });
  await panel.getByText('desk-4').waitFor();
  await panel
    .getByRole('region', { name: 'The session of this row' })
    .getByRole('listitem')
    .first()
    .waitFor();
  await askedFor(page, { sessionId: 's40' });
  await page.keyboard.press('ArrowDown');
  await page.getByRole('complementary', { name: 'Row 39' }).waitFor();
  for (const theme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: theme });
    expect(await objections(page)).toEqual([]);
  }
  await page.keyboard.press('Escape');
  expect(await page.getByRole('complementary', { name: 'Row 39' }).count()).toBe(0);
  expect(await page.evaluate(() => document.activeElement?.getAttribute('role'))).toBe('grid');
});

test('from a row of a person, everything that was done for them is one click away', async () => {
  const page = await show();
  await page.getByRole('gridcell', { name: 'Olga Berg, olga@fjord.example' }).first().dblclick();
  await page.getByRole('button', { name: 'Everything for this person' }).click();
  await askedFor(page, { person: 'Olga Berg, olga@fjord.example' });
});

if (process.env.LOOK)
  test('look', async () => {
    for (const theme of ['light', 'dark'] as const)
      for (const width of [900, 1280]) {
        const page = await show();
        await page.setViewportSize({ width, height: 800 });
        await page.emulateMedia({ colorScheme: theme });
        await page.getByRole('gridcell', { name: 'Olga Berg' }).first().dblclick();
        await page.waitForTimeout(400);
        await page.screenshot({ path: `/tmp/h8-shots/ledger-${theme}-${width}.png` });
      }
  });
