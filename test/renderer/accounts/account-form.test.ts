import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Snapshot } from '#contract/shapes.ts';
import { objections } from '../fixture/axe.ts';
import type { Answers } from '../fixture/fake-bridge.ts';
import { type Harness, startHarness } from '../fixture/harness.ts';
import { account, answersFor, calm, vendors } from '../fixture/sample.ts';

/** Adding an account: what the form fills in, finds wrong, warns of and keeps. */
let harness: Harness;
let page: Page;
beforeAll(async () => {
  harness = await startHarness();
});
afterAll(async () => {
  await harness.stop();
  expect(harness.complaints).toEqual([]);
});

const desk: Snapshot = {
  ...calm,
  vendors: vendors.map((vendor) => ({
    ...vendor,
    form: vendor.form.map((field) => {
      if (field.name === 'baseUrl') return { ...field, endsIn: '/api' };
      return field.name === 'email' ? { ...field, identifies: 'person' as const } : field;
    }),
  })),
  accounts: [
    account('kim', {
      label: 'Kim’s panel',
      baseUrl: 'https://panel.acme.example/api',
      values: { baseUrl: 'https://panel.acme.example/api', email: 'kim@acme.example', second: 'ask' },
    }),
  ],
  sessions: [],
};

async function open(answers: Answers = {}, height = 800) {
  page = await harness.open({ answers: answersFor(desk, answers), width: 1280, height });
  await page.keyboard.press('Control+n');
  await page.getByRole('heading', { name: 'Add an account' }).waitFor();
}
const field = (name: string) => page.getByRole('textbox', { name, exact: true });
const button = (name: string | RegExp) => page.getByRole('button', { name, exact: typeof name === 'string' });
const added = () =>
  page.evaluate(() =>
    window.fixture.calls.flatMap((one) => (one.channel === 'accounts.add' ? [one.input] : [])),
  );
const lock = (state: 'locked' | 'unlocked') =>
  page.evaluate(
    ([vault, next]) => window.fixture.change([{ entity: 'vault', value: { ...vault, state: next } }]),
    [desk.vault, state] as const,
  );

describe('the label', () => {
  test('follows from e-mail and host until one is typed', async () => {
    await open();
    await field('Base URL').fill('https://panel.harbour.example/api');
    expect(await field('Label').inputValue()).toBe('');
    await field('E-mail').fill('olga@harbour.example');
    expect(await field('Label').inputValue()).toBe('olga at panel.harbour.example');
    await field('Label').fill('Harbour');
    await field('E-mail').fill('otto@harbour.example');
    expect(await field('Label').inputValue()).toBe('Harbour');
    await field('Label').fill('');
    await field('Password').fill('x');
    await button('Add account').last().click();
    await expect.poll(added).toMatchObject([{ label: 'otto at panel.harbour.example' }]);
  });
});

describe('the address', () => {
  test('is completed at one press where its end is missing', async () => {
    await open();
    await field('Base URL').fill('panel.harbour.example');
    await button('Use https://panel.harbour.example/api').click();
    expect(await field('Base URL').inputValue()).toBe('https://panel.harbour.example/api');
    expect(await button(/^Use https/).count()).toBe(0);
  });
});

describe('what is wrong', () => {
  test('is counted in the bar, and the first of it is in sight with the focus in it', async () => {
    await open({}, 600);
    await field('Label').scrollIntoViewIfNeeded();
    await button('Add account').last().click();
    await expect.poll(() => field('Base URL').evaluate((box) => box === document.activeElement)).toBe(true);
    expect(await field('Base URL').evaluate((box) => box.getBoundingClientRect().top)).toBeGreaterThan(48);
    await button('4 fields need attention').waitFor();
    await field('E-mail').fill('olga@harbour.example');
    await field('Label').focus();
    await button('3 fields need attention').click();
    await expect.poll(() => field('Base URL').evaluate((box) => box === document.activeElement)).toBe(true);
    expect(await objections(page)).toEqual([]);
  });
});

describe('an account that is there already', () => {
  test('is named, also in other letters, and can be shown', async () => {
    await open();
    await field('Base URL').fill('https://panel.acme.example/api/');
    await field('E-mail').fill('kim@acme.exampl');
    expect(await page.getByText('You have this login at this address already').count()).toBe(0);
    await field('E-mail').fill('Kim@acme.example');
    await page.getByText(/You have this login at this address already: .*Kim’s panel/).waitFor();
    await button('Show it').click();
    await page.getByRole('heading', { name: /Kim’s panel/ }).waitFor();
  });

  test('is no other realm’s', async () => {
    await open();
    await field('Base URL').fill('https://panel.acme.example/api');
    await field('E-mail').fill('kim@acme.example');
    await page.getByText('You have this login at this address already').waitFor();
    await page.evaluate((value) => window.fixture.change([{ entity: 'account', id: 'kim', value }]), {
      ...desk.accounts[0]!,
      realm: { id: 'eu', name: 'EU' },
    });
    await page.getByLabel('Realm id').fill('us');
    await expect.poll(() => page.getByText('You have this login at this address already').count()).toBe(0);
  });
});

describe('the realm', () => {
  test('is chosen from what the test has seen', async () => {
    await open({
      'accounts.test': {
        ok: true,
        value: { steps: [], needsPrompt: null, realms: [{ id: 'r-1', name: 'Harbour EU' }] },
      },
    });
    await field('Base URL').fill('https://panel.harbour.example/api');
    await field('E-mail').fill('olga@harbour.example');
    await field('Password').fill('x');
    await button('Test').click();
    await button(/^Not chosen Realm/).click();
    await page.getByRole('option', { name: 'Harbour EU' }).click();
    await button('Add account').last().click();
    await expect.poll(added).toMatchObject([{ realm: { id: 'r-1', name: 'Harbour EU' } }]);
  });
});

describe('a draft', () => {
  async function begin() {
    await open();
    await field('Base URL').fill('https://panel.harbour.example/api');
    await field('Password').fill('quiet-meadow');
  }
  const goAway = () => page.getByRole('row', { name: /Kim’s panel/ }).click();

  test('stays when the page is left, and the window says so', async () => {
    await begin();
    await goAway();
    await button('Go back').click();
    await page.getByText('Goes on where you left it.').waitFor();
    expect(await field('Base URL').inputValue()).toBe('https://panel.harbour.example/api');
    expect(await field('Password').inputValue()).toBe('quiet-meadow');
    await button('Start over').click();
    expect(await field('Base URL').inputValue()).toBe('');
  });

  test('loses its secrets at a lock, and nothing else', async () => {
    await begin();
    await lock('locked');
    await page.getByRole('button', { name: 'Unlock' }).waitFor();
    await lock('unlocked');
    await page.getByRole('heading', { name: 'Add an account' }).waitFor();
    expect(await field('Base URL').inputValue()).toBe('https://panel.harbour.example/api');
    expect(await field('Password').inputValue()).toBe('');
  });

  test('is asked about when the form is cancelled', async () => {
    await open();
    await button('Cancel').click();
    await page.getByRole('heading', { name: 'Live' }).waitFor();
    await begin();
    await button('Cancel').click();
    expect(await objections(page)).toEqual([]);
    await button('Stay here').click();
    expect(await field('Password').inputValue()).toBe('quiet-meadow');
    await button('Cancel').click();
    await button('Discard changes').click();
    await page.getByRole('heading', { name: 'Live' }).waitFor();
    await page.keyboard.press('Control+n');
    expect(await field('Base URL').inputValue()).toBe('');
  });

  test('of a copy has all but the secrets', async () => {
    await open();
    await goAway();
    await button('More').click();
    await page.getByRole('menuitem', { name: 'Duplicate account' }).click();
    await page.getByRole('heading', { name: 'Add an account' }).waitFor();
    expect(await field('Label').inputValue()).toBe('Kim’s panel (copy)');
    expect(await field('E-mail').inputValue()).toBe('kim@acme.example');
    await field('E-mail').fill('otto@acme.example');
    await button('Add account').last().click();
    await page.getByText('Password is needed.').waitFor();
    await page.keyboard.press('Control+n');
    expect(await field('E-mail').inputValue()).toBe('');
  });
});
