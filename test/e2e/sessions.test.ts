import { beforeAll, expect, test } from 'vitest';
import type { Account } from '#contract/shapes.ts';
import type { PracticeServer } from '../../practice/common/types.ts';
import { accountOf, eventually, openApp, openPractice, serverOf, type TestApp } from './harness.ts';

/** What an open session shows, and every way to end sessions, with the panel's own table as the witness. */
let app: TestApp;
let panel: PracticeServer;
let nora: Account;
let sam: Account;

const active = (person: string) =>
  panel.sessions().filter((session) => session.person === person && session.state === 'active');
const ours = (person: string) => active(person).filter(({ userAgent }) => userAgent?.includes('Gatehouse'));

beforeAll(async () => {
  panel = serverOf(await openPractice({ only: ['enhance'] }), 'enhance');
  app = await openApp();
  nora = await app.call('accounts.add', accountOf(panel, 'Nora Lindholm'));
  sam = await app.call('accounts.add', accountOf(panel, 'Sam Whitlock'));
});

async function signIn(account: Account) {
  await app.row(account.label).click();
  await app.button('Sign in').click();
  await app.session(account, 'active');
  await app.button('Sign out').waitFor();
}

test('shows who I am, where I may act, and every session of this login with ours marked', async () => {
  await signIn(nora);
  const { page } = app;
  const facts = page.getByRole('main');
  await facts.getByText('Open for').waitFor();
  const who = page.getByRole('region', { name: 'Who am I' });
  await who.getByText('nora@northwind.example').first().waitFor();
  const memberships = page.getByRole('region', { name: 'Memberships' });
  await memberships.getByRole('row', { name: /Northwind Hosting.*Owner/ }).waitFor();
  const remote = page.getByRole('region', { name: 'Sessions at the panel' });
  await remote.getByRole('row', { name: /this one/ }).waitFor();
  const lisbon = remote.getByRole('row', { name: /Lisbon/ });
  expect(await lisbon.textContent()).toMatch(/203\.0\.113\.24/);
  expect(await lisbon.textContent()).toMatch(/Firefox 152/);
  expect(await remote.getByRole('row').count()).toBe(1 + active(nora.identity).length);
  await app.look('session');
});

test('ends one, the others, and all', async () => {
  const remote = app.page.getByRole('region', { name: 'Sessions at the panel' });
  await remote.getByRole('button', { name: 'End the session in Lisbon, Portugal' }).click();
  await app.dialog.getByText(/whoever works in it is signed out at once/).waitFor();
  await app.look('end-one');
  await app.dialog.getByRole('button', { name: 'End session' }).click();
  await remote.getByRole('row', { name: /Lisbon/ }).waitFor({ state: 'detached' });
  expect(active(nora.identity)).toHaveLength(2);

  // Somebody else with the password has copied our session's User-Agent from this list.
  const [own] = ours(nora.identity);
  const { email, password } = accountOf(panel, 'Nora Lindholm').values;
  await fetch(`${panel.url}/login/sessions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'user-agent': own!.userAgent! },
    body: JSON.stringify({ email, password }),
  });
  await remote.getByRole('button', { name: /^Refresh/ }).click();
  await remote.getByText('A session carries the mark of this one but is not it').waitFor();
  expect(await remote.getByRole('row', { name: /this one/ }).count()).toBe(1);
  await remote
    .getByRole('row', { name: /suspicious/ })
    .getByRole('button', { name: /^End/ })
    .waitFor();
  await app.look('copied-mark');

  await remote.getByRole('button', { name: 'End the others' }).click();
  await app.dialog.getByRole('button', { name: 'End the others' }).click();
  await app.page.getByText('2 sessions ended at the panel.').waitFor();
  expect(active(nora.identity).map(({ id }) => id)).toEqual([own!.id]);

  await remote.getByRole('button', { name: 'End all' }).click();
  await app.dialog.getByRole('button', { name: 'End all' }).click();
  await app.page.getByText(/The vendor confirmed the end of the last session/).waitFor();
  expect(active(nora.identity)).toEqual([]);
});

test('an ending that the panel does not confirm stays in sight until it does', async () => {
  await signIn(sam);
  const sessionId = (await app.session(sam, 'active')).id;
  panel.misbehave({ operation: 'deleteCurrentSession', status: 503 });
  await app.button('Sign out').click();
  const { page } = app;
  await page.getByText('Ended here, not yet at the vendor').waitFor();
  await page
    .getByRole('main')
    .getByText(/reports an error of its own/)
    .waitFor();
  await app.look('ending-not-confirmed');
  await page.getByRole('contentinfo').getByRole('button', { name: '1 ending not confirmed yet' }).click();
  await app.dialog.getByText(/reports an error of its own/).waitFor();
  await app.look('endings');
  expect(ours(sam.identity)).toHaveLength(1);

  const tries = () => panel.log().filter(({ operation }) => operation === 'deleteCurrentSession').length;
  const before = tries();
  await app.dialog.getByRole('button', { name: /^Try now/ }).click();
  await eventually(() => expect(tries()).toBeGreaterThan(before));

  panel.behave();
  // By the bridge, as the next try of its own accord may take the button away at any moment.
  await app.call('sessions.tryEndingNow', { sessionId });
  await app.dialog.getByText('Every ending is confirmed.').waitFor();
  expect(ours(sam.identity)).toEqual([]);
  // The button that had the focus is gone; the dialog takes it back a frame later.
  await page.waitForFunction(() => document.activeElement?.closest('[role="dialog"]'));
  await page.keyboard.press('Escape');
  await app.dialog.waitFor({ state: 'detached' });
});

test('removing an account ends its session first', async () => {
  await signIn(sam);
  await app.button('More').click();
  await app.page.getByRole('menuitem', { name: 'Remove account…' }).click();
  await app.dialog.getByText(/1 open session is ended first/).waitFor();
  await app.look('remove-account');
  await app.dialog.getByRole('button', { name: 'Remove account' }).click();
  await app.row('Sam Whitlock').waitFor({ state: 'detached' });
  await eventually(() => expect(ours(sam.identity)).toEqual([]));
  expect((await app.snapshot()).accounts.map(({ label }) => label)).toEqual(['Nora Lindholm']);
});

test('a sign-in whose answer was lost says what it waits for', async () => {
  panel.misbehave({ operation: 'createSession', times: 1, reset: 'before' });
  await app.row('Nora Lindholm').click();
  await app.button('Sign in').click();
  const main = app.page.getByRole('main');
  await main.getByText(/may still get through: looking again at \d\d:\d\d\.$/).waitFor();
  await main.getByText(/The connection to .* broke off/).waitFor();
  await app.button('Start again').waitFor();
  await app.look('looking-again');
  expect(ours(nora.identity)).toEqual([]);
});

test('what may be alive of a removed account stays in sight until it is dismissed', async () => {
  const amir = await app.call('accounts.add', accountOf(panel, 'Amir Haddad'));
  panel.misbehave({ operation: 'createSession', times: 1, reset: 'after' });
  await app.row('Amir Haddad').click();
  await app.button('Sign in').click();
  await app.page.getByText('Possibly alive at the vendor').waitFor();
  await app.look('possibly-alive');
  await app.call('accounts.remove', { id: amir.id });
  await app.row('Amir Haddad').waitFor({ state: 'detached' });

  const bar = app.page.getByRole('contentinfo');
  await bar.getByRole('button', { name: '2 endings not confirmed yet' }).click();
  await app.dialog.getByText('Amir Haddad (account not on the list)').waitFor();
  await app.look('possibly-alive-removed');
  await app.dialog.getByRole('button', { name: 'Dismiss: Amir Haddad (account not on the list)' }).click();
  await app.dialog.getByText('Amir Haddad').waitFor({ state: 'detached' });
  await bar.getByRole('button', { name: '1 ending not confirmed yet' }).waitFor();
});
