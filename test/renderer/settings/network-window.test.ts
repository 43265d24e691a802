import type { Page } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Failure } from '#contract/failure.ts';
import { emptyNetwork, type NetworkState, type ProxySettings, type Snapshot } from '#contract/shapes.ts';
import { objections } from '../fixture/axe.ts';
import type { Answers } from '../fixture/fake-bridge.ts';
import { type Harness, startHarness } from '../fixture/harness.ts';
import { answersFor, app, full, settings } from '../fixture/sample.ts';

let harness: Harness;
beforeAll(async () => {
  harness = await startHarness();
});
afterAll(() => harness.stop());

const done = { ok: true, value: undefined } as const;
const refusal = (failure: Failure) => ({ ok: false, failure }) as const;
const proxy = 'proxy.northwind.example:8080';
const authority = {
  name: 'Northwind Root CA 2024',
  fingerprint: Array.from({ length: 32 }, (_, at) => (at * 7 + 16).toString(16).toUpperCase()).join(':'),
  expiresAt: Date.UTC(2034, 4, 1),
};
const manual: ProxySettings = {
  mode: 'manual',
  address: `http://${proxy}`,
  exceptions: 'intranet.northwind.example, *.lan',
};

const withNetwork = (network: Partial<NetworkState>, chosen = settings.proxy): Snapshot => ({
  ...full,
  prompts: [],
  settings: { ...settings, proxy: chosen },
  appInfo: { ...app, network: { ...emptyNetwork, ...network } },
});

async function show(snapshot: Snapshot, answers: Answers = {}) {
  const page = await harness.open({ answers: answersFor(snapshot, answers), height: 1_500 });
  if (snapshot.appInfo.network.wanted?.later !== false) {
    await page.keyboard.press('Control+,');
    await page.getByRole('heading', { name: 'Settings' }).waitFor();
  }
  return page;
}

const calls = (page: Page, channel: string) =>
  page.evaluate(
    (wanted) => window.fixture.calls.filter((one) => one.channel === wanted).map(({ input }) => input),
    channel,
  );
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const field = (page: Page, name: string | RegExp) => page.getByRole('textbox', { name });

async function choose(page: Page, option: string) {
  await page.getByRole('button', { name: /Proxy/ }).first().click();
  await page.getByRole('option', { name: option, exact: true }).click();
}

test('the section is in order for those who can’t see it', async () => {
  const signIns = [{ proxy, user: 'amir.haddad' }];
  const failure: Failure = { kind: 'vault-broken', message: 'The added authorities can’t be read.' };
  const page = await show(withNetwork({ authorities: [authority], signIns, failure }, manual));
  await page.getByText(authority.fingerprint).waitFor();
  expect(await objections(page)).toEqual([]);
});

test('the proxy is the system’s, none, or a manual one that is asked for', async () => {
  const page = await show(withNetwork({}), { 'network.setProxy': done });
  await choose(page, 'None');
  expect(await calls(page, 'network.setProxy')).toEqual([{ mode: 'none', address: '', exceptions: '' }]);
  await choose(page, 'Manual');
  await field(page, 'Address and port').fill(proxy);
  await field(page, /Reached without it/).fill('*.lan');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect
    .poll(async () => (await calls(page, 'network.setProxy')).at(-1))
    .toEqual({ mode: 'manual', address: proxy, exceptions: '*.lan' });
  await page.getByRole('dialog').waitFor({ state: 'detached' });
});

test('an address that is none is said at its field, and what was typed stays', async () => {
  const sentence = 'Type the proxy’s port, too: proxy.example.com:8080.';
  const failure: Failure = { kind: 'invalid', message: sentence, fields: { address: sentence } };
  const page = await show(withNetwork({}, manual), { 'network.setProxy': refusal(failure) });
  await button(page, 'Change proxy…').click();
  const address = field(page, 'Address and port');
  expect(await address.inputValue()).toBe(manual.address);
  await address.fill('proxy.example');
  await address.press('Enter');
  await page.getByText(sentence).waitFor();
  expect(await address.inputValue()).toBe('proxy.example');
  await expect.poll(() => address.evaluate((one) => one === document.activeElement)).toBe(true);
});

test('a proxy that asks for a sign-in is answered by keys alone', async () => {
  const wanted = { proxy, refused: false, later: false };
  const page = await show(withNetwork({ wanted }), { 'network.signIn': done });
  await page.getByRole('dialog', { name: 'Sign in to the proxy' }).waitFor();
  await page.getByText(proxy).waitFor();
  expect(await objections(page)).toEqual([]);
  await page.keyboard.type('amir');
  await page.keyboard.press('Tab');
  await page.keyboard.type('canary word');
  await page.keyboard.press('Enter');
  await expect
    .poll(() => calls(page, 'network.signIn'))
    .toEqual([{ proxy, user: 'amir', password: 'canary word' }]);
});

test('a sign-in that was refused is said, and asked for again with its name', async () => {
  const wanted = { proxy, refused: true, later: false };
  const page = await show(withNetwork({ wanted, signIns: [{ proxy, user: 'amir' }] }), {
    'network.notNow': done,
  });
  await page.getByText('does not accept the user name and password').waitFor();
  expect(await field(page, 'User name').inputValue()).toBe('amir');
  await button(page, 'Not now').click();
  expect(await calls(page, 'network.notNow')).toHaveLength(1);
});

test('one that was put off is asked for in the settings', async () => {
  const wanted = { proxy, refused: true, later: true };
  const page = await show(withNetwork({ wanted }), { 'network.signIn': done });
  await button(page, 'Sign in…').click();
  await page.getByText('does not accept the user name and password').waitFor();
  await field(page, 'User name').fill('amir');
  await field(page, 'Password').fill('word');
  await button(page, 'Sign in').click();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  expect(await calls(page, 'network.signIn')).toEqual([{ proxy, user: 'amir', password: 'word' }]);
});

test('a stored sign-in is forgotten at one press', async () => {
  const page = await show(withNetwork({ signIns: [{ proxy, user: 'amir' }] }), {
    'network.forgetSignIn': done,
  });
  await button(page, 'Forget').click();
  expect(await calls(page, 'network.forgetSignIn')).toEqual([{ proxy }]);
});

test('an authority is added from a file, and why it can’t be is said', async () => {
  const page = await show(withNetwork({}), { 'network.addAuthorities': { ok: true, value: { added: 2 } } });
  await button(page, 'Add from a file…').click();
  await page.getByText('2 authorities are trusted from now on.').waitFor();
  const failure: Failure = { kind: 'invalid', message: 'The file is empty.' };
  const other = await show(withNetwork({}), { 'network.addAuthorities': refusal(failure) });
  await button(other, 'Add from a file…').click();
  await other.getByText('The file is empty.').waitFor();
});

test('an authority is removed after a question', async () => {
  const page = await show(withNetwork({ authorities: [authority] }), { 'network.removeAuthority': done });
  await page.getByText('Valid until 1 May 2034').waitFor();
  await button(page, 'Remove…').click();
  const dialog = page.getByRole('alertdialog');
  await dialog.getByText(authority.name).waitFor();
  await dialog.getByRole('button', { name: 'Stop trusting it' }).click();
  expect(await calls(page, 'network.removeAuthority')).toEqual([{ fingerprint: authority.fingerprint }]);
});

test('nothing is complained about', () => {
  expect(harness.complaints).toEqual([]);
});
