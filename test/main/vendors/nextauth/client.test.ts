import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type NextauthClient, nextauthClient, operations } from '../../../../main/vendors/nextauth/client.ts';
import { nextauthDirectory } from '../../../../main/vendors/nextauth/directory.ts';
import type { UserContext } from '../../../../main/vendors/nextauth/models.ts';
import type { PracticeServer } from '../../../../practice/common/server.ts';
import { startNextAuth } from '../../../../practice/nextauth/index.ts';
import type { FailureKind } from '../../../../preload/contract/failure.ts';
import { failureOf, lastSeen, newNetwork, personOf, practiceOptions } from '../practice-visit.ts';

const network = newNetwork();
let server: PracticeServer;
let serverId: string;
let apiKey: string;
const nonce = 'bm9uY2Utb2YtdGhlLXRlc3QtMTIz';

const door = () => network.open({ baseUrl: server.url, userAgent: 'Gatehouse/0 (test; one)' });
const client = () => nextauthClient(door(), { apiKey }, serverId, nonce);
const context: UserContext = { sessioninfo: { info: { machine: 'desk-12' } } };

beforeAll(async () => {
  server = await startNextAuth(practiceOptions('nextauth client'));
  const { values } = personOf(server, 'Front door: Desk key').account;
  serverId = values.serverId ?? '';
  apiKey = values.apiKey ?? '';
});
afterAll(async () => {
  network.close();
  await server.close();
});

interface Row {
  operation: (typeof operations)[number];
  call: (of: NextauthClient) => Promise<unknown>;
  /** Below /servers/<id>. */
  path: () => string;
  method: string;
  query?: Record<string, string>;
  body?: unknown;
}

const account = 103;
const table: Row[] = [
  {
    operation: 'getQrLogin',
    call: (of) => of.getQrLogin({ size: 300 }),
    method: 'GET',
    path: () => '/sessions/qr/login',
    query: { img: 'png', s: '300' },
  },
  { operation: 'getSession', call: (of) => of.getSession(), method: 'GET', path: () => '/sessions/' },
  { operation: 'logout', call: (of) => of.logout(), method: 'POST', path: () => '/sessions/logout' },
  {
    operation: 'provokeLogin',
    call: (of) => of.provokeLogin(context),
    method: 'POST',
    path: () => '/sessions/provokelogin',
    body: context,
  },
  {
    operation: 'provokeLoginOnAccount',
    call: (of) => of.provokeLoginOnAccount(account, context),
    method: 'POST',
    path: () => `/accounts/${account}/provokelogin`,
    body: context,
  },
  {
    operation: 'provokeLoginOnUser',
    call: (of) => of.provokeLoginOnUser('anna', context),
    method: 'POST',
    path: () => '/users/anna/provokelogin',
    body: context,
  },
];

test('the table has every operation once', () => {
  expect(table.map((row) => row.operation).sort()).toEqual([...operations].sort());
});

const statuses: [number, string, FailureKind][] = [
  [400, 'missing nonce', 'invalid'],
  [401, '', 'refused-credentials'],
  [403, 'no permission', 'forbidden'],
  [404, '', 'not-found'],
  [429, '', 'rate-limited'],
  [500, '', 'server-fault'],
  [503, '', 'server-fault'],
];

describe.each(table)('$operation', ({ operation, call, method, path, query, body }) => {
  test.each(statuses)('answered with %i', async (status, text, kind) => {
    server.misbehave({ operation, status, body: text, headers: { 'content-type': 'text/plain' } });
    const failure = await failureOf(call(client()));
    server.behave();
    expect(failure).toMatchObject({ kind, status });
    if (status === 403) expect(failure.missingRight).toMatch(/^sessions/);
    expect(JSON.stringify(failure)).not.toContain(apiKey);
    expect(JSON.stringify(failure)).not.toContain(nonce);
  });

  test('answered well, and sent as documented', async () => {
    await call(client());
    const seen = lastSeen(server, operation);
    // The id has `/`, `+` and `=`.
    expect(serverId).toMatch(/\/.*\+|\+.*\//);
    expect(seen.path).toBe(`/servers/${encodeURIComponent(serverId)}${path()}`);
    expect(seen).toMatchObject({ method, query: query ?? {}, status: 200 });
    expect(seen.headers).toMatchObject({ 'x-apikey': apiKey, 'x-nonce': nonce });
    expect(seen.headers).not.toHaveProperty('x-su');
    expect(seen.body ?? undefined).toEqual(body);
  });
});

test('the QR code comes as a picture and as what it says', async () => {
  const png = Buffer.from(await client().getQrLogin({ size: 200 }));
  expect(png.subarray(1, 4).toString()).toBe('PNG');
  const raw = Buffer.from(await client().getQrLogin());
  const { loginqrdata = '' } = await client().getSession();
  expect(raw.toString('base64')).toBe(loginqrdata);
});

test('a role to act as goes into its header', async () => {
  const { values } = personOf(server, 'Root key').account;
  const keys = { apiKey: values.apiKey ?? '', roleId: values.roleId ?? '' };
  await nextauthClient(door(), keys, serverId, nonce).getSession();
  expect(lastSeen(server, 'getSession').headers['x-su']).toBe(keys.roleId);
});

test('the directory lists, blocks and unblocks, and names what is missing', async () => {
  const directory = nextauthDirectory(door(), { apiKey });
  const { servers } = await directory.getServers({ limit: 10 });
  expect(servers.map((one) => one.serverName)).toEqual(['Front door', 'Back office']);
  const { users, totalnumber } = await directory.getUsers(serverId, {
    search: 'user-',
    limit: 5,
    sort: 'userid',
  });
  expect(users).toHaveLength(5);
  expect(totalnumber).toBeGreaterThan(5);
  const { accounts } = await directory.getUser(serverId, 'ben');
  const phone = accounts[0]!;
  expect((await directory.setBlocked(serverId, phone.id, true)).blocked).toBe(true);
  expect((await directory.getAccount(serverId, phone.id)).blocked).toBe(true);
  await directory.setBlocked(serverId, phone.id, false);
  const missing = await failureOf(directory.getAccount(serverId, 1));
  expect(missing).toMatchObject({ kind: 'not-found' });
  const { values } = personOf(server, 'Sign-in only').account;
  const few = nextauthDirectory(door(), { apiKey: values.apiKey ?? '' });
  expect(await failureOf(few.getUsers(serverId))).toMatchObject({ kind: 'forbidden', missingRight: 'users' });
});
