import { beforeAll, expect, test } from 'vitest';
import type { Practice, PracticeServer } from '../../practice/common/types.ts';
import { inLedger, isTidy, openTab } from './admin-harness.ts';
import { accountOf, eventually, openApp, openPractice, personOf, serverOf, type TestApp } from './harness.ts';
import { countKeys, type Keys } from './keys.ts';

/** A customer is found among 100,011 and gets a new password: four keys and what is typed, from anywhere. */
let app: TestApp;
let keys: Keys;
let practice: Practice;
let panel: PracticeServer;
const customer = 'person050000@depot.example';
const total = 100_011;

beforeAll(async () => {
  practice = await openPractice({ only: ['enhance', 'cyclos'], logins: 100_000 });
  panel = serverOf(practice, 'enhance');
  app = await openApp();
  keys = countKeys(app.page);
  for (const [server, label] of [
    [panel, 'Nora Lindholm'],
    [serverOf(practice, 'cyclos'), 'Left Coast: Administrator'],
  ] as const) {
    const account = await app.call('accounts.add', accountOf(server, label));
    await app.call('sessions.signIn', { accountId: account.id });
    await app.session(account, 'active');
  }
});

/** Presses what the job takes, waiting before each key for what it is pressed on; answers the password that was set. */
async function resetFromAnywhere(text: string, name: string): Promise<string> {
  keys.count();
  await keys.press('Control+k');
  await app.page.keyboard.type(text);
  await app.page
    .getByRole('group', { name: 'People' })
    .getByRole('option', { name, selected: true })
    .waitFor();
  await keys.press('Enter');
  await app.page.getByRole('main').getByText(name, { exact: true }).first().waitFor();
  await eventually(async () =>
    expect(await app.page.evaluate(() => document.activeElement?.textContent)).toBe('Reset password'),
  );
  await keys.press('Enter');
  const field = app.dialog.getByRole('textbox', { name: 'New password' });
  await field.waitFor();
  const password = await field.inputValue();
  await keys.press('Enter');
  await app.dialog
    .getByRole('region', { name: 'New password' })
    .getByText(password, { exact: true })
    .waitFor();
  expect(keys.count()).toBe(4);
  expect(password.length).toBeGreaterThan(15);
  await eventually(async () => expect(await app.control('clipboard')).toBe(password));
  return password;
}

test('at a panel that has no search, by the whole e-mail address', async () => {
  const before = panel.log().filter(({ operation }) => operation === 'getLogins').length;
  const password = await resetFromAnywhere(customer, customer);
  await isTidy(app);
  await app.look('find-and-reset');
  const signedIn = await fetch(`${panel.url}/login/sessions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: customer, password }),
  });
  expect(signedIn.status).toBeLessThan(300);
  const asked = panel.log().filter(({ operation }) => operation === 'getLogins').length - before;
  expect(asked).toBeLessThan(80);
  const row = await inLedger(app, 'admin', /^set-password: /);
  expect(JSON.stringify(row)).not.toContain(password);
  await app.page.keyboard.press('Escape');
  await app.dialog.waitFor({ state: 'detached' });
  expect(await app.page.content()).not.toContain(password);
});

test('at a network that searches as one types', async () => {
  const server = serverOf(practice, 'cyclos');
  const password = await resetFromAnywhere('mona', 'Mona Member');
  await app.page.keyboard.press('Escape');
  const { principal } = personOf(server, 'Left Coast: Member').account.values;
  const signedIn = await fetch(`${server.url}/auth/session`, {
    method: 'POST',
    headers: { authorization: `Basic ${btoa(`${principal}:${password}`)}`, channel: 'main' },
  });
  expect(signedIn.status).not.toBe(401);
});

test('all of them are searched in the background, and the search is stopped by leaving', async () => {
  await app.row('Nora Lindholm').click();
  await app.heading('Nora Lindholm').waitFor();
  await openTab(app, 'People');
  const status = app.page.getByRole('main').getByRole('status');
  await status.filter({ hasText: `${total.toLocaleString('en-GB')} people` }).waitFor();
  const field = app.page.getByRole('searchbox', { name: /^Search what is loaded/ });
  await field.fill('person0999');
  await app.button(`Search all ${total.toLocaleString('en-GB')}`).click();
  await status.filter({ hasText: /^100 found · 100,011 of 100,011 searched$/ }).waitFor({ timeout: 60_000 });
  await app.page.getByRole('gridcell', { name: 'person099900@depot.example' }).waitFor();
  await app.look('search-all');
  // A whole address needs no reading of all.
  await field.fill(customer);
  await status.filter({ hasText: '1 person with' }).waitFor();

  panel.misbehave({ operation: 'getLogins', times: 1000, latency: 200 });
  await field.fill('nobody of that name');
  await app.button(/^Search all/).click();
  await status.filter({ hasText: /^0 found · [1-9][\d,]* of/ }).waitFor();
  await openTab(app, 'Session');
  const asked = () => panel.log().filter(({ operation }) => operation === 'getLogins');
  await eventually(() => expect(asked().at(-1)).toMatchObject({ left: true }));
  const left = asked().length;
  await app.page.getByRole('navigation', { name: 'In this session' }).waitFor();
  expect(asked()).toHaveLength(left);
  panel.behave();
});
