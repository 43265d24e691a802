import { beforeAll, expect, it } from 'vitest';
import type { PracticeServer } from '../../practice/common/server.ts';
import type { Account } from '../../preload/contract/shapes.ts';
import { accountOf, type Desk, eventually, openDesk, openPractice, serverOf } from './kit.ts';

/** What an open session shows, and every way to end sessions, with the panel's own table as the witness. */
let desk: Desk;
let panel: PracticeServer;
let nora: Account;
let sam: Account;

const active = (person: string) =>
  panel.sessions().filter((session) => session.person === person && session.state === 'active');
const ours = (person: string) => active(person).filter(({ userAgent }) => userAgent?.includes('Gatehouse'));

beforeAll(async () => {
  panel = serverOf(await openPractice({ only: ['enhance'] }), 'enhance');
  desk = await openDesk();
  nora = await desk.call('accounts.add', accountOf(panel, 'Nora Lindholm'));
  sam = await desk.call('accounts.add', accountOf(panel, 'Sam Whitlock'));
});

async function signIn(account: Account) {
  await desk.row(account.label).click();
  await desk.button('Sign in').click();
  await desk.session(account, 'active');
  await desk.button('Sign out').waitFor();
}

it('shows who I am, where I may act, and every session of this login with ours marked', async () => {
  await signIn(nora);
  const { page } = desk;
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
  await desk.look('session');
});

it('ends one, the others, and all', async () => {
  const remote = desk.page.getByRole('region', { name: 'Sessions at the panel' });
  await remote.getByRole('button', { name: 'End the session in Lisbon, Portugal' }).click();
  await desk.dialog.getByText(/whoever works in it is signed out at once/).waitFor();
  await desk.look('end-one');
  await desk.dialog.getByRole('button', { name: 'End session' }).click();
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
  await desk.look('copied-mark');

  await remote.getByRole('button', { name: 'End the others' }).click();
  await desk.dialog.getByRole('button', { name: 'End the others' }).click();
  await desk.page.getByText('2 sessions ended at the panel.').waitFor();
  expect(active(nora.identity).map(({ id }) => id)).toEqual([own!.id]);

  await remote.getByRole('button', { name: 'End all' }).click();
  await desk.dialog.getByRole('button', { name: 'End all' }).click();
  await desk.page.getByText(/The vendor confirmed the end of the last session/).waitFor();
  expect(active(nora.identity)).toEqual([]);
});

it('an ending that the panel does not confirm stays in sight until it does', async () => {
  await signIn(sam);
  const sessionId = (await desk.session(sam, 'active')).id;
  panel.misbehave({ operation: 'deleteCurrentSession', status: 503 });
  await desk.button('Sign out').click();
  const { page } = desk;
  await page.getByText('Ended here, not yet at the vendor').waitFor();
  await page
    .getByRole('main')
    .getByText(/has a fault of its own/)
    .waitFor();
  await desk.look('ending-not-confirmed');
  await page.getByRole('contentinfo').getByRole('button', { name: '1 ending not confirmed yet' }).click();
  await desk.dialog.getByText(/has a fault of its own/).waitFor();
  await desk.look('endings');
  expect(ours(sam.identity)).toHaveLength(1);

  const tries = () => panel.log().filter(({ operation }) => operation === 'deleteCurrentSession').length;
  const before = tries();
  await desk.dialog.getByRole('button', { name: /^Try now/ }).click();
  await eventually(() => expect(tries()).toBeGreaterThan(before));

  panel.behave();
  // By the bridge, as the next try of its own accord may take the button away at any moment.
  await desk.call('sessions.tryEndingNow', { sessionId });
  await desk.dialog.getByText('Every ending is confirmed.').waitFor();
  expect(ours(sam.identity)).toEqual([]);
  // The button that had the focus is gone; the dialog takes it back a frame later.
  await page.waitForFunction(() => document.activeElement?.closest('[role="dialog"]'));
  await page.keyboard.press('Escape');
  await desk.dialog.waitFor({ state: 'detached' });
});

it('removing an account ends its session first', async () => {
  await signIn(sam);
  await desk.button('More').click();
  await desk.page.getByRole('menuitem', { name: 'Remove account…' }).click();
  await desk.dialog.getByText(/1 open session is ended first/).waitFor();
  await desk.look('remove-account');
  await desk.dialog.getByRole('button', { name: 'Remove account' }).click();
  await desk.row('Sam Whitlock').waitFor({ state: 'detached' });
  await eventually(() => expect(ours(sam.identity)).toEqual([]));
  expect((await desk.snapshot()).accounts.map(({ label }) => label)).toEqual(['Nora Lindholm']);
});

it('a sign-in whose answer was lost says what it waits for', async () => {
  panel.misbehave({ operation: 'createSession', times: 1, reset: 'before' });
  await desk.row('Nora Lindholm').click();
  await desk.button('Sign in').click();
  const main = desk.page.getByRole('main');
  await main.getByText(/may still get through: looking again at \d\d:\d\d\.$/).waitFor();
  await main.getByText(/The connection to .* broke off/).waitFor();
  await desk.button('Start again').waitFor();
  await desk.look('looking-again');
  expect(ours(nora.identity)).toEqual([]);
});

it('what may be alive of a removed account stays in sight until it is dismissed', async () => {
  const amir = await desk.call('accounts.add', accountOf(panel, 'Amir Haddad'));
  panel.misbehave({ operation: 'createSession', times: 1, reset: 'after' });
  await desk.row('Amir Haddad').click();
  await desk.button('Sign in').click();
  await desk.page.getByText('Possibly alive at the vendor').waitFor();
  await desk.look('possibly-alive');
  await desk.call('accounts.remove', { id: amir.id });
  await desk.row('Amir Haddad').waitFor({ state: 'detached' });

  const bar = desk.page.getByRole('contentinfo');
  await bar.getByRole('button', { name: '2 endings not confirmed yet' }).click();
  await desk.dialog.getByText('Amir Haddad (account not on the list)').waitFor();
  await desk.look('possibly-alive-removed');
  await desk.dialog.getByRole('button', { name: 'Dismiss: Amir Haddad (account not on the list)' }).click();
  await desk.dialog.getByText('Amir Haddad').waitFor({ state: 'detached' });
  await bar.getByRole('button', { name: '1 ending not confirmed yet' }).waitFor();
});
