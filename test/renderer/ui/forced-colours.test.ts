import type { Locator, Page } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Harness, startHarness } from '../fixture/harness.ts';
import { answersFor } from '../fixture/sample.ts';
import { desk } from '../live/live-desk.ts';

/** In forced colours backgrounds go, and with them what is told by a background alone. */
let harness: Harness;
beforeAll(async () => {
  harness = await startHarness();
});
afterAll(async () => {
  await harness.stop();
  expect(harness.complaints).toEqual([]);
});

async function open(): Promise<Page> {
  const page = await harness.open({ answers: answersFor(desk(20, 20)), width: 1600 });
  await page.emulateMedia({ forcedColors: 'active' });
  return page;
}
const background = (of: Locator) => of.evaluate((element) => getComputedStyle(element).backgroundColor);
const outline = (of: Locator) => of.evaluate((element) => getComputedStyle(element).outlineStyle);

test('dots, marks, avatars and the life of a session keep their colours', async () => {
  const page = await open();
  const row = page.getByRole('treegrid', { name: 'Live sessions' }).getByRole('row', { level: 2 });
  await row.first().waitFor();
  const canvas = await background(page.locator('body'));
  for (const part of ['dot', 'avatar', 'mark', 'life'])
    expect(await background(row.locator(`[class*="${part}_"]`).first()), part).not.toBe(canvas);
});

test('what is chosen has an outline: a place, a chip, a selected row', async () => {
  const page = await open();
  const place = page.getByRole('button', { name: /^Live/ });
  const chips = page.getByRole('group', { name: 'Which sessions are shown' }).getByRole('button');
  expect([await outline(place), await outline(chips.first()), await outline(chips.nth(1))]).toEqual([
    ...['solid', 'solid'],
    'none',
  ]);
  const row = page.getByRole('treegrid', { name: 'Live sessions' }).getByRole('row', { level: 2 }).first();
  expect(await outline(row)).toBe('none');
  await row.getByRole('button', { name: /^Select/ }).click();
  await expect.poll(() => outline(row)).toBe('solid');
});

test('a switch shows whether it is on', async () => {
  const page = await open();
  await page.getByRole('button', { name: 'Settings', exact: true }).click();
  const track = page.locator('[class*="track_"]');
  await track.first().waitFor();
  const seen = await track.evaluateAll(
    (all) => new Set(all.map((one) => getComputedStyle(one).backgroundColor)).size,
  );
  expect(seen).toBe(2);
});
