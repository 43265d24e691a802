import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { basic, openCyclos } from './kit.ts';

describe.each(['4.11', '4.16'] as const)('signing in to Cyclos %s', (generation) => {
  let cyclos: Awaited<ReturnType<typeof openCyclos>>;
  beforeEach(async () => {
    cyclos = await openCyclos(generation);
  });
  afterEach(() => cyclos.server.close());

  test('opens, knows and ends a session', async () => {
    const { client, server } = cyclos;
    const { status, body } = await client.login('mona', 'Member-2026');
    expect(status).toBe(200);
    expect(body.user?.display).toBe('Mona Member');
    // Each generation has only its own fields.
    expect(body.user?.shortDisplay).toBe(generation === '4.11' ? 'mona' : undefined);
    expect('trustedSession' in body).toBe(generation === '4.16');
    const token = { 'session-token': String(body.sessionToken) };
    // 4.11 has the token in Auth itself, 4.16 only in what a login answers.
    const again = (await client.call('GET', '/auth', token)).body.sessionToken;
    expect(again).toBe(generation === '4.11' ? token['session-token'] : undefined);
    expect(server.sessions().map((session) => session.person)).toEqual(['mona']);
    expect((await client.call('GET', '/auth/data-for-login', token)).status).toBe(204);
    const out = await client.call('DELETE', '/auth/session', token);
    expect([out.status, out.text]).toEqual([200, '']);
    expect(await client.call('GET', '/auth', token)).toMatchObject({
      status: 401,
      body: { code: 'loggedOut' },
    });
    expect(server.sessions()).toEqual([]);
  });

  test('takes UTF-8, principal types and channels as they are sent', async () => {
    const { client } = cyclos;
    expect((await client.login('zoë', 'Pässwört:☂')).status).toBe(200);
    expect((await client.login('mona@left-coast.example', 'Member-2026')).status).toBe(200);
    const as = (type: string) =>
      client.login('mona@left-coast.example', 'Member-2026', '', { 'principal-type': type });
    expect((await as('email')).status).toBe(200);
    expect((await as('username')).body.code).toBe('login');
    expect(await as('token')).toMatchObject({ status: 403, body: { code: 'inaccessiblePrincipal' } });
    const by = (channel: string) => client.login('mona', 'Member-2026', '', { channel });
    expect(await by('')).toMatchObject({ status: 401, body: { code: 'invalidChannelUsage' } });
    expect(await by('pigeon')).toMatchObject({ status: 403, body: { code: 'inaccessibleChannel' } });
  });

  test('splits the token between header and cookie, and erases the cookie', async () => {
    const { client } = cyclos;
    const { body, headers } = await client.login('mona', 'Member-2026', '?cookie=true');
    const cookie = headers.getSetCookie()[0]?.split(';')[0] ?? '';
    const prefix = { 'session-prefix': String(body.sessionToken) };
    expect(cookie).toMatch(/^Session-Token=.+/);
    expect((await client.call('GET', '/auth', prefix)).body.code).toBe('loggedOut');
    expect((await client.call('GET', '/auth', { ...prefix, cookie })).body.principal).toBe('mona');
    const out = await client.call('DELETE', '/auth/session?cookie=true', { ...prefix, cookie });
    expect(out.headers.getSetCookie()[0]).toMatch(/^Session-Token=;/);
    expect(cyclos.server.sessions()).toEqual([]);
  });

  test('slides, and runs out after the time that was asked for', async () => {
    const { client, clock, server } = cyclos;
    const { body } = await client.login('mona', 'Member-2026', '?timeoutInSeconds=60');
    const token = { 'session-token': String(body.sessionToken) };
    for (let use = 0; use < 3; use += 1) {
      clock.advance(50_000);
      expect((await client.call('GET', '/auth', token)).status).toBe(200);
    }
    const long = await client.login('mona', 'Member-2026', '?timeoutInSeconds=999999');
    const row = server.sessions().find((each) => each.id === long.body.sessionToken);
    expect((row?.expiresAt ?? 0) - clock.now()).toBeLessThanOrEqual(1_800_000);
    clock.advance(60_001);
    expect((await client.call('GET', '/auth', token)).body.code).toBe('loggedOut');
  });

  test('keeps networks apart and lets the global administrator into each', async () => {
    const { client } = cyclos;
    const token = await client.session('mona', 'Member-2026');
    client.base = `${client.origin}/harbour/api`;
    expect((await client.call('GET', '/auth', token)).body.code).toBe('invalidNetwork');
    expect((await client.login('helen@harbour.example', 'Harbour-2026')).status).toBe(200);
    expect((await client.login('root@global.example', 'Global-2026')).body.global).toBe(true);
    client.base = `${client.origin}/nowhere/api`;
    expect(await client.call('GET', '/auth')).toMatchObject({
      status: 401,
      body: { code: 'invalidNetwork' },
    });
  });

  test('counts wrong passwords, blocks for a while and opens again', async () => {
    const { client, clock } = cyclos;
    const wrong = () => client.login('mona', 'wrong');
    expect((await wrong()).body).toEqual({ code: 'login' });
    await wrong();
    expect((await wrong()).body).toMatchObject({ code: 'login', passwordStatus: 'temporarilyBlocked' });
    expect((await client.login('mona', 'Member-2026')).body.passwordStatus).toBe('temporarilyBlocked');
    clock.advance(600_001);
    expect((await client.login('mona', 'Member-2026')).status).toBe(200);
  });

  test.each([
    ...['blocked', 'disabled', 'pending', 'purged', 'removed'].map((s) => [
      `user-${s}`,
      { code: 'login', userStatus: s },
    ]),
    ...['disabled', 'indefinitelyBlocked', 'neverCreated', 'pending', 'temporarilyBlocked'].map((s) => [
      `password-${s.toLowerCase()}`,
      { code: 'login', passwordStatus: s },
    ]),
    ...['remoteAddressBlocked', 'unauthorizedAddress', 'unauthorizedUrl'].map((code) => [
      code.toLowerCase(),
      { code },
    ]),
  ] as [string, object][])('refuses %s', async (username, body) => {
    const answer = await cyclos.client.login(username, 'Refused-2026');
    expect(answer).toMatchObject({ status: 401, body });
  });

  test('works stateless by Basic and by an access client, which can be disconnected', async () => {
    const { client, server } = cyclos;
    const authorization = basic('mona', 'Member-2026');
    expect((await client.call('GET', '/auth', { authorization })).body.principal).toBe('mona');
    expect(server.sessions()).toEqual([]);
    const till = (name: string) => ({
      'access-client-token': server.people.find((person) => person.label.includes(name))?.apiKey ?? '',
    });
    expect((await client.call('GET', '/auth', till('Counter'))).body.accessClient).toMatchObject({
      name: 'Counter till',
    });
    const lost = generation === '4.16' ? 'blockedAccessClient' : 'invalidAccessClient';
    expect((await client.call('GET', '/auth', till('Lost'))).body.code).toBe(lost);
    const drop = (more = {}) => client.call('DELETE', '/auth/access-client', { ...till('Office'), ...more });
    expect((await drop()).body).toMatchObject({ code: 'invalidPassword' });
    expect((await drop({ confirmationpassword: 'Member-2026' })).status).toBe(200);
    expect((await drop()).body.code).toBe('invalidAccessClient');
  });

  test('demands agreements, a new password and the second factor in this order', async () => {
    const { client } = cyclos;
    const token = await client.session('emil', 'Steps-2026');
    const second = generation === '4.11' ? 'secondary-password' : 'login-confirmation';
    const look = () => client.call('GET', `/auth/session/${second}`, token);
    expect(await look()).toMatchObject({ status: 403, body: { code: 'pendingAgreements' } });
    const pending = await client.call('GET', '/agreements/pending', token);
    const ids = (pending.json as { id: string }[]).map((agreement) => agreement.id);
    const wrong = generation === '4.11' ? ids.join('&agreements=') : ids.join(',');
    await client.call('POST', `/agreements/accept?agreements=${wrong}`, token);
    expect((await look()).body.code).toBe('pendingAgreements');
    const right = generation === '4.11' ? ids.join(',') : ids.join('&agreements=');
    expect((await client.call('POST', `/agreements/accept?agreements=${right}`, token)).status).toBe(204);
    expect((await look()).body).toMatchObject({
      code: 'expiredPassword',
      passwordType: { internalName: 'login' },
    });
    const change = (body: object) => client.call('POST', '/self/passwords/login/change', token, body);
    expect((await change({ oldPassword: 'wrong', newPassword: 'Fresh-2026' })).body.code).toBe(
      'invalidPassword',
    );
    expect((await change({ oldPassword: 'Steps-2026', newPassword: 'abc' })).body).toMatchObject({
      code: 'validation',
      properties: ['newPassword'],
    });
    expect((await change({ oldPassword: 'Steps-2026', newPassword: 'Fresh-2026' })).status).toBe(204);
    expect((await look()).status).toBe(200);
    const code = generation === '4.11' ? 'illegalAction' : 'loginConfirmation';
    expect(await client.call('GET', '/self/passwords', token)).toMatchObject({ status: 403, body: { code } });
  });

  test('stops an operator whose member has agreements pending', async () => {
    const token = await cyclos.client.session('olga', 'Operator-2026');
    const { body } = await cyclos.client.call('GET', '/self/passwords', token);
    expect(body.code).toBe('operatorWithPendingAgreements');
  });

  test('lets somebody in whose password was reset, only to change it', async () => {
    const { client } = cyclos;
    const { body } = await client.login('password-reset', 'Refused-2026');
    expect(body.expiredPassword).toBe(true);
    const token = { 'session-token': String(body.sessionToken) };
    expect((await client.call('GET', '/self/passwords', token)).body).toEqual({ code: 'resetPassword' });
    const change = { newPassword: 'Fresh-2026' };
    expect((await client.call('POST', '/self/passwords/login/change', token, change)).status).toBe(204);
    expect((await client.call('GET', '/self/passwords', token)).status).toBe(200);
  });

  test('refuses a channel, and (4.16) says that something it needs is down', async () => {
    const { client } = cyclos;
    expect(await client.login('inaccessiblechannel', 'Refused-2026')).toMatchObject({
      status: 403,
      body: { code: 'inaccessibleChannel' },
    });
    const input = await client.login('mona', 'Member-2026', '?timeoutInSeconds=soon');
    if (generation === '4.11') {
      expect(input).toMatchObject({ status: 500, body: { kind: 'general' } });
      return;
    }
    expect(input).toMatchObject({ status: 422, body: { code: 'dataConversion', value: 'soon' } });
    expect((await client.login('inaccessiblenetwork', 'Refused-2026')).body.code).toBe('inaccessibleNetwork');
    const mail = await client.login('emailsending', 'Refused-2026');
    expect([mail.status, mail.json]).toEqual([405, { code: 'emailSending' }]);
    const bare = await client.login('unavailable', 'Refused-2026');
    expect([bare.status, bare.json]).toEqual([405, {}]);
  });

  test('chooses fields in the style of its document', async () => {
    const { client } = cyclos;
    const token = await client.session('mona', 'Member-2026');
    const get = async (query: string) => (await client.call('GET', `/auth?${query}`, token)).json;
    const chosen = { principal: 'mona', user: { display: 'Mona Member' } };
    const joined = await get('fields=principal,user.display');
    const repeated = await get('fields=principal&fields=user.display');
    if (generation === '4.11') {
      expect([repeated, joined]).toEqual([chosen, {}]);
      return;
    }
    expect([joined, repeated]).toEqual([chosen, { principal: 'mona' }]);
    const left = await get('fields=-user,-permissions');
    expect(left).toMatchObject({ principal: 'mona' });
    expect(left).not.toHaveProperty('permissions');
    expect(await get('fields=*user.display')).toMatchObject({ principal: 'mona', user: chosen.user });
    expect(await get('fields=user.-display')).toEqual({ user: { id: expect.any(String) } });
    const both = await client.login('mona', 'Member-2026', '?fields=user,-user');
    expect([both.status, cyclos.server.sessions().length]).toEqual([422, 1]);
  });
});
