import { beforeAll, expect, test } from 'vitest';
import type { Practice, PracticeServer } from '../../practice/common/types.ts';
import { accountOf, nextPin, openApp, openPractice, serverOf, type TestApp } from './harness.ts';
import { countKeys } from './keys.ts';

/** What a sign-in with a PIN costs in keys, the digits included, with 200 accounts on the list. */
let app: TestApp;
let practice: Practice;
let panel: PracticeServer;

const amir = 'amir@northwind.example';

beforeAll(async () => {
  practice = await openPractice({ only: ['enhance'] });
  panel = serverOf(practice, 'enhance');
  app = await openApp();
  for (let at = 1; at < 200; at += 1)
    await app.call('accounts.add', accountOf(panel, 'Nora Lindholm', { label: `Customer ${at}` }));
  await app.call('accounts.add', accountOf(panel, 'Amir Haddad'));
});

const pinFieldHasFocus = () =>
  app.prompt.getByRole('textbox', { name: 'PIN' }).and(app.page.locator(':focus')).waitFor();

test('ten keys lead from anywhere to an active session with a PIN', async () => {
  const account = (await app.snapshot()).accounts.find(({ label }) => label === 'Amir Haddad')!;
  const keys = countKeys(app.page);
  const pin = nextPin(practice, amir);
  await app.page.getByRole('treegrid', { name: 'Accounts by vendor' }).focus();
  await keys.press('Control+k');
  await keys.type('am');
  await app.page.getByRole('option', { name: /Amir Haddad/, selected: true }).waitFor();
  await keys.press('Control+Enter');
  await pinFieldHasFocus();
  await keys.type(await pin());
  expect(await app.session(account, 'active')).toMatchObject({ method: 'e-mail PIN' });
  expect(keys.count()).toBe(10);
  await app.prompt.waitFor({ state: 'detached' });
  await app.call('sessions.signOut', { sessionId: (await app.session(account, 'active')).id });
  await app.session(account, 'ended');
});

test('the next PIN of the queue costs its six digits', async () => {
  const first = (await app.snapshot()).accounts.find(({ label }) => label === 'Amir Haddad')!;
  const second = await app.call('accounts.add', accountOf(panel, 'Amir Haddad', { label: 'Amir again' }));
  const pins: string[] = [];
  for (const account of [first, second]) {
    const pin = nextPin(practice, amir);
    await app.call('sessions.signIn', { accountId: account.id });
    await app.session(account, 'waiting');
    pins.push(await pin());
  }
  await app.prompt.getByText('1 of 2').waitFor();
  await pinFieldHasFocus();
  const keys = countKeys(app.page);
  await keys.type(pins[0]!);
  await app.prompt.getByRole('heading', { name: 'Enhance asks for the PIN of Amir again' }).waitFor();
  expect(keys.count()).toBe(6);
  await pinFieldHasFocus();
  await keys.type(pins[1]!);
  await app.session(second, 'active');
  expect(keys.count()).toBe(6);
  expect(await app.session(first, 'active')).toMatchObject({ method: 'e-mail PIN' });
  await app.prompt.waitFor({ state: 'detached' });
});
