import { Secret, TOTP } from 'otpauth';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { PracticeServer } from '../../../practice/common/types.ts';
import { startEnhance } from '../../../practice/enhance/index.ts';
import { options, Visitor } from '../common/kit.ts';

const nora = { email: 'nora@northwind.example', password: 'harbour-lantern-7' };
const amir = { email: 'amir@northwind.example', password: 'quiet-meadow-21' };
const tess = { email: 'tess@northwind.example', password: 'copper-bridge-58' };
const bea = { email: 'bea@northwind.example', password: 'locked-gate-15' };
const otto = { email: 'otto@oldmill.example', password: 'dusty-mirror-77' };
const device = 'd'.repeat(32);

describe('signing in to Enhance', () => {
  let started: ReturnType<typeof options>;
  let server: PracticeServer;
  let visitor: Visitor;
  beforeEach(async () => {
    started = options();
    server = await startEnhance(started);
    visitor = new Visitor(server);
  });
  afterEach(() => server.close());

  const signIn = (creds: object, query = '') => visitor.call('POST', `/login/sessions${query}`, creds);
  const prove = (authMethod: string, pin: string, rememberMe?: object) =>
    visitor.call('POST', '/login/2fa', { authMethod, pin, ...(rememberMe && { rememberMe }) });
  const mailed = () => started.inbox.latest(amir.email)?.code ?? '';
  const pendingOf = (email: string) =>
    server.sessions().filter((session) => session.person === email && session.state === 'pending');

  test('without a second factor: memberships, cookie, who am I, sign out', async () => {
    const answer = await signIn(nora);
    expect(answer.status).toBe(200);
    expect(answer.json).toMatchObject({
      memberships: [{ isMasterOrg: true, roles: ['Owner'], siteAccessCount: 0 }],
    });
    expect(answer.headers.getSetCookie()[0]).toMatch(/^id0=[\w-]+\.[\w-]+\.[\w-]+; Path=\/; HttpOnly/);
    expect((await visitor.call('GET', '/login')).json).toMatchObject({
      email: nora.email,
      authMethod: 'basic',
    });
    expect((await visitor.call('GET', '/login/memberships')).json).toEqual(answer.json);
    const out = await visitor.call('DELETE', '/login/sessions/current');
    expect([out.status, out.text]).toEqual([200, '']);
    expect(visitor.cookies.has('id0')).toBe(false);
    expect((await visitor.call('DELETE', '/login/sessions/current')).status).toBe(401);
  });

  test('refuses a wrong password, an unknown person, a bad body and bad JSON', async () => {
    expect((await signIn({ ...nora, password: 'no' })).json).toMatchObject({ code: 'unauthorized' });
    expect((await signIn({ email: 'x@x.example', password: 'no' })).status).toBe(401);
    expect((await signIn({ email: 'nobody' })).json).toMatchObject({ code: 'invalid_argument' });
    expect((await signIn(nora, '?realmId=nonsense')).status).toBe(400);
    const harbour = server.people
      .find(({ label }) => label === 'Nora Lindholm')!
      .realm!.id.replace(/^./, '0');
    expect((await signIn(nora, `?realmId=${harbour}`)).json).toMatchObject({
      detail: 'realmId: no such realm',
    });
  });

  test('refuses a suspended organisation with 403 and a blocked login as the policy says', async () => {
    expect((await signIn(otto)).status).toBe(403);
    expect((await signIn(bea)).status).toBe(401);
    const set = await fetch(`${server.origin}/__practice/enhance/lockout`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"status":429}',
    });
    expect(set.status).toBe(204);
    const blocked = await signIn(bea);
    expect(blocked.status).toBe(429);
    expect(Number(blocked.headers.get('retry-after'))).toBeGreaterThan(1000);
  });

  test('an organisation that is suspended in the meantime: neither a PIN nor a link gets in (403)', async () => {
    const suspend = (organisation: string, suspended: boolean) =>
      fetch(`${server.origin}/__practice/enhance/suspension`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ organisation, suspended }),
      });
    await signIn(nora);
    const realm = (await visitor.call('GET', '/login/memberships')).json as {
      memberships: { orgId: string; memberId: string }[];
    };
    const { orgId, memberId } = realm.memberships[0]!;
    const link = await visitor.call('GET', `/orgs/${orgId}/members/${memberId}/sso`);
    await signIn(amir);
    expect((await suspend('Northwind Hosting', true)).status).toBe(204);
    expect((await visitor.call('POST', '/login/2fa/resend-pin', { authMethod: 'email' })).status).toBe(403);
    expect((await prove('email', mailed())).status).toBe(403);
    const otp = new URL(String(link.json)).search;
    expect((await visitor.call('GET', `/login/sessions/sso${otp}`)).status).toBe(403);
    await suspend('Northwind Hosting', false);
    expect((await signIn(nora)).status).toBe(200);
  });

  test('the panel’s own page says who is signed in', async () => {
    const pageText = async () =>
      (await fetch(`${server.origin}/`, { headers: { cookie: `id0=${visitor.cookies.get('id0')}` } })).text();
    expect(await pageText()).toContain('Nobody is signed in here.');
    await signIn(nora);
    expect(await pageText()).toContain('Signed in as Nora Lindholm (nora@northwind.example).');
  });

  test('whoever is a member of a reseller can sign in to its realm, and be mailed a PIN there', async () => {
    const { realm } = server.people.find(({ label }) => label === 'Amir Haddad')!;
    const eu = server.people.find(({ realm }) => realm?.name === 'Reseller EU')!.realm!;
    expect(realm?.id).not.toBe(eu.id);
    expect((await signIn(amir, `?realmId=${eu.id}`)).status).toBe(201);
    expect((await prove('email', mailed())).status).toBe(200);
  });

  test('blocks after five wrong passwords, shows it to admins, and lets in again later', async () => {
    for (let turn = 0; turn < 5; turn += 1) await signIn({ ...amir, password: 'wrong' });
    expect((await signIn(amir)).status).toBe(401);
    await signIn(nora);
    const report = await visitor.call('GET', '/reports/orchd/login-policy/blocked-logins');
    expect(report.json).toMatchObject({ [amir.email]: { allFailures: 5 }, [bea.email]: { allFailures: 12 } });
    started.clock.advance(901_000);
    expect((await signIn(amir)).status).toBe(201);
  });

  test('with an e-mail PIN: 201, nothing allowed before it, then a full session under a new cookie', async () => {
    const answer = await signIn(amir);
    expect([answer.status, answer.json]).toEqual([201, { authMethod: 'email' }]);
    const half = visitor.cookies.get('id0');
    expect((await visitor.call('GET', '/login')).status).toBe(401);
    const proven = await prove('email', mailed());
    expect([proven.status, proven.text]).toEqual([200, '']);
    expect(visitor.cookies.get('id0')).not.toBe(half);
    expect((await visitor.call('GET', '/login')).status).toBe(200);
    visitor.cookies.set('id0', half ?? '');
    expect((await visitor.call('GET', '/login')).status).toBe(401);
  });

  test('one wrong PIN empties the cookie and destroys the pending session', async () => {
    await signIn(amir);
    const half = visitor.cookies.get('id0') ?? '';
    const code = mailed();
    const wrong = await prove('email', code === '000000' ? '000001' : '000000');
    expect([wrong.status, wrong.text]).toEqual([401, '']);
    expect(wrong.headers.getSetCookie()[0]).toMatch(/^id0=;.*Max-Age=0/);
    expect(pendingOf(amir.email)).toEqual([]);
    visitor.cookies.set('id0', half);
    expect((await prove('email', code)).status).toBe(401);
  });

  test('a resent PIN replaces the old one; the fifth resend fails and destroys', async () => {
    await signIn(amir);
    const first = mailed();
    const resend = () => visitor.call('POST', '/login/2fa/resend-pin', { authMethod: 'email' });
    const again = await resend();
    expect(again.status).toBe(200);
    expect(again.headers.getSetCookie()[0]).toMatch(/^id0=\w/);
    expect(mailed()).not.toBe(first);
    for (let turn = 0; turn < 3; turn += 1) expect((await resend()).status).toBe(200);
    expect((await resend()).status).toBe(401);
    expect(visitor.cookies.has('id0')).toBe(false);
    expect(pendingOf(amir.email)).toEqual([]);
    await signIn(amir);
    const old = mailed();
    await resend();
    expect((await prove('email', old)).status).toBe(401);
  });

  test('a PIN dies after ten minutes, and a PIN needs the cookie', async () => {
    await signIn(amir);
    started.clock.advance(11 * 60_000);
    expect((await prove('email', mailed())).status).toBe(401);
    await signIn(amir);
    visitor.cookies.clear();
    expect((await prove('email', mailed())).status).toBe(401);
    visitor.bearer = server.people.find((person) => person.apiKey)?.apiKey ?? '';
    expect((await visitor.call('GET', '/login')).status).toBe(200);
    expect((await prove('email', mailed())).status).toBe(401);
  });

  test('with an authenticator; a resend makes no sense there', async () => {
    expect((await signIn(tess)).json).toEqual({ authMethod: 'otp' });
    expect((await visitor.call('POST', '/login/2fa/resend-pin', { authMethod: 'otp' })).status).toBe(400);
    const secret = server.people.find((person) => person.identity === tess.email)?.totpSecret ?? '';
    const pin = new TOTP({ secret: Secret.fromBase32(secret) }).generate();
    expect((await prove('otp', pin)).status).toBe(200);
    await signIn(tess);
    expect((await prove('email', pin)).status).toBe(401);
  });

  test('remembers a device of 32 characters for its time', async () => {
    await signIn(amir);
    for (const bad of [
      { deviceId: 'short', ttl: 3600 },
      { deviceId: device, ttl: 3599 },
      { deviceId: device, ttl: 9_000_000 },
    ])
      expect((await prove('email', mailed(), bad)).status).toBe(400);
    expect((await prove('email', mailed(), { deviceId: device, ttl: 3600 })).status).toBe(200);
    expect((await signIn({ ...amir, deviceId: device })).status).toBe(200);
    expect((await signIn({ ...amir, deviceId: 'e'.repeat(32) })).status).toBe(201);
    expect((await signIn({ ...tess, deviceId: device })).status).toBe(201);
    started.clock.advance(3_601_000);
    expect((await signIn({ ...amir, deviceId: device })).status).toBe(201);
  });

  test('one e-mail in two realms: by realmId, by host, and a direct member wins at its host', async () => {
    const people = server.people.filter((person) => person.identity === 'alex@moreau.example');
    const [here, eu] = people.map((person) => ({ email: person.identity, password: person.password }));
    const realm = people[1]?.realm?.id;
    const org = async () => JSON.stringify((await visitor.call('GET', '/login/memberships')).json);
    expect((await signIn(here!)).status).toBe(200);
    expect(await org()).toContain('Harbour Bakery');
    expect((await signIn(eu!)).status).toBe(401);
    expect((await signIn(eu!, `?realmId=${realm}`)).status).toBe(200);
    expect(await org()).toContain('Atelier Moreau');

    visitor = new Visitor({ ...server, url: server.url.replace('127.0.0.1', 'localhost') });
    expect((await signIn(here!)).status).toBe(401);
    expect((await signIn(eu!)).status).toBe(200);
    const petra = { email: 'petra@reseller-eu.example', password: 'silver-orchard-4' };
    expect((await signIn(petra)).status).toBe(200);
    expect((await signIn(petra, `?realmId=${realm}`)).status).toBe(200);
    expect((await visitor.call('GET', '/branding')).json).toMatchObject({ orgName: 'Reseller EU' });
  });

  test('lists sessions with their browser, here and elsewhere; ends one, an unknown one, and all', async () => {
    await signIn(nora);
    const mine = visitor;
    visitor = new Visitor(server);
    await signIn(nora);
    const list = async () =>
      ((await mine.call('GET', '/login/sessions')).json as { items: { id: string; userAgent: string }[] })
        .items;
    const items = await list();
    expect(items).toHaveLength(4);
    expect(items[0]).toMatchObject({ location: 'Lisbon, Portugal', ipAddr: '203.0.113.24' });
    expect(items.at(-1)).toMatchObject({ userAgent: 'Test desk', ipAddr: '127.0.0.1' });
    const ended = await mine.call('DELETE', `/login/sessions/${items.at(-1)?.id}`);
    expect([ended.status, ended.headers.getSetCookie()]).toEqual([200, []]);
    expect((await visitor.call('GET', '/login')).status).toBe(401);
    expect((await mine.call('DELETE', `/login/sessions/${items.at(-1)?.id}`)).status).toBe(200);
    const amirs = server.sessions().find((session) => session.person === amir.email)?.id;
    expect((await mine.call('DELETE', `/login/sessions/${amirs}`)).status).toBe(200);
    expect(server.sessions().some((session) => session.id === amirs)).toBe(true);
    expect((await mine.call('DELETE', '/login/sessions')).status).toBe(200);
    expect(server.sessions().filter((session) => session.person === nora.email)).toEqual([]);
    expect((await mine.call('GET', '/login/sessions')).status).toBe(401);
  });

  test('a one-time link signs in once, past the second factor, within five minutes', async () => {
    await signIn(nora);
    const memberships = (await visitor.call('GET', '/login/memberships')).json as {
      memberships: { orgId: string }[];
    };
    const org = memberships.memberships[0]?.orgId;
    const members = (await visitor.call('GET', `/orgs/${org}/members`)).json as {
      items: { id: string; email: string }[];
    };
    const member = members.items.find((candidate) => candidate.email === amir.email)?.id;
    const make = async () => (await visitor.call('GET', `/orgs/${org}/members/${member}/sso`)).json as string;
    const url = await make();
    expect(url).toMatch(/\/api\/login\/sessions\/sso\?otp=[0-9a-f-]{36}$/);
    const guest = new Visitor(server);
    const use = (link: string) => guest.call('GET', link.slice(server.url.length));
    expect((await use(url)).status).toBe(200);
    expect((await guest.call('GET', '/login')).json).toMatchObject({
      email: amir.email,
      authMethod: 'email',
    });
    expect((await use(url)).status).toBe(401);
    const late = await make();
    started.clock.advance(301_000);
    expect((await use(late)).status).toBe(401);
    expect((await guest.call('GET', '/login/sessions/sso?otp=nonsense')).status).toBe(400);
  });

  test('answers in HTML outside the API, and by an empty 404 inside', async () => {
    const outside = await fetch(`${server.origin}/login`);
    expect([outside.status, outside.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    expect((await visitor.call('GET', '/nothing')).status).toBe(404);
  });
});
