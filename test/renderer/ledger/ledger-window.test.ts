import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Output } from '#contract/channels.ts';
import type { Failure } from '#contract/failure.ts';
import { appSnapshot, ledgerHead, ledgerRows, sampleAnswers } from '../fixture/app-sample.ts';
import { objections } from '../fixture/axe.ts';
import type { Answers } from '../fixture/fake-bridge.ts';
import { type Harness, startHarness } from '../fixture/harness.ts';

let harness: Harness;
beforeAll(async () => {
  harness = await startHarness();
});
afterAll(() => harness.stop());

type Verdict = Output<'ledger.verify'>;
const sound: Verdict = { ok: true, rows: 12_406, unproved: 0, head: ledgerHead, kept: null };
const verdict = (rest: Partial<Extract<Verdict, { ok: true }>> = {}): Answers => ({
  'ledger.verify': { ok: true, value: { ...sound, ...rest } },
  'clipboard.copy': { ok: true, value: { clearsAfterSeconds: 30 } },
});

async function show(answers: Answers = {}): Promise<Page> {
  const page = await harness.open({
    answers: sampleAnswers(appSnapshot, undefined, {
      'ledger.page': { ok: true, value: ledgerRows(40) },
      ...answers,
    }),
  });
  await button(page, 'Ledger and receipts').click();
  await page.getByRole('heading', { name: 'Ledger' }).waitFor();
  return page;
}

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const field = (page: Page) => page.getByRole('textbox', { name: 'Compare with a hash that you kept' });
const dialog = (page: Page, name: string) => page.getByRole('dialog', { name });
const calls = (page: Page, channel: string) =>
  page.evaluate(
    (wanted) => window.fixture.calls.filter((one) => one.channel === wanted).map(({ input }) => input),
    channel,
  );
/** The dialog stays while the bridge is told to answer something else. */
const answer = (page: Page, answers: Answers) =>
  page.evaluate((next) => void Object.assign(window.fixture.answers, next), answers);

async function verified(answers: Answers): Promise<Page> {
  const page = await show(answers);
  await button(page, 'Verify').click();
  await dialog(page, 'The ledger was checked').waitFor();
  return page;
}

const older = 'An older copy of the whole data folder put in its place can’t be told from inside.';

describe('what a check says', () => {
  test.each([
    [
      {},
      'Every one of the 12,406 rows is as Gatehouse wrote it, in its order, up to the last one that this vault knows of.',
    ],
    [
      { rows: 1 },
      'The one row is as Gatehouse wrote it, in its order, up to the last one that this vault knows of.',
    ],
    [{ rows: 0, head: '' }, 'The ledger has no row yet, and this vault knows of none.'],
    [
      { rows: 10, unproved: 3 },
      '7 of the 10 rows are as Gatehouse wrote them, in their order, up to the last one that this vault knows of.',
    ],
  ])('%o', async (rest, words) => {
    const page = await verified(verdict(rest));
    await page.getByText(words, { exact: true }).waitFor();
    await page.getByText(older).waitFor();
  });

  test('rows that can’t be proved are counted and explained', async () => {
    const page = await verified(verdict({ rows: 3, unproved: 3 }));
    await page
      .getByText('3 rows were written before the vault was opened; they can’t be proved.', { exact: true })
      .waitFor();
    expect(await page.getByText('as Gatehouse wrote').count()).toBe(0);
  });

  test('a row that was changed is named, and nothing is said to be proved', async () => {
    const value: Verdict = { ok: false, seq: 812, why: 'Row 812 was changed after it was written.' };
    const page = await verified({ 'ledger.verify': { ok: true, value } });
    await page.getByText('Row 812 is the first that is not as it was written').waitFor();
    expect(await page.getByText('as Gatehouse wrote').count()).toBe(0);
    expect(await field(page).count()).toBe(0);
  });

  test('the hash of the last row is shown and copied', async () => {
    const page = await verified(verdict());
    await page.getByText(ledgerHead, { exact: true }).waitFor();
    await button(page, 'Copy').click();
    await page.getByText('Hash copied. The clipboard is cleared in 30 s.').waitFor();
    expect(await calls(page, 'clipboard.copy')).toEqual([{ text: ledgerHead }]);
  });
});

describe('a hash that was kept', () => {
  async function compare(page: Page, typed: string) {
    await field(page).fill(typed);
    await page.keyboard.press('Enter');
  }

  test('is found, however it was written down', async () => {
    const page = await verified(verdict());
    await answer(page, verdict({ kept: { seq: 120 } }));
    await compare(page, ` ${ledgerHead.toUpperCase().replace(/(.{16})/g, '$1 ')}`);
    await page.getByText('That is row 120 of this ledger', { exact: true }).waitFor();
    await page.getByText('12,286 were written after it.').waitFor();
    expect(await calls(page, 'ledger.verify')).toEqual([{}, { kept: ledgerHead }]);
  });

  test('may be the last one', async () => {
    const page = await verified(verdict());
    await answer(page, verdict({ kept: { seq: 12_406 } }));
    await compare(page, ledgerHead);
    await page.getByText('It is the last one.').waitFor();
  });

  test('may be of no row', async () => {
    const page = await verified(verdict());
    await answer(page, verdict({ kept: 'unknown' }));
    await compare(page, ledgerHead);
    await page.getByText('No row of this ledger has this hash', { exact: true }).waitFor();
    expect(await objections(page)).toEqual([]);
  });

  test('is not looked for when it can’t be one', async () => {
    const page = await verified(verdict());
    await compare(page, 'abc');
    await page.getByText('A hash has 64 characters: digits and the letters a to f.').waitFor();
    expect(await calls(page, 'ledger.verify')).toEqual([{}]);
  });

  test('a failure is told, and a ledger that is no longer sound takes the place of what was proved', async () => {
    const failure: Failure = { kind: 'store-broken', message: 'The ledger can’t be read.' };
    const page = await verified(verdict());
    await answer(page, { 'ledger.verify': { ok: false, failure } });
    await compare(page, ledgerHead);
    await page.getByText(failure.message).waitFor();
    const value: Verdict = { ok: false, seq: 5, why: 'Row 5 was removed.' };
    await answer(page, { 'ledger.verify': { ok: true, value } });
    await page.keyboard.press('Enter');
    await page.getByText('Row 5 is the first that is not as it was written').waitFor();
    expect(await page.getByText('as Gatehouse wrote').count()).toBe(0);
  });
});

test('an export says how many rows it has, and which hash to keep elsewhere', async () => {
  const page = await show();
  await button(page, 'Export the ledger').or(button(page, 'Export')).first().click();
  await page.getByRole('menuitem', { name: 'CSV, for a spreadsheet' }).click();
  const exported = dialog(page, 'The ledger is written');
  await exported.getByText('12,406 rows in /home/desk/ledger.csv').waitFor();
  await exported.getByText(ledgerHead, { exact: true }).waitFor();
  await exported.getByText('Keep this hash somewhere else.').waitFor();
  expect(await objections(page)).toEqual([]);
});

test('an export that was given up says nothing', async () => {
  const page = await show({ 'ledger.export': { ok: true, value: { path: null, rows: 0, head: '' } } });
  await button(page, 'Export the ledger').or(button(page, 'Export')).first().click();
  await page.getByRole('menuitem', { name: 'CSV, for a spreadsheet' }).click();
  await expect.poll(() => calls(page, 'ledger.export')).toHaveLength(1);
  expect(await page.getByRole('dialog').count()).toBe(0);
});

test('no page complained', () => {
  expect(harness.complaints).toEqual([]);
});
