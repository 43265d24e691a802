import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { eventually, openApp, passphrase, type TestApp } from './harness.ts';

/* The README's first five minutes, played by its own words: what it names is what is pressed, chosen and waited for. */

const readme = readFileSync(join(import.meta.dirname, '../../README.md'), 'utf8');
const steps = Array.from(
  (readme.split('## The first five minutes\n')[1]?.split('\n_Live_')[0] ?? '').matchAll(
    /^\d\. (.*?)(?=^\d\. |(?![\s\S]))/gms,
  ),
  ([, step]) => step!.replace(/\s+/g, ' '),
);

/** The names of a step in their order: `press` are in bold, `see` in italics. */
const names = (step: number, mark: RegExp) =>
  Array.from(steps[step - 1]!.matchAll(mark), ([, name]) => name!);
const press = (step: number) => names(step, /\*\*(.+?)\*\*/g);
const see = (step: number) => names(step, /_(.+?)_/g);

let app: TestApp;
beforeAll(async () => {
  app = await openApp({ unlockWith: null });
});

const email = 'amir@northwind.example';

/** The PIN of the letter after so many. */
async function pinInInbox(seen: number): Promise<string> {
  const { inboxUrl } = (await app.snapshot()).appInfo.practice;
  return eventually(async () => {
    const letters = (await (await fetch(`${inboxUrl}.json?to=${email}`)).json()) as { code?: string }[];
    expect(letters.length).toBeGreaterThan(seen);
    const pin = letters.at(-1)?.code;
    expect(pin).toBeDefined();
    return pin!;
  });
}

test('the README has five steps', () => {
  expect(steps).toHaveLength(5);
});

test('1: what opens the vault', async () => {
  const [set] = press(1);
  await app.field('Passphrase').fill(passphrase);
  await app.field('Passphrase again').fill(passphrase);
  await app.button(set!).click();
});

test('2: the practice servers, and as many accounts as it says', async () => {
  const [use] = press(2);
  await app.button(use!).click();
  const said = /(\d+) practice accounts are added/.exec(steps[1]!)![1];
  await app.page.getByText(`${said} practice accounts are added. Begin with Amir Haddad.`).waitFor();
  const { accounts } = await app.snapshot();
  expect(accounts.filter(({ practice }) => practice)).toHaveLength(Number(said));
  await app.row('Amir Haddad').getByText(see(2)[0]!).waitFor();
});

test('3: a sign-in with a PIN from the inbox', async () => {
  const [amir, practiceItem] = see(3);
  const [signIn, inbox] = press(3);
  await app.row(amir!).click();
  await app.heading(new RegExp(`^${amir}`)).waitFor();
  await app.button(signIn!).click();
  await app.page.getByRole('textbox', { name: 'PIN' }).waitFor();
  await app.button(practiceItem!).click();
  await app.page.getByRole('menuitem', { name: inbox! }).click();
  const pin = await pinInInbox(0);
  // A PIN that is whole sends itself.
  await app.page.getByRole('textbox', { name: 'PIN' }).fill(pin);
  await app.button('Sign out').waitFor();
});

test('4: a session from elsewhere, another realm, signing out, and the ledger', async () => {
  const [end, change, signOut, ledger] = press(4);
  const [realm, confirmed] = see(4);
  const remote = app.page.getByRole('region', { name: /^Sessions at/ });
  const there = remote.getByRole('button', { name: new RegExp(`^${end} the session in`) }).first();
  await there.click();
  await there.waitFor({ state: 'detached' });

  await app.button(change!).click();
  await app.dialog.getByRole('button', { name: `Switch to ${realm}` }).click();
  await app.dialog.waitFor({ state: 'detached' });
  await app.page.getByRole('textbox', { name: 'PIN' }).fill(await pinInInbox(1));
  await app.button(signOut!).click();

  await app
    .button(new RegExp(`^${ledger}`))
    .first()
    .click();
  await app.heading('Ledger').waitFor();
  await eventually(async () => {
    await app.button('Read it anew').click();
    const rows = app.page.getByRole('row').filter({ hasText: realm! }).filter({ hasText: confirmed! });
    expect(await rows.count()).toBeGreaterThan(0);
  });
  await app.page
    .getByRole('row')
    .filter({ hasText: 'Amir Haddad' })
    .filter({ hasText: email })
    .first()
    .waitFor();
  await app.look('first-five-minutes');
});

test('5: an account of one’s own, tested', async () => {
  const [add, check] = press(5);
  await app
    .button(new RegExp(`^${add}`))
    .first()
    .click();
  await app.button(check!).waitFor();
  const { practice } = (await app.snapshot()).appInfo;
  expect(practice.state).toBe('running');
});

test('the practice servers misbehave and stop when they are told to', async () => {
  const { accounts } = await app.snapshot();
  const nora = accounts.find(({ label }) => label === 'Nora Lindholm')!;
  const status = async () => (await fetch(`${nora.baseUrl}/version`)).status;
  expect(await status()).toBe(200);
  await app.button('Practice servers running').click();
  await app.page.getByRole('menuitem', { name: 'Fail every request' }).click();
  await app.button('Practice servers fail').waitFor();
  await eventually(async () => expect(await status()).toBe(503));
  await app.button('Practice servers fail').click();
  await app.page.getByRole('menuitem', { name: 'Answer as they should' }).click();
  await app.button('Practice servers running').waitFor();
  await eventually(async () => expect(await status()).toBe(200));

  await app.call('sessions.signIn', { accountId: nora.id });
  await app.session(nora, 'active');
  await app.button('Practice servers running').click();
  await app.page.getByRole('menuitem', { name: 'Sign out there and stop the servers' }).click();
  await app.button('Practice servers stopped').waitFor();
  const { sessions } = await app.snapshot();
  expect(sessions.filter(({ state }) => state === 'ending' || state === 'active')).toEqual([]);
  await expect(status()).rejects.toThrow();
  expect(await app.close()).toBe(0);
});
