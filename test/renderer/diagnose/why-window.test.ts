import type { Page } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Result } from '#contract/failure.ts';
import type { Finding } from '../../../renderer/state/types.ts';
import { appSnapshot, findings, sampleAnswers } from '../fixture/app-sample.ts';
import { objections } from '../fixture/axe.ts';
import { type Harness, startHarness } from '../fixture/harness.ts';

/** Why can't they sign in: the verdict, who knows them, and the line of those that say nothing. */
let harness: Harness;
let page: Page;

beforeAll(async () => {
  harness = await startHarness();
}, 120_000);
afterAll(async () => {
  await harness.stop();
  expect(harness.complaints, 'page errors, console errors and refused styles').toEqual([]);
});

const email = 'olga@fjord.example';
const ok = (value: Finding[]): Result<unknown> => ({ ok: true, value });
const refused: Result<unknown> = {
  ok: false,
  failure: { kind: 'forbidden', message: 'Your rights in Cyclos do not allow this.' },
};

/** Each session answers for itself; those that are not named know nobody. */
async function ask(answers: Record<string, Result<unknown> | 'never'>) {
  page = await harness.open({
    answers: sampleAnswers(appSnapshot, { rows: 10 }, { 'people.why': ok([]) }),
    width: 1280,
  });
  await page.evaluate((given) => {
    const { call } = window.gatehouse;
    const answer = (channel: string, input: { sessionId: string }) => {
      const own = channel === 'people.why' ? given[input.sessionId] : undefined;
      if (!own) return call(channel as 'people.why', input as never);
      window.fixture.calls.push({ channel, input });
      return own === 'never' ? new Promise(() => {}) : Promise.resolve(own);
    };
    Object.assign(window.gatehouse, { call: answer });
  }, answers);
  await page.getByRole('button', { name: /Why can’t they sign in\?/ }).click();
  await page.getByLabel('Their e-mail address').fill(email);
  await page.keyboard.press('Enter');
}
const headline = (name: string) => page.getByRole('heading', { level: 2, name, exact: true });
const card = (name: RegExp) => page.getByRole('region', { name });

test('the verdict stands first with what mends it, while others are still asked', async () => {
  await ask({ s1: ok(findings), s2: 'never', s4: refused });
  await headline('Stopped at Northwind panel').waitFor();
  await page.getByText('5 of 6 live sessions answered').waitFor();
  const order = await page
    .getByRole('main')
    .locator('h2, section, summary')
    .evaluateAll((all) => all.map((one) => one.getAttribute('aria-label') ?? one.textContent));
  expect(order).toEqual([
    'Stopped at Northwind panel',
    expect.stringMatching(/^Northwind panel/),
    expect.stringMatching(/^Northwind panel/),
    '3 sessions know nobody of that name · 1 session may not look',
    ...Array.from({ length: 4 }, () => expect.any(String)),
  ]);
  const [verdict, known] = await card(/^Northwind panel/).all();
  expect(await verdict?.getByRole('button').allTextContents()).toEqual(['Unblock', 'Open person']);
  expect(await known?.textContent()).not.toContain('is blocked after');
  await page.getByText('may not look').click();
  await page.getByText('Your rights in Cyclos do not allow this.').waitFor();
  expect(await page.getByText('Knows nobody of that name.').count()).toBe(3);
  expect(await objections(page)).toEqual([]);
});

test('what is mended is asked anew of that session alone', async () => {
  await ask({ s1: ok(findings) });
  await headline('Stopped at Northwind panel').waitFor();
  await page.getByRole('button', { name: 'Unblock' }).press('Enter');
  const asked = () =>
    page.evaluate(() =>
      window.fixture.calls.flatMap(({ channel, input }) =>
        channel === 'people.why' ? [(input as { sessionId: string }).sessionId] : [],
      ),
    );
  const before = await asked();
  expect(before).toHaveLength(6);
  await page.getByRole('dialog').getByRole('button', { name: 'Unblock' }).press('Enter');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await expect.poll(asked).toEqual([...before, 's1']);
  await page.getByRole('button', { name: 'Open person' }).first().press('Enter');
  await page.getByRole('heading', { name: 'Olga Petrova' }).waitFor();
});

test('nobody who knows them, and somebody whom nothing stops, are said in the first line', async () => {
  await ask({});
  await headline(`No live session knows ${email}`).waitFor();
  await ask({ s1: ok([{ weight: 'fine', text: 'The password is good.', personId: 'p5' }]) });
  await headline(`Nothing that is seen stops ${email}`).waitFor();
  await card(/^Northwind panel/)
    .getByText('The password is good.')
    .waitFor();
});

test('one that did not answer is asked again where it stands', async () => {
  const failure = { kind: 'timeout' as const, message: 'The panel did not answer within 20 s.' };
  await ask({ s1: { ok: false, failure } });
  await headline('Not everybody could be asked').waitFor();
  await card(/^Northwind panel/)
    .getByText('did not answer within 20 s')
    .waitFor();
  await card(/^Northwind panel/)
    .getByRole('button', { name: /again/i })
    .click();
});
