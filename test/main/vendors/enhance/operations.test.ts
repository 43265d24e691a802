import { afterAll, beforeAll, expect, test } from 'vitest';
import { type EnhanceClient, enhanceClient } from '../../../../main/vendors/enhance/client.ts';
import { createNetwork, type Network } from '../../../../main/vendors/http.ts';
import type { FailureKind } from '../../../../preload/contract/failure.ts';
import { failureOf, readAll, serve, type TestServer } from '../http-fixture.ts';

/** The vendor's 21 operations (OpenAPI 12.21.3): what is sent, what a good answer gives, and every refusal it lists. */

const id = '5e0a2f0c-1d7d-4c52-8f0e-0d6c1a2b3c4d';
const memberships = [
  { memberId: id, orgId: id, orgName: 'North', isMasterOrg: true, roles: ['Owner'], siteAccessCount: 0 },
];
const login = {
  id,
  email: 'nora@example.com',
  name: 'Nora',
  colorCode: '#123456',
  registeredAt: '2025-01-02T03:04:05Z',
  authMethod: 'otp',
  locale: 'en-GB',
};
const listing = { items: [login], total: 1 };
const page = { offset: 10, limit: 5, sortBy: 'registrationDate', sortOrder: 'desc' } as const;
const pageQuery = 'offset=10&limit=5&sortBy=registrationDate&sortOrder=desc';
const creds = { email: 'nora@example.com', password: 'canary-password' };

interface Row {
  call(client: EnhanceClient): Promise<unknown>;
  sent: string;
  body?: unknown;
  answer: [status: number, body?: unknown];
  gives: unknown;
  refusals: Partial<Record<number, FailureKind>>;
}

const rows: Record<string, Row> = {
  createLogin: {
    call: (client) => client.createLogin(id, { ...creds, name: 'Nora' }),
    sent: `POST /api/logins?orgId=${id}`,
    body: { ...creds, name: 'Nora' },
    answer: [201, { id }],
    gives: id,
    refusals: { 400: 'invalid', 401: 'expired', 403: 'forbidden', 409: 'conflict' },
  },
  createOtpSession: {
    call: (client) => client.createOtpSession(id),
    sent: `GET /api/login/sessions/sso?otp=${id}`,
    answer: [200, { memberships }],
    gives: memberships,
    refusals: { 400: 'refused-credentials', 401: 'refused-credentials', 403: 'refused-credentials' },
  },
  createSession: {
    call: (client) => client.createSession({ ...creds, deviceId: 'd'.repeat(32) }, id),
    sent: `POST /api/login/sessions?realmId=${id}`,
    body: { ...creds, deviceId: 'd'.repeat(32) },
    answer: [200, { memberships, later: true }],
    gives: { kind: 'open', memberships },
    refusals: { 400: 'invalid', 401: 'refused-credentials', 403: 'locked-out', 429: 'rate-limited' },
  },
  deleteCurrentSession: {
    call: (client) => client.deleteCurrentSession(),
    sent: 'DELETE /api/login/sessions/current',
    answer: [200],
    gives: undefined,
    refusals: { 401: 'expired' },
  },
  deleteLoginAvatar: {
    call: (client) => client.deleteLoginAvatar(),
    sent: 'DELETE /api/login/avatar',
    answer: [204],
    gives: undefined,
    refusals: { 400: 'invalid', 401: 'expired' },
  },
  deleteSession: {
    call: (client) => client.deleteSession('a/b'),
    sent: 'DELETE /api/login/sessions/a%2Fb',
    answer: [200],
    gives: undefined,
    refusals: { 401: 'expired' },
  },
  deleteSessions: {
    call: (client) => client.deleteSessions(),
    sent: 'DELETE /api/login/sessions',
    answer: [200],
    gives: undefined,
    refusals: { 401: 'expired' },
  },
  finishPasswordRecovery: {
    call: (client) => client.finishPasswordRecovery(id, 'canary-new'),
    sent: `POST /api/login/password-recovery?secret=${id}`,
    body: { newPassword: 'canary-new' },
    answer: [200],
    gives: undefined,
    refusals: { 400: 'invalid' },
  },
  getCustomerLogins: {
    call: (client) => client.getCustomerLogins(id, page),
    sent: `GET /api/v2/orgs/${id}/customers/logins?${pageQuery}`,
    answer: [200, listing],
    gives: listing,
    refusals: { 401: 'expired', 403: 'forbidden' },
  },
  getLogin: {
    call: (client) => client.getLogin(),
    sent: 'GET /api/login',
    answer: [200, { ...login, avatarPath: null, more: {} }],
    gives: login,
    refusals: { 400: 'invalid', 401: 'expired' },
  },
  getLoginMemberships: {
    call: (client) => client.getLoginMemberships(),
    sent: 'GET /api/login/memberships',
    answer: [200, { memberships }],
    gives: memberships,
    refusals: { 401: 'expired' },
  },
  getLogins: {
    call: (client) => client.getLogins({ ...page, realmId: id }),
    sent: `GET /api/logins?${pageQuery}&realmId=${id}`,
    answer: [200, listing],
    gives: listing,
    refusals: { 401: 'expired', 403: 'forbidden' },
  },
  getOrgLogins: {
    call: (client) => client.getOrgLogins(id),
    sent: `GET /api/orgs/${id}/logins`,
    answer: [200, listing],
    gives: listing,
    refusals: { 401: 'expired', 403: 'forbidden' },
  },
  getSessions: {
    call: (client) => client.getSessions(),
    sent: 'GET /api/login/sessions',
    answer: [200, { items: [{ id, createdAt: 'yesterday', userAgent: null }] }],
    gives: [{ id, createdAt: 'yesterday' }],
    refusals: { 401: 'expired' },
  },
  resendPin: {
    call: (client) => client.resendPin('email'),
    sent: 'POST /api/login/2fa/resend-pin',
    body: { authMethod: 'email' },
    answer: [200],
    gives: undefined,
    refusals: { 400: 'refused-prompt', 401: 'refused-prompt', 403: 'refused-prompt' },
  },
  setCustomerLoginPassword: {
    call: (client) => client.setCustomerLoginPassword(id, 'canary-new'),
    sent: `PUT /api/v2/logins/${id}/password`,
    body: { newPassword: 'canary-new' },
    answer: [200],
    gives: undefined,
    refusals: { 400: 'invalid', 401: 'expired', 403: 'forbidden', 404: 'not-found' },
  },
  setLoginAvatar: {
    call: (client) => client.setLoginAvatar(new Blob(['PIXELS'], { type: 'image/png' })),
    sent: 'PUT /api/login/avatar',
    body: expect.stringMatching(
      /name="avatar"; filename="avatar"\r\nContent-Type: image\/png\r\n\r\nPIXELS\r\n/,
    ),
    answer: [200],
    gives: undefined,
    refusals: { 400: 'invalid', 401: 'expired' },
  },
  startPasswordRecovery: {
    call: (client) => client.startPasswordRecovery('nora@example.com', id),
    sent: `PUT /api/login/password-recovery?realmId=${id}`,
    body: { email: 'nora@example.com' },
    answer: [200],
    gives: undefined,
    refusals: { 400: 'invalid' },
  },
  updateLoginInfo: {
    call: (client) => client.updateLoginInfo({ password: 'canary-new', currentPassword: 'canary-old' }),
    sent: 'PATCH /api/login',
    body: { password: 'canary-new', currentPassword: 'canary-old' },
    answer: [200, { verifyPin: true, otpUrl: null }],
    gives: { verifyPin: true },
    refusals: { 400: 'invalid', 401: 'expired', 403: 'refused-credentials' },
  },
  validatePasswordRecovery: {
    call: (client) => client.validatePasswordRecovery(id),
    sent: `POST /api/login/password-recovery/validate?secret=${id}`,
    answer: [200, { obfuscatedEmail: 'n***@example.com' }],
    gives: 'n***@example.com',
    refusals: { 400: 'invalid' },
  },
  verify2Fa: {
    call: (client) =>
      client.verify2Fa({
        authMethod: 'otp',
        pin: '123456',
        rememberMe: { deviceId: 'd'.repeat(32), ttl: 3600 },
      }),
    sent: 'POST /api/login/2fa',
    body: { authMethod: 'otp', pin: '123456', rememberMe: { deviceId: 'd'.repeat(32), ttl: 3600 } },
    answer: [200],
    gives: undefined,
    refusals: { 400: 'refused-prompt', 401: 'refused-prompt', 403: 'refused-prompt' },
  },
};

let server: TestServer;
let network: Network;
let next: { status: number; body: string; type: string };
let seen: { line: string; body: unknown; cookie?: string; bearer?: string }[] = [];

beforeAll(async () => {
  server = await serve(async (request, response) => {
    const text = await readAll(request);
    const isJson = request.headers['content-type'] === 'application/json';
    seen.push({
      line: `${request.method} ${request.url}`,
      body: isJson ? JSON.parse(text) : text || undefined,
      cookie: request.headers.cookie,
      bearer: request.headers.authorization,
    });
    response.writeHead(next.status, { 'content-type': next.type, 'set-cookie': 'id0=canary-cookie; Path=/' });
    response.end(next.body);
  });
  network = createNetwork();
});
afterAll(async () => {
  network.close();
  await server.close();
});

function client(token: string | null = null): EnhanceClient {
  seen = [];
  return enhanceClient(network.open({ baseUrl: `${server.origin}/api`, userAgent: 'Gatehouse' }), token);
}

function answerWith(status: number, body?: unknown): void {
  next = { status, body: body === undefined ? '' : JSON.stringify(body), type: 'application/json' };
}

test('all 21 operations are here', () => {
  expect(Object.keys(rows)).toHaveLength(21);
});

test.each(Object.entries(rows))('%s: what is sent and what it gives', async (_name, row) => {
  answerWith(...row.answer);
  expect(await row.call(client('canary-token'))).toEqual(row.gives);
  expect(seen).toEqual([{ line: row.sent, body: row.body, bearer: 'Bearer canary-token' }]);
});

const refusals = Object.entries(rows).flatMap(([name, row]) =>
  Object.entries(row.refusals).map(([status, kind]) => [name, Number(status), kind, row] as const),
);

test.each(refusals)('%s: %i is %s', async (_name, status, kind, row) => {
  for (const body of [
    undefined,
    { code: 'some_code', message: 'Some\nwords\u0007 canary-new', detail: 'x' },
  ]) {
    answerWith(status, body);
    const failure = await failureOf(row.call(client()));
    expect(failure).toMatchObject({ kind, status, ...(body ? { vendorCode: 'some_code' } : {}) });
    expect(seen).toHaveLength(1);
    if (body) expect(`${failure.message} ${failure.advice}`).toContain('“Some words');
    if (JSON.stringify(row.body)?.includes('canary-new'))
      expect(JSON.stringify(failure)).not.toContain('canary');
  }
});

test.each([
  [{ authMethod: 'otp' }, 'otp'],
  [undefined, null],
  [[], null],
  [{ authMethod: 5 }, null],
])('createSession: 201 with %j means that a PIN is due', async (body, authMethod) => {
  answerWith(201, body);
  expect(await client().createSession(creds)).toEqual({ kind: 'pending', authMethod });
});

test('createSession: 200 of the wrong shape is named', async () => {
  answerWith(200, { memberships: [{ memberId: id, orgId: 7 }] });
  const failure = await failureOf(client().createSession(creds));
  expect(failure.kind).toBe('unexpected-answer');
  expect(failure.message).toContain('“memberships[0].orgId” should be of type string');
});

test('the cookie that came is sent with the next request', async () => {
  answerWith(200);
  const acting = client();
  await acting.deleteSessions();
  await acting.deleteSessions();
  expect(seen.map(({ cookie }) => cookie)).toEqual([undefined, 'id0=canary-cookie']);
});

test('the panel’s web pages are not taken for its API', async () => {
  next = { status: 200, body: '<!doctype html><title>Panel</title>', type: 'text/html' };
  const failure = await failureOf(client().getLogin());
  expect(failure.kind).toBe('wrong-place');
  expect(failure.advice).toContain('/api');
});
