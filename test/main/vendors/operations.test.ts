import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createNetwork, type Network } from '#http/client.ts';
import type { VendorHttp } from '#http/types.ts';
import { authApi as cyclosOperations } from '../../../main/vendors/cyclos/api/client.ts';
import { enhanceClient } from '../../../main/vendors/enhance/api/client.ts';
import { operations as koyebOperations } from '../../../main/vendors/koyeb/api/client.ts';
import { operations as nextauthOperations } from '../../../main/vendors/nextauth/api/sessions.ts';
import { failureOf, readAll, serve, type TestServer } from '../http/fixture.ts';
import { cyclosTable } from './cyclos/operations.ts';
import { enhanceTable } from './enhance/operations.ts';
import { koyebTable } from './koyeb/operations.ts';
import { nextauthTable } from './nextauth/operations.ts';
import type { OperationRow } from './operation-row.ts';

/**
 * Every operation of the four session APIs over real HTTP: what is sent, what the good answer gives, and what each failure
 * means. This list is written down from the vendors' documents, apart from the tables: name, then the statuses declared.
 */
const declared: Record<string, Record<string, number[]>> = {
  enhance: {
    createLogin: [400, 401, 403, 409],
    createOtpSession: [400, 401, 403],
    createSession: [400, 401, 403],
    deleteCurrentSession: [401],
    deleteLoginAvatar: [400, 401],
    deleteSession: [401],
    deleteSessions: [401],
    finishPasswordRecovery: [400],
    getCustomerLogins: [401, 403],
    getLogin: [400, 401],
    getLoginMemberships: [401],
    getLogins: [401, 403],
    getOrgLogins: [401, 403],
    getSessions: [401],
    resendPin: [400, 401, 403],
    setCustomerLoginPassword: [400, 401, 403, 404],
    setLoginAvatar: [400, 401],
    startPasswordRecovery: [400],
    updateLoginInfo: [400, 401, 403],
    validatePasswordRecovery: [400],
    verify2FA: [400, 401, 403],
  },
  cyclos: {
    changeForgottenPassword: [401, 403, 404, 405, 422, 500, 503],
    disconnectCurrentClient: [401, 403, 404, 405, 409, 500, 503],
    forgottenPasswordRequest: [401, 403, 404, 405, 422, 500, 503],
    getCurrentAuth: [401, 403, 404, 405, 500, 503],
    getDataForChangeForgottenPassword: [401, 403, 404, 405, 500, 503],
    getDataForLogin: [401, 403, 404, 405, 500, 503],
    getSecondaryPasswordInput: [401, 403, 404, 405, 500, 503],
    login: [401, 403, 404, 405, 422, 500, 503],
    logout: [401, 403, 404, 405, 409, 500, 503],
    newOtp: [401, 403, 404, 405, 422, 500, 503],
    validateSecondaryPassword: [401, 403, 404, 405, 500, 503],
  },
  nextauth: {
    // None is declared for these; 403 and 404 elsewhere in the same document.
    getQrLogin: [403, 404],
    getSession: [403, 404],
    logout: [403, 404],
    provokeLogin: [403, 404],
    provokeLoginOnAccount: [403, 404],
    provokeLoginOnUser: [403, 404],
  },
  koyeb: {
    login: [400, 401, 403, 404, 500, 503],
    logout: [400, 401, 403, 404, 500, 503],
    newSession: [400, 401, 403, 404, 500, 503],
    refreshToken: [400, 401, 403, 404, 500, 503],
  },
};

const tables: Record<string, OperationRow[]> = {
  enhance: enhanceTable,
  cyclos: cyclosTable,
  nextauth: nextauthTable,
  koyeb: koyebTable,
};
const rows = Object.values(tables).flat();
const nameOf = (row: OperationRow) =>
  `${row.vendor} ${row.operation}${row.generation ? ` (${row.generation})` : ''}`;
const named = rows.map((row) => [nameOf(row), row] as const);

/** Headers that say who asks, or that an operation defines. */
const telling = [
  'access-client-token',
  'authorization',
  'channel',
  'confirmationpassword',
  'cookie',
  'principal-type',
  'session-prefix',
  'session-token',
  'x-apikey',
  'x-nonce',
  'x-su',
];

interface Seen {
  line: string;
  headers: Record<string, unknown>;
  body: unknown;
  type: string | undefined;
}

let server: TestServer;
let network: Network;
let next: { status: number; body: string } = { status: 200, body: '' };
let seen: Seen[] = [];

beforeAll(async () => {
  server = await serve(async (request, response) => {
    const type = request.headers['content-type'];
    const text = await readAll(request);
    seen.push({
      line: `${request.method} ${request.url}`,
      headers: Object.fromEntries(Object.entries(request.headers).filter(([name]) => telling.includes(name))),
      body: type?.startsWith('application/json') ? JSON.parse(text) : text || undefined,
      type,
    });
    response.writeHead(next.status, {
      'content-type': 'application/json',
      'set-cookie': 'id0=canary-cookie; Path=/',
      // So that what is safe to repeat is not repeated here.
      ...(next.status >= 502 ? { 'retry-after': '30' } : {}),
    });
    // Servers that quote what they were sent: no secret of it may come through.
    const secret = /canary[\w-]*/.exec(`${request.url} ${JSON.stringify(request.headers)} ${text}`)?.[0];
    response.end(next.body.replaceAll('ECHO', secret ?? 'something'));
  });
  network = createNetwork();
});
afterAll(async () => {
  network.close();
  await server.close();
});

async function doorFor(row: OperationRow): Promise<VendorHttp> {
  const http = network.open({ baseUrl: `${server.origin}/api`, userAgent: 'Gatehouse' });
  if (row.signedIn) {
    answerWith(200);
    await http.send({ operation: 'signIn', method: 'GET', path: ['sign-in'] });
  }
  seen = [];
  return http;
}

function answerWith(status: number, body?: unknown): void {
  next = { status, body: body === undefined ? '' : JSON.stringify(body) };
}

describe('nothing is missing', () => {
  const names = Object.entries(declared).flatMap(([vendor, list]) =>
    Object.keys(list).map((operation) => `${vendor} ${operation}`),
  );

  test('all operations are in the tables, none twice, none besides', () => {
    const inTables = rows.map((row) => `${row.vendor} ${row.operation}`);
    expect([...new Set(inTables)].sort()).toEqual([...names].sort());
    // Cyclos has two rows an operation, one a generation; the others one.
    expect(new Set(named.map(([name]) => name)).size).toBe(rows.length);
    for (const generation of ['4.11', '4.16'])
      expect(rows.filter((row) => row.generation === generation)).toHaveLength(11);
    expect(names).toHaveLength(42);
    process.stdout.write(`${names.length} operations\n`);
  });

  test('all are methods of the clients', () => {
    const http = network.open({ baseUrl: `${server.origin}/api`, userAgent: 'Gatehouse' });
    expect(enhanceClient(http, null)).toMatchObject(
      Object.fromEntries(Object.keys(declared.enhance!).map((name) => [name, expect.any(Function)])),
    );
    for (const [vendor, operations] of Object.entries({
      cyclos: cyclosOperations,
      nextauth: nextauthOperations,
      koyeb: koyebOperations,
    }))
      expect([...operations].sort()).toEqual(Object.keys(declared[vendor]!).sort());
  });

  test.each(named)('%s: every declared status has a row', (_name, row) => {
    const covered = Object.keys(row.refusals).map(Number);
    expect(covered).toEqual(expect.arrayContaining(declared[row.vendor]![row.operation]!));
  });
});

test.each(named)('%s: what is sent, and what the good answer gives', async (_name, row) => {
  const http = await doorFor(row);
  answerWith(...row.answer);
  expect(await row.call(http)).toEqual(row.gives);
  expect(seen).toHaveLength(1);
  expect(seen[0]).toMatchObject({ line: row.sent, headers: row.headers });
  expect(Object.keys(seen[0]!.headers).sort()).toEqual(Object.keys(row.headers).sort());
  expect(seen[0]!.body).toEqual(row.body);
  const isForm = String(seen[0]!.type).startsWith('multipart/form-data; boundary=');
  if (row.body === undefined) expect(seen[0]!.type).toBeUndefined();
  else if (!isForm) expect(seen[0]!.type).toMatch(row.contentType ?? /^application\/json/);
});

const refusals = named.flatMap(([name, row]) =>
  Object.entries(row.refusals).map(([status, kind]) => [name, Number(status), kind, row] as const),
);

test.each(refusals)('%s: %i is %s', async (_name, status, kind, row) => {
  const http = await doorFor(row);
  const body = row.refusal(status);
  answerWith(status, body);
  const failure = await failureOf(row.call(http));
  expect(failure).toMatchObject({ kind, status });
  expect(seen).toHaveLength(1);
  expect(JSON.stringify(failure)).not.toContain('canary');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: those are what must not come through.
  expect(failure.message).not.toMatch(/[\u0000-\u001f]/);
  const code = body && typeof body === 'object' && 'code' in body ? String(body.code) : undefined;
  expect(failure.vendorCode).toBe(code);
  if (status === 403 && kind === 'forbidden' && row.vendor !== 'koyeb' && row.vendor !== 'enhance')
    expect(failure.missingRight).toEqual(expect.any(String));
  if (status === 503) expect(failure.until).toBeGreaterThan(Date.now());
  if (status === 422) expect(failure.fields).toEqual({ user: expect.stringMatching(/^\S+ is no user$/) });
});

test.each(named)('%s: an empty or senseless refusal is still told by its status', async (_name, row) => {
  for (const body of [undefined, 'Oh, no', [], null, { code: { a: 1 }, message: 7 }]) {
    const http = await doorFor(row);
    answerWith(409, body);
    expect(await failureOf(row.call(http))).toMatchObject({ kind: 'conflict', status: 409 });
  }
});

test.each([
  ['enhance createSession', { memberships: [{ memberId: 'm', orgId: 7 }] }, 'memberships[0].orgId'],
  ['cyclos getCurrentAuth (4.11)', { user: { display: 7 } }, 'user.display'],
  [
    'cyclos getCurrentAuth (4.16)',
    { loginConfirmation: { passwordType: [] } },
    'loginConfirmation.passwordType',
  ],
  ['nextauth getSession', { accountid: 'seven' }, 'accountid'],
  ['koyeb refreshToken', { token: { id: { a: 1 } } }, 'token.id'],
])('%s: a wrong type is named by its path', async (name, body, path) => {
  const row = rows.find((one) => nameOf(one) === name)!;
  const http = await doorFor(row);
  answerWith(200, body);
  const failure = await failureOf(row.call(http));
  expect(failure.kind).toBe('unexpected-answer');
  expect(failure.message).toContain(
    `${row.operation} that Gatehouse does not understand: “${path}” should be of type`,
  );
});
