import { beforeAll, expect, test } from 'vitest';
import type { Account } from '#contract/shapes.ts';
import type { PracticeServer } from '../../practice/common/types.ts';
import { accountOf, eventually, openApp, openPractice, serverOf, type TestApp } from './harness.ts';
import { countKeys, type Keys } from './keys.ts';

/** What the commonest jobs cost, in keys and clicks, counted as they are pressed. */
let app: TestApp;
let panel: PracticeServer;
let nora: Account;
let maya: Account;
let keys: Keys;

beforeAll(async () => {
  const practice = await openPractice({ only: ['enhance', 'koyeb'] });
  panel = serverOf(practice, 'enhance');
  app = await openApp();
  nora = await app.call('accounts.add', accountOf(panel, 'Nora Lindholm'));
  maya = await app.call('accounts.add', accountOf(serverOf(practice, 'koyeb'), 'Maya Castell'));
  keys = countKeys(app.page);
});

const ours = () =>
  panel.sessions().filter(({ userAgent, state }) => userAgent?.includes('Gatehouse') && state === 'active');
const options = () => app.page.getByRole('option');

async function signedIn() {
  await app.call('sessions.signIn', { accountId: nora.id });
  const { id } = await app.session(nora, 'active');
  await app.page.keyboard.press('Control+1');
  await app.heading('Live').waitFor();
  return id;
}

test('sign out of everything: two clicks', async () => {
  await signedIn();
  await app.button('Sign out…').click();
  await app.page.getByRole('menuitem', { name: 'Sign out everywhere' }).click();
  await app.dialog.getByText('How each session ended is known.').waitFor();
  expect(ours()).toEqual([]);
  await app.button('Done').click();
});

test('sign out of everything: four keys, and one to undo it', { retry: 2 }, async () => {
  const id = await signedIn();
  keys.count();
  await keys.press('Control+k');
  await app.dialog.waitFor();
  await keys.type('ev');
  await options()
    .filter({ hasText: 'Sign out everywhere' })
    .and(app.page.locator('[aria-selected="true"]'))
    .waitFor();
  await keys.press('Enter');
  expect(keys.count()).toBe(4);
  await app.page.getByRole('button', { name: /^Undo/ }).waitFor();
  await keys.press('Control+z');
  expect(keys.count()).toBe(1);
  expect((await app.session(nora, 'active')).id).toBe(id);
  await app.dialog.waitFor({ state: 'detached' });
  expect(ours()).toHaveLength(1);
});

test('end one session elsewhere: two clicks, nothing asked, and the panel no longer knows it', async () => {
  await signedIn();
  const others = () =>
    panel
      .sessions()
      .filter(
        ({ userAgent, state, person }) =>
          person === nora.identity && state === 'active' && !userAgent?.includes('Gatehouse'),
      ).length;
  const before = others();
  expect(before).toBeGreaterThan(0);
  await app.row(nora.label).click();
  const remote = app.page.getByRole('region', { name: 'Sessions at the panel' });
  await remote.getByRole('button', { name: 'End the session in Lisbon, Portugal' }).click();
  await app.page
    .getByRole('region', { name: 'Undo' })
    .getByText(/Ending the session in Lisbon/)
    .waitFor();
  await remote.getByRole('row', { name: /Lisbon/ }).waitFor({ state: 'detached' });
  await eventually(() => expect(others()).toBe(before - 1));
});

test('switch realm: five keys', async () => {
  await app.call('sessions.signIn', { accountId: maya.id });
  const { id, realm } = await app.session(maya, 'active');
  const memberships = await app.call('sessions.memberships', { sessionId: id });
  const other = memberships.find((one) => one.realm.id !== realm?.id)?.realm;
  if (!other) throw new Error('There is no other realm.');
  await app.row(maya.label).click();
  await app.button('Sign out').waitFor();
  keys.count();
  await keys.press('Control+e');
  await app.dialog.getByText(other.name).first().waitFor();
  await keys.type(other.name.slice(0, 3));
  await keys.press('Enter');
  expect(keys.count()).toBe(5);
  await app.dialog.waitFor({ state: 'detached' });
  await eventually(async () => {
    const { sessions } = await app.snapshot();
    const open = sessions.filter(({ accountId, state }) => accountId === maya.id && state === 'active');
    expect(open.map((one) => one.realm?.id)).toEqual([other.id]);
  });
});

test('hand over to the console: Ctrl K, two letters, Alt Enter', async () => {
  await signedIn();
  keys.count();
  await keys.press('Control+k');
  await app.dialog.waitFor();
  await keys.type('no');
  await options().filter({ hasText: nora.label }).first().waitFor();
  await keys.press('Alt+Enter');
  expect(keys.count()).toBe(4);
  await eventually(async () => {
    const rows = await app.call('ledger.page', { limit: 20, event: 'handed-over' });
    expect(rows).toHaveLength(1);
  });
});
