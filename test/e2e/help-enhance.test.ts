import { beforeAll, expect, test } from 'vitest';
import type { Account } from '#contract/shapes.ts';
import type { Practice, PracticeServer } from '../../practice/common/types.ts';
import { inLedger, isShownNowhere, isTidy, openTab, press, rowAction, toast } from './admin-harness.ts';
import { accountOf, eventually, openApp, openPractice, personOf, serverOf, type TestApp } from './harness.ts';

/** Help at Enhance that came with 12.21, and invitations: by an owner of the master organisation. */
let app: TestApp;
let practice: Practice;
let panel: PracticeServer;
let nora: Account;
const email = 'wim@harbourbakery.example';

beforeAll(async () => {
  practice = await openPractice({ only: ['enhance'] });
  panel = serverOf(practice, 'enhance');
  app = await openApp();
  nora = await app.call('accounts.add', accountOf(panel, 'Nora Lindholm'));
  await app.call('sessions.signIn', { accountId: nora.id });
  await app.session(nora, 'active');
});

/** Sets something at the panel, as its own administrator would elsewhere. */
async function setAtPanel(path: string, value: unknown) {
  const { token = '' } = personOf(panel, 'Support desk token').account.values;
  const answer = await fetch(panel.url + path, {
    method: 'PUT',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(value),
  });
  expect(answer.status).toBe(204);
}

const mayEnter = async (label: string) => {
  const { identity, password } = personOf(panel, label);
  const answer = await fetch(`${panel.url}/login/sessions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: identity, password }),
  });
  return answer.ok;
};

async function why(address: string) {
  await app.button('Why can’t they sign in?').click();
  await app.field('Their e-mail address').fill(address);
  await app.button('Look up').click();
}
const card = () => app.page.getByRole('region', { name: /^Nora Lindholm/ });

test('lets an address through the lockdown, and takes one off the black list', async () => {
  await setAtPanel('/settings/orchd/admin-lockdown/list', '203.0.113.7');
  await setAtPanel('/settings/orchd/admin-lockdown/status', true);
  await setAtPanel('/settings/orchd/login-policy/ip-blacklist', { ipList: ['127.0.0.1'] });
  expect(await mayEnter('Sam Whitlock')).toBe(false);
  await why('sam@northwind.example');
  await card()
    .getByText(/IP black list: 127\.0\.0\.1\. If the person comes from one of them/)
    .waitFor();
  await card()
    .getByText(/lockdown is on: it lets people of the master organisation in from 203\.0\.113\.7 only/)
    .waitFor();
  await isTidy(app);
  await app.look('help-why');

  await card().getByRole('button', { name: 'Take a network address off the black list' }).click();
  await press(app, 'Take a network address off the black list');
  await toast(app, '127.0.0.1 is off the panel’s IP black list.');
  await card()
    .getByText(/IP black list/)
    .waitFor({ state: 'detached' });
  expect(await mayEnter('Sam Whitlock')).toBe(false);

  await card().getByRole('button', { name: 'Let a network address through' }).click();
  await app.dialog.getByRole('textbox', { name: /^Network address/ }).fill('sam’s');
  await press(app, 'Let a network address through');
  await app.dialog.getByText('This is no network address. It should look like 203.0.113.7.').waitFor();
  await app.dialog.getByRole('textbox', { name: /^Network address/ }).fill('127.0.0.1');
  await app.look('help-lockdown');
  await press(app, 'Let a network address through');
  await toast(app, /127\.0\.0\.1 is on the list of the panel’s lockdown/);
  expect(await mayEnter('Sam Whitlock')).toBe(true);
  await inLedger(app, 'admin', /^admit-address: /);
});

test('invites somebody who has not registered, and again with a link that is shown nowhere', async () => {
  await why(email);
  await card()
    .getByText(/Nobody of wim@harbourbakery\.example has registered at this panel/)
    .waitFor();
  await card().getByRole('button', { name: 'Invite', exact: true }).click();
  await app.dialog.getByRole('combobox', { name: 'Organisation' }).fill('harb');
  await app.page.getByRole('option', { name: /^Harbour Bakery/ }).click();
  await app.dialog.getByRole('textbox', { name: /^Name/ }).fill('Wim Bakker');
  await app.dialog.getByText('Business', { exact: true }).click();
  await isTidy(app);
  await app.look('help-invite');
  await press(app, 'Invite');
  await toast(app, `${email} is invited; the panel was asked to mail them the link.`);
  expect(practice.inbox.latest(email)?.subject).toBe('You are invited to Harbour Bakery');

  await card()
    .getByText(/was invited to Harbour Bakery and has not registered yet/)
    .waitFor();
  await app.look('help-invited');
  // By keys alone: to the button, through its form, to the end.
  await card().getByRole('button', { name: 'Invite again' }).focus();
  await app.page.keyboard.press('Enter');
  await app.dialog.getByRole('button', { name: /How they get it/ }).focus();
  await app.page.keyboard.press('Enter');
  await app.page.keyboard.press('ArrowDown');
  await app.page.keyboard.press('Enter');
  await app.dialog.getByRole('button', { name: /I pass the link on myself/ }).waitFor();
  await app.dialog.getByRole('button', { name: 'Invite again' }).focus();
  await app.page.keyboard.press('Enter');
  await toast(app, /Pass the link on to them alone.+on the clipboard, which is cleared in 30 s/);
  const link = new URL(String(await app.control('clipboard')));
  await isShownNowhere(app, link.pathname.split('/').at(-1)!);
  const accepted = await fetch(panel.url + link.pathname, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email, password: 'chosen-by-wim' }),
  });
  expect(accepted.status).toBe(200);
  await why(email);
  await card()
    .getByText(/Wim Bakker signs in with password only/)
    .waitFor();
});

test('changes a token: name, roles and where it is good from', async () => {
  await app.row('Nora Lindholm').click();
  await openTab(app, 'My login');
  await rowAction(app, 'Support desk', 'Change the token');
  await app.dialog.getByRole('textbox', { name: /^Name/ }).fill('Night desk');
  await app.dialog.getByText('Support', { exact: true }).click();
  await app.dialog.getByRole('textbox', { name: /^Allowed from/ }).fill('127.0.0.1');
  await isTidy(app);
  await app.look('help-token');
  await press(app, 'Change the token');
  await toast(app, 'The access token “Night desk” is changed.');
  const row = app.page.getByRole('row').filter({ hasText: 'Night desk' });
  await row.getByRole('cell', { name: 'SuperAdmin, Support', exact: true }).waitFor();
  await row.getByRole('cell', { name: '127.0.0.1', exact: true }).waitFor();
  await inLedger(app, 'admin', /^own login, change-token: /);
});

test('takes an ownership away, and says before what that means', async () => {
  await why('frieda@harbourbakery.example');
  await card().getByRole('button', { name: 'Open person' }).first().click();
  await app.heading('Frieda Holm').waitFor();
  await rowAction(app, 'Harbour Bakery', 'Take the ownership away');
  await app.dialog.getByText(/it has no owner until somebody is made the owner/).waitFor();
  await isTidy(app);
  await app.look('help-remove-owner');
  await press(app, 'Take the ownership away');
  await toast(app, 'The organisation has no owner now. Frieda Holm has the roles SuperAdmin.');
  await app.page.getByRole('cell', { name: 'SuperAdmin', exact: true }).waitFor();
  await inLedger(app, 'admin', /^remove-owner: /);
});

async function live(label: string): Promise<Account> {
  const account = await app.call('accounts.add', accountOf(panel, label));
  await app.call('sessions.signIn', { accountId: account.id });
  await app.session(account, 'active');
  await app.row(label).click();
  await app.heading(label).waitFor();
  return account;
}

const memberships = () => app.page.getByRole('region', { name: 'Memberships' });

test('tells where somebody belongs from the realms that they can sign in to', async () => {
  await live('Frieda Holm');
  await memberships()
    .getByRole('row', { name: /Northwind Hosting.*here/ })
    .waitFor();
  const bakery = memberships().getByRole('row', { name: /Harbour Bakery no realm SuperAdmin/ });
  await bakery.getByText(/nobody signs in to it by itself/).waitFor();
  expect(await bakery.getByRole('button').count()).toBe(0);
  await isTidy(app);
  await app.look('realms-memberships');
  await app.button('Switch realm').click();
  await app.dialog.getByText(/nobody signs in to it by itself/).waitFor();
  expect(await app.dialog.getByRole('button', { name: 'Switch to Harbour Bakery' }).isDisabled()).toBe(true);
  await app.page.keyboard.press('Escape');
});

test('marks a realm that refuses wherever realms are chosen, until it lets the login in', async () => {
  const petra = await live('Petra Vogel');
  const own = async () => (await app.snapshot()).sessions.filter(({ accountId }) => accountId === petra.id);
  panel.misbehave({
    operation: 'createSession',
    status: 403,
    body: { message: 'Closed for works.' },
    times: 1,
  });
  await app.button('Switch realm').click();
  await app.dialog.getByRole('button', { name: 'Switch to Reseller EU' }).click();
  await app.session(petra, 'failed');
  await app.page
    .getByRole('main')
    .getByText(/does not let this login in at the moment/)
    .first()
    .waitFor();
  expect((await own()).map(({ state }) => state).sort()).toEqual(['active', 'failed']);

  await app.page
    .getByRole('row')
    .filter({ hasText: 'Northwind Hosting' })
    .filter({ hasText: 'since' })
    .last()
    .click();
  await memberships()
    .getByRole('row', { name: /Reseller EU refused/ })
    .waitFor();
  await memberships()
    .getByText(/^Refused \d\d:\d\d: The panel does not let this login in.+Closed for works/)
    .waitFor();
  await isTidy(app);
  await app.look('realms-refused');
  await app.page.keyboard.press('Control+k');
  await app.page.getByRole('combobox', { name: 'Find accounts, realms, people, actions' }).fill('new shift');
  await app.page.keyboard.press('Enter');
  await app.dialog.getByText('Petra Vogel', { exact: true }).click();
  await app.dialog.getByRole('button', { name: /Realm of Petra Vogel/ }).click();
  await app.page
    .getByRole('option', { name: 'Reseller EU' })
    .getByText(/^Refused \d\d:\d\d: /)
    .waitFor();
  await app.look('realms-shift');
  await app.page.keyboard.press('Escape');
  await app.page.getByRole('option', { name: 'Reseller EU' }).waitFor({ state: 'detached' });
  await app.page.keyboard.press('Escape');
  await app.dialog.waitFor({ state: 'detached' });

  await app.button('Switch realm').click();
  await app.dialog.getByText(/^Refused \d\d:\d\d: .+Closed for works/).waitFor();
  await isTidy(app);
  await app.look('realms-switch');
  await app.dialog.getByRole('button', { name: 'Open Reseller EU as well' }).click();
  await eventually(async () =>
    expect((await own()).filter(({ state }) => state === 'active').map(({ refusals }) => refusals)).toEqual([
      [],
      [],
    ]),
  );
  expect(await app.close()).toBe(0);
});
