import jsqr from 'jsqr';
import { type TOTP, URI } from 'otpauth';
import { PNG } from 'pngjs';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Account } from '#contract/shapes.ts';
import type { Practice, PracticeServer } from '../../practice/common/types.ts';
import { inLedger, isShownNowhere, isTidy, openTab, press, rowAction, toast } from './admin-harness.ts';
import { accountOf, eventually, nextPin, openApp, openPractice, personOf, type TestApp } from './harness.ts';

/** Passwords that Cyclos makes and what else one signs in with: what the desk does, and what people do for themselves. */
let app: TestApp;
let practice: Practice;

beforeAll(async () => {
  practice = await openPractice({ only: ['cyclos'], cyclos: 'both' });
  app = await openApp();
});

describe.each([
  ['4.16', 0],
  ['4.11', 1],
] as const)('Cyclos %s', (generation, at) => {
  let server: PracticeServer;
  const isNew = generation === '4.16';
  beforeAll(() => {
    server = practice.servers[at]!;
  });

  async function live(label: string): Promise<Account> {
    const own = { label: `${label.replace(/^.*: /, '')} ${generation}` };
    const account = await app.call('accounts.add', accountOf(server, label, own));
    await app.call('sessions.signIn', { accountId: account.id });
    await app.session(account, 'active');
    return account;
  }
  async function visit(account: Account, tab: 'People' | 'My login') {
    await app.row(account.label).click();
    await app.heading(account.label).waitFor();
    await openTab(app, tab);
  }
  async function visitPerson(search: string, name: string) {
    await visit(admin, 'People');
    const field = app.page.getByRole('searchbox', { name: /^Search by name/ });
    await field.fill(search);
    await app.page.getByRole('gridcell', { name, exact: true }).first().dblclick();
    await app.heading(name).waitFor();
  }
  const table = (name: string) => app.page.getByRole('table', { name });
  const row = (name: string, text: string) => table(name).getByRole('row').filter({ hasText: text });
  let admin: Account;

  test('the desk lets somebody have a password made, who copies it and sees it nowhere', async () => {
    admin = await live('Left Coast: Administrator');
    const gina = await live('Left Coast: Generated password, not allowed yet');
    await visitPerson('gina', 'Gina Generated');
    const type = 'Transaction password';
    await rowAction(app, type, `Allow “${type}”`);
    await press(app, `Allow “${type}”`);
    await toast(app, 'They can have the password made now.');
    await row('Passwords', type).getByText('allowed, not made yet').waitFor();

    await visit(gina, 'My login');
    await row('Passwords', type)
      .getByRole('button', { name: `Have it made: ${type}` })
      .click();
    await app.look(`admin-cyclos-make-${generation}`);
    await press(app, 'Have it made');
    await toast(app, /It is on the clipboard, which is cleared in 30 s/);
    const first = String(await app.control('clipboard'));
    expect(first).toMatch(/^\S{10}$/);

    // By the keys alone.
    await row('Passwords', type).getByRole('button').press('Enter');
    const own = app.dialog.getByRole('textbox', { name: 'Confirm with your own password' });
    await own.waitFor();
    await app.page.keyboard.type('Wrong-2026');
    await app.page.keyboard.press('Enter');
    await app.dialog.getByText('The password or code was wrong.').waitFor();
    await own.fill('Member-2026');
    await app.look(`admin-cyclos-make-anew-${generation}`);
    await app.page.keyboard.press('Enter');
    await toast(app, /It is on the clipboard/);
    const second = String(await app.control('clipboard'));
    expect(second).toMatch(/^\S{10}$/);
    expect(second).not.toBe(first);
    await inLedger(app, 'copied', /^own login, change-generated:/);
    for (const secret of [first, second]) await isShownNowhere(app, secret);

    await visitPerson('gina', 'Gina Generated');
    await rowAction(app, type, `Reset “${type}”`);
    await app.dialog.getByText(/stops working at once/).waitFor();
    await press(app, `Reset “${type}”`);
    await row('Passwords', type).getByText('allowed, not made yet').waitFor();
  });

  test('an expired password that Cyclos makes is made anew at the sign-in', async () => {
    const label = 'Harbour: Member';
    const henry = personOf(server, label).account.values;
    const sent = await resetAndSend();
    const account = await app.call(
      'accounts.add',
      accountOf(server, label, { label: `Henry ${generation}`, values: { password: sent } }),
    );
    await app.row(account.label).click();
    await app.button('Sign in').click();
    await app.prompt.getByText(/has expired, and Cyclos makes the new one/).waitFor();
    await isTidy(app);
    await app.look(`prompt-generate-${generation}`);
    await app.prompt.getByText('Have the new password made').click();
    await app.prompt.getByRole('button', { name: 'Continue', exact: true }).click();
    await app.session(account, 'active');
    // It was kept: nothing is asked any more.
    await app.button('Sign out').click();
    await app.session(account, 'ended');
    await app.call('sessions.signIn', { accountId: account.id });
    await app.session(account, 'active');
    const authorization = `Basic ${btoa(`${henry.principal}:${sent}`)}`;
    expect((await fetch(`${harbour()}/auth`, { headers: { authorization } })).status).toBe(401);
  });

  const harbour = () => server.url.replace('left-coast', 'harbour');

  /** What an administrator of the other network does; returns the password that was mailed. */
  async function resetAndSend(): Promise<string> {
    const { principal, password } = personOf(server, 'Harbour: Administrator').account.values;
    const headers = { authorization: `Basic ${btoa(`${principal}:${password}`)}`, channel: 'main' };
    const next = nextPin(practice, 'henry@harbour.example');
    const path = `${harbour()}/henry/passwords/login/reset-and-send?sendMediums=email`;
    expect((await fetch(path, { method: 'POST', headers })).status).toBe(204);
    return next();
  }

  test('an access client is disconnected by its id, after it was shown', async () => {
    const till = await live('Left Coast: Access client: Office till');
    const { accessClientToken = '' } = personOf(server, 'Left Coast: Access client: Office till').account
      .values;
    const auth = await fetch(`${server.url}/auth`, { headers: { 'access-client-token': accessClientToken } });
    const { accessClient } = (await auth.json()) as { accessClient: { id: string } };
    await visitPerson('mona', 'Mona Member');
    // A long page scrolls inside the window, which itself has nowhere to go.
    await row('Access clients', 'Till').waitFor();
    expect(await app.page.evaluate(() => document.documentElement.scrollHeight - innerHeight)).toBe(0);
    await row('Access clients', 'Till').getByRole('button', { name: 'Disconnect one: Till' }).click();
    const field = app.dialog.getByRole('textbox', { name: 'Id of the access client' });
    await field.fill(accessClientToken);
    await press(app, 'Disconnect one');
    await app.dialog.getByText(/Do not type the client’s token here/).waitFor();
    await field.fill(accessClient.id);
    await press(app, 'Disconnect one');
    await app.dialog.getByText(/“Office till”.* is active since/).waitFor();
    await app.look(`admin-cyclos-client-${generation}`);
    const confirm = app.dialog.getByRole('textbox', { name: 'Confirm with your own password' });
    await confirm.fill(personOf(server, 'Left Coast: Administrator').password ?? '');
    await press(app, 'Disconnect “Office till”');
    await toast(app, /its token is no longer good/);
    await row('Access clients', 'Till').getByText('yes', { exact: true }).waitFor();
    const { id } = await app.session(till, 'active');
    await app.call('sessions.check', { sessionId: id }).catch(() => undefined);
    await app.session(till, 'expired');
  });

  test.runIf(isNew)('a security answer is reset, and set anew by its owner', async () => {
    const quinn = await live('Left Coast: Security question');
    await visitPerson('quinn', 'Quinn Question');
    await app.button('Reset the security answer').click();
    await press(app, 'Reset the security answer');
    await toast(app, 'The security answer is reset. They can set another now.');
    await visit(quinn, 'My login');
    await app.button('Set a security answer').click();
    await app.dialog.getByRole('button', { name: /Question$/ }).click();
    await app.page.getByRole('option', { name: /street/ }).click();
    await app.dialog.getByRole('textbox', { name: 'Answer' }).fill('Canary Row');
    await app.look('admin-cyclos-security-answer');
    await press(app, 'Set a security answer');
    await toast(app, 'Your security answer is set.');
    expect(await app.button('Set a security answer').count()).toBe(0);
    await isShownNowhere(app, 'Canary Row');
  });

  test.runIf(isNew)('an authenticator is set up: a code by e-mail, a scan, a code of the app', async () => {
    const mona = await live('Left Coast: Member');
    await visit(mona, 'My login');
    await isTidy(app);
    await app.look('admin-cyclos-my-login');
    await app.button('Set up an authenticator').click();
    const mailed = nextPin(practice, 'mona@left-coast.example');
    await app.look('admin-cyclos-authenticator');
    await press(app, 'Set up an authenticator');
    const code = app.dialog.getByRole('textbox', { name: 'Code', exact: true });
    await code.fill(await mailed());
    await press(app, 'Enter the code');
    await app.dialog.getByRole('img', { name: 'QR code for the authenticator app' }).waitFor();
    await isTidy(app);
    await app.look('admin-cyclos-authenticator-scan');
    const payload = await readQr();
    await press(app, 'Cancel');

    // Left in the middle, it goes on with the same secret.
    await app.button('Finish the authenticator').click();
    await press(app, 'Finish the authenticator');
    expect(await readQr()).toBe(payload);
    const app2 = URI.parse(payload) as TOTP;
    await app.dialog.getByRole('textbox', { name: 'Code of the app' }).fill(app2.generate());
    await press(app, 'Turn on the authenticator');
    await toast(app, /^The authenticator is on\./);
    await app.button('Remove the authenticator').waitFor();
    const written = JSON.stringify(await app.call('ledger.page', { limit: 500 }));
    expect(written).not.toMatch(/otpauth:/);
    expect(written).not.toContain(app2.secret.base32);
  });

  async function readQr(): Promise<string> {
    return eventually(async () => {
      const image = PNG.sync.read(await app.page.screenshot());
      const read = jsqr(new Uint8ClampedArray(image.data), image.width, image.height);
      if (!read) throw new Error('There is no readable QR code in the window.');
      return read.data;
    });
  }

  test.runIf(isNew)(
    'links to identity providers are seen and undone, by the desk and by oneself',
    async () => {
      const ida = await live('Left Coast: Identity provider');
      await visitPerson('ida', 'Ida Identity');
      const link = row('Identity providers', 'Harbour ID');
      await link.getByText('linked', { exact: true }).waitFor();
      await row('Identity providers', 'Guild Pass').getByText('switched off').waitFor();
      await row('Agreements', 'Terms of use').getByText('198.51.100.7').waitFor();
      await row('Agreements', 'Newsletter').getByText('no', { exact: true }).first().waitFor();
      await isTidy(app);
      await table('Agreements').scrollIntoViewIfNeeded();
      await app.look('admin-cyclos-agreements');
      await link.getByRole('button', { name: /^Unlink Harbour ID/ }).click();
      await app.look('admin-cyclos-unlink');
      await press(app, 'Unlink Harbour ID');
      await toast(app, 'The provider is unlinked.');
      await link.waitFor({ state: 'detached' });
      await visit(ida, 'My login');
      await row('Identity providers', 'Guild Pass').getByText('switched off').waitFor();
      expect(await row('Identity providers', 'Harbour ID').count()).toBe(0);
    },
  );

  test.runIf(isNew)('one’s own device is removed with one’s own password', async () => {
    const tara = await live('Left Coast: Authenticator');
    await visit(tara, 'My login');
    const phone = 'Tara’s phone';
    await row('Trusted devices', phone)
      .getByRole('button', { name: `Remove: ${phone}` })
      .click();
    await app.dialog.getByRole('textbox', { name: 'Confirm with your own password' }).fill('Second-2026');
    await press(app, 'Remove');
    await toast(app, 'The device is no longer trusted.');
    await app.page.getByText('No trusted devices.').waitFor();
  });
});
