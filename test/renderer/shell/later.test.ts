import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
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

const open = async () => {
  page = await harness.open({ answers: answersFor(calm, {}), width: 1280, height: 800 });
};
const row = (name: RegExp) =>
  page.getByRole('treegrid', { name: 'Accounts by vendor' }).getByRole('row', { name });

describe('what the first screen does without', () => {
  const held = '**/later-*.js';

  test('is shown as soon as it is read, also what was asked for before', async () => {
    await open();
    let letGo = () => {};
    const asked = new Promise<void>((done) => {
      letGo = done;
    });
    await page.route(held, async (route) => {
      await asked;
      await route.continue();
    });
    await page.reload();
    await row(/Northwind panel.*Reseller EU/).waitFor();
    await page.keyboard.press('Control+k');
    await row(/Northwind panel.*Reseller EU/).click();
    expect(await page.getByRole('dialog').count()).toBe(0);
    letGo();
    await page.getByRole('dialog').getByRole('combobox').waitFor();
    await page.keyboard.press('Escape');
    await page.getByText('Safari 26').waitFor();
    await page.unroute(held);
  });

  test('can’t be read: the window says so, and can be loaded again', async () => {
    await open();
    const before = harness.complaints.length;
    await page.route(held, (route) => route.abort());
    await page.reload();
    await page.getByText('The window can’t be shown.').waitFor();
    await page.unroute(held);
    harness.complaints.splice(before);
    await page.getByRole('button', { name: 'Load the window again' }).click();
    await row(/Northwind panel.*Reseller EU/).waitFor();
  });
});
