import { beforeAll, describe, expect, test } from 'vitest';
import type { Account } from '#contract/shapes.ts';
import type { Practice } from '../../practice/common/types.ts';
import { accountOf, eventually, openApp, openPractice, personOf, serverOf, type TestApp } from './harness.ts';

/** The ways in that end in a bearer token: Koyeb's, and an organisation's access token of Enhance. */
let app: TestApp;
let practice: Practice;

beforeAll(async () => {
  practice = await openPractice({ only: ['enhance', 'koyeb'] });
  app = await openApp();
});

async function begin(
  vendor: string,
  label: string,
  change: Parameters<typeof accountOf>[2] = {},
): Promise<Account> {
  const account = await app.call('accounts.add', accountOf(serverOf(practice, vendor), label, change));
  await app.row(account.label).click();
  await app.heading(account.label).waitFor();
  await app.button('Sign in').click();
  return account;
}

async function signOut() {
  await app.button('Sign out').click();
  await app.button('Sign in').waitFor();
}

const atKoyeb = (email: string) =>
  serverOf(practice, 'koyeb')
    .sessions()
    .filter((session) => session.person === email);

describe('Koyeb', () => {
  test('a pasted token comes first in the form, and what is deprecated is said', async () => {
    await app
      .button(/^Add (an )?account/)
      .first()
      .click();
    await app.page.getByText('Koyeb', { exact: true }).click();
    await app.page.getByText(/Koyeb marks signing in with e-mail and password as deprecated/).waitFor();
    await app.page.getByRole('button', { name: /A pasted token/ }).waitFor();
    const { account } = personOf(serverOf(practice, 'koyeb'), 'Support desk token');
    await app.field('Address').fill(account.values.baseUrl!);
    await app.field('Token').fill(account.values.token!);
    await app.field('Label').fill('By the form');
    await app.button('Test').click();
    await app.page.getByText('Signed in and out again: this account works.').waitFor();
    await app.look('account-form-koyeb');
    await app.button('Add account').last().click();
    await app.heading('By the form').waitFor();
    await app.button('Sign in').click();
    await app.button('Sign out').waitFor();
    await signOut();
    const { sessions } = await app.snapshot();
    expect(sessions.at(-1)).toMatchObject({ state: 'ended', endedHow: 'here', method: 'pasted token' });
    await app.page.getByText('Ended here; the vendor can’t be told to end it').waitFor();
  });

  test('e-mail and password, into an organisation', async () => {
    const account = await begin('koyeb', 'Jonas Weber');
    expect(await app.session(account, 'active')).toMatchObject({
      method: 'password',
      realm: { name: 'Tidepool Labs' },
      expiresAt: expect.any(Number),
    });
    expect(atKoyeb(account.identity)).toHaveLength(1);
    await signOut();
    await eventually(() => expect(atKoyeb(account.identity)).toEqual([]));
  });

  test('a person in no organisation', async () => {
    const account = await begin('koyeb', 'Theo Blanc');
    expect(await app.session(account, 'active')).toMatchObject({
      realm: { id: '', name: 'No organisation' },
    });
    await signOut();
  });

  test('an organisation is not opened twice unasked, by sign-in or switch', async () => {
    const account = await begin('koyeb', 'Maya Castell');
    const first = await app.session(account, 'active');
    const { page } = app;
    const here = () => atKoyeb(account.identity).length;
    await page.keyboard.press('Control+k');
    await page.keyboard.type('sign in to maya');
    await page.getByRole('option', { name: /^Sign in to Maya Castell/ }).waitFor();
    await page.keyboard.press('Enter');
    const asked = page.getByRole('alertdialog', { name: 'Signed in already' });
    await asked.getByText('Lantern Works').waitFor();
    await app.look('open-already');
    await page.keyboard.press('Enter');
    await asked.waitFor({ state: 'detached' });
    // What Koyeb rejects can't be chosen here either, and says why.
    const foundry = page
      .getByRole('region', { name: 'Memberships' })
      .getByRole('row', { name: /^Old Foundry/ });
    await foundry.getByText('Koyeb rejects every session in it').waitFor();
    expect(await foundry.getByRole('button').count()).toBe(0);
    expect(here()).toBe(1);

    await app.button('Switch organisation').click();
    await app.dialog.getByRole('button', { name: 'Open Tidepool Labs as well' }).click();
    await app.dialog.waitFor({ state: 'detached' });
    await eventually(() => expect(here()).toBe(2));
    await app.call('sessions.switchRealm', {
      sessionId: first.id,
      realm: { id: '', name: 'No organisation' },
      how: 'beside',
    });
    await eventually(() => expect(here()).toBe(3));
    await page.keyboard.press('Control+e');
    await app.dialog.getByRole('button', { name: 'Show the session in Lantern Works' }).waitFor();
    await app.look('switch-open-realm');
    await app.dialog.getByRole('button', { name: 'Show the session in Lantern Works' }).press('Enter');
    await app.dialog.waitFor({ state: 'detached' });
    expect(await page.title()).toContain('Lantern Works');
    await page.keyboard.press('Control+e');
    await app.dialog.getByRole('button', { name: 'Open Tidepool Labs as well' }).click();
    await eventually(() => expect(here()).toBe(4));
    await app.remove(account);
    await eventually(() => expect(here()).toBe(0));
  });

  test('switched to another organisation: the old session ends once the new one is active', async () => {
    const account = await begin('koyeb', 'Maya Castell');
    const first = await app.session(account, 'active');
    await app.button('Switch organisation').click();
    await app.dialog.getByRole('button', { name: 'Switch to Tidepool Labs' }).click();
    await app.dialog.waitFor({ state: 'detached' });
    await eventually(async () => {
      const own = (await app.snapshot()).sessions.filter(({ accountId }) => accountId === account.id);
      expect(own.find(({ id }) => id === first.id)?.state).toBe('ended');
      expect(own.find(({ state }) => state === 'active')).toMatchObject({
        realm: { name: 'Tidepool Labs' },
        method: 'organisation switch',
      });
    });
    expect(atKoyeb(account.identity)).toHaveLength(1);
    await signOut();
  });

  test.each([
    ['Lena Fischer', /signs in to Koyeb through WorkOS/],
    ['Greta Olsen', /locked/],
  ])('%s is refused, with the reason', async (label, sentence) => {
    const account = await begin('koyeb', label);
    const { failure } = await app.session(account, 'failed');
    expect(failure?.message).toMatch(sentence);
    await app.page.getByRole('main').getByText(failure!.message).waitFor();
  });

  test('a token that Koyeb does not know', async () => {
    const account = await begin('koyeb', 'Lena Fischer’s token', { values: { token: 'no-such-token' } });
    expect((await app.session(account, 'failed')).failure?.message).toMatch(
      /does not accept the pasted token/,
    );
  });
});

describe('Enhance', () => {
  test('an organisation’s access token: nothing is opened at the panel, and it is not ended there', async () => {
    const account = await begin('enhance', 'Support desk token');
    expect(await app.session(account, 'active')).toMatchObject({ method: 'access token' });
    await signOut();
    expect(await app.session(account, 'ended')).toMatchObject({ endedHow: 'here' });
  });
});
