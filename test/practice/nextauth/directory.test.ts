import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openNextAuth } from './kit.ts';

describe('the nextAuth directory', () => {
  let auth: Awaited<ReturnType<typeof openNextAuth>>;
  beforeEach(async () => {
    auth = await openNextAuth();
  });
  afterEach(() => auth.server.close());

  test('lists servers and says where the websocket is', async () => {
    const { api } = auth;
    const key = { 'x-apikey': api.person.account.values.apiKey ?? '' };
    const { json } = await api.raw('GET', '/servers/?limit=1&marker=1', undefined, key);
    expect(json).toMatchObject({ totalnumber: 2, servers: [{ serverName: 'Back office' }] });
    expect((await api.call('GET', '/')).json.wsurl).toBe(`${auth.server.origin.replace('http', 'ws')}/ws`);
    expect((await api.as('Front door: Sign-in only key').call('GET', '/')).status).toBe(403);
  });

  test('finds users in pages', async () => {
    const { api } = auth;
    const users = async (query: string) => (await api.call('GET', `/users/?${query}`)).json;
    expect(await users('search=an')).toEqual({
      users: [{ userid: 'anna', numberaccounts: 2 }],
      totalnumber: 1,
    });
    const page = await users('sort=userid:desc&limit=2&marker=1');
    expect(page).toMatchObject({
      totalnumber: 44,
      users: [{ userid: 'user-0039' }, { userid: 'user-0038' }],
    });
    expect((await users('filter=department%3Din:support,none')).totalnumber).toBe(22);
    expect((await api.call('GET', '/users/?limit=x')).status).toBe(400);
  });

  test('blocks a device, which ends its session, and opens it again', async () => {
    const { api } = auth;
    await api.scanIn();
    const block = (blocked: boolean) => api.call('PUT', `/accounts/101/?blocked=${blocked}`);
    expect((await block(true)).json).toMatchObject({ id: 101, blocked: true });
    expect((await api.status()).loggedin).toBe(false);
    expect((await api.phone('scan', { payload: await api.payload(), accountId: 101 })).json.result).toBe(
      'blocked',
    );
    expect((await block(false)).json.blocked).toBe(false);
    expect(
      (await api.as('Front door: Sign-in only key').call('PUT', '/accounts/101/?blocked=true')).status,
    ).toBe(403);
  });

  test('deletes devices and users', async () => {
    const { api } = auth;
    expect((await api.call('DELETE', '/accounts/102/')).status).toBe(200);
    expect((await api.call('GET', '/accounts/102/')).status).toBe(404);
    expect((await api.call('GET', '/users/anna/accounts')).json.totalnumber).toBe(1);
    await api.call('DELETE', '/users/anna/accounts');
    expect((await api.call('GET', '/users/anna/accounts')).json).toEqual({ accounts: [], totalnumber: 0 });
    expect((await api.call('DELETE', '/users/anna/')).status).toBe(200);
    expect((await api.call('DELETE', '/users/anna/')).status).toBe(404);
  });

  test('moves a device to another user and refuses a bad name', async () => {
    const { api } = auth;
    expect((await api.call('PUT', '/accounts/101/user?userid=ben')).json.userid).toBe('ben');
    expect((await api.call('PUT', '/accounts/101/user?userid=')).status).toBe(403);
  });

  test('keeps attributes as text', async () => {
    const { api } = auth;
    const path = '/users/anna/attributes/';
    await api.call('PUT', path, { room: 7 });
    const read = await api.call('GET', path);
    expect(read.headers.get('content-type')).toContain('text/plain');
    expect(JSON.parse(read.text)).toEqual({ department: 'support', room: 7 });
    await api.call('POST', path, { room: 8 });
    expect((await api.call('GET', path)).text).toBe('{"room":8}');
    await api.call('DELETE', path);
    expect((await api.call('GET', path)).text).toBe('{}');
  });

  test('changes what a role may do', async () => {
    const { api, server } = auth;
    const role = server.people.find((person) => person.label.includes('Root'))?.account.values.roleId ?? '';
    const root = {
      'x-su': '',
      'x-apikey': server.people.find((person) => person.label.includes('Root'))?.apiKey ?? '',
    };
    const path = `/permissions/${encodeURIComponent(role)}`;
    expect((await api.call('GET', path)).json.permissions[0].acl).toBe('sessions,users,accounts,servers');
    expect((await api.call('POST', path, ['sessions'])).status).toBe(403);
    await api.call('POST', path, ['sessions'], root);
    expect((await api.call('GET', '/users/')).status).toBe(403);
    expect((await api.raw('GET', '/apikeys/', undefined, root)).json.apikeys.length).toBe(5);
  });
});
