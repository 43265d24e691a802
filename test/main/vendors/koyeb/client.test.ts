import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type KoyebClient, koyebClient, operations } from '../../../../main/vendors/koyeb/client.ts';
import type { PracticeServer } from '../../../../practice/common/server.ts';
import { startKoyeb } from '../../../../practice/koyeb/index.ts';
import type { FailureKind } from '../../../../preload/contract/failure.ts';
import { failureOf, lastSeen, newNetwork, personOf, practiceOptions } from '../practice-visit.ts';

const network = newNetwork();
let server: PracticeServer;
let token: string;

const client = (bearer: string | null): KoyebClient =>
  koyebClient(network.open({ baseUrl: server.url, userAgent: 'Gatehouse/0 (test; one)' }), bearer);
const maya = { email: 'maya@lanternworks.example', password: 'amber-window-9' };

beforeAll(async () => {
  server = await startKoyeb(practiceOptions('koyeb client'));
  token = (await client(null).login(maya)).id;
});
afterAll(async () => {
  network.close();
  await server.close();
});

interface Row {
  operation: (typeof operations)[number];
  call: (of: KoyebClient) => Promise<unknown>;
  bearer: boolean;
  sent: { method: string; path: string; body?: unknown };
}

const table: Row[] = [
  {
    operation: 'login',
    call: (of) => of.login(maya),
    bearer: false,
    sent: { method: 'POST', path: '/v1/account/login', body: maya },
  },
  {
    operation: 'newSession',
    call: (of) => of.newSession(),
    bearer: true,
    sent: { method: 'POST', path: '/v1/account/session' },
  },
  {
    operation: 'refreshToken',
    call: (of) => of.refreshToken(),
    bearer: true,
    sent: { method: 'PUT', path: '/v1/account/refresh' },
  },
  {
    operation: 'logout',
    call: (of) => of.logout(),
    bearer: true,
    sent: { method: 'DELETE', path: '/v1/account/logout' },
  },
];

test('the table has every operation once', () => {
  expect(table.map((row) => row.operation).sort()).toEqual([...operations].sort());
});

const error = (status: number) => ({ status, code: 'some_code', message: 'Some message' });
const statuses: [number, unknown, FailureKind][] = [
  [400, { ...error(400), fields: [{ field: 'email', description: 'is no address' }] }, 'invalid'],
  [401, error(401), 'expired'],
  [403, error(403), 'forbidden'],
  [403, { ...error(403), message: 'Account is locked' }, 'locked-out'],
  [404, error(404), 'not-found'],
  [429, '', 'rate-limited'],
  [500, error(500), 'server-fault'],
  [503, error(503), 'server-fault'],
  // google.rpc.Status, for every status that is not declared.
  [502, { code: 14, message: 'unavailable', details: [{ '@type': 'x' }] }, 'server-fault'],
];

describe.each(table)('$operation', ({ operation, call, bearer, sent }) => {
  test.each(statuses)('answered with %i', async (status, body, kind) => {
    const headers: Record<string, string> = status === 429 ? { 'retry-after': '30' } : {};
    server.misbehave({ operation, status, body, headers, times: 1 });
    const failure = await failureOf(call(client(bearer ? token : null)));
    server.behave();
    // At the sign-in, 401 and 404 mean a wrong e-mail or password.
    const refused = operation === 'login' && (status === 401 || status === 404);
    expect(failure).toMatchObject({ kind: refused ? 'refused-credentials' : kind, status });
    if (status === 400) expect(failure.fields).toEqual({ email: 'is no address' });
    if (status === 403) expect(failure.vendorCode).toBe('some_code');
    if (status === 502) expect(failure.vendorCode).toBe('14');
    if (status === 429) expect(failure.until).toBeGreaterThan(Date.now());
  });

  test('answered well, and sent as documented', async () => {
    const own = bearer ? (await client(null).login(maya)).id : null;
    // The sign-in is sent without a bearer even by a client that has one.
    await call(client(own ?? token));
    const seen = lastSeen(server, operation);
    expect(seen).toMatchObject({ method: sent.method, path: sent.path, query: {}, status: 200 });
    expect(seen.body ?? undefined).toEqual(sent.body);
    expect(seen.headers.authorization).toBe(own ? `Bearer ${own}` : undefined);
    if (sent.body) expect(seen.headers['content-type']).toMatch(/^application\/json/);
  });
});

test('takes unknown fields, nulls and an unscoped token either way', async () => {
  for (const organization of [{ organization_id: null }, { organization_id: '' }, {}]) {
    const sent = { id: 'a.b.c', user_id: null, new_field: 1, ...organization };
    server.misbehave({ operation: 'newSession', status: 200, body: { token: sent, more: [] }, times: 1 });
    const got = await client(token).newSession();
    expect(got.organization_id || null).toBeNull();
    expect(got.expires_at).toBeUndefined();
  }
  server.misbehave({ operation: 'newSession', status: 200, body: { token: { id: 7 } }, times: 1 });
  const failure = await failureOf(client(token).newSession());
  expect(failure).toMatchObject({ kind: 'unexpected-answer' });
  expect(failure.message).toContain('token.id');
});

test('related operations work and send strings in queries', async () => {
  const of = client(token);
  expect((await of.getCurrentUser()).name).toBe('Maya Castell');
  const { id = '' } = await of.getCurrentOrganization();
  const short = await of.createAccessToken(id, 3600);
  expect(lastSeen(server, 'createAccessToken').body).toEqual({ validity: '3600s' });
  expect((await client(short).getCurrentOrganization()).id).toBe(id);
  const made = await of.createCredential({ name: 'Test', type: 'USER' });
  expect(made.token).toBeTruthy();
  const listed = await of.listCredentials({ limit: 10, offset: 0, type: 'USER' });
  expect(lastSeen(server, 'listCredentials').query).toMatchObject({ limit: '10', offset: '0', type: 'USER' });
  expect(listed.credentials.map((one) => one.id)).toContain(made.id);
  await of.deleteCredential(made.id ?? '');
  const free = await of.unscopeOrganizationToken();
  expect(await failureOf(client(free.id).getCurrentOrganization())).toMatchObject({ kind: 'not-found' });
  expect(await client(null).getLoginMethod(personOf(server, 'Lena Fischer').identity)).toBe('WORKOS');
  const members = await of.listOrganizationMembers({ limit: 5, offset: 0, organizationId: id });
  expect(members.members.length).toBeGreaterThan(1);
});
