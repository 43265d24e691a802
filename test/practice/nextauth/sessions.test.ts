import { request } from 'node:http';
import jsQR from 'jsqr';
import { PNG } from 'pngjs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { NONCE, openNextAuth } from './kit.ts';

describe('a nextAuth session', () => {
  let auth: Awaited<ReturnType<typeof openNextAuth>>;
  beforeEach(async () => {
    auth = await openNextAuth();
  });
  afterEach(() => auth.server.close());

  test('logs in by a scan, and out', async () => {
    const { api, server } = auth;
    expect(api.serverId).toMatch(/[+].*[/].*=/);
    expect(await api.status()).toMatchObject({ loggedin: false, canprovoke: false });
    const scanned = await api.phone('scan', { payload: await api.payload(), accountId: 101 });
    expect(scanned.json.result).toBe('waiting');
    expect((await api.status()).loggedin).toBe(false);
    await api.phone(`approvals/${scanned.json.approvalId}/approve`);
    expect(await api.status()).toMatchObject({
      loggedin: true,
      userid: 'anna',
      accountid: 101,
      canprovoke: true,
    });
    expect(server.sessions()).toMatchObject([{ person: 'anna', state: 'active' }]);
    for (const _ of [1, 2]) {
      const out = await api.call('POST', '/sessions/logout');
      expect([out.status, out.text]).toEqual([200, '']);
    }
    expect(await api.status()).toMatchObject({ loggedin: false, canprovoke: true });
    expect(server.sessions()).toEqual([]);
  });

  test('gives the QR payload raw and as a PNG of the wanted size', async () => {
    const { api } = auth;
    const context = { sessioninfo: { ip: '203.0.113.7', info: { why: 'a test' } } };
    const raw = await api.call('GET', '/sessions/qr/login');
    expect(raw.headers.get('content-type')).toBe('application/octet-stream');
    expect(raw.text).toBe(await api.payload());
    const image = PNG.sync.read((await api.call('GET', '/sessions/qr/login?img=png&s=320')).bytes);
    expect(image.width).toBe(320);
    expect(jsQR(new Uint8ClampedArray(image.data), image.width, image.height)?.data).toBe(raw.text);
    await api.call('POST', '/users/anna/provokelogin', context);
    expect((await api.approvals())[0]?.context).toEqual(context);
  });

  test('takes what the phone is to show with the QR code, as a body on a GET', async () => {
    const { api } = auth;
    const body = JSON.stringify({ sessioninfo: { info: { why: 'hand-over' } } });
    const status = await new Promise((resolve, reject) => {
      const { apiKey = '' } = api.person.account.values;
      const path = `/servers/${encodeURIComponent(api.serverId)}/sessions/qr/login`;
      const headers = {
        'x-apikey': apiKey,
        'x-nonce': NONCE,
        'content-type': 'application/json',
        'content-length': body.length,
      };
      const sent = request(auth.server.url + path, { method: 'GET', headers }, (answer) => {
        answer.resume();
        resolve(answer.statusCode);
      });
      sent.on('error', reject).end(body);
    });
    expect(status).toBe(200);
    await api.phone('scan', { payload: await api.payload(), accountId: 101 });
    expect((await api.approvals())[0]?.context).toEqual(JSON.parse(body));
  });

  test('lets a code go stale, with one period of grace', async () => {
    const { api, clock } = auth;
    const first = await api.payload();
    clock.advance(60_000);
    const second = await api.payload();
    expect(second).not.toBe(first);
    expect((await api.phone('scan', { payload: first, accountId: 101 })).json.result).toBe('waiting');
    clock.advance(60_000);
    await api.payload();
    const stale = await api.phone('scan', { payload: first, accountId: 101 });
    expect(stale.status).toBe(410);
  });

  test('pushes to the last account, a user or a device', async () => {
    const { api } = auth;
    expect((await api.call('POST', '/sessions/provokelogin')).status).toBe(200);
    expect(await api.approvals()).toEqual([]);
    await api.call('POST', '/users/anna/provokelogin');
    expect((await api.approvals()).map((each) => each.accountId)).toEqual([101, 102]);
    const [first] = await api.approvals();
    await api.phone(`approvals/${first?.id}/approve`);
    expect(await api.approvals()).toEqual([]);
    await api.call('POST', '/sessions/logout');
    await api.call('POST', '/sessions/provokelogin');
    expect((await api.approvals()).map((each) => [each.kind, each.accountId])).toEqual([['push', 101]]);
    await api.phone(`approvals/${(await api.approvals())[0]?.id}/refuse`);
    expect((await api.status()).loggedin).toBe(false);
    await api.call('POST', '/accounts/102/provokelogin');
    expect((await api.approvals()).map((each) => each.accountId)).toEqual([102]);
    // Dora's device is blocked: the call says 200, nothing arrives.
    expect((await api.call('POST', '/users/dora/provokelogin')).status).toBe(200);
    expect((await api.approvals()).length).toBe(1);
  });

  test('ends by itself when the phone misses its ping', async () => {
    const { api, clock } = auth;
    await api.scanIn();
    clock.advance(600_000);
    expect((await api.status()).loggedin).toBe(true);
    await api.phone('devices/101', { online: false });
    clock.advance(119_000);
    expect((await api.status()).loggedin).toBe(true);
    clock.advance(2_000);
    await expect.poll(async () => (await api.status()).loggedin).toBe(false);
  });

  test('refuses calls without key, right, server or nonce, in plain text', async () => {
    const { api } = auth;
    const get = (headers: Record<string, string>) => api.call('GET', '/sessions/', undefined, headers);
    expect((await get({ 'x-apikey': '' })).status).toBe(401);
    expect((await get({ 'x-apikey': 'wrong' })).status).toBe(403);
    expect((await get({ 'x-nonce': '' })).status).toBe(400);
    expect((await get({ 'x-nonce': 'short' })).status).toBe(400);
    const { apiKey = '' } = api.person.account.values;
    const unknown = await api.raw('GET', '/servers/AAAA/sessions/', undefined, { 'x-apikey': apiKey });
    expect([unknown.status, unknown.headers.get('content-type')]).toEqual([404, 'text/plain; charset=utf-8']);
    expect((await api.call('POST', '/users/nobody-there/provokelogin')).status).toBe(404);
    expect((await api.call('POST', '/accounts/9999/provokelogin')).status).toBe(404);
    expect((await api.call('GET', '/sessions')).status).toBe(404);
    expect((await api.as('Front door: Key of another server').call('GET', '/sessions/')).status).toBe(403);
    expect((await api.as('Front door: Key without rights').call('GET', '/sessions/')).status).toBe(403);
  });

  test('acts for another role only with the global right', async () => {
    const { api } = auth;
    const role =
      auth.server.people.find((person) => person.label.includes('Root'))?.account.values.roleId ?? '';
    expect((await api.call('GET', '/sessions/', undefined, { 'x-su': role })).status).toBe(403);
    api.as('Front door: Root key acting as the desk');
    expect((await api.call('GET', '/sessions/')).status).toBe(200);
    expect((await api.call('GET', '/sessions/', undefined, { 'x-su': 'AAAA' })).status).toBe(404);
  });

  test('confirms transactions', async () => {
    const { api } = auth;
    const create = () =>
      api.call('POST', '/sessions/transactions', { amount: '12.50', benificiary: 'Mill Lane' });
    expect((await create()).status).toBe(403);
    await api.scanIn();
    const { tid } = (await create()).json;
    const path = `/transactions/${encodeURIComponent(tid)}`;
    expect((await api.call('GET', path)).json).toEqual({ tstatus: '0' });
    await api.phone(`transactions/${encodeURIComponent(tid)}/decline`);
    expect((await api.call('GET', path)).json).toEqual({ tstatus: '2' });
  });

  test('enrols a new device', async () => {
    const { api } = auth;
    const register = () => api.call('POST', '/sessions/registeruser?userid=newcomer');
    // It is for the account that is logged in.
    expect((await register()).status).toBe(403);
    const code = await api.call('GET', '/sessions/qr/enrol?name=New%20phone');
    const { accountId } = (await api.phone('scan', { payload: code.text })).json;
    const nameless = await api.status();
    expect(nameless).toMatchObject({ loggedin: true, accountid: accountId });
    expect(nameless.userid).toBeUndefined();
    expect((await register()).status).toBe(200);
    expect(await api.status()).toMatchObject({ userid: 'newcomer' });
    expect((await api.phone('scan', { payload: code.text })).status).toBe(410);
  });

  test('enrols under the name that the code was asked for with; a logout takes the code back', async () => {
    const { api } = auth;
    const enrol = () => api.call('GET', '/sessions/qr/enrol?name=Anna&userid=anna');
    const dead = await enrol();
    await api.call('POST', '/sessions/logout');
    expect((await api.phone('scan', { payload: dead.text })).status).toBe(410);
    await api.phone('scan', { payload: (await enrol()).text });
    expect(await api.status()).toMatchObject({ loggedin: true, userid: 'anna' });
  });

  test('shows a phone page', async () => {
    const page = await auth.api.raw('GET', '/phone');
    expect(auth.server.phoneUrl).toBe(`${auth.server.origin}/phone`);
    expect(page.text).toContain('<h1>Practice phone</h1>');
  });
});
