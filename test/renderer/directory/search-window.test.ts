import type { Page } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { DirectorySource } from '../../../renderer/state/types.ts';
import { appSnapshot, sampleAnswers, sources } from '../fixture/app-sample.ts';
import { objections } from '../fixture/axe.ts';
import type { Directory } from '../fixture/fake-bridge.ts';
import { type Harness, startHarness } from '../fixture/harness.ts';

/** Finding somebody in a directory: at the vendor as one types, by a whole address, and by reading all pages. */
let harness: Harness;
let page: Page;

beforeAll(async () => {
  harness = await startHarness();
}, 120_000);
afterAll(async () => {
  await harness.stop();
  expect(harness.complaints, 'page errors, console errors and refused styles').toEqual([]);
});

const unsearched = sources.map(
  ({ search: _, ...source }): DirectorySource => ({ ...source, findsEmail: true }),
);

async function showPeople(directory: Directory, offered: DirectorySource[] = sources) {
  page = await harness.open({
    answers: sampleAnswers(appSnapshot, directory, { 'people.sources': { ok: true, value: offered } }),
  });
  await page
    .getByRole('row', { name: /Northwind panel.*Reseller EU/ })
    .first()
    .click();
  await page.getByRole('button', { name: 'People', exact: true }).click();
  await page.getByRole('grid').waitFor();
}
const button = (name: string | RegExp) => page.getByRole('button', { name });
const field = () => page.getByRole('searchbox', { name: /^Search/ });
const status = (words: string | RegExp) =>
  page.getByRole('main').getByRole('status').filter({ hasText: words }).waitFor();
const asked = () =>
  page.evaluate(() =>
    window.fixture.calls.flatMap(({ channel, input }) =>
      channel === 'people.page'
        ? [input as { offset: number; limit: number; query: { search?: string } }]
        : [],
    ),
  );
const searches = async () => (await asked()).flatMap(({ query }) => query.search ?? []);
const release = (search: string) => page.evaluate((words) => window.fixture.release(0, words), search);

test('the vendor is asked once one pauses, and an older answer never takes the place of a newer', async () => {
  await showPeople({ rows: 1000, held: true });
  await release('');
  await page.getByText('person000000@').waitFor();
  await field().pressSequentially('person 00');
  await expect.poll(searches).toEqual(['person 00']);
  // Until the answer comes, those in hand that have the words stay.
  await page.getByText('person000001@').waitFor();
  await field().pressSequentially('1');
  await expect.poll(searches).toEqual(['person 00', 'person 001']);
  await release('person 001');
  await page.getByText('Person 0, found by person 001').waitFor();
  await release('person 00');
  await page.evaluate(() => new Promise((done) => setTimeout(done, 50)));
  await status('3 people with “person 001”');
  expect(await page.getByText('found by person 00', { exact: false }).allTextContents()).not.toContain(
    'Person 0, found by person 00',
  );
  const cancelled = await page.evaluate(
    () => window.fixture.calls.filter(({ channel }) => channel === 'people.cancelPage').length,
  );
  expect(cancelled).toBeGreaterThan(0);
});

test('a whole address is looked up where there is no other search, and Enter takes the only hit', async () => {
  await showPeople({ rows: 100_011 }, unsearched);
  await field().pressSequentially('person050000@customer45');
  await status(/^0 of \d+ loaded$/);
  expect(await searches()).toEqual([]);
  await field().pressSequentially('.example');
  await expect.poll(searches).toEqual(['person050000@customer45.example']);
  await page.evaluate(() => {
    const answer = window.fixture.answers['people.page'];
    if (typeof answer === 'object' && 'directory' in answer) answer.directory.rows = 1;
  });
  await field().fill('person050001@customer46.example');
  await status('1 person with “person050001@');
  await field().press('Enter');
  await page.getByRole('heading', { name: 'Olga Petrova' }).waitFor();
});

test('all pages are read in the background: progress, hits at once, a stop, and on from there', async () => {
  await showPeople({ rows: 100_011, latency: 25 }, unsearched);
  await page.getByText('person000000@').waitFor();
  await field().fill('person 99');
  await button('Search all 100,011').click();
  await status(/^\d+ found · [\d,]+ of 100,011 searched$/);
  await page.getByText('Person 99', { exact: true }).waitFor();
  await page.getByText('Person 990', { exact: true }).waitFor();
  await button('Stop the search').click();
  await button('Go on').waitFor();
  const before = (await asked()).length;
  await page.evaluate(() => new Promise((done) => setTimeout(done, 120)));
  expect((await asked()).length).toBe(before);
  expect(await objections(page)).toEqual([]);
  await button('Go on').click();
  await status(/of 100,011 searched$/);
  const pages = (await asked()).filter(({ limit }) => limit === 500).map(({ offset }) => offset);
  expect(new Set(pages).size).toBeGreaterThan(3);
  // A hit is opened like any row.
  await field().press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Olga Petrova' }).waitFor();
  const left = (await asked()).length;
  await page.evaluate(() => new Promise((done) => setTimeout(done, 150)));
  expect((await asked()).length, 'pages asked for after the page was left').toBe(left);
});

test('Enter searches all of what can’t be searched otherwise, to the end', async () => {
  await showPeople({ rows: 2011 }, unsearched);
  await page.getByText('person000000@').waitFor();
  await field().fill('person 2010');
  await field().press('Enter');
  await status('1 found · 2,011 of 2,011 searched');
  await page.getByText('Person 2010', { exact: true }).waitFor();
  await field().press('Enter');
  await page.getByRole('heading', { name: 'Olga Petrova' }).waitFor();
});
