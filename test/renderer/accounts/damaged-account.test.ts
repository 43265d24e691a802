import type { Page } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Failure } from '#contract/failure.ts';
import { objections } from '../fixture/axe.ts';
import type { Answers } from '../fixture/fake-bridge.ts';
import { type Harness, startHarness } from '../fixture/harness.ts';
import { account, answersFor, calm } from '../fixture/sample.ts';

/** An account whose secrets don't open: which fields say so, and how it is mended. */
let harness: Harness;
beforeAll(async () => {
  harness = await startHarness();
});
afterAll(() => harness.stop());

const damaged = account('acme', {
  label: 'Acme',
  values: { baseUrl: 'https://panel.example', email: 'kim@acme.example', second: 'stored' },
  storedSecrets: ['password', 'authenticatorSecret'],
});
const why = 'The address was changed outside Gatehouse; enter this secret again.';
const failure: Failure = {
  kind: 'vault-broken',
  message: 'The secrets of Acme were stored for another address.',
  advice: 'Check the address and enter them again.',
  fields: { password: why, authenticatorSecret: why },
};

async function edit(answers: Answers): Promise<Page> {
  const page = await harness.open({
    answers: answersFor({ ...calm, accounts: [damaged], sessions: [] }, answers),
  });
  await page.getByRole('treegrid', { name: 'Accounts by vendor' }).getByRole('row', { name: /Acme/ }).click();
  await page.getByRole('button', { name: 'More', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Edit account' }).click();
  return page;
}

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const password = (page: Page) => page.getByRole('textbox', { name: 'Password', exact: true });
const authenticator = (page: Page) => page.getByRole('textbox', { name: /^Authenticator secret/ });
const errorOf = (field: ReturnType<typeof password>) =>
  field.evaluate((box) =>
    (box.getAttribute('aria-describedby') ?? '')
      .split(' ')
      .map((id) => document.getElementById(id)?.textContent ?? '')
      .join(' '),
  );
const inputs = (page: Page, channel: string) =>
  page.evaluate(
    (wanted) => window.fixture.calls.filter((one) => one.channel === wanted).map(({ input }) => input),
    channel,
  );

test.each([
  ['Test', 'accounts.test'],
  ['Save changes', 'accounts.change'],
])('%s says beside each secret that it must be entered again', async (action, channel) => {
  const page = await edit({ [channel]: { ok: false, failure } });
  await button(page, action).click();
  await page.getByText(failure.message).waitFor();
  await page.getByText(failure.advice ?? '').waitFor();
  for (const field of [password(page), authenticator(page)]) {
    expect(await field.getAttribute('aria-invalid')).toBe('true');
    expect(await errorOf(field)).toContain(why);
  }
  await expect.poll(() => password(page).evaluate((box) => box === document.activeElement)).toBe(true);
  expect(await objections(page)).toEqual([]);
});

test('secrets that are entered again are sent, and their errors go', async () => {
  const page = await edit({ 'accounts.test': { ok: false, failure } });
  await button(page, 'Test').click();
  await page.getByText(failure.message).waitFor();
  await password(page).fill('the password again');
  expect(await password(page).getAttribute('aria-invalid')).toBe(null);
  expect(await authenticator(page).getAttribute('aria-invalid')).toBe('true');
  await authenticator(page).fill('JBSWY3DPEHPK3PXP');
  await page.evaluate((value) => {
    window.fixture.answers['accounts.change'] = { ok: true, value };
  }, damaged);
  await button(page, 'Save changes').click();
  await page.getByText('Acme is changed.').waitFor();
  expect(await inputs(page, 'accounts.change')).toMatchObject([
    {
      id: 'acme',
      account: {
        values: {
          baseUrl: 'https://panel.example',
          password: 'the password again',
          authenticatorSecret: 'JBSWY3DPEHPK3PXP',
        },
      },
    },
  ]);
});

test('no page complained', () => {
  expect(harness.complaints).toEqual([]);
});
