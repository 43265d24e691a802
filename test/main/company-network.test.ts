import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Failure } from '#contract/failure.ts';
import type { AppInfo } from '#contract/shapes.ts';
import { trustAlso } from '#http/authorities.ts';
import { startPractice } from '../../practice/index.ts';
import { newFolder, openTestApp, removeFolder, routerOf, type TestApp, until } from './core-harness.ts';
import { makeAuthority, makeCertificate } from './http/fixture.ts';
import { openProxy, type ProxyOptions, type TestProxy } from './http/proxy-server.ts';
import { openTlsFront } from './http/tls-front.ts';
import { createKeyring } from './vault/keyrings.ts';

/* A company’s network: all of main on a practice vendor that only a proxy can reach, with a certificate of the company’s own. */

const vendor = 'panel.example';
const secret = 'canary-proxy-password';
const closing: (() => unknown)[] = [];
let authority: Awaited<ReturnType<typeof makeAuthority>>;
let folder: string;
let app: TestApp;
let call: (channel: string, input?: unknown) => Promise<unknown>;
let file: string;
let route: string;
const keyring = createKeyring();

beforeAll(async () => {
  authority = await makeAuthority();
});
beforeEach(async () => {
  folder = newFolder();
  file = join(folder, 'company.pem');
  writeFileSync(file, authority.cert);
  route = 'DIRECT';
  await start();
});
afterEach(async () => {
  await app.core.close(0);
  for (const close of closing.splice(0).reverse()) await close();
  trustAlso([]);
  removeFolder(folder);
});

async function start() {
  app = await openTestApp(folder, { keyring, resolveProxy: async () => route });
  const router = routerOf(app, { chooseFile: async () => file });
  call = async (channel, input) => {
    const result = await router(channel, input);
    if (!result.ok) throw result.failure;
    return result.value;
  };
}

async function again() {
  await app.core.close(0);
  await start();
}

const failureOf = async (work: Promise<unknown>) =>
  work.then(
    () => {
      throw new Error('This should have failed.');
    },
    (failure: Failure) => failure,
  );
const shown = (): AppInfo['network'] => app.core.appInfo.get().network;

/** An Enhance panel that the proxy alone can reach, and Nora’s account there. */
async function behind(options: ProxyOptions = {}): Promise<{ proxy: TestProxy; accountId: string }> {
  const practice = await startPractice({ only: ['enhance'] });
  closing.push(practice.close);
  const server = practice.servers[0]!;
  const keys = await makeCertificate({ dns: vendor }, authority);
  const front = await openTlsFront(Number(new URL(server.url).port), keys);
  closing.push(front.close);
  const proxy = await openProxy({ names: { [vendor]: front.port }, ...options });
  closing.push(proxy.close);
  route = `PROXY ${proxy.name}`;
  const person = app.person(server, 'Nora Lindholm');
  const { values } = person.account;
  const { pathname } = new URL(values.baseUrl ?? '');
  const account = app.core.accounts.add({
    vendor: server.vendor,
    label: 'Desk',
    values: { ...values, baseUrl: `https://${vendor}${pathname}` },
    realm: person.account.realm ?? null,
    tags: [],
    colour: 'teal',
  });
  return { proxy, accountId: account.id };
}

async function signIn(accountId: string) {
  const { sessionId } = (await call('sessions.signIn', { accountId, again: true })) as { sessionId: string };
  return app.reach(sessionId, 'active', 'failed', 'waiting');
}

test('a sign-in and its end go through a proxy that asks for a sign-in, to a server that only the company vouches for', async () => {
  const { proxy, accountId } = await behind({ signIn: `amir:${secret}` });
  const asked = await signIn(accountId);
  expect(asked.failure?.message).toBe(`The proxy ${proxy.name} asks for a user name and a password.`);
  await until('the window is told', () => shown().wanted);
  expect(shown().wanted).toEqual({ proxy: proxy.name, refused: false, later: false });

  await call('network.signIn', { proxy: proxy.name, user: 'amir', password: 'wrong-canary' });
  const wrong = await signIn(accountId);
  expect(wrong.failure?.message).toContain('does not accept the user name and password');
  expect(shown().wanted).toEqual({ proxy: proxy.name, refused: true, later: false });
  expect(proxy.signIns).toEqual(['amir:wrong-canary']);

  await call('network.signIn', { proxy: proxy.name, user: 'amir', password: secret });
  expect(shown().wanted).toBe(null);
  const unknown = await signIn(accountId);
  expect(unknown.failure?.advice).toContain('Your company’s authority may be missing: Settings, Network.');

  expect(await call('network.addAuthorities')).toEqual({ added: 1 });
  const session = await signIn(accountId);
  expect(session.state).toBe('active');
  await call('sessions.signOut', { sessionId: session.id });
  await app.reach(session.id, 'ended');
  expect(new Set(proxy.asked)).toEqual(new Set([`CONNECT ${vendor}:443`]));
  expect(app.bugs).toEqual([]);
});

test('what is stored is there after a restart, and nowhere in the clear', async () => {
  const { proxy, accountId } = await behind({ signIn: `amir:${secret}` });
  await call('network.signIn', { proxy: proxy.name, user: 'amir', password: secret });
  await call('network.addAuthorities');
  trustAlso([]);
  await again();
  expect(shown()).toMatchObject({
    authorities: [{ name: 'Test authority' }],
    signIns: [{ proxy: proxy.name, user: 'amir' }],
    failure: null,
  });
  expect((await signIn(accountId)).state).toBe('active');
  for (const name of ['gatehouse.db', 'gatehouse.db-wal']) {
    const bytes = readFileSync(join(folder, name)).toString('latin1');
    expect(bytes, name).not.toMatch(/canary-proxy|amir|BEGIN CERT|Test authority/);
  }
});

test('the password of a proxy never leaves main', async () => {
  const { proxy, accountId } = await behind({ signIn: `amir:${secret}` });
  await call('network.signIn', { proxy: proxy.name, user: 'amir', password: secret });
  await call('network.addAuthorities');
  await signIn(accountId);
  const rows = await app.core.ledger.page({ limit: 100 });
  const out = JSON.stringify([
    app.changes,
    app.log,
    app.bugs,
    await call('state.snapshot'),
    rows,
    app.settings,
  ]);
  expect(out).toContain('authority added: Test authority');
  expect(out).not.toContain(secret);
  expect(out).not.toContain(Buffer.from(`amir:${secret}`).toString('base64'));
});

test('a sign-in goes to the proxy that it was stored for, and to no other', async () => {
  const { proxy, accountId } = await behind({ signIn: `amir:${secret}` });
  await call('network.signIn', { proxy: '127.0.0.1:1', user: 'amir', password: secret });
  await signIn(accountId);
  expect(proxy.signIns).toEqual([]);
});

test('an authority that was removed is not believed any more, by connections that were kept neither', async () => {
  const { accountId } = await behind();
  await call('network.addAuthorities');
  expect((await signIn(accountId)).state).toBe('active');
  await call('network.removeAuthority', { fingerprint: shown().authorities[0]!.fingerprint });
  expect(shown().authorities).toEqual([]);
  expect((await signIn(accountId)).failure?.kind).toBe('tls');
});

test('the question of a proxy is put off until something changes', async () => {
  const { proxy, accountId } = await behind({ signIn: `amir:${secret}` });
  await signIn(accountId);
  await until('the window is told', () => shown().wanted);
  await call('network.notNow');
  await signIn(accountId);
  expect(shown().wanted).toEqual({ proxy: proxy.name, refused: false, later: true });
  await call('network.setProxy', { mode: 'system', address: '', exceptions: '' });
  await signIn(accountId);
  expect(shown().wanted).toEqual({ proxy: proxy.name, refused: false, later: false });
});

test('this computer’s own addresses take no proxy, whatever it says, but where a manual one says so', async () => {
  const way = (url: string) => app.core.companyNetwork.proxies.resolve(new URL(url));
  route = 'PROXY proxy.example:8080';
  const own = ['https://127.0.0.1:4000/', 'https://localhost/', 'https://[::1]/', 'wss://127.0.0.9/'];
  for (const url of own) expect(await way(url), url).toBe('DIRECT');
  expect(await way('https://panel.example/')).toBe(route);
  expect(await way('wss://panel.example/')).toBe(route);
  const manual = { mode: 'manual', address: 'proxy.example:8080' };
  await call('network.setProxy', { ...manual, exceptions: 'intranet.example' });
  for (const url of own) expect(await way(url), url).toBe('DIRECT');
  await call('network.setProxy', { ...manual, exceptions: '<-loopback>' });
  for (const url of own) expect(await way(url), url).toBe(route);
  await call('network.setProxy', { mode: 'none', address: '', exceptions: '' });
  expect(await way('https://panel.example/')).toBe('DIRECT');
});

describe('a file of authorities', () => {
  const day = 86_400_000;
  const authorityOf = async (name: string, from: Date, to: Date) =>
    (await makeAuthority(name, { from, to })).cert;

  test('may hold several, and each is there once', async () => {
    const second = await authorityOf('Second', new Date(), new Date(Date.now() + 30 * day));
    writeFileSync(file, `# ours\r\n${authority.cert}\n${second}${authority.cert}`);
    expect(await call('network.addAuthorities')).toEqual({ added: 2 });
    expect(await call('network.addAuthorities')).toEqual({ added: 2 });
    expect(shown().authorities.map(({ name }) => name)).toEqual(['Test authority', 'Second']);
    expect(shown().authorities[0]!.fingerprint).toMatch(/^([0-9A-F]{2}:){31}[0-9A-F]{2}$/);
    const days = (shown().authorities[1]!.expiresAt - Date.now()) / day;
    expect(Math.round(days)).toBe(30);
  });

  test('nobody chose one', async () => {
    const router = routerOf(app);
    expect(await router('network.addAuthorities', undefined)).toEqual({ ok: true, value: { added: null } });
  });

  test.each<[string, () => string | Promise<string>, string]>([
    ['is empty', () => '', 'The file is empty.'],
    ['is something else', () => '\u0000\u0001GIF89a', 'holds no certificate that Gatehouse can read'],
    ['is a private key', () => authority.private, 'holds no certificate that Gatehouse can read'],
    [
      'is damaged',
      () => authority.cert.replace(/\n[A-Za-z0-9+/]{40}/, '\nAAAA'),
      'Certificate 1 of the file is damaged',
    ],
    ['is cut off', () => `${authority.cert}\n${authority.cert.slice(0, 200)}`, 'is cut off or damaged'],
    ['is without end', () => 'x'.repeat(600_000), 'The file is too long'],
    [
      'holds a server’s certificate',
      async () => authority.cert + (await makeCertificate({ dns: vendor }, authority)).cert,
      `“${vendor}” is the certificate of a server or a person`,
    ],
    [
      'holds an expired one',
      () => authorityOf('Old', new Date('2020-01-01'), new Date('2021-01-01')),
      '“Old” expired on 2021-01-01.',
    ],
    [
      'holds one of tomorrow',
      () => authorityOf('New', new Date('2090-01-01'), new Date('2091-01-01')),
      '“New” is not valid before 2090-01-01.',
    ],
  ])('that %s is refused with a sentence, and what is there stays', async (_what, text, words) => {
    await call('network.addAuthorities');
    writeFileSync(file, await text());
    const failure = await failureOf(call('network.addAuthorities'));
    expect(failure).toMatchObject({ kind: 'invalid', message: expect.stringContaining(words) });
    expect(failure.advice).toMatch(/\w.*\.$/);
    expect(shown().authorities.map(({ name }) => name)).toEqual(['Test authority']);
  });

  test('that is not there, or is a folder', async () => {
    for (const path of [join(folder, 'none.pem'), folder]) {
      file = path;
      expect((await failureOf(call('network.addAuthorities'))).message).toContain('could not be read');
    }
  });

  test('what is damaged in the store is said, and nothing else is lost', async () => {
    await call('network.addAuthorities');
    const { accountId } = await behind();
    app.core.store.run("UPDATE secrets SET sealed = zeroblob(100) WHERE record_id = 'network'");
    trustAlso([]);
    await again();
    expect(app.core.accounts.get(accountId)?.label).toBe('Desk');
    expect(shown()).toMatchObject({ authorities: [], failure: { kind: 'vault-broken' } });
    await call('network.addAuthorities');
    expect(shown()).toMatchObject({ authorities: [{ name: 'Test authority' }], failure: null });
  });
});

describe('a proxy that is typed', () => {
  const set = (address: string, exceptions = '', mode = 'manual') =>
    call('network.setProxy', { mode, address, exceptions });
  /** What was stored of it. */
  const kept = () => app.core.settings.get().proxy;

  test.each([
    ['proxy.example:8080', 'http://proxy.example:8080'],
    [' HTTP://Proxy.Example:80/ ', 'http://proxy.example:80'],
    ['https://proxy.example:443', 'https://proxy.example:443'],
    ['socks5://[2001:db8::1]:1080', 'socks5://[2001:db8::1]:1080'],
    ['socks4://10.0.0.1:1080', 'socks4://10.0.0.1:1080'],
  ])('%s is taken', async (typed, address) => {
    await set(typed);
    expect(kept()).toEqual({ mode: 'manual', address, exceptions: '' });
  });

  test.each([
    ['', 'Type the address of the proxy'],
    ['proxy.example', 'Type the proxy’s port'],
    ['ftp://proxy.example:21', 'begins with http://'],
    ['http://amir:pw@proxy.example:8080', 'Leave user name and password out'],
    ['proxy.example:8080/proxy.pac', 'ends with its port'],
    ['proxy example:8080', 'This is not an address'],
    ['proxy.example:99999', 'This is not an address'],
    ['a:1;http=evil:2', 'This is not an address'],
  ])('%s is refused at its field', async (typed, words) => {
    const failure = await failureOf(set(typed));
    expect(failure).toMatchObject({ kind: 'invalid', fields: { address: expect.stringContaining(words) } });
    expect(kept().mode).toBe('system');
  });

  test('exceptions are hosts, and each is there once', async () => {
    await set('proxy.example:1', '*.example.com;10.0.0.0/8\n <local> intranet:8443, *.example.com');
    expect(kept().exceptions).toBe('*.example.com, 10.0.0.0/8, <local>, intranet:8443');
    const failure = await failureOf(set('proxy.example:1', 'a b"c'));
    expect(failure.fields?.exceptions).toContain('“b"c” is no host');
  });

  test('while locked nobody sets one', async () => {
    await app.core.vault.setPassphrase(null, 'a quiet gatehouse by the river');
    app.core.lock('window');
    expect((await failureOf(set('proxy.example:1'))).kind).toBe('vault-locked');
    await expect(call('settings.change', { proxy: { mode: 'none' } })).resolves.toBeUndefined();
    expect(kept().mode).toBe('system');
  });
});
