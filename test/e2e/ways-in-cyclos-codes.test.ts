import { beforeAll, describe, expect, test } from 'vitest';
import type { Account } from '#contract/shapes.ts';
import type { Practice } from '../../practice/common/types.ts';
import { openTab, press } from './admin-harness.ts';
import { accountOf, eventually, nextPin, openApp, openPractice, type TestApp } from './harness.ts';

/** Codes and new passwords of Cyclos: where a code goes, why it did not, and what a new password has to be like. */
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
  async function begin(person: string): Promise<Account> {
    const label = `${person} (${generation})`;
    const account = await app.call('accounts.add', accountOf(practice.servers[at]!, person, { label }));
    await app.row(label).click();
    await app.heading(label).waitFor();
    await app.button('Sign in').click();
    return account;
  }

  test.runIf(generation === '4.16')(
    'one of two phones is chosen by keyboard, and only it gets the code',
    async () => {
      const account = await begin('Left Coast: One-time password, two phones');
      await app.prompt.getByText('Code by SMS to **********11 (Mobile phone)').waitFor();
      const bySms = nextPin(practice, '+15550100112');
      const others = practice.inbox.list('+15550100111').length;
      await app.look('choose-phone');
      await app.page.keyboard.press('ArrowDown');
      await app.page.keyboard.press('ArrowDown');
      await app.page.keyboard.press('Enter');
      const code = await bySms();
      expect(practice.inbox.list('+15550100111')).toHaveLength(others);
      // Cyclos says after how many seconds another one may be sent.
      await app.prompt.getByRole('button', { name: /^Send again in (59|5\d|1 m)/ }).waitFor();
      await app.look('code-sent');
      await app.prompt.getByRole('textbox', { name: /^(PIN|Code)$/ }).fill(code);
      await app.prompt.getByRole('button', { name: 'Sign in' }).click();
      expect(await app.session(account, 'active')).toMatchObject({ method: 'password and SMS code' });
      await app.remove(account);
    },
  );

  test('why an SMS was not sent is said, and the sign-in goes on by e-mail', async () => {
    const account = await begin('Left Coast: One-time password, too many SMS');
    await app.prompt.getByText(/^Code by SMS/).click();
    await app.prompt.getByRole('button', { name: 'Continue' }).click();
    await app.prompt.getByText(/this person has had as many as the network allows/).waitFor();
    await app.prompt.getByRole('button', { name: 'Continue' }).click();
    const byMail = nextPin(practice, 'stella@left-coast.example');
    await app.prompt.getByText(/^Code by e-mail/).click();
    await app.prompt.getByRole('button', { name: 'Continue' }).click();
    await app.prompt.getByRole('textbox', { name: /^(PIN|Code)$/ }).fill(await byMail());
    await app.prompt.getByRole('button', { name: 'Sign in' }).click();
    await app.session(account, 'active');
    await app.remove(account);
  });

  test('what a new password has to be like stands where it is typed', async () => {
    const account = await begin('Left Coast: Member');
    await app.session(account, 'active');
    await openTab(app, 'My login');
    await app.button(/^Change “Login password”: /).click();
    await app.dialog.getByText('Cyclos wants: 6 to 20 characters.').waitFor();
    await app.look(`own-password-${generation}`);
    await press(app, 'Cancel');
    await app.remove(account);
    await eventually(async () => expect((await app.snapshot()).accounts).toEqual([]));
  });
});
