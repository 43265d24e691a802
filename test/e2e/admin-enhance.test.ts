import { readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import jsqr from 'jsqr';
import { type TOTP, URI } from 'otpauth';
import { PNG } from 'pngjs';
import { beforeAll, expect, test } from 'vitest';
import type { Account } from '#contract/shapes.ts';
import type { Practice, PracticeServer } from '../../practice/common/types.ts';
import {
  consoleWindows,
  inLedger,
  isShownNowhere,
  isTidy,
  openTab,
  press,
  rowAction,
  toast,
} from './admin-harness.ts';
import {
  accountOf,
  dataFolder,
  eventually,
  nextPin,
  openApp,
  openPractice,
  personOf,
  serverOf,
  type TestApp,
} from './harness.ts';

/** The admin desk at Enhance: by an owner, by support staff and by somebody who may see two sites. */
let app: TestApp;
let practice: Practice;
let panel: PracticeServer;
let nora: Account;
const windows = consoleWindows(() => app);
const csv = join(dataFolder(), 'people.csv');
const frieda = 'frieda@harbourbakery.example';
const extra = 300;
/** Turns the line around, rings the bell, is no markup and does not end. */
const hostile = `\u202Etxt.exe\u0007\u200B<img src=x onerror=alert(1)> ${'N'.repeat(500)}`;

beforeAll(async () => {
  practice = await openPractice({ only: ['enhance'], logins: extra });
  panel = serverOf(practice, 'enhance');
  const cookie = await signInAt(frieda, personOf(panel, 'Frieda Holm').password!);
  const renamed = await fetch(`${panel.url}/login`, {
    method: 'PATCH',
    headers: { cookie, 'content-type': 'application/json' },
    body: JSON.stringify({ name: hostile }),
  });
  expect(renamed.ok).toBe(true);
  app = await openApp({ env: { ...windows.env, GATEHOUSE_SAVE_PATH: csv } });
  nora = await live('Nora Lindholm');
});

/** Signs in at the panel itself; answers the cookies, throws the status when it is refused. */
async function signInAt(email: string, password: string): Promise<string> {
  const answer = await fetch(`${panel.url}/login/sessions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email, password }),
  });
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ');
}

async function live(label: string): Promise<Account> {
  const account = await app.call('accounts.add', accountOf(panel, label));
  await app.call('sessions.signIn', { accountId: account.id });
  await app.session(account, 'active');
  return account;
}

async function visit(label: string, tab: 'People' | 'My login') {
  await app.row(label).click();
  await app.heading(label).waitFor();
  await openTab(app, tab);
}

async function source(name: string) {
  await app.button(/^Which people|Which people$/).click();
  await app.page.getByRole('option', { name: new RegExp(`^${name}`) }).click();
}

async function organisation(words: string, name: string) {
  await app.page.getByRole('combobox', { name: 'Organisation' }).fill(words);
  await app.page.getByRole('option', { name: new RegExp(`^${name}`) }).click();
}

const says = (words: string | RegExp) =>
  app.page.getByRole('main').getByRole('status').filter({ hasText: words }).waitFor();
const cell = (text: string) => app.page.getByRole('gridcell', { name: text, exact: true });
const firstRow = () => app.page.locator('[role="grid"] [role="row"][aria-rowindex="2"]').textContent();

test('lists all logins, sorts at the panel, and writes them to a file', async () => {
  await visit('Nora Lindholm', 'People');
  // Everybody of the master realm but the one who is in Reseller EU, and the practice crowd.
  const total = panel.people.filter(({ realm }) => realm?.name === 'Northwind Hosting').length + extra;
  await says(`${total} people`);
  await cell('alex@moreau.example').waitFor();
  await isTidy(app);
  await app.look('admin-people');

  await app.button('E-mail').click();
  await app.button('E-mail').click();
  await eventually(async () => expect(await firstRow()).toMatch(/tess@northwind\.example/));
  expect(panel.log().findLast(({ operation }) => operation === 'getLogins')?.query).toMatchObject({
    sortBy: 'email',
    sortOrder: 'desc',
  });

  await app.button('Export as CSV').click();
  await toast(app, `${total} people written to ${csv}`);
  const lines = readFileSync(csv, 'utf8').trimEnd().split(/\r?\n/);
  expect(lines).toHaveLength(total + 1);
  expect(lines[0]).toBe('name,email,method,registered,locale');
  expect(lines.filter((line) => line.includes('person000300@depot.example'))).toHaveLength(1);
});

test('stops an export half-way: the panel sees it broken off, and the file of before stays', async () => {
  const before = readFileSync(csv, 'utf8');
  panel.misbehave({ operation: 'getLogins', times: 1, latency: 1 });
  panel.misbehave({ operation: 'getLogins', times: 1, latency: 30_000 });
  await app.button('Export as CSV').click();
  await app.page.getByText('200 of 311', { exact: true }).waitFor();
  await app.page.getByRole('progressbar', { name: 'Export: 200 of 311' }).waitFor();
  await app.look('admin-export');
  await app.button('Stop the export').click();
  await toast(app, 'The export was stopped after 200 rows; no file was written.');
  await eventually(() =>
    expect(panel.log().findLast(({ operation }) => operation === 'getLogins')).toMatchObject({
      query: { offset: '200' },
      left: true,
    }),
  );
  expect(readFileSync(csv, 'utf8')).toBe(before);
  expect(readdirSync(dirname(csv))).toEqual(['people.csv']);
  panel.behave();
  await app.button('Export as CSV').waitFor();
});

test('shows the retry of a page that failed in its place, keeps the others, and loads it again', async () => {
  const asked = (offset: number) =>
    panel
      .log()
      .filter(
        ({ operation, query, status }) =>
          operation === 'getLogins' &&
          query.sortBy === 'name' &&
          Number(query.offset) === offset &&
          status !== null,
      );
  const grid = app.page.getByRole('grid');
  const shown = async () => (await grid.getByText(/@depot\.example$/).allTextContents()).toSorted();
  panel.misbehave({ operation: 'getLogins', times: 1, latency: 1 });
  panel.misbehave({ operation: 'getLogins', times: 1, status: 500 });
  await app.button('Name').click();
  await eventually(() => expect(asked(100).map(({ status }) => status)).toEqual([500]));
  await grid.focus();
  await app.page.keyboard.press('Control+End');
  await eventually(() => expect(asked(300).map(({ status }) => status)).toEqual([200]));
  await eventually(async () => expect((await shown()).length).toBeGreaterThan(3));
  await app.page.keyboard.press('Control+Home');
  await eventually(async () => expect((await shown()).length).toBeGreaterThan(3));
  for (let turn = 0; turn < 9; turn += 1) await app.page.keyboard.press('PageDown');
  const retry = app.button('Load rows 101 to 200');
  await eventually(async () => expect((await retry.boundingBox())?.y).toBeLessThan(700));
  await app.page.getByText(/reports an error of its own \(status 500\)/).waitFor();
  await app.look('admin-page-failed');
  await retry.click();
  await retry.waitFor({ state: 'detached' });
  await eventually(() => expect(asked(100).map(({ status }) => status)).toEqual([500, 200]));
  await eventually(async () => expect((await shown()).length).toBeGreaterThan(3));
  for (const offset of [0, 200, 300]) expect(asked(offset), String(offset)).toHaveLength(1);
});

test('breaks off at the panel what another question makes worthless', async () => {
  panel.misbehave({ operation: 'getLogins', times: 1, latency: 30_000 });
  const asked = (sortBy: string) =>
    panel.log().findLast(({ operation, query }) => operation === 'getLogins' && query.sortBy === sortBy);
  await app.button('Registered').click();
  await eventually(() => expect(asked('registrationDate')).toMatchObject({ status: null, left: false }));
  await app.button('E-mail').click();
  await eventually(() => expect(asked('registrationDate')).toMatchObject({ status: null, left: true }));
  await cell('alex@moreau.example').waitFor();
  await app.button('E-mail').click();
  await eventually(async () => expect(await firstRow()).toMatch(/tess@northwind\.example/));
});

test('searches what is loaded, copies a cell and goes through it by keyboard', async () => {
  await app.page.getByRole('searchbox', { name: 'Search what is loaded' }).fill('person0002 depot');
  await says(/^\d+ of \d+ loaded$/);
  await app.page.getByRole('searchbox', { name: 'Search what is loaded' }).fill('');
  const grid = app.page.getByRole('grid');
  await grid.focus();
  await app.page.keyboard.press('Control+End');
  await app.page.keyboard.press('Control+Home');
  await app.page.keyboard.press('ArrowRight');
  await eventually(async () => {
    const active = app.page.locator(`[id="${await grid.getAttribute('aria-activedescendant')}"]`);
    expect(await active.allTextContents()).toEqual(['tess@northwind.example']);
  });
});

test('lists an organisation, and shows a hostile name as harmless text', async () => {
  await source('Logins of an organisation');
  await app.heading('Choose an organisation').waitFor();
  const choice = app.page.getByRole('combobox', { name: 'Organisation' });
  await choice.fill('harb');
  await app.page.getByRole('option', { name: /^Harbour Bakery/ }).waitFor();
  await app.look('admin-organisations');
  await app.page.getByRole('option', { name: /^Harbour Bakery/ }).click();
  await says('3 people');
  await isTidy(app);
  await app.look('admin-hostile-name');
  await cell(frieda).dblclick();
  await app.page
    .getByRole('heading', { level: 2, name: /^txt\.exe <img src=x onerror=alert\(1\)> N+…$/ })
    .waitFor();
  await isTidy(app);
  await app.look('admin-person');
});

test('sets a new password that works at the panel', async () => {
  const old = personOf(panel, 'Frieda Holm').password!;
  await app.button('Reset password').click();
  const password = await app.dialog.getByRole('textbox', { name: 'New password' }).inputValue();
  expect(password.length).toBeGreaterThan(15);
  await isTidy(app);
  await app.look('admin-new-password');
  await press(app, 'Set and copy');
  await app.dialog.getByText('The new password holds from now on', { exact: false }).waitFor();
  await app.dialog.getByText(password, { exact: true }).waitFor();
  expect(await app.control('clipboard')).toBe(password);
  await app.look('admin-password-set');
  await press(app, 'Done');
  await app.dialog.waitFor({ state: 'detached' });
  await toast(app, /New password copied\. The clipboard is cleared in 30 s\./);
  await signInAt(frieda, password);
  await expect(signInAt(frieda, old)).rejects.toThrow(/^4/);
  const row = await inLedger(app, 'admin', /^set-password: /);
  expect(JSON.stringify(row)).not.toContain(password);
});

test('adds a role and takes it away', async () => {
  await app.button('All people').click();
  await cell('ines@harbourbakery.example').dblclick();
  await app.heading('Ines Duarte').waitFor();
  for (const roles of ['Support, SiteAccess', 'SiteAccess']) {
    await rowAction(app, 'Harbour Bakery', 'Change roles');
    await app.dialog.getByText('Support', { exact: true }).click();
    await press(app, 'Change roles');
    await toast(app, `now has the roles ${roles}`);
    await app.page.getByRole('cell', { name: roles, exact: true }).waitFor();
  }
  await inLedger(app, 'admin', /^change-roles: /);
});

test('opens the panel as this person, in a window that is wiped with the session', async () => {
  await rowAction(app, 'Harbour Bakery', 'Open as this person');
  await app.dialog.getByText(/You sign in as them/).waitFor();
  await press(app, 'Open as this person');
  const { answer } = await windows.newest('/api/login');
  expect(JSON.parse(answer)).toMatchObject({ email: 'ines@harbourbakery.example' });
  await inLedger(app, 'handed-over', /^open-as: /);
  const asked = panel.log().filter(({ operation }) => operation === 'getOrgMemberLogin');
  expect(asked).toHaveLength(1);
});

test('makes a login; one that exists is named and shown instead', async () => {
  await app.button('All people').click();
  const fill = async (name: string, email: string) => {
    await app.button('New login').click();
    await app.dialog.getByRole('textbox', { name: 'Name', exact: true }).fill(name);
    await app.dialog.getByRole('textbox', { name: 'E-mail' }).fill(email);
    await press(app, 'Generate');
  };
  await fill('Frieda again', frieda);
  await app.look('admin-new-login');
  await press(app, 'New login');
  await app.page.getByRole('heading', { level: 2, name: /^txt\.exe/ }).waitFor();
  await toast(app, /Nothing was created: frieda@harbourbakery\.example has a login/);

  await app.button('All people').click();
  await fill('Milo Baker', 'milo@harbourbakery.example');
  const password = await app.dialog.getByRole('textbox', { name: 'New password' }).inputValue();
  await app.dialog.getByRole('combobox', { name: 'Organisation' }).fill('lindq');
  await app.page.getByRole('option', { name: /^Lindqvist Legal/ }).click();
  await app.dialog.getByRole('textbox', { name: 'Name', exact: true }).focus();
  expect(await app.dialog.getByRole('combobox', { name: 'Organisation' }).inputValue()).toBe(
    'Lindqvist Legal',
  );
  await press(app, 'New login');
  await app.page.getByRole('heading', { level: 2, name: 'Milo Baker' }).waitFor();
  await signInAt('milo@harbourbakery.example', password).catch((error: Error) =>
    // Without an organisation the panel may refuse the door, but never the password.
    expect(error.message).toBe('403'),
  );
  await inLedger(app, 'admin', /^new-login: The login for milo@/);
});

test('opens the console of the session itself, and copies its cookie', async () => {
  await openTab(app, 'Session');
  await app.button('Open console').click();
  const { text, answer } = await windows.newest('/api/login');
  expect(text).toContain('practice control panel');
  expect(JSON.parse(answer)).toMatchObject({ email: nora.identity });
  await inLedger(app, 'handed-over', /^console window$/);

  await app.button('Copy a token…').click();
  await app.page.getByRole('menuitem', { name: /^Cookie line/ }).click();
  await app.look('admin-copy');
  await press(app, 'Copy');
  await toast(app, /cleared in 30 s/);
  const cookie = String(await app.control('clipboard'));
  const me = await fetch(`${panel.url}/login`, { headers: { cookie } });
  expect(await me.json()).toMatchObject({ email: nora.identity });
  const row = await inLedger(app, 'copied', /^cookie$/);
  expect(JSON.stringify(row)).not.toContain(cookie.split('=')[1]);
});

test('tells why somebody can’t sign in, and mends it', async () => {
  await app.button('Why can’t they sign in?').click();
  await app.field('Their e-mail address').fill('bea@northwind.example');
  await app.button('Look up').click();
  const card = app.page.getByRole('region', { name: /^Nora Lindholm/ });
  await card.getByText(/The panel blocks bea@northwind\.example until/).waitFor();
  await app.look('admin-why');
  await card.getByRole('button', { name: 'Never block this e-mail' }).click();
  await press(app, 'Never block this e-mail');
  await app.dialog.waitFor({ state: 'detached' });
  expect(
    panel.log().findLast(({ operation }) => operation === 'addOrchdLoginPolicyEmailWhitelist')?.body,
  ).toEqual({
    emailList: ['bea@northwind.example'],
  });
  await inLedger(app, 'admin', /^allow-email: /);
});

test('leads through a recovery, silent about unknown addresses', async () => {
  const amir = 'amir@northwind.example';
  await app.row('Nora Lindholm').click();
  await app.button('More').click();
  await app.page.getByRole('menuitem', { name: 'Recovery assistant…' }).click();
  const start = async (email: string) => {
    await app.dialog.getByRole('textbox', { name: 'E-mail' }).fill(email);
    await press(app, 'Send the mail');
    await app.dialog.getByText(/The panel said yes, as it does for every address/).waitFor();
  };
  await start('nobody@northwind.example');
  await press(app, 'Cancel');
  expect(practice.inbox.list('nobody@northwind.example')).toEqual([]);
  await app.button('More').click();
  await app.page.getByRole('menuitem', { name: 'Recovery assistant…' }).click();
  await start(amir);
  const { code, text } = practice.inbox.list(amir).at(-1)!;
  const secret = app.dialog.getByLabel('Link or secret').first();
  await secret.fill('1b4e28ba-2fa1-11d2-883f-0016d3cca427');
  await press(app, 'Check it');
  await app.dialog.getByRole('alert').or(app.dialog.locator('[slot="errorMessage"]')).first().waitFor();
  await app.look('admin-recovery');
  await secret.fill(text.includes('http') ? text : code!);
  await press(app, 'Check it');
  await app.dialog.getByText(/belongs to a\*+@northwind\.example/).waitFor();
  await press(app, 'Generate');
  const password = await app.dialog.getByRole('textbox', { name: 'New password' }).inputValue();
  await press(app, 'Set the password');
  await app.dialog.getByText(/The new password works now/).waitFor();
  await press(app, 'Close');
  await signInAt(amir, password);
});

test('changes one’s own login', async () => {
  await visit('Nora Lindholm', 'My login');
  await app.button('Change the name').click();
  await app.field('Name').fill('Nora L. Lindholm');
  await app.button('Change the name').click();
  await app.page.getByRole('heading', { level: 2, name: 'Nora L. Lindholm' }).waitFor();
  await inLedger(app, 'admin', /^own login, change-name: /);
});

test('refuses a picture that is none, and sends a good one', async () => {
  const file = app.dialog.locator('input[type="file"]');
  const problem = (words: RegExp) => app.dialog.getByRole('alert').filter({ hasText: words }).waitFor();
  const send = (name: string, buffer: Buffer) => file.setInputFiles({ name, mimeType: 'image/png', buffer });
  await app.button('Set the picture').click();
  await send('holiday.png', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'));
  await problem(/not a JPEG, PNG or ICO picture, whatever its name says/);
  const huge = join(dataFolder(), 'huge.png');
  writeFileSync(huge, '');
  truncateSync(huge, 20 * 1024 * 1024 + 1);
  await file.setInputFiles(huge);
  await problem(/bigger than 20 MB/);
  const good = PNG.sync.write(noise(700, 500));
  expect(good.length).toBeGreaterThan(200 * 1024);
  await send('broken.png', good.subarray(0, 60));
  await problem(/can’t be read as one/);
  expect(await app.dialog.getByRole('button', { name: 'Set the picture' }).isDisabled()).toBe(true);
  expect(panel.log().some(({ operation }) => operation === 'setLoginAvatar')).toBe(false);
  await app.look('admin-avatar');

  await send('good.png', good);
  await app.dialog.getByText(/700 × 500 becomes 256 × 256, \d+ KiB/).waitFor();
  panel.misbehave({ operation: 'setLoginAvatar', times: 1, latency: 2_000 });
  await app.page.evaluate(() => {
    window.gatehouse.onChanges((changes) => {
      for (const change of changes)
        if (change.entity === 'upload')
          document.body.dataset.uploads = `${document.body.dataset.uploads ?? ''} ${JSON.stringify(change.value)}`;
    });
  });
  await press(app, 'Set the picture');
  const bar = app.dialog.getByRole('progressbar', { name: /^All \d+ KiB sent, waiting for the answer$/ });
  await bar.waitFor();
  expect(await bar.getAttribute('aria-valuenow')).toBe('100');
  await toast(app, 'Your picture is set.');
  const told = await app.page.evaluate(() => document.body.dataset.uploads ?? '');
  const { body } = panel.log().findLast(({ operation }) => operation === 'setLoginAvatar')!;
  const { size } = (body as { avatar: { size: number } }).avatar;
  const total = Number(/"total":(\d+)/.exec(told)?.[1]);
  // The picture, and what a form puts around it.
  expect(total - size).toBeGreaterThan(0);
  expect(total - size).toBeLessThan(1024);
  expect(told).toMatch(new RegExp(`{"sent":${total},"total":${total}} null$`));
  expect(panel.log().findLast(({ operation }) => operation === 'setLoginAvatar')?.status).toBeLessThan(300);
  await app.button('Remove the picture').waitFor();
});

test('makes an access token, which goes to the clipboard and is shown nowhere', async () => {
  await app.button('New access token').click();
  await app.dialog.getByText(/put on the clipboard for a short while and shown nowhere else/).waitFor();
  await app.dialog.getByRole('textbox', { name: /^Name/ }).fill('Night backup');
  await press(app, 'New access token');
  await app.dialog.getByText('Roles is needed.').waitFor();
  await app.dialog.getByText('Support', { exact: true }).click();
  await isTidy(app);
  await app.look('admin-new-token');
  await press(app, 'New access token');
  await toast(
    app,
    /“Night backup” is made\. It is on the clipboard, which is cleared in 30 s, and is shown nowhere else/,
  );
  await app.page.getByRole('cell', { name: 'Night backup', exact: true }).waitFor();
  const token = String(await app.control('clipboard'));
  const headers = { authorization: `Bearer ${token}` };
  const { memberships } = (await (await fetch(`${panel.url}/login/memberships`, { headers })).json()) as {
    memberships: { roles: string[] }[];
  };
  expect(memberships.map(({ roles }) => roles)).toEqual([['Support']]);
  await inLedger(app, 'admin', /^own login, new-token: The access token “Night backup” is made\.$/);
  await inLedger(app, 'copied', /^own login, new-token$/);
  await isShownNowhere(app, token);

  await rowAction(app, 'Night backup', 'Delete the token');
  await press(app, 'Delete the token');
  await toast(app, /The access token is deleted/);
  expect((await fetch(`${panel.url}/login`, { headers })).status).toBe(401);
});

test('turns e-mail PINs on with the PIN of a letter; another kind leads through off, with a PIN again', async () => {
  const { identity, password } = personOf(panel, 'Nora Lindholm');
  const method = async () => {
    const answer = await fetch(`${panel.url}/login/sessions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email: identity, password }),
    });
    return answer.status === 201 ? (await answer.json()).authMethod : 'none';
  };
  const fact = (words: string | RegExp) => app.page.getByRole('main').getByText(words).first().waitFor();
  expect(await method()).toBe('none');
  const on = nextPin(practice, identity);
  await app.button('Turn on e-mail PINs').click();
  await app.dialog.getByText(/The panel mails a PIN to your address/).waitFor();
  await press(app, 'Turn on e-mail PINs');
  await app.dialog.getByText('The panel has mailed you a PIN. Type it to go on.').waitFor();
  // Until the PIN is there, nothing holds.
  expect(await method()).toBe('none');
  await app.dialog.getByRole('textbox', { name: 'PIN' }).fill(await on());
  await app.look('admin-mfa-email');
  await press(app, 'Enter the PIN');
  await toast(app, /^Done: you now sign in with .*e-mail/);
  await app.button('Turn off the second step').waitFor();
  expect(await method()).toBe('email');

  // The other kind is not offered, the rule is said, and the panel would refuse it.
  expect(await app.button('Turn on the authenticator').count()).toBe(0);
  expect(await app.button('Turn on e-mail PINs').count()).toBe(0);
  await fact('To change to the other kind, turn this one off first, then turn the other on.');
  const { id } = await app.session(nora, 'active');
  await expect(app.call('login.act', { sessionId: id, action: 'mfa-otp', values: {} })).rejects.toThrow(
    /Your login has a second step already/,
  );
  expect(await method()).toBe('email');

  const off = nextPin(practice, identity);
  await app.button('Turn off the second step').click();
  await app.dialog.getByText(/Your password alone then lets you in/).waitFor();
  await press(app, 'Turn off the second step');
  await app.dialog.getByRole('textbox', { name: 'PIN' }).fill(await off());
  await press(app, 'Enter the PIN');
  await toast(app, /^Done: you now sign in with /);
  await app.button('Turn on the authenticator').waitFor();
  expect(await method()).toBe('none');
  for (const action of ['mfa-email', 'mfa-off', 'mfa-pin-email'])
    await inLedger(app, 'admin', new RegExp(`^own login, ${action}: `));
  const written = JSON.stringify(await app.call('ledger.page', { limit: 200, event: 'admin' }));
  for (const pin of [await on(), await off()]) expect(written).not.toContain(pin);
});

test('turns on an authenticator, whose code is read from the screen', async () => {
  await app.button('Turn on the authenticator').click();
  await press(app, 'Turn on the authenticator');
  await app.dialog.getByRole('img', { name: 'QR code for the authenticator app' }).waitFor();
  await app.look('admin-authenticator');
  const payload = await eventually(async () => {
    const image = PNG.sync.read(await app.page.screenshot());
    const read = jsqr(new Uint8ClampedArray(image.data), image.width, image.height);
    if (!read) throw new Error('There is no readable QR code in the window.');
    return read.data;
  });
  const pin = (URI.parse(payload) as TOTP).generate();
  await app.dialog.getByRole('textbox', { name: 'PIN' }).fill(pin);
  await press(app, 'Enter the PIN');
  await app.dialog.waitFor({ state: 'detached' });
  await app.button('Turn off the second step').waitFor();
  const again = await fetch(`${panel.url}/login/sessions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: nora.identity, password: personOf(panel, 'Nora Lindholm').password }),
  });
  expect(await again.json()).toMatchObject({ authMethod: 'otp' });
  const row = await inLedger(app, 'admin', /^own login, mfa-/);
  expect(JSON.stringify(row)).not.toMatch(/otpauth:/);
});

test('offers support staff what their role allows and names the right for the rest', async () => {
  await live('Sam Whitlock');
  await visit('Sam Whitlock', 'People');
  await source('All logins');
  await app.heading('This session may not see these people').waitFor();
  await app.page.getByText(/^Missing right: /).waitFor();
  await app.look('admin-no-right');
  await source('Customers’ logins');
  await organisation('', 'Northwind Hosting');
  await cell('person000001@depot.example').dblclick();
  await app.button('Reset password').waitFor();
  const list = app.page.getByRole('list', { name: 'Not offered in this session' });
  await list.getByText(/^Never block this e-mail: needs /).waitFor();
  await isTidy(app);
  await app.look('admin-few-rights');
});

test('shows nothing to somebody who may see two sites, and says why', async () => {
  await live('Ines Duarte');
  await visit('Ines Duarte', 'People');
  await app.heading('This session may not see these people').waitFor();
  expect(await app.button('New login').count()).toBe(0);
  await openTab(app, 'My login');
  await app.button('Change the name').waitFor();
});

test('makes a member the owner, and says before what that means', async () => {
  await visit('Nora Lindholm', 'People');
  await source('Logins of an organisation');
  await organisation('harb', 'Harbour Bakery');
  await cell('ines@harbourbakery.example').dblclick();
  await app.heading('Ines Duarte').waitFor();
  await rowAction(app, 'Harbour Bakery', 'Make the owner');
  await app.dialog.getByText(/the owner of Harbour Bakery\? The present owner is it no longer/).waitFor();
  await isTidy(app);
  await app.look('admin-make-owner');
  await press(app, 'Make the owner');
  await toast(app, 'Ines Duarte is the owner now, with the roles Owner, SiteAccess.');
  await app.page.getByRole('cell', { name: 'Owner, SiteAccess', exact: true }).waitFor();
  await inLedger(app, 'admin', /^make-owner: /);
});

test('closes and wipes the consoles with their session, and has all of it in the ledger', async () => {
  expect(windows.count()).toBe(2);
  await app.row('Nora Lindholm').click();
  await app.button('Sign out').click();
  await app.session(nora, 'ended');
  await eventually(() => expect(windows.count()).toBe(0));
  await app.button(/^Ledger and receipts/).click();
  await app.heading('Ledger').waitFor();
  await app.page.getByRole('searchbox', { name: 'Search the ledger' }).fill('change-roles');
  await app.page
    .getByText(/^change-roles: /)
    .first()
    .waitFor();
  await isTidy(app);
  expect(await app.call('ledger.verify', {})).toMatchObject({ ok: true });
  expect(await app.close()).toBe(0);
});

/** A picture that can't be packed. */
function noise(width: number, height: number): PNG {
  const image = new PNG({ width, height });
  let state = 1;
  for (let index = 0; index < image.data.length; index += 1) {
    state = (state * 48_271) % 2_147_483_647;
    image.data[index] = index % 4 === 3 ? 255 : state & 255;
  }
  return image;
}
