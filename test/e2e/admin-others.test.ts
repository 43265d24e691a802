import jsqr from 'jsqr';
import { PNG } from 'pngjs';
import { beforeAll, expect, test } from 'vitest';
import type { Account } from '#contract/shapes.ts';
import type { Practice, PracticeServer } from '../../practice/common/types.ts';
import { captchaImage } from '../../practice/cyclos/captcha-image.ts';
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
import { accountOf, eventually, openApp, openPractice, personOf, serverOf, type TestApp } from './harness.ts';

/** The admin desk at Cyclos, nextAuth and Koyeb, and one search over all of them. */
let app: TestApp;
let practice: Practice;
let cyclos: PracticeServer;
const windows = consoleWindows(() => app);
const admin = 'Left Coast: Administrator';

beforeAll(async () => {
  practice = await openPractice({ only: ['cyclos', 'nextauth', 'koyeb'], cyclos: 'both' });
  cyclos = serverOf(practice, 'cyclos');
  app = await openApp({ env: windows.env });
  await live(cyclos, admin);
});

async function live(server: PracticeServer, label: string, values = {}): Promise<Account> {
  const account = await app.call('accounts.add', accountOf(server, label, { values }));
  await app.call('sessions.signIn', { accountId: account.id });
  await app.session(account, 'active');
  return account;
}

async function visitPeople(label: string) {
  await app.row(label).click();
  await app.heading(label).waitFor();
  await openTab(app, 'People');
}

const cell = (text: string) => app.page.getByRole('gridcell', { name: text, exact: true }).first();
const openOf = (person: string) => cyclos.sessions().filter((one) => one.person === person);

test('finds a member by the words that Cyclos searches', async () => {
  await live(cyclos, 'Left Coast: Member');
  await visitPeople(admin);
  const search = app.page.getByRole('searchbox', { name: /^Search by name/ });
  await search.fill('mona');
  await search.press('Enter');
  await app.page
    .getByRole('main')
    .getByRole('status')
    .getByText(/^\d+ (person|people) with “mona”$/)
    .waitFor();
  expect(cyclos.log().findLast(({ operation }) => operation === 'searchUsers')?.query).toMatchObject({
    keywords: 'mona',
  });
  await app.look('admin-cyclos-people');
  await cell('Mona Member').dblclick();
  await app.heading('Mona Member').waitFor();
  await isTidy(app);
  await app.look('admin-cyclos-person');
});

test('disconnects her sessions and sends her a new password', async () => {
  expect(openOf('mona')).toHaveLength(1);
  await app.button('Disconnect all sessions').click();
  await app.dialog.getByText(/They are signed out everywhere/).waitFor();
  await press(app, 'Disconnect all sessions');
  await app.dialog.waitFor({ state: 'detached' });
  await app.page.getByText('Signed in nowhere.').waitFor();
  expect(openOf('mona')).toEqual([]);
  await inLedger(app, 'admin', /^end-all-sessions: /);

  const letters = practice.inbox.list().length;
  const passwords = app.page.getByRole('table', { name: 'Passwords' });
  await passwords
    .getByRole('button', { name: /^Actions: / })
    .first()
    .click();
  await app.page.getByRole('menuitem', { name: /^Reset and send/ }).click();
  await press(app, /^Reset and send/);
  await app.dialog.waitFor({ state: 'detached' });
  const letter = practice.inbox.list()[letters];
  const { principal } = personOf(cyclos, 'Left Coast: Member').account.values;
  const authorization = `Basic ${btoa(`${principal}:${letter?.code}`)}`;
  expect((await fetch(`${cyclos.url}/auth`, { headers: { authorization } })).status).toBe(200);
  const row = await inLedger(app, 'admin', /^reset-and-send:/);
  expect(JSON.stringify(row)).not.toContain(letter?.code);
});

test('opens Cyclos’s pages signed in, and copies the header', async () => {
  await openTab(app, 'Session');
  await app.button('Open console').click();
  const { text } = await windows.newest('/');
  expect(text).toContain('Signed in as Alice Arden');
  await inLedger(app, 'handed-over', /^console window$/);
  await app.button('Copy a token…').click();
  await app.page.getByRole('menuitem', { name: /^Session-Token header line/ }).click();
  await press(app, 'Copy');
  await toast(app, /cleared in 30 s/);
  expect(await app.control('clipboard')).toMatch(/^Session-Token: \S+$/);
  await inLedger(app, 'copied', /^header$/);
});

test('leads through a recovery with a picture to read', async () => {
  await app.button('More').click();
  await app.page.getByRole('menuitem', { name: 'Recovery assistant…' }).click();
  const picture = app.dialog.getByRole('img', { name: 'Characters to type into the field below' });
  const user = app.dialog.getByRole('textbox', { name: 'User name, e-mail or phone' });
  const captcha = app.dialog.getByRole('textbox', { name: 'Characters in the picture' });
  await user.fill('quinn');
  const first = await picture.getAttribute('src');
  await captcha.fill('nonsense');
  await press(app, 'Send it');
  await app.dialog.getByText(/There is a new picture/).waitFor();
  expect(await picture.getAttribute('src')).not.toBe(first);
  expect(await picture.evaluate((img: HTMLImageElement) => img.naturalWidth)).toBe(240);
  await app.look('admin-captcha');
  await captcha.fill(digitsIn(String(await picture.getAttribute('src'))));
  const letters = practice.inbox.list().length;
  await press(app, 'Send it');
  await app.dialog.getByRole('heading', { name: 'The code from the message' }).waitFor();
  const code = practice.inbox.list()[letters]?.code;
  await app.dialog.getByRole('textbox', { name: 'Code' }).fill(String(code));
  await press(app, 'Check it');
  await app.dialog.getByRole('textbox', { name: /first boat/ }).fill('Albatros');
  await app.dialog.getByRole('textbox', { name: 'New password' }).fill('Harbour-2031');
  await press(app, 'Set it');
  await app.dialog.getByText(/can sign in with the new password now/).waitFor();
  await press(app, 'Close');
  await live(cyclos, 'Left Coast: Security question', { password: 'Harbour-2031' });
});

test('leads through the recovery of Cyclos 4.11, by the key of a letter, to a sign-in with the new password', async () => {
  const older = practice.servers.filter(({ vendor }) => vendor === 'cyclos')[1]!;
  const member = 'Left Coast: Member';
  const label = 'Left Coast on 4.11';
  const account = await app.call('accounts.add', accountOf(older, member, { label }));
  await app.row(label).click();
  await app.heading(label).waitFor();
  await app.button('More').click();
  await app.page.getByRole('menuitem', { name: 'Recovery assistant…' }).click();
  const picture = app.dialog.getByRole('img', { name: 'Characters to type into the field below' });
  await app.dialog.getByRole('textbox', { name: 'User name, e-mail or phone' }).fill('mona');
  await app.dialog
    .getByRole('textbox', { name: 'Characters in the picture' })
    .fill(digitsIn(String(await picture.getAttribute('src'))));
  // This version chooses the medium itself.
  expect(await app.dialog.getByRole('button', { name: /Send by/ }).count()).toBe(0);
  const letters = practice.inbox.list().length;
  await press(app, 'Send it');
  await app.dialog.getByRole('heading', { name: 'The key from the message' }).waitFor();
  const letter = practice.inbox.list()[letters];
  const field = app.dialog.getByRole('textbox', { name: 'Key, or the whole link' });
  await field.fill('no-such-key');
  await press(app, 'Check it');
  await app.dialog.getByText(/Cyclos does not accept this: it is mistyped/).waitFor();
  await field.fill(String(letter?.code));
  await app.look('admin-recovery-411');
  await press(app, 'Check it');
  const password = app.dialog.getByRole('textbox', { name: 'New password' });
  await password.fill('a');
  await press(app, 'Set it');
  await app.dialog.getByText(/this version does not say why/).waitFor();
  await password.fill('Harbour-2031');
  await press(app, 'Set it');
  await app.dialog.getByText(/can sign in with the new password now/).waitFor();
  await press(app, 'Close');
  expect(letter?.code).toMatch(/^\S{8,}$/);
  const written = JSON.stringify(await app.call('ledger.page', { limit: 200, event: 'admin' }));
  for (const secret of [String(letter?.code), 'Harbour-2031']) expect(written).not.toContain(secret);
  await inLedger(app, 'admin', /^recovery: The new password is set$/);

  // The old password is over, the new one opens.
  await app.button('Sign in').click();
  await app.session(account, 'failed');
  await app.call('accounts.change', {
    id: account.id,
    account: accountOf(older, member, { label, values: { password: 'Harbour-2031' } }),
  });
  await app.call('sessions.signIn', { accountId: account.id });
  await app.session(account, 'active');
  expect(older.sessions().map(({ person }) => person)).toEqual(['mona']);
  await app.call('accounts.remove', { id: account.id });
});

test('names the rights that a clerk lacks', async () => {
  const clerk = 'Left Coast: Clerk of few rights';
  await live(cyclos, clerk);
  await visitPeople(clerk);
  await cell('Agnes Agreement').dblclick();
  await app.heading('Agnes Agreement').waitFor();
  const lacking = app.page.getByRole('list', { name: 'Not offered in this session' });
  await lacking.getByText(/^Disconnect all sessions: needs the right to disconnect sessions/).waitFor();
  await isTidy(app);
  await app.look('admin-cyclos-few-rights');
});

test('unblocks and blocks a device at nextAuth', async () => {
  const server = serverOf(practice, 'nextauth');
  const label = 'Front door: Desk key';
  await app.call('accounts.add', accountOf(server, label));
  await app.row(label).click();
  await app.heading(label).waitFor();
  await app.button('Sign in').click();
  await app.prompt.getByRole('img', { name: `QR code to sign in to ${label}` }).waitFor();
  await approveScan(server);
  await app.button('Sign out').waitFor();

  await openTab(app, 'People');
  await cell('dora').dblclick();
  await app.heading('dora').waitFor();
  const phone = 'Dora’s lost phone';
  const blocked = (word: string) =>
    app.page.getByRole('row').filter({ hasText: phone }).getByRole('cell', { name: word, exact: true });
  await blocked('yes').waitFor();
  await app.look('admin-nextauth-person');
  await rowAction(app, phone, `Unblock ${phone}`);
  await press(app, `Unblock ${phone}`);
  await blocked('no').waitFor();
  await rowAction(app, phone, `Block ${phone}`);
  await press(app, `Block ${phone}`);
  await blocked('yes').waitFor();
  await inLedger(app, 'admin', /^unblock:/);
  await inLedger(app, 'admin', /^block:/);
});

test('asks every live session why, and mends what stops them', async () => {
  await live(serverOf(practice, 'koyeb'), 'Maya Castell');
  await app.button('Why can’t they sign in?').click();
  const ask = async (who: string, card: RegExp, words: RegExp) => {
    await app.field('Their e-mail address').fill(who);
    await app.button('Look up').click();
    const shown = app.page.getByRole('region', { name: card });
    await shown.getByText(words).waitFor();
    return shown;
  };
  await ask('lena@lanternworks.example', /^Maya Castell/, /through WorkOS: e-mail and password are refused/);
  await app.look('admin-why-all');

  const door = await ask('dora', /^Front door/, /Dora’s lost phone is blocked/);
  await door.getByRole('button', { name: /^Unblock/ }).click();
  await press(app, /^Unblock/);
  await door.getByText(/Dora’s lost phone is not blocked/).waitFor();

  const paul = 'password-indefinitelyblocked';
  const coast = await ask(paul, /^Left Coast: Administrator/, /is blocked until unblocked/);
  await coast.getByRole('button', { name: /^Unblock/ }).click();
  await press(app, /^Unblock/);
  await coast.getByText(/Their status and login password are good/).waitFor();
  await live(cyclos, 'Left Coast: Password status indefinitelyBlocked');
});

test('makes a Koyeb credential of the organisation, which goes to the clipboard and is shown nowhere', async () => {
  await app.row('Maya Castell').click();
  await app.heading('Maya Castell').waitFor();
  await openTab(app, 'My login');
  await app.button('New API credential').click();
  await app.dialog.getByRole('textbox', { name: 'Name' }).fill('Robot');
  await app.dialog.getByRole('button', { name: /Belongs to$/ }).click();
  await app.page.getByRole('option', { name: 'Lantern Works' }).click();
  await app.look('admin-new-credential');
  await press(app, 'New API credential');
  await toast(app, /“Robot” is made\. It is on the clipboard, which is cleared in 30 s/);
  const row = app.page.getByRole('row').filter({ hasText: 'Robot' });
  await row.getByRole('cell', { name: 'the organisation', exact: true }).waitFor();
  const token = String(await app.control('clipboard'));
  const answer = await fetch(`${serverOf(practice, 'koyeb').url}/v1/account/organization`, {
    headers: { authorization: `Bearer ${token}` },
  });
  expect(await answer.json()).toMatchObject({ organization: { name: 'Lantern Works' } });
  await inLedger(app, 'admin', /^own login, new-credential: The API credential “Robot” is made\.$/);
  await inLedger(app, 'copied', /^own login, new-credential$/);
  await isShownNowhere(app, token);
});

test('renames the Koyeb credential', async () => {
  await rowAction(app, 'Robot', 'Change name and description');
  const name = app.dialog.getByRole('textbox', { name: 'Name' });
  expect(await name.inputValue()).toBe('Robot');
  await name.fill('Night robot');
  await press(app, 'Change name and description');
  await toast(app, 'The API credential is called “Night robot” now.');
  await app.page.getByRole('row').filter({ hasText: 'Night robot' }).waitFor();
});

test('invites a person to the Koyeb organisation, sends it again and takes it back', async () => {
  await openTab(app, 'People');
  const email = 'ida@lanternworks.example';
  await app.button('Invite a person').click();
  await app.dialog.getByRole('textbox', { name: 'E-mail' }).fill(email);
  await app.look('admin-koyeb-invite');
  await press(app, 'Invite a person');
  await toast(app, `${email} is invited.`);
  await app.page.getByRole('button', { name: /Which people$/ }).click();
  await app.page.getByRole('option', { name: 'Invitations to Lantern Works' }).click();
  await cell(email).waitFor();
  await app.look('admin-koyeb-invitations');
  await cell(email).dblclick();
  await app.heading(email).waitFor();
  await app.look('admin-koyeb-invitation');
  await app.button('Send the invitation again').click();
  await press(app, 'Send the invitation again');
  await toast(app, 'The invitation is on its way again.');
  expect(practice.inbox.list(email)).toHaveLength(2);
  await app.button('Delete the invitation').click();
  await press(app, 'Delete the invitation');
  await app.page.getByText('This invitation is no longer there: it was deleted.').waitFor();
  await inLedger(app, 'admin', /^delete-invitation:/);
  await app.button('All people').click();
  await cell('noor@lanternworks.example').waitFor();
  expect(await cell(email).count()).toBe(0);
});

test('quits cleanly, with a whole ledger and no console left', async () => {
  expect(await app.call('ledger.verify', {})).toMatchObject({ ok: true });
  expect(await app.close()).toBe(0);
  await eventually(() => expect(windows.count()).toBe(0));
});

/** Reads the code on the screen with the practice phone and approves it there. */
async function approveScan(server: PracticeServer): Promise<void> {
  const payload = await eventually(async () => {
    const image = PNG.sync.read(await app.page.screenshot());
    const read = jsqr(new Uint8ClampedArray(image.data), image.width, image.height);
    if (!read) throw new Error('There is no readable QR code in the window.');
    return read.data;
  });
  const post = (path: string, body: object) =>
    fetch(`${server.phoneUrl}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  const { devices } = (await (await fetch(`${server.phoneUrl}/state`)).json()) as {
    devices: { id: number; description: string; server: string }[];
  };
  const anna = devices.find((one) => one.description === 'Anna’s phone' && one.server === 'Front door');
  const scanned = (await (await post('/scan', { payload, accountId: anna?.id })).json()) as {
    approvalId: string;
  };
  await post(`/approvals/${scanned.approvalId}/approve`, {});
}

/** The digits in a captcha, by what each would look like in its place. */
function digitsIn(address: string): string {
  const shown = PNG.sync.read(Buffer.from(address.split(',')[1] ?? '', 'base64'));
  const { width, height } = shown;
  const models = Array.from({ length: 10 }, (_, digit) =>
    PNG.sync.read(captchaImage(String(digit).repeat(5), width, height)),
  );
  return Array.from({ length: 5 }, (_, place) => {
    const unlike = models.map((model) => {
      let count = 0;
      for (let y = 0; y < height; y += 1)
        for (let x = (place * width) / 5; x < ((place + 1) * width) / 5; x += 1) {
          const at = (y * width + x) * 4;
          if (model.data[at] !== shown.data[at]) count += 1;
        }
      return count;
    });
    return unlike.indexOf(Math.min(...unlike));
  }).join('');
}
