import { Secret, TOTP } from 'otpauth';
import { beforeAll, expect, test } from 'vitest';
import type { Practice, PracticeServer } from '../../practice/common/types.ts';
import {
  accountOf,
  eventually,
  nextPin,
  openApp,
  openPractice,
  passphrase,
  personOf,
  serverOf,
  type TestApp,
} from './harness.ts';

/** A working day with the hands on the keyboard: what is not a key never happens. */
let app: TestApp;
let practice: Practice;
let panel: PracticeServer;
const pinsOf = 'amir@northwind.example';
const customer = 'frieda@harbourbakery.example';

beforeAll(async () => {
  practice = await openPractice({ only: ['enhance'] });
  panel = serverOf(practice, 'enhance');
  app = await openApp();
  const nora = await app.call('accounts.add', accountOf(panel, 'Nora Lindholm'));
  const amir = await app.call('accounts.add', accountOf(panel, 'Amir Haddad'));
  const kari = await app.call(
    'accounts.add',
    accountOf(panel, 'Kari Nordahl', { values: { authenticatorSecret: '' } }),
  );
  const members = [nora, amir, kari].map(({ id }) => ({ accountId: id, realm: null }));
  await app.call('shifts.save', { name: 'Morning desk', members });
  await app.page.evaluate(() => {
    Object.assign(window, { pointed: 0 });
    addEventListener('pointerdown', () => Object.assign(window, { pointed: 1 }), true);
  });
});

const press = (key: string) => app.page.keyboard.press(key);

/** Chooses the line of Ctrl K that a text leads to. */
async function find(text: string, name: string | RegExp) {
  await press('Control+k');
  await app.dialog.getByRole('combobox').waitFor();
  await app.page.keyboard.type(text);
  await app.page.getByRole('option', { name, selected: true }).waitFor();
  await press('Enter');
}

async function answer(code: string) {
  await app.prompt.getByRole('textbox', { name: 'PIN' }).and(app.page.locator(':focus')).waitFor();
  await app.page.keyboard.type(code);
}

test('from the unlock to the receipt', async () => {
  await press('Control+l');
  await app.field('Passphrase').and(app.page.locator(':focus')).waitFor();
  await app.page.keyboard.type(passphrase);
  await press('Enter');
  await app.heading('Live').waitFor();

  const pin = nextPin(practice, pinsOf);
  await find('start shift', /^Start shift Morning desk/);
  const totp = new TOTP({ secret: Secret.fromBase32(personOf(panel, 'Kari Nordahl').totpSecret!) });
  const active = async () => (await app.snapshot()).sessions.filter(({ state }) => state === 'active');
  await eventually(async () => expect((await app.snapshot()).prompts).toHaveLength(2));
  for (const answered of [1, 2]) {
    const asked = app.prompt.getByRole('heading', { name: /^Enhance asks for the PIN of/ });
    await asked.waitFor();
    await answer((await asked.textContent())?.includes('Amir') ? await pin() : totp.generate());
    await eventually(async () => expect(await active()).toHaveLength(answered + 1));
  }
  await app.prompt.waitFor({ state: 'detached' });

  await find('amir', /^Amir Haddad/);
  await app.heading('Amir Haddad').waitFor();
  const second = nextPin(practice, pinsOf);
  await press('Control+e');
  await app.dialog.getByText('Reseller EU').first().waitFor();
  await app.page.keyboard.type('res');
  await press('Enter');
  await answer(await second());
  await eventually(async () =>
    expect((await active()).map(({ realm }) => realm?.name)).toContain('Reseller EU'),
  );
  expect(await active()).toHaveLength(3);

  await find(customer, customer);
  await eventually(async () =>
    expect(await app.page.evaluate(() => document.activeElement?.textContent)).toBe('Reset password'),
  );
  await press('Enter');
  await app.dialog.getByRole('textbox', { name: 'New password' }).waitFor();
  await press('Enter');
  await app.dialog.getByRole('region', { name: 'New password' }).waitFor();
  await press('Escape');
  await app.dialog.waitFor({ state: 'detached' });

  await find('end shift', /^End shift Morning desk/);
  await app.dialog.getByText('How each session ended is known.').waitFor();
  const ours = () =>
    panel.sessions().filter(({ userAgent, state }) => userAgent?.includes('Gatehouse') && state === 'active');
  expect(ours()).toEqual([]);
  const isDone = () => app.page.evaluate(() => document.activeElement?.textContent === 'Done');
  for (let tab = 0; tab < 8 && !(await isDone()); tab += 1) await press('Tab');
  await press('Enter');
  await app.dialog.waitFor({ state: 'detached' });
  expect((await app.call('receipts.list')).map(({ title }) => title)).toEqual(['Morning desk']);
  expect(await app.page.evaluate(() => Reflect.get(window, 'pointed'))).toBe(0);
});
