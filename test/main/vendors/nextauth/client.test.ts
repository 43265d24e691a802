import { afterAll, beforeAll, expect, test } from 'vitest';
import { nextauthDirectory } from '../../../../main/vendors/nextauth/api/directory.ts';
import { nextauthSession } from '../../../../main/vendors/nextauth/api/sessions.ts';
import type { PracticeServer } from '../../../../practice/common/server.ts';
import { startNextAuth } from '../../../../practice/nextauth/index.ts';
import { failureOf, lastSeen, newNetwork, personOf, practiceOptions } from '../practice-context.ts';

const network = newNetwork();
let server: PracticeServer;
let serverId: string;
let apiKey: string;
const nonce = 'bm9uY2Utb2YtdGhlLXRlc3QtMTIz';

const http = () => network.open({ baseUrl: server.url, userAgent: 'Gatehouse/0 (test; one)' });
const client = () => nextauthSession(http(), { apiKey }, serverId, nonce);

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
  await nextauthSession(http(), keys, serverId, nonce).getSession();
  expect(lastSeen(server, 'getSession').headers['x-su']).toBe(keys.roleId);
});

test('the directory lists, blocks and unblocks, and names what is missing', async () => {
  const directory = nextauthDirectory(http(), { apiKey });
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
  const few = nextauthDirectory(http(), { apiKey: values.apiKey ?? '' });
  expect(await failureOf(few.getUsers(serverId))).toMatchObject({ kind: 'forbidden', missingRight: 'users' });
});
