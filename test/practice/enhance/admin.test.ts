import { Secret, TOTP, URI } from 'otpauth';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { PracticeServer } from '../../../practice/common/types.ts';
import { startEnhance } from '../../../practice/enhance/index.ts';
import { options, Visitor } from '../common/kit.ts';

interface Listing {
  items: {
    id: string;
    email: string;
    name: string;
    registeredAt: string;
    loginId: string;
    roles: string[];
  }[];
  total: number;
}

const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2, 3]);

describe('an Enhance desk', () => {
  let started: ReturnType<typeof options>;
  let server: PracticeServer;
  let nora: Visitor;
  let master: string;
  beforeEach(async () => {
    started = options();
    server = await startEnhance({ ...started, logins: 2000 });
    nora = await signedIn('nora@northwind.example');
    master = await orgOf(nora);
  });
  afterEach(() => server.close());

  async function signedIn(identity: string, password?: string): Promise<Visitor> {
    const person = server.people.find((candidate) => candidate.identity === identity);
    const visitor = new Visitor(server);
    const creds = { email: identity, password: password ?? person?.password };
    const { status, json } = await visitor.call('POST', '/login/sessions', creds);
    if (status === 201 && (json as { authMethod: string }).authMethod === 'email') {
      const pin = started.inbox.latest(identity)?.code;
      await visitor.call('POST', '/login/2fa', { authMethod: 'email', pin });
    } else if (status === 201) {
      const secret = Secret.fromBase32(person?.totpSecret ?? '');
      await visitor.call('POST', '/login/2fa', { authMethod: 'otp', pin: new TOTP({ secret }).generate() });
    }
    expect((await visitor.call('GET', '/login')).json).toMatchObject({ email: identity });
    return visitor;
  }

  async function orgOf(visitor: Visitor): Promise<string> {
    const { json } = await visitor.call('GET', '/login/memberships');
    return (json as { memberships: { orgId: string }[] }).memberships[0]!.orgId;
  }
  const list = async (visitor: Visitor, path: string) => (await visitor.call('GET', path)).json as Listing;
  const statusOf = async (visitor: Visitor, path: string) => (await visitor.call('GET', path)).status;

  test('pages and sorts logins, ascending unless told', async () => {
    const all = await list(nora, '/logins?limit=1000&sortBy=registrationDate');
    expect(all.total).toBe(2011);
    expect(all.items).toHaveLength(1000);
    const dates = all.items.map((login) => login.registeredAt);
    expect(dates).toEqual([...dates].sort());
    const last = await list(nora, '/logins?sortOrder=desc&sortBy=email&limit=2');
    expect(last.items.map((login) => login.email)).toEqual([
      'tess@northwind.example',
      'sam@northwind.example',
    ]);
    const page = await list(nora, '/logins?offset=2010&limit=50');
    expect(page.items.map((login) => login.email)).toEqual(['tess@northwind.example']);
    expect((await nora.call('GET', '/logins?sortBy=shoeSize')).status).toBe(400);
    const eu = server.people.find((person) => person.realm?.name === 'Reseller EU')?.realm?.id;
    expect((await list(nora, `/logins?realmId=${eu}`)).items.map((login) => login.email)).toEqual([
      'alex@moreau.example',
    ]);
  });

  test('gives each role its rights and no more', async () => {
    const [sam, ines, petra, tess] = await Promise.all(
      [
        'sam@northwind.example',
        'ines@harbourbakery.example',
        'petra@reseller-eu.example',
        'tess@northwind.example',
      ].map((email) => signedIn(email)),
    );
    const harbour = await orgOf(ines!);
    const eu = await orgOf(petra!);
    const seen: Record<string, number[]> = {};
    for (const [name, visitor] of Object.entries({ nora, tess, petra, sam, ines }))
      seen[name] = [
        await statusOf(visitor!, '/logins'),
        await statusOf(visitor!, `/orgs/${master}/logins`),
        await statusOf(visitor!, `/orgs/${eu}/logins`),
        await statusOf(visitor!, `/orgs/${harbour}/logins`),
        await statusOf(visitor!, `/v2/orgs/${master}/customers/logins`),
        await statusOf(visitor!, `/v2/orgs/${eu}/customers/logins`),
        await statusOf(visitor!, '/reports/orchd/login-policy/blocked-logins'),
      ];
    expect(seen).toEqual({
      nora: [200, 200, 200, 200, 200, 200, 200],
      tess: [200, 200, 200, 200, 200, 200, 200],
      petra: [403, 403, 200, 403, 403, 200, 403],
      sam: [403, 403, 403, 403, 200, 200, 403],
      ines: [403, 403, 403, 403, 403, 403, 403],
    });
    expect(await statusOf(new Visitor(server), '/logins')).toBe(401);
    expect((await list(petra!, `/v2/orgs/${eu}/customers/logins`)).items.map((login) => login.email)).toEqual(
      ['alex@moreau.example'],
    );
  });

  test('creates a login: 201, then 409 in the same realm, 400 for a short password, 403 without rights', async () => {
    const sam = await signedIn('sam@northwind.example');
    const body = { email: 'new@harbourbakery.example', password: 'long-enough', name: 'New Person' };
    const path = `/logins?orgId=${master}`;
    const made = await sam.call('POST', path, body);
    expect([made.status, Object.keys(made.json as object)]).toEqual([201, ['id']]);
    expect((await sam.call('POST', path, { ...body, email: 'NEW@harbourbakery.example' })).status).toBe(409);
    expect((await sam.call('POST', path, { ...body, email: 'b@x.example', password: 'short' })).status).toBe(
      400,
    );
    const ines = await signedIn('ines@harbourbakery.example');
    expect((await ines.call('POST', path, { ...body, email: 'c@x.example' })).status).toBe(403);
    await signedIn(body.email, body.password);
  });

  test('sets a customer’s password, but not a colleague’s', async () => {
    const sam = await signedIn('sam@northwind.example');
    const people = [
      ...(await list(nora, `/orgs/${master}/logins`)).items,
      ...(await list(nora, '/logins?sortBy=email&limit=20')).items,
    ];
    const id = (email: string) => people.find((login) => login.email === email)?.id;
    const set = (login: string | undefined, newPassword: string) =>
      sam.call('PUT', `/v2/logins/${login}/password`, { newPassword });
    expect((await set(id('ines@harbourbakery.example'), 'fresh-password')).status).toBe(200);
    await signedIn('ines@harbourbakery.example', 'fresh-password');
    expect((await set(id('ines@harbourbakery.example'), 'short')).status).toBe(400);
    expect((await set(id('nora@northwind.example'), 'fresh-password')).status).toBe(403);
    expect((await set(master, 'fresh-password')).status).toBe(404);
  });

  test('changes one’s own login: the current password guards e-mail and password', async () => {
    const patch = (body: object) => nora.call('PATCH', '/login', body);
    expect((await patch({ name: 'Nora L.', locale: 'pt-BR' })).json).toEqual({});
    expect((await patch({ password: 'another-one' })).status).toBe(403);
    expect((await patch({ password: 'another-one', currentPassword: 'wrong' })).status).toBe(403);
    expect((await patch({ password: 'short', currentPassword: 'harbour-lantern-7' })).status).toBe(400);
    const moved = {
      email: 'nora.l@northwind.example',
      password: 'another-one',
      currentPassword: 'harbour-lantern-7',
    };
    expect((await patch(moved)).status).toBe(200);
    expect((await patch({ email: 'sam@northwind.example', currentPassword: 'another-one' })).status).toBe(
      400,
    );
    expect((await nora.call('GET', '/login')).json).toMatchObject({
      name: 'Nora L.',
      locale: 'pt-BR',
      email: moved.email,
    });
    await signedIn(moved.email, moved.password);
  });

  test('switches the second factor on, from one to another only through basic, and off again', async () => {
    const patch = (authMethod: string) => nora.call('PATCH', '/login', { authMethod });
    const on = (await patch('otp')).json as { otpUrl: string; verifyPin: boolean };
    expect(on.verifyPin).toBe(true);
    expect((await nora.call('GET', '/login')).json).toMatchObject({ authMethod: 'basic' });
    const totp = URI.parse(on.otpUrl) as TOTP;
    const confirm = (authMethod: string, pin: string) => nora.call('POST', '/login/2fa', { authMethod, pin });
    expect((await confirm('otp', totp.generate())).status).toBe(200);
    expect((await nora.call('GET', '/login')).json).toMatchObject({ authMethod: 'otp' });
    expect((await patch('email')).status).toBe(400);
    expect((await patch('basic')).json).toEqual({ verifyPin: true });
    expect((await confirm('otp', totp.generate())).status).toBe(200);
    await patch('email');
    const pin = started.inbox.latest('nora@northwind.example')?.code ?? '';
    expect((await confirm('email', pin === '123456' ? '654321' : '123456')).status).toBe(401);
    expect(await statusOf(nora, '/login')).toBe(401);
    nora = await signedIn('nora@northwind.example');
    expect((await nora.call('GET', '/login')).json).toMatchObject({ authMethod: 'basic' });
  });

  test('takes pictures by their bytes, up to 200 KiB', async () => {
    const put = (bytes: Buffer, name = 'avatar') => {
      const form = new FormData();
      form.set(name, new Blob([new Uint8Array(bytes)], { type: 'image/png' }), 'me.png');
      return nora.call('PUT', '/login/avatar', form);
    };
    const status = async (...of: Parameters<typeof put>) => (await put(...of)).status;
    expect(await status(PNG)).toBe(200);
    const { avatarPath } = (await nora.call('GET', '/login')).json as { avatarPath: string };
    const served = await fetch(server.origin + avatarPath);
    expect(Buffer.from(await served.arrayBuffer())).toEqual(PNG);
    expect(await status(Buffer.concat([PNG, Buffer.alloc(200 * 1024 - PNG.length)]))).toBe(200);
    expect(await status(Buffer.concat([PNG, Buffer.alloc(200 * 1024 - PNG.length + 1)]))).toBe(400);
    expect(await status(Buffer.from('GIF89a'))).toBe(400);
    expect(await status(PNG, 'picture')).toBe(400);
    expect((await nora.call('DELETE', '/login/avatar')).status).toBe(204);
    expect((await nora.call('GET', '/login')).json).not.toHaveProperty('avatarPath');
  });

  test('recovers a password once, within an hour, and tells strangers nothing', async () => {
    const guest = new Visitor(server);
    const email = 'ines@harbourbakery.example';
    const start = (to: string) => guest.call('PUT', '/login/password-recovery', { email: to });
    const finish = (secret: string, newPassword: string) =>
      guest.call('POST', `/login/password-recovery?secret=${secret}`, { newPassword });
    const secret = () => started.inbox.latest(email)?.code ?? '';
    const unknown = await start('nobody@x.example');
    expect([unknown.status, unknown.text, started.inbox.list('nobody@x.example')]).toEqual([200, '', []]);
    await start(email);
    const validated = await guest.call('POST', `/login/password-recovery/validate?secret=${secret()}`);
    expect(validated.json).toEqual({ obfuscatedEmail: 'i***@harbourbakery.example' });
    expect((await finish(secret(), 'short')).status).toBe(400);
    expect((await finish(secret(), 'brand-new-one')).status).toBe(200);
    expect((await finish(secret(), 'brand-new-one')).status).toBe(400);
    await signedIn(email, 'brand-new-one');
    await start(email);
    started.clock.advance(3_601_000);
    expect((await finish(secret(), 'brand-new-two')).status).toBe(400);
  });

  test('organisations, customers, members, owner and activities', async () => {
    expect((await nora.call('GET', `/orgs/${master}`)).json).toMatchObject({
      name: 'Northwind Hosting',
      owner: 'Nora Lindholm',
    });
    expect(await statusOf(nora, '/orgs/00000000-0000-4000-8000-000000000000')).toBe(404);
    const customers = await list(nora, `/orgs/${master}/customers?sortBy=name`);
    expect(customers.items[0]).toMatchObject({ name: 'Fjord Web', parentId: master });
    expect((await list(nora, `/orgs/${master}/customers?recursive=true`)).total).toBe(customers.total + 3);
    expect(
      (await list(nora, `/orgs/${master}/customers?status=suspended`)).items.map((org) => org.name),
    ).toEqual(['Old Mill Antiques']);
    const members = await list(nora, `/orgs/${master}/members?role=Support`);
    expect(members.items.map((member) => member.email)).toEqual(['sam@northwind.example']);
    const sam = members.items[0]!;
    const path = `/orgs/${master}/members/${sam.id}`;
    expect(
      (await nora.call('POST', `/orgs/${master}/members`, { loginId: sam.loginId, roles: [] })).status,
    ).toBe(409);
    expect((await nora.call('PUT', path, { roles: ['SuperAdmin'] })).status).toBe(200);
    expect((await nora.call('GET', path)).json).toMatchObject({ roles: ['SuperAdmin'], siteAccesses: [] });
    expect((await nora.call('PUT', `/orgs/${master}/owner`, { memberId: sam.id })).status).toBe(200);
    expect((await nora.call('GET', `/orgs/${master}`)).json).toMatchObject({ owner: 'Sam Whitlock' });
    expect((await nora.call('DELETE', path)).status).toBe(400);
    const amir = (await list(nora, `/orgs/${master}/members`)).items.find((member) =>
      member.email.startsWith('amir'),
    );
    expect((await nora.call('DELETE', `/orgs/${master}/members/${amir?.id}`)).status).toBe(204);
    const trail = await nora.call('GET', `/v2/orgs/${master}/activities?limit=1`);
    expect(trail.json).toMatchObject({
      items: [
        {
          kind: 'removed',
          context: { actor: { type: 'login', content: { detail: { ok: { name: 'Nora Lindholm' } } } } },
        },
      ],
    });
  });

  test('access tokens: bearer with the roles it was given, until it is deleted or expires', async () => {
    const path = `/orgs/${master}/access_tokens`;
    const made = await nora.call('POST', path, { roles: ['Support'], friendlyName: 'Night desk' });
    expect(made.status).toBe(201);
    const { id, firstFive, unencryptedToken } = made.json as Record<string, string>;
    expect(unencryptedToken?.startsWith(firstFive ?? '-')).toBe(true);
    expect((await nora.call('POST', path, { roles: [], friendlyName: 'Night desk' })).status).toBe(409);
    expect((await nora.call('GET', path)).json).toHaveLength(2);
    expect((await nora.call('GET', path)).text).not.toContain(unencryptedToken);
    const desk = new Visitor(server);
    desk.bearer = unencryptedToken ?? '';
    expect((await desk.call('GET', '/login/memberships')).json).toMatchObject({
      memberships: [{ roles: ['Support'] }],
    });
    expect(await statusOf(desk, '/logins')).toBe(403);
    expect((await nora.call('PATCH', `${path}/${id}`, { roles: ['Sysadmin'] })).status).toBe(200);
    expect(await statusOf(desk, '/logins')).toBe(200);
    await nora.call('PATCH', `${path}/${id}`, { ipRestricted: true, allowedIps: ['203.0.113.1'] });
    expect(await statusOf(desk, '/logins')).toBe(401);
    expect((await nora.call('DELETE', `${path}/${id}`)).status).toBe(204);
    expect((await nora.call('DELETE', `${path}/${id}`)).status).toBe(404);
    const soon = new Date(started.clock.now() + 1000).toISOString();
    const brief = await nora.call('POST', path, { roles: ['Sysadmin'], tokenExpires: soon });
    desk.bearer = (brief.json as Record<string, string>).unencryptedToken ?? '';
    expect(await statusOf(desk, '/logins')).toBe(200);
    started.clock.advance(1001);
    expect(await statusOf(desk, '/logins')).toBe(401);
  });

  test('login policy: settings and lists', async () => {
    const base = '/settings/orchd/login-policy';
    expect((await nora.call('PUT', `${base}/settings`, { emailAutoBlockThreshold: 0 })).status).toBe(400);
    expect((await nora.call('PUT', `${base}/settings`, { emailAutoBlockThreshold: 2 })).status).toBe(204);
    expect((await nora.call('GET', `${base}/settings`)).json).toMatchObject({
      emailAutoBlockThreshold: 2,
      enabled: true,
    });
    // Nothing was ever set.
    expect((await nora.call('GET', `${base}/email-blacklist`)).status).toBe(404);
    const emailList = ['sam@northwind.example'];
    expect((await nora.call('PUT', `${base}/email-blacklist`, { emailList })).status).toBe(204);
    expect((await nora.call('GET', `${base}/email-blacklist`)).json).toEqual({ emailList });
    const sam = { email: emailList[0], password: 'paper-kite-930' };
    const guest = new Visitor(server);
    expect((await guest.call('POST', '/login/sessions', sam)).status).toBe(401);
    expect((await nora.call('DELETE', `${base}/email-blacklist`, { emailList })).status).toBe(204);
    expect((await nora.call('GET', `${base}/email-blacklist`)).status).toBe(404);
    expect((await guest.call('POST', '/login/sessions', sam)).status).toBe(200);
  });

  const pathOf = (url: unknown) => `/invites/${new URL(String(url)).pathname.split('/').at(-1)}`;

  test('an invitation makes a pending member, and is accepted once', async () => {
    const wanted = { email: 'guest@x.example', name: 'Guest', roles: ['Support'] };
    const invite = (by: Visitor, more = {}) =>
      by.call('POST', `/orgs/${master}/invites`, { ...wanted, ...more });
    const url = (await invite(nora)).json;
    expect(url).toBe(`${server.origin}/invites/${pathOf(url).split('/')[2]}?email=guest%40x.example`);
    expect(started.inbox.latest(wanted.email)?.text).toContain(url);
    const pending = (await list(nora, `/orgs/${master}/members?limit=1000`)).items.find(
      ({ email }) => email === wanted.email,
    );
    expect(pending).toMatchObject({ isActive: false, name: 'Guest', roles: ['Support'] });
    // Nobody has registered yet: in no list of logins, no sign-in, no recovery.
    expect(
      (await list(nora, `/orgs/${master}/logins?limit=1000`)).items.map(({ email }) => email),
    ).not.toContain(wanted.email);
    const guest = new Visitor(server);
    const creds = { email: wanted.email, password: '' };
    expect((await guest.call('POST', '/login/sessions', creds)).status).toBe(401);
    const mail = started.inbox.latest(wanted.email);
    await guest.call('PUT', '/login/password-recovery', { email: wanted.email });
    expect(started.inbox.latest(wanted.email)).toBe(mail);

    const again = pathOf((await invite(nora, { sendEmail: false })).json);
    expect(started.inbox.latest(wanted.email)).toBe(mail);
    expect((await guest.call('POST', `${pathOf(url)}/validate`)).json).toEqual({ isValid: false });
    expect((await guest.call('POST', `${again}/validate`)).json).toMatchObject({
      isValid: true,
      role: 'Support',
      orgName: 'Northwind Hosting',
    });
    const other = { email: 'other@x.example', password: 'long-enough' };
    expect((await guest.call('POST', again, other)).status).toBe(403);
    expect((await nora.call('POST', again)).status).toBe(403);
    const { email } = wanted;
    expect((await guest.call('POST', again, { email, password: 'long-enough' })).status).toBe(200);
    expect((await guest.call('GET', '/login')).json).toMatchObject({ email });
    expect((await guest.call('POST', again, { email })).status).toBe(404);
    expect((await guest.call('POST', `${again}/validate`)).json).toEqual({ isValid: false });
    expect((await invite(nora)).status).toBe(400);
    const sysadmin = await signedIn('tess@northwind.example');
    expect((await invite(sysadmin, { email: 'another@x.example' })).status).toBe(403);
  });

  test('somebody who has a login accepts with its password, or signed in', async () => {
    const roles = ['Support'];
    const invited = async (email: string) =>
      pathOf((await nora.call('POST', `/orgs/${master}/invites`, { email, name: 'x', roles })).json);
    const email = 'frieda@harbourbakery.example';
    const path = await invited(email);
    const guest = new Visitor(server);
    expect((await guest.call('POST', path, { email, password: 'not-hers-at-all' })).status).toBe(403);
    expect((await guest.call('POST', path, { email, password: 'early-oven-405' })).status).toBe(200);
    const ines = await signedIn('ines@harbourbakery.example');
    expect((await ines.call('POST', await invited('ines@harbourbakery.example'))).status).toBe(200);
    expect((await ines.call('GET', '/login/memberships')).json).toMatchObject({
      memberships: [{ orgName: 'Harbour Bakery' }, { orgId: master, roles }],
    });
  });

  test('the lockdown lets the master organisation’s people in from listed addresses only', async () => {
    const base = '/settings/orchd/admin-lockdown';
    for (const part of ['status', 'list']) expect(await statusOf(nora, `${base}/${part}`)).toBe(404);
    expect((await nora.call('PUT', `${base}/list`, '203.0.113.7\n198.51.100.2')).status).toBe(204);
    expect((await nora.call('GET', `${base}/list`)).json).toBe('203.0.113.7\n198.51.100.2');
    expect((await nora.call('PUT', `${base}/status`, 'on')).status).toBe(400);
    await signedIn('sam@northwind.example');
    expect((await nora.call('PUT', `${base}/status`, true)).status).toBe(204);
    expect((await nora.call('GET', `${base}/status`)).json).toBe(true);
    const sam = { email: 'sam@northwind.example', password: 'paper-kite-930' };
    expect((await new Visitor(server).call('POST', '/login/sessions', sam)).status).toBe(403);
    await signedIn('frieda@harbourbakery.example');
    await nora.call('PUT', `${base}/list`, '203.0.113.7\n127.0.0.1');
    await signedIn('sam@northwind.example');
    const frieda = await signedIn('frieda@harbourbakery.example');
    expect(await statusOf(frieda, `${base}/status`)).toBe(403);
  });

  test('an owner is taken away by a superadmin of the parent only, and becomes SuperAdmin', async () => {
    const frieda = await signedIn('frieda@harbourbakery.example');
    const harbour = await orgOf(frieda);
    const own = `/orgs/${harbour}/owner`;
    expect((await frieda.call('DELETE', own)).status).toBe(403);
    expect((await (await signedIn('tess@northwind.example')).call('DELETE', own)).status).toBe(403);
    expect((await (await signedIn('amir@northwind.example')).call('DELETE', own)).status).toBe(204);
    expect((await nora.call('GET', `/orgs/${harbour}`)).json).not.toHaveProperty('owner');
    expect((await list(nora, `/orgs/${harbour}/members?role=SuperAdmin`)).items).toMatchObject([
      { email: 'frieda@harbourbakery.example', roles: ['SuperAdmin'] },
    ]);
    expect((await nora.call('DELETE', own)).status).toBe(404);
    expect((await nora.call('DELETE', `/orgs/${master}/owner`)).status).toBe(403);
  });
});
