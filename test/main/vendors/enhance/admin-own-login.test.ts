import { Secret, TOTP, URI } from 'otpauth';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { enhance } from '../../../../main/vendors/enhance/index.ts';
import { failureOf, promptOf } from '../practice-context.ts';
import { type Agent, openPanel, type Panel } from './admin-harness.ts';

let panel: Panel;
beforeEach(async () => {
  panel = await openPanel();
});
afterEach(() => panel.close());

const actionIds = async (agent: Agent) => (await agent.ownLogin()).actions.map(({ id }) => id);
const factOf = async (agent: Agent, name: string) =>
  (await agent.ownLogin()).facts.find(({ label }) => label === name)?.value;
const codeOf = (otpUrl: string) => {
  const read = URI.parse(otpUrl);
  if (!(read instanceof TOTP)) throw new Error('This is no TOTP link.');
  return read.generate();
};

describe('the page', () => {
  test('says who, where and how, and lists access tokens where the roles allow it', async () => {
    const nora = await panel.signIn('Nora Lindholm');
    const page = await nora.ownLogin();
    expect(page).toMatchObject({ name: 'Nora Lindholm', email: 'nora@northwind.example' });
    expect(page.facts.map(({ label }) => label)).toEqual([
      ...['Name', 'E-mail', 'Signs in with', 'Language', 'Password changed', 'Registered', 'Picture'],
    ]);
    expect(page.tables.map(({ title }) => title)).toEqual([
      'Organisations and roles',
      'Access tokens of Northwind Hosting',
    ]);
    expect(page.tables[0]!.rows[0]!.cells.organisation).toBe('Northwind Hosting (master organisation)');
    expect(page.tables[1]!.rows[0]!.cells).toMatchObject({ name: 'Support desk', expires: 'never' });
    const sam = await panel.signIn('Sam Whitlock');
    expect((await sam.ownLogin()).tables).toHaveLength(1);
    panel.server.misbehave({ operation: 'getAccessTokens', status: 403 });
    const partly = await nora.ownLogin();
    expect(partly.tables[1]!.failed).toContain('Needed: Owner, SuperAdmin or Sysadmin');
  });

  test('a token that is deleted is refused from then on', async () => {
    const token = await panel.signIn('Support desk token');
    const shown = await token.ownLogin();
    expect(shown.actions.filter(({ missingRight }) => !missingRight).map(({ id }) => id)).toEqual([
      'new-token',
    ]);
    expect((await failureOf(token.own('change-name', { name: 'Nobody' }))).kind).toBe('forbidden');
    expect(panel.seen('updateLoginInfo')).toHaveLength(0);
    const nora = await panel.signIn('Nora Lindholm');
    const row = (await nora.ownLogin()).tables[1]!.rows[0]!;
    const frieda = await panel.signIn('Frieda Holm');
    expect((await failureOf(frieda.own('revoke-token', { target: row.id }))).kind).toBe('forbidden');
    await nora.own('revoke-token', { target: row.id });
    expect((await failureOf(token.ownLogin())).kind).toBe('expired');
    expect((await nora.ownLogin()).tables[1]!.rows).toEqual([]);
  });
});

describe('an access token that is changed', () => {
  const values = { name: 'Night desk', roles: 'Support,Business', from: '203.0.113.7, 203.0.113.8' };
  const token = async (agent: Agent) => (await agent.ownLogin()).tables[1]!.rows[0]!;

  test('has the name, roles and addresses that were asked for, and keeps the rest', async () => {
    const nora = await panel.signIn('Nora Lindholm');
    const row = await token(nora);
    const form = row.actions.find(({ id }) => id === 'change-token')!;
    expect(form.fields.map(({ name, initial }) => [name, initial])).toEqual([
      ['name', 'Support desk'],
      ['roles', 'SuperAdmin'],
      ['from', ''],
    ]);
    const done = await nora.own('change-token', { ...values, target: row.id });
    expect(done.message).toBe('The access token “Night desk” is changed.');
    expect(panel.lastSeen('updateAccessToken').body).toEqual({
      friendlyName: 'Night desk',
      roles: ['Support', 'Business'],
      allowedIps: ['203.0.113.7', '203.0.113.8'],
      ipRestricted: true,
    });
    expect((await token(nora)).cells).toMatchObject({
      name: 'Night desk',
      roles: 'Support, Business',
      from: '203.0.113.7, 203.0.113.8',
      expires: 'never',
    });
    await nora.own('change-token', { ...values, from: '', target: row.id });
    expect(panel.lastSeen('updateAccessToken').body).toMatchObject({ allowedIps: [], ipRestricted: false });
    expect((await token(nora)).cells.from).toBe('anywhere');
  });

  test('is read back: what the panel says of it then is told', async () => {
    const nora = await panel.signIn('Nora Lindholm');
    const { id: target } = await token(nora);
    panel.server.misbehave({ operation: 'updateAccessToken', status: 200, times: 1 });
    expect((await nora.own('change-token', { ...values, target })).message).toBe(
      'The panel took the change, but says otherwise of the token now: its name is “Support desk”; its roles are SuperAdmin; it may be good from anywhere.',
    );
    panel.server.misbehave({ operation: 'getAccessTokens', status: 403, times: 1 });
    expect((await nora.own('change-token', { ...values, target })).message).toContain('not certain');
  });

  test('wants a name and a role; a panel that is too old says so', async () => {
    const nora = await panel.signIn('Nora Lindholm');
    const { id: target } = await token(nora);
    for (const name of ['name', 'roles']) {
      const failure = await failureOf(nora.own('change-token', { ...values, [name]: ' ', target }));
      expect(Object.keys(failure.fields ?? {})).toEqual([name]);
    }
    expect(panel.seen('updateAccessToken')).toHaveLength(0);
    panel.server.misbehave({ operation: 'updateAccessToken', status: 404, times: 1 });
    expect((await failureOf(nora.own('change-token', { ...values, target }))).message).toContain('12.21');
    const frieda = await panel.signIn('Frieda Holm');
    expect((await failureOf(frieda.own('change-token', { ...values, target }))).kind).toBe('forbidden');
  });
});

describe('a new access token', () => {
  const values = {
    name: 'Backup',
    roles: 'Support, SiteAccess',
    life: '90',
    from: '203.0.113.7, 203.0.113.8',
  };
  const offered = async (agent: Agent) =>
    (await agent.ownLogin()).actions.find(({ id }) => id === 'new-token')!;

  test('is made as asked, is told to main alone, and works', async () => {
    const nora = await panel.signIn('Nora Lindholm');
    const action = await offered(nora);
    expect(action.missingRight).toBeUndefined();
    const [organisation] = action.fields[0]!.options!;
    expect(organisation!.label).toBe('Northwind Hosting');
    const from = Date.now();
    const { copy, ...done } = await nora.own('new-token', { ...values, organisation: organisation!.value });
    expect(JSON.stringify(done)).not.toContain(copy!);
    const body = panel.lastSeen('createAccessToken').body as { tokenExpires: string };
    expect(body).toMatchObject({
      friendlyName: 'Backup',
      roles: ['Support', 'SiteAccess'],
      allowedIps: ['203.0.113.7', '203.0.113.8'],
      ipRestricted: true,
    });
    const days = (Date.parse(body.tokenExpires) - from) / (24 * 3600_000);
    expect(days).toBeGreaterThanOrEqual(90);
    expect(days).toBeLessThan(90.1);
    const row = (await nora.ownLogin()).tables[1]!.rows.find(({ cells }) => cells.name === 'Backup');
    expect(row!.cells).toMatchObject({
      begins: `${copy!.slice(0, 5)}…`,
      roles: 'Support, SiteAccess',
      from: '203.0.113.7, 203.0.113.8',
    });
    const free = { ...values, organisation: organisation!.value, name: 'Free', life: 'never', from: ' ' };
    const { copy: other } = await nora.own('new-token', { ...free, roles: 'SuperAdmin' });
    expect(panel.lastSeen('createAccessToken').body).toEqual({ friendlyName: 'Free', roles: ['SuperAdmin'] });
    // A token of enough rights makes tokens, too.
    const token = await panel.signIn('Support desk token', { token: other! });
    expect((await token.own('new-token', { ...free, name: 'By a token' })).copy).toMatch(/^\S{20,}$/);
  });

  test('that an older panel does not restrict is told as one that may be good from anywhere', async () => {
    const nora = await panel.signIn('Nora Lindholm');
    const organisation = (await offered(nora)).fields[0]!.options![0]!.value;
    // As 12.3.0 has it, which knows no restriction.
    const made = { id: 'token-1', firstFive: 'abcde', unencryptedToken: 'abcdefgh' };
    const row = { id: 'token-1', firstFive: 'abcde', roles: ['Support'], friendlyName: 'Backup' };
    panel.server.misbehave({ operation: 'createAccessToken', status: 201, body: made, times: 1 });
    panel.server.misbehave({ operation: 'getAccessTokens', status: 200, body: [row], times: 1 });
    const { message } = await nora.own('new-token', { ...values, organisation });
    expect(message).toContain('may be good from anywhere');
    const restricted = await nora.own('new-token', { ...values, organisation, name: 'Other' });
    expect(restricted.message).not.toContain('anywhere');
  });

  test('wants a name that is free, a role and the right', async () => {
    const nora = await panel.signIn('Nora Lindholm');
    const organisation = (await offered(nora)).fields[0]!.options![0]!.value;
    const good = { ...values, organisation };
    for (const name of ['name', 'roles', 'organisation']) {
      const failure = await failureOf(nora.own('new-token', { ...good, [name]: ' ' }));
      expect(Object.keys(failure.fields ?? {})).toEqual([name]);
    }
    expect(panel.seen('createAccessToken')).toHaveLength(0);
    const taken = await failureOf(nora.own('new-token', { ...good, name: 'Support desk' }));
    expect(taken).toMatchObject({ kind: 'conflict', message: expect.stringContaining('of this name') });
    const sam = await panel.signIn('Sam Whitlock');
    expect((await offered(sam)).missingRight).toBe('Owner, SuperAdmin or Sysadmin in an organisation');
    expect(await failureOf(sam.own('new-token', good))).toMatchObject({ kind: 'forbidden' });
  });

  test('whose answer is lost may be there all the same, which is said', async () => {
    const nora = await panel.signIn('Nora Lindholm');
    const organisation = (await offered(nora)).fields[0]!.options![0]!.value;
    panel.server.misbehave({ operation: 'createAccessToken', reset: 'after', times: 1 });
    const lost = await failureOf(nora.own('new-token', { ...values, organisation }));
    expect(lost).toMatchObject({ kind: 'network', advice: expect.stringContaining('delete it there') });
    const { rows } = (await nora.ownLogin()).tables[1]!;
    expect(rows.map(({ cells }) => cells.name)).toContain('Backup');
    expect(panel.seen('createAccessToken')).toHaveLength(1);
  });
});

describe('plain changes', () => {
  test('name and language', async () => {
    const ines = await panel.signIn('Ines Duarte');
    expect((await ines.own('change-name', { name: '  Inês Duarte ' })).message).toContain('Inês Duarte');
    // One of the panel's 234; `fil` is not.
    expect((await ines.own('change-language', { locale: 'tl' })).message).toContain('tl.');
    expect((await ines.own('change-language', { locale: 'de_de' })).message).toContain('de-DE');
    expect(await ines.ownLogin()).toMatchObject({ name: 'Inês Duarte' });
    expect(await factOf(ines, 'Language')).toBe('de-DE');
    expect((await failureOf(ines.own('change-name', { name: ' ' }))).fields).toHaveProperty('name');
    expect((await failureOf(ines.own('change-language', { locale: 'not a one' }))).fields).toHaveProperty(
      'locale',
    );
  });

  test('e-mail and password want the current password', async () => {
    const ines = await panel.signIn('Ines Duarte');
    const { password = '' } = panel.person('Ines Duarte');
    const wrong = { email: 'ines@elsewhere.example', current: 'canary-wrong' };
    const refused = await failureOf(ines.own('change-email', wrong));
    expect(refused).toMatchObject({ kind: 'invalid', fields: { current: expect.any(String) } });
    expect(JSON.stringify(refused)).not.toContain('canary');
    await ines.own('change-email', { email: 'ines@elsewhere.example', current: password });
    expect(await factOf(ines, 'E-mail')).toBe('ines@elsewhere.example');
    const change = { current: password, password: 'canary-next' };
    expect((await failureOf(ines.own('change-password', { ...change, current: 'x' }))).fields).toHaveProperty(
      'current',
    );
    await ines.own('change-password', change);
    await panel.signIn('Ines Duarte', { email: 'ines@elsewhere.example', password: 'canary-next' });
  });

  test('a picture: type and size are looked at before anything is sent', async () => {
    const ines = await panel.signIn('Ines Duarte');
    const png = new Uint8Array(200 * 1024);
    png.set([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
    const tooBig = new Uint8Array([...png, 0]);
    const text = new TextEncoder().encode('<svg onload="alert(1)"/>');
    for (const image of [null, new Uint8Array(), tooBig, text]) {
      expect((await failureOf(ines.own('set-avatar', {}, image))).fields).toHaveProperty('image');
    }
    expect(panel.seen('setLoginAvatar')).toHaveLength(0);
    expect(await actionIds(ines)).not.toContain('delete-avatar');
    for (const beginning of [[0xff, 0xd8, 0xff], [0, 0, 1, 0], [...png.subarray(0, 8)]]) {
      const image = new Uint8Array(300);
      image.set(beginning);
      await ines.own('set-avatar', {}, image);
    }
    await ines.own('set-avatar', {}, png);
    expect(await factOf(ines, 'Picture')).toBe('set');
    expect(await actionIds(ines)).toContain('delete-avatar');
    await ines.own('delete-avatar');
    expect(await factOf(ines, 'Picture')).toBe('none');
  });
});

describe('the second step', () => {
  test('on by e-mail, off again, on by authenticator: each with its PIN', async () => {
    const ines = await panel.signIn('Ines Duarte');
    const { identity } = panel.person('Ines Duarte');
    expect(await actionIds(ines)).toEqual(expect.arrayContaining(['mfa-email', 'mfa-otp']));

    const begun = await ines.own('mfa-email');
    expect(begun.next).toMatchObject({
      id: 'mfa-pin-email',
      effect: expect.stringContaining('ends this session'),
    });
    expect(await factOf(ines, 'Signs in with')).toBe('password only');
    expect((await failureOf(ines.own(begun.next!.id, { pin: '' }))).fields).toHaveProperty('pin');
    const code = panel.inbox.latest(identity)!.code!;
    const done = await ines.own(begun.next!.id, { pin: `${code.slice(0, 3)} ${code.slice(3)}` });
    expect(done.message).toBe('Done: you now sign in with password and e-mail PIN.');
    expect(promptOf(await enhance.begin(panel.contextAs('Ines Duarte'), null, {})).ask.kind).toBe('code');

    expect(await actionIds(ines)).not.toContain('mfa-otp');
    expect(await factOf(ines, 'Second step')).toContain('turn this one off first');
    const straight = await failureOf(ines.own('mfa-otp'));
    expect(straight).toMatchObject({ kind: 'conflict', advice: expect.stringContaining('off first') });
    expect((await ines.own('mfa-email')).message).toContain('already');

    const off = await ines.own('mfa-off');
    await ines.own(off.next!.id, { pin: panel.inbox.latest(identity)!.code! });
    expect(await factOf(ines, 'Signs in with')).toBe('password only');

    const scan = await ines.own('mfa-otp');
    expect(scan.qr).toMatch(/^otpauth:\/\/totp\//);
    expect(scan.message).not.toContain('otpauth');
    await ines.own(scan.next!.id, { pin: codeOf(scan.qr!) });
    expect(await factOf(ines, 'Signs in with')).toBe('password and authenticator app');
  });

  test('an authenticator goes off with its own PIN', async () => {
    const tess = await panel.signIn('Tess Okafor');
    const off = await tess.own('mfa-off');
    expect(off.next!.id).toBe('mfa-pin-otp');
    const secret = Secret.fromBase32(panel.person('Tess Okafor').totpSecret!);
    await tess.own(off.next!.id, { pin: new TOTP({ secret }).generate() });
    expect(await factOf(tess, 'Signs in with')).toBe('password only');
  });

  test('a wrong PIN ends the session, and is told as that', async () => {
    const ines = await panel.signIn('Ines Duarte');
    const begun = await ines.own('mfa-email');
    const refused = await failureOf(ines.own(begun.next!.id, { pin: 'wrong' }));
    expect(refused).toMatchObject({
      kind: 'expired',
      message: expect.stringContaining('ended this session'),
    });
    expect(await enhance.check(ines.context(), ines.session.secret)).toMatchObject({ alive: false });
    const again = await panel.signIn('Ines Duarte');
    expect(await factOf(again, 'Signs in with')).toBe('password only');
  });

  test('a panel that asks for no PIN is believed', async () => {
    const ines = await panel.signIn('Ines Duarte');
    panel.server.misbehave({
      operation: 'updateLoginInfo',
      status: 200,
      body: {},
      headers: { 'content-type': 'application/json' },
    });
    expect((await ines.own('mfa-email')).next?.id).toBe('mfa-pin-email');
  });
});
