import type { Page } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Session } from '#contract/shapes.ts';
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

/** Orders the end of these sessions as main does, to be undone until so many ms from now. */
async function ordered(ids: string[], ms: number) {
  await page.evaluate(
    ([sessions, left]) => {
      const undoUntil = Date.now() + left;
      window.fixture.change(
        sessions.map((value) => ({
          entity: 'session' as const,
          id: value.id,
          value: {
            ...value,
            state: 'ending' as const,
            ending: {
              orderedAt: Date.now(),
              attempts: 0,
              nextTryAt: undoUntil,
              lastFailure: null,
              tokenValidUntil: null,
              undoUntil,
            },
          },
        })),
      );
    },
    [calm.sessions.filter(({ id }) => ids.includes(id)), ms] as [Session[], number],
  );
}
const bar = () => page.getByRole('region', { name: 'Undo' });
const undone = () =>
  page.evaluate(() => window.fixture.calls.filter(({ channel }) => channel === 'sessions.undoSignOut'));
const open = async (answer: number) => {
  page = await harness.open({
    answers: answersFor(calm, { 'sessions.undoSignOut': { ok: true, value: { undone: answer } } }),
  });
  await page.getByRole('heading', { level: 1, name: 'Live' }).waitFor();
};

test('a sign-out is undone by Ctrl Z, though not while a field has words to undo', async () => {
  await open(1);
  expect(await bar().getByRole('button').count()).toBe(0);
  await ordered(['s1'], 60_000);
  await bar().getByText('Signing out of Northwind panel · Reseller EU').waitFor();
  expect(await objections(page)).toEqual([]);
  const filter = page.getByRole('searchbox', { name: 'Filter sessions' });
  await filter.fill('north');
  await page.keyboard.press('Control+z');
  expect(await undone()).toEqual([]);
  await filter.fill('');
  await page.keyboard.press('Control+z');
  expect(await undone()).toEqual([{ channel: 'sessions.undoSignOut', input: { sessionIds: ['s1'] } }]);
});

test('the button undoes what was ordered together and says what was too late', async () => {
  await open(1);
  await ordered(['s3'], 40_000);
  await ordered(['s1', 's2'], 60_000);
  await bar().getByText('Signing out of 2 sessions').waitFor();
  await bar().getByRole('button', { name: /^Undo/ }).click();
  expect(await undone()).toEqual([{ channel: 'sessions.undoSignOut', input: { sessionIds: ['s1', 's2'] } }]);
  await page.getByText('Too late for 1 session').waitFor();
});

test('it goes when its time is over', async () => {
  await open(1);
  await ordered(['s1'], 1_500);
  await bar().getByRole('button').waitFor();
  await bar().getByRole('button').waitFor({ state: 'detached' });
});
