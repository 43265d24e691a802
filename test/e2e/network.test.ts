import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import type { Account } from '#contract/shapes.ts';
import type { PracticeServer } from '../../practice/common/types.ts';
import { makeAuthority, makeCertificate } from '../main/http/fixture.ts';
import { openProxy, type TestProxy } from '../main/http/proxy-server.ts';
import { openTlsFront } from '../main/http/tls-front.ts';
import { accountOf, atEnd, eventually, openApp, openPractice, serverOf, type TestApp } from './harness.ts';

/** A desk in a company's network: out by a proxy that wants a sign-in, to a panel that only the company's authority vouches for. */
const host = 'panel.example';
const secret = 'canary-proxy-word';
let app: TestApp;
let panel: PracticeServer;
let proxy: TestProxy;
let account: Account;

beforeAll(async () => {
  const practice = await openPractice({ only: ['enhance'] });
  panel = serverOf(practice, 'enhance');
  const authority = await makeAuthority('Northwind Root CA');
  const keys = await makeCertificate({ dns: host }, authority);
  const front = await openTlsFront(Number(new URL(panel.url).port), keys);
  atEnd(front.close);
  proxy = await openProxy({ signIn: `amir:${secret}`, names: { [host]: front.port } });
  atEnd(proxy.close);
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-network-'));
  atEnd(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'northwind.pem');
  writeFileSync(file, authority.cert);
  app = await openApp({ env: { GATEHOUSE_OPEN_PATH: file } });

  const form = accountOf(panel, 'Nora Lindholm');
  const { pathname } = new URL(form.values.baseUrl ?? '');
  account = await app.call('accounts.add', {
    ...form,
    values: { ...form.values, baseUrl: `https://${host}${pathname}` },
  });
});

/** The panel’s sessions that Gatehouse opened. */
const atPanel = () =>
  panel.sessions().filter(({ state, userAgent }) => state === 'active' && userAgent?.includes('Gatehouse'));
const proxyLines = () => proxy.asked.filter((line) => line.includes(host));

async function signIn() {
  await app.row(account.label).last().click();
  await app.heading(account.label).waitFor();
  await app.button(/^(Sign in|Start again)$/).click();
}

test('the proxy is typed by keys alone', async () => {
  await app.page.keyboard.press('Control+,');
  await app.heading('Network').waitFor();
  await app.page.getByRole('button', { name: /Proxy$/ }).focus();
  await app.page.keyboard.press('Enter');
  await app.page.getByRole('option', { name: 'Manual' }).waitFor();
  await app.page.keyboard.press('ArrowDown');
  await app.page.keyboard.press('Enter');
  await app.dialog.getByRole('textbox', { name: 'Address and port' }).waitFor();
  await app.look('manual-proxy');
  await app.page.keyboard.type('127.0.0.1');
  await app.page.keyboard.press('Enter');
  await app.dialog.getByText('Type the proxy’s port, too').waitFor();
  await app.page.keyboard.press('End');
  await app.page.keyboard.type(`:${proxy.port}`);
  await app.page.keyboard.press('Enter');
  await app.page.getByText(`http://${proxy.name}`).waitFor();
  expect((await app.snapshot()).settings.proxy).toEqual({
    mode: 'manual',
    address: `http://${proxy.name}`,
    exceptions: '',
  });
});

test('the proxy asks for a sign-in; a wrong one is said, and the right one is kept', async () => {
  await signIn();
  await app.dialog.getByRole('textbox', { name: 'User name' }).waitFor();
  await app.dialog.getByText(proxy.name).waitFor();
  await app.look('proxy-sign-in');
  await app.page.keyboard.type('amir');
  await app.page.keyboard.press('Tab');
  await app.page.keyboard.type('wrong');
  await app.page.keyboard.press('Enter');
  await app.dialog.waitFor({ state: 'detached' });
  await app.button('Start again').click();
  await app.dialog.getByText('does not accept the user name and password').waitFor();
  await app.look('proxy-sign-in-refused');
  await app.dialog.getByRole('textbox', { name: 'Password' }).fill(secret);
  await app.dialog.getByRole('button', { name: 'Sign in', exact: true }).click();
  await app.dialog.waitFor({ state: 'detached' });
  expect(atPanel()).toEqual([]);
});

test('the panel’s authority is missing, is added from a file, and the panel is signed in to', async () => {
  await signIn();
  await app.page.getByText('Your company’s authority may be missing: Settings, Network.').first().waitFor();
  await app.page.keyboard.press('Control+,');
  await app.button('Add from a file…').click();
  await app.page.getByText('Northwind Root CA').waitFor();
  await app.heading('Network').scrollIntoViewIfNeeded();
  await app.look('network');
  await signIn();
  await app.button('Sign out').waitFor();
  await app.session(account, 'active');
  expect(atPanel()).toHaveLength(1);
});

test('its console goes the same way, signs in to the proxy and believes the same authority', async () => {
  const before = proxyLines().length;
  const { id } = await app.session(account, 'active');
  await app.call('handover.open', { sessionId: id });
  const windows = (await app.control('windows')) as { title: string; visible: boolean }[];
  expect(windows.map(({ title }) => title)).toContainEqual(expect.stringContaining(host));
  expect(proxyLines().length).toBeGreaterThan(before);
});

test('signing out is confirmed by the panel, through the proxy', async () => {
  await app.button('Sign out').click();
  await app.button('Sign in').waitFor();
  await app.session(account, 'ended');
  await eventually(() => expect(atPanel()).toEqual([]));
});

test('without the authority the console is refused, in words', async () => {
  await signIn();
  await app.button('Sign out').waitFor();
  const { id } = await app.session(account, 'active');
  const [added] = (await app.snapshot()).appInfo.network.authorities;
  await app.call('network.removeAuthority', { fingerprint: added!.fingerprint });
  await expect(app.call('handover.open', { sessionId: id })).rejects.toThrow(
    /The certificate of panel\.example comes from an authority|its page was not opened/,
  );
  await app.call('network.addAuthorities');
});

test('the proxy has seen where things go and no more; its password is nowhere but in the vault', async () => {
  expect(new Set(proxyLines())).toEqual(new Set([`CONNECT ${host}:443`]));
  const seen = Buffer.concat(proxy.passed).toString('latin1');
  expect(seen).not.toMatch(/authorization|cookie|password|nora/i);
  const out = JSON.stringify([
    await app.snapshot(),
    await app.call('ledger.page', { limit: 500 }),
    app.output(),
  ]);
  expect(out).not.toContain(secret);
});
