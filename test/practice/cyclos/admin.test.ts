import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openCyclos } from './kit.ts';

type Rows = {
  id: string;
  name: string;
  sessionToken: string;
  currentSession: boolean;
  user: { display: string };
}[];

describe.each(['4.11', '4.16'] as const)('the Cyclos %s desk', (generation) => {
  let cyclos: Awaited<ReturnType<typeof openCyclos>>;
  let alice: Record<string, string>;
  beforeEach(async () => {
    cyclos = await openCyclos(generation);
    alice = await cyclos.client.session('alice');
  });
  afterEach(() => cyclos.server.close());
  const get = (path: string, as = alice) => cyclos.client.call('GET', path, as);
  const post = (path: string, body?: unknown, as = alice) => cyclos.client.call('POST', path, as, body);

  test('searches people in pages', async () => {
    const first = await get('/users?page=0&pageSize=10&roles=member');
    expect((first.json as Rows).length).toBe(10);
    const total = Number(first.headers.get('x-total-count'));
    expect(total).toBeGreaterThan(40);
    expect(first.headers.get('x-has-next-page')).toBe('true');
    const last = await get(
      `/users?page=${Math.ceil(total / 10) - 1}&pageSize=10&roles=member&skipTotalCount=true`,
    );
    expect(last.headers.get('x-has-next-page')).toBe('false');
    // 4.11 knows no way to do without it.
    const counted = generation === '4.11' ? String(total) : null;
    expect(last.headers.get('x-total-count')).toBe(counted);
    expect((await get('/users?page=x')).body).toEqual({ code: 'dataConversion', value: 'x' });
  });

  test('tells of people what is asked for, and of groups where they are', async () => {
    const [row] = (await get('/users?keywords=mona%20member')).json as object[];
    expect(row).toMatchObject({ username: 'mona', email: 'mona@left-coast.example' });
    // With profile fields in the row, the person's display would say the same twice.
    for (const name of ['display', 'shortDisplay', 'group']) expect(row).not.toHaveProperty(name);
    const [grouped] = (await get('/users?keywords=mona%20member&includeGroup=true')).json as object[];
    expect(grouped).toMatchObject({ group: { internalName: 'members' } });
    const short = (await get('/users?keywords=mona%20member&ignoreProfileFieldsInList=true')).json;
    const display = { display: 'Mona Member', ...(generation === '4.11' ? { shortDisplay: 'mona' } : {}) };
    expect(short).toEqual([{ id: expect.any(String), ...display }]);
    const { body } = await get('/users/data-for-search');
    expect(body.groups).toMatchObject([
      { kind: 'adminGroup' },
      { kind: 'brokerGroup' },
      { internalName: 'members' },
      { internalName: 'businesses' },
    ]);
    expect((await get('/users?groups=brokers')).json).toMatchObject([{ username: 'bruno' }]);
    expect(await get('/users?groups=nobodies')).toMatchObject({ status: 404, body: { entityType: 'Group' } });
  });

  test('reads a list in the style of its document only', async () => {
    const count = async (query: string) => {
      const answer = await get(`/users?${query}`);
      return answer.status === 200 ? Number(answer.headers.get('x-total-count')) : answer.body;
    };
    const blocked = await count('statuses=blocked');
    const pending = await count('statuses=pending');
    const both = Number(blocked) + Number(pending);
    expect(await count('')).toBe(Number(await count('statuses=active')) + Number(blocked));
    const joined = await count('statuses=blocked,pending');
    const repeated = await count('statuses=blocked&statuses=pending');
    if (generation === '4.11') expect([joined, repeated]).toEqual([both, blocked]);
    else expect([joined, repeated]).toEqual([{ code: 'dataConversion', value: 'blocked,pending' }, both]);
  });

  test('shows people by id and by name, to those who may', async () => {
    const mona = (await get('/users/mona')).body as unknown as Rows[number];
    expect((await get(`/users/${mona.id}`)).json).toMatchObject({ id: mona.id, display: 'Mona Member' });
    if (generation === '4.16')
      expect((await get('/users/mona/locate')).json).toEqual({ id: mona.id, display: 'Mona Member' });
    expect(await get('/users/nobody-there')).toMatchObject({ status: 404, body: { entityType: 'User' } });
    const bruno = await cyclos.client.session('bruno');
    expect((await get('/users/mona', bruno)).status).toBe(404);
    const felix = await cyclos.client.session('felix');
    expect((await get('/users/mona', felix)).status).toBe(200);
    expect((await get('/mona/passwords', felix)).body.code).toBe('permissionDenied');
    const member = await cyclos.client.session('mona', 'Member-2026');
    expect((await get('/users', member)).body.code).toBe('permissionDenied');
    expect((await get('/self/passwords', member)).status).toBe(200);
  });

  test('unblocks, disables, enables and sends passwords', async () => {
    const path = '/password-indefinitelyblocked/passwords/login';
    const login = (password = 'Refused-2026') =>
      cyclos.client.login('password-indefinitelyblocked', password);
    const status = async () =>
      ((await get('/password-indefinitelyblocked/passwords')).json as { status: string }[])[0]?.status;
    expect(await status()).toBe('indefinitelyBlocked');
    expect((await post(`${path}/unblock`)).status).toBe(204);
    expect((await login()).status).toBe(200);
    expect((await post(`${path}/unblock`)).body.code).toBe('illegalAction');
    await post(`${path}/disable`);
    expect((await login()).body.passwordStatus).toBe('disabled');
    expect((await post(`${path}/enable`)).status).toBe(204);
    expect((await post(`${path}/reset-and-send?sendMediums=email`)).status).toBe(204);
    const sent = cyclos.inbox.latest('password-indefinitelyblocked@left-coast.example')?.code ?? '';
    expect((await login(sent)).body.expiredPassword).toBe(true);
    expect((await post(`${path}/change`, { newPassword: 'By-the-desk-1', forceChange: false })).status).toBe(
      204,
    );
    expect((await login('By-the-desk-1')).body.expiredPassword).toBe(false);
    const data = (await get('/password-indefinitelyblocked/passwords/list-data')).body;
    expect(data).toMatchObject({
      ...(generation === '4.16' ? { sendMediums: ['email'] } : {}),
      passwords: [{ permissions: { change: true, resetAndSend: true, generate: false } }],
    });
    expect((await get(path)).body).toEqual((data.passwords as unknown[])[0]);
  });

  test('signs a member in for a hand-over', async () => {
    const { status, body } = await post('/sessions', {
      user: 'mona',
      channel: 'main',
      remoteAddress: '203.0.113.9',
    });
    expect(status).toBe(200);
    expect(body).toMatchObject({ user: { display: 'Mona Member' }, group: { internalName: 'members' } });
    const console = async (query: string, headers: Record<string, string> = {}) =>
      (await fetch(`${cyclos.client.origin}/left-coast${query}`, { headers })).text();
    expect(await console(`?sessionToken=${body.sessionToken}`)).toContain('Signed in as Mona Member');
    const own = await console('', alice);
    for (const text of ['Signed in as Alice Arden', 'Administrators', 'Main web access'])
      expect(own).toContain(text);
    expect(await console('', { 'session-token': 'unknown' })).toContain('Nobody is signed in');
    expect((await post('/sessions', { user: 'mona' }, await cyclos.client.session('felix'))).status).toBe(
      403,
    );
  });

  test('disconnects an access client', async () => {
    const token = cyclos.server.people.find((person) => person.label.includes('Counter'))?.apiKey ?? '';
    const { body } = await get(`/clients/${token}`);
    expect(body).toMatchObject({ status: 'active', canUnassign: true });
    expect(body.user?.display).toBe(generation === '4.16' ? 'Mona Member' : undefined);
    const types = async () => (await get('/mona/client-types')).json;
    expect(await types()).toMatchObject([{ internalName: 'till', hasUnassigned: false }]);
    expect((await post(`/clients/${token}/unassign`)).status).toBe(204);
    expect(await types()).toMatchObject([{ hasUnassigned: true }]);
    expect((await post(`/clients/${token}/unassign`)).body.code).toBe('illegalAction');
    const own = await get('/auth', { 'access-client-token': token });
    expect(own).toMatchObject({ status: 401, body: { code: 'invalidAccessClient' } });
  });

  test.runIf(generation === '4.11')('does not have what came later', async () => {
    const later = [
      ['GET', '/sessions'],
      ['DELETE', '/sessions/abc'],
      ['DELETE', '/mona/sessions'],
      ['GET', '/mona/status'],
      ['GET', '/users/mona/locate'],
      ['GET', '/mona/agreements'],
      ['GET', '/agreements/terms/content'],
      ['DELETE', '/mona/security-answer'],
      ['POST', '/device-confirmations'],
      ['POST', '/identity-providers/harbourid/login'],
      ['GET', '/alerts/user'],
      ['GET', '/mona/totp-secret'],
      ['GET', '/mona/devices'],
      ['GET', '/auth/session'],
      ['PUT', '/auth/session'],
      ['GET', '/auth/session/login-confirmation'],
      ['POST', '/auth/session/replace/abc'],
    ] as const;
    for (const [method, path] of later) {
      const { status, text } = await cyclos.client.call(method, path, alice);
      expect([path, status, text]).toEqual([path, 404, '']);
    }
  });

  describe.runIf(generation === '4.16')('of sessions and status', () => {
    test('lists sessions and ends one or all of a person', async () => {
      const rows = (await get('/sessions?pageSize=100')).json as Rows;
      expect(rows.filter((row) => row.currentSession).map((row) => row.user.display)).toEqual([
        'Alice Arden',
      ]);
      const others = (await get('/sessions?user=alice&excludeCurrentSession=true')).json as Rows;
      expect(others.length).toBe(2);
      expect((await cyclos.client.call('DELETE', `/sessions/${others[0]?.sessionToken}`, alice)).status).toBe(
        204,
      );
      expect((await cyclos.client.call('DELETE', `/sessions/${others[0]?.sessionToken}`, alice)).status).toBe(
        404,
      );
      const ended = await cyclos.client.call('DELETE', '/mona/sessions', alice);
      expect([ended.text, ended.headers.get('content-type')]).toEqual(['1', 'text/plain; charset=utf-8']);
      expect((await get('/sessions', await cyclos.client.session('felix'))).body.code).toBe(
        'permissionDenied',
      );
    });

    test('tells of the session itself and replaces its token', async () => {
      const { body } = await get('/auth/session');
      expect(body).toMatchObject({ expirationInterval: { amount: 1800, field: 'seconds' }, source: 'login' });
      expect((await cyclos.client.call('PUT', '/auth/session', alice, { source: 'device' })).status).toBe(
        403,
      );
      const fresh = await cyclos.client.call('POST', `/auth/session/replace/${alice['session-token']}`);
      expect((await get('/auth')).body.code).toBe('loggedOut');
      expect((await get('/auth', { 'session-token': fresh.text })).body.principal).toBe('alice');
    });

    test('changes a status, which ends the sessions', async () => {
      const mona = await cyclos.client.session('mona', 'Member-2026');
      expect((await get('/mona/status')).body.possibleNewStatuses).toContain('blocked');
      expect((await post('/mona/status', { status: 'purged' })).body.code).toBe('illegalAction');
      expect((await post('/mona/status', { status: 'blocked', comment: 'asked by phone' })).status).toBe(204);
      expect((await get('/auth', mona)).body.code).toBe('loggedOut');
      expect((await get('/mona/status')).body).toMatchObject({
        status: 'blocked',
        history: [{ comment: 'asked by phone' }, {}],
      });
    });

    test('removes an authenticator and a device with a confirmation', async () => {
      const drop = (path: string, confirmationpassword: string) =>
        cyclos.client.call('DELETE', path, { ...alice, confirmationpassword });
      expect((await drop('/tara/totp-secret', 'wrong')).body.code).toBe('invalidPassword');
      expect((await drop('/tara/totp-secret', 'Coast-2026')).status).toBe(204);
      const [device] = (await get('/tara/devices')).json as Rows;
      expect((await drop(`/devices/${device?.id}`, 'Coast-2026')).status).toBe(204);
      expect((await get('/tara/devices')).json).toEqual([]);
    });
  });
});
