import { Secret, TOTP } from 'otpauth';
import { beforeAll, expect, test } from 'vitest';
import type { Account } from '#contract/shapes.ts';
import type { Practice, PracticeServer } from '../../practice/common/types.ts';
import {
  accountOf,
  eventually,
  nextPin,
  openApp,
  openPractice,
  personOf,
  serverOf,
  type TestApp,
} from './harness.ts';

/** Every way into Enhance, by hand, and what a cancelled or refused one leaves at the server. */
let app: TestApp;
let practice: Practice;
let panel: PracticeServer;

const amir = 'amir@northwind.example';

beforeAll(async () => {
  practice = await openPractice({ only: ['enhance'] });
  panel = serverOf(practice, 'enhance');
  app = await openApp();
});

async function add(label: string, change: Parameters<typeof accountOf>[2] = {}): Promise<Account> {
  const account = await app.call('accounts.add', accountOf(panel, label, change));
  await app.row(account.label).click();
  await app.heading(account.label).waitFor();
  return account;
}

const atPanel = (email: string, state: 'pending' | 'active') =>
  panel
    .sessions()
    .filter((session) => session.person === email && session.state === state && isOurs(session));
const isOurs = ({ userAgent }: { userAgent: string | null }) => userAgent?.includes('Gatehouse') ?? false;

async function signOut(account: Account) {
  await app.button('Sign out').click();
  await app.button('Sign in').waitFor();
  await eventually(() => expect(atPanel(account.identity, 'active')).toEqual([]));
}

test('without a second factor', async () => {
  const nora = await add('Nora Lindholm');
  await app.button('Sign in').click();
  await app.button('Sign out').waitFor();
  expect(await app.session(nora, 'active')).toMatchObject({
    method: 'password',
    realm: { name: 'Northwind Hosting' },
  });
  expect(atPanel(nora.identity, 'active')).toHaveLength(1);
  await signOut(nora);
});

test('with an e-mail PIN: wrong, started again, sent again, right', async () => {
  const account = await add('Amir Haddad');
  const first = nextPin(practice, amir);
  await app.button('Sign in').click();
  await app.prompt.getByText(`Sent by e-mail to ${amir}`).waitFor();
  await app.prompt.getByText(/A wrong PIN ends this sign-in at the panel/).waitFor();
  await app.look('prompt-pin');
  const pin = app.prompt.getByRole('textbox', { name: 'PIN' });
  const wrong = (await first()) === '000000' ? '111111' : '000000';
  await pin.fill(wrong.slice(1));
  await app.page.keyboard.press('Enter');
  await app.prompt.getByText('1 digit is missing. Nothing was sent.').waitFor();
  expect(atPanel(amir, 'pending')).toHaveLength(1);
  await pin.fill(wrong);
  await app.prompt.getByText(/did not accept this PIN and has ended the sign-in/).waitFor();
  expect(atPanel(amir, 'pending')).toEqual([]);
  await app.look('prompt-refused');

  const second = nextPin(practice, amir);
  await app.prompt.getByRole('button', { name: 'Start again' }).click();
  const old = await second();
  await pin.waitFor();
  const again = app.prompt.getByRole('button', { name: /^Send again/ });
  expect(await again.textContent()).toMatch(/Send again in \d+ s/);
  expect(await again.isDisabled()).toBe(true);
  // Half a minute later, for the page alone.
  await app.page.evaluate(() => {
    const now = Date.now.bind(Date);
    Date.now = () => now() + 31_000;
  });
  const third = nextPin(practice, amir);
  await app.prompt.getByRole('button', { name: 'Send again', exact: true }).click();
  const fresh = await third();
  expect(fresh).not.toBe(old);
  await pin.fill(fresh);
  await app.button('Sign out').waitFor();
  expect(await app.session(account, 'active')).toMatchObject({ method: 'e-mail PIN' });
  await signOut(account);
});

test('with this device remembered the next sign-in asks for nothing', async () => {
  const account = await add('Amir Haddad', { label: 'Amir, remembered' });
  const pin = nextPin(practice, amir);
  await app.button('Sign in').click();
  await app.prompt.getByText('Remember this device for 30 days').click();
  await app.prompt.getByRole('textbox', { name: 'PIN' }).fill(await pin());
  await app.session(account, 'active');
  await signOut(account);

  const letters = practice.inbox.list(amir).length;
  await app.button('Sign in').click();
  await app.button('Sign out').waitFor();
  expect(await app.session(account, 'active')).toMatchObject({ method: 'password, remembered device' });
  expect(practice.inbox.list(amir)).toHaveLength(letters);
  await signOut(account);
});

test('cancelled: nothing is left at the panel', async () => {
  await app.row('Amir Haddad').click();
  await app.button('Sign in').click();
  await app.prompt.getByRole('textbox', { name: 'PIN' }).waitFor();
  expect(atPanel(amir, 'pending')).toHaveLength(1);
  await app.prompt.getByRole('button', { name: 'Cancel this sign-in' }).click();
  await app.prompt.waitFor({ state: 'detached' });
  await eventually(() => expect(atPanel(amir, 'pending')).toEqual([]));
  await app.button('Sign in').waitFor();
});

test('with an authenticator code that is typed', async () => {
  const kari = personOf(panel, 'Kari Nordahl');
  const account = await add('Kari Nordahl', { values: { authenticatorSecret: '' } });
  expect(account.storedSecrets).toEqual(['password']);
  await app.button('Sign in').click();
  await app.prompt.getByText('From your authenticator app').waitFor();
  const code = new TOTP({ secret: Secret.fromBase32(kari.totpSecret!) }).generate();
  await app.prompt.getByRole('textbox', { name: 'PIN' }).fill(code);
  await app.page.keyboard.press('Enter');
  await app.button('Sign out').waitFor();
  expect(await app.session(account, 'active')).toMatchObject({ method: 'authenticator PIN' });
  await signOut(account);
});

test('with an authenticator secret that is stored', async () => {
  const account = await add('Tess Okafor');
  await app.button('Sign in').click();
  await app.button('Sign out').waitFor();
  expect(await app.session(account, 'active')).toMatchObject({ method: 'stored authenticator' });
  await signOut(account);
});

test('with a one-time link, once', async () => {
  await app.row('Nora Lindholm').click();
  const link = await oneTimeLink();
  const paste = async (text: string) => {
    await app.button('Other ways').click();
    await app.page.getByRole('menuitem', { name: 'One-time link' }).click();
    await app.dialog.getByLabel('One-time sign-in link').first().fill(text);
    await app.dialog.getByRole('button', { name: 'Sign in' }).click();
  };
  await paste(link);
  await app.button('Sign out').waitFor();
  const { accounts } = await app.snapshot();
  const nora = accounts.find(({ label }) => label === 'Nora Lindholm')!;
  expect(await app.session(nora, 'active')).toMatchObject({ method: 'one-time link' });
  await signOut(nora);

  await paste(link);
  await app.button('Start again').waitFor();
  const failed = await app.session(nora, 'failed');
  await app.page.getByRole('main').getByText(failed.failure!.message).waitFor();
  await app.look('sign-in-failed');
});

test('a refused sign-in keeps its reason on the row until it is dismissed', async () => {
  const account = await add('Otto Brandt');
  await app.button('Sign in').click();
  const failed = await app.session(account, 'failed');
  await app.page.getByRole('main').getByText(failed.failure!.message).waitFor();
  await app.row('Nora Lindholm').click();
  await app.row('Otto Brandt').click();
  await app.page.getByRole('main').getByText(failed.failure!.message).waitFor();
  await app.button('Dismiss').click();
  await app.button('Sign in').waitFor();
});

/** As an administrator of the panel would make it for Nora. */
async function oneTimeLink(): Promise<string> {
  const signedIn = await fetch(`${panel.url}/login/sessions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      email: 'nora@northwind.example',
      password: personOf(panel, 'Nora Lindholm').password,
    }),
  });
  const [{ orgId, memberId }] = (
    (await signedIn.json()) as { memberships: { orgId: string; memberId: string }[] }
  ).memberships as [{ orgId: string; memberId: string }];
  const cookie = signedIn.headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ');
  const answer = await fetch(`${panel.url}/orgs/${orgId}/members/${memberId}/sso`, { headers: { cookie } });
  return (await answer.json()) as string;
}
