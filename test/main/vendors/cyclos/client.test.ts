import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Access } from '../../../../main/vendors/cyclos/access.ts';
import { type CyclosClient, cyclosClient, operations } from '../../../../main/vendors/cyclos/client.ts';
import { sessionClient } from '../../../../main/vendors/cyclos/session-client.ts';
import type { Door } from '../../../../main/vendors/http.ts';
import type { PracticeServer } from '../../../../practice/common/server.ts';
import { startCyclos } from '../../../../practice/cyclos/index.ts';
import type { FailureKind } from '../../../../preload/contract/failure.ts';
import { failureOf, lastSeen, newNetwork, personOf, practiceOptions } from '../practice-visit.ts';

const network = newNetwork();
afterAll(() => network.close());

const guest: Access = { kind: 'guest' };
const session: Access = { kind: 'session', token: 'canary-token' };
const till: Access = { kind: 'access-client', token: 'canary-till' };
const mona = { principal: 'mona', principalType: 'username' };
const basic: Access = { kind: 'basic', ...mona, password: 'Member-2026' };
const change = { newPassword: 'New-2027', newPasswordConfirmation: 'New-2027', checkConfirmation: true };

interface Row {
  operation: (typeof operations)[number];
  access: Access;
  call: (of: CyclosClient, generation: string) => Promise<unknown>;
  method: string;
  path: string;
  query?: Record<string, string>;
  body?: (generation: string) => unknown;
  headers?: Record<string, string>;
  /** What the server answers when all is well, as far as it matters here. */
  good?: { status: number; body?: unknown };
  more?: number[];
}

const forgotten = '/auth/forgotten-password';
const channel = { channel: 'main' };
const asSession = { ...channel, 'session-token': 'canary-token' };

const table: Row[] = [
  {
    operation: 'getCurrentAuth',
    access: session,
    call: (of) => of.getCurrentAuth(['user']),
    ...{ method: 'GET', path: '/auth', query: { fields: 'user' }, headers: asSession },
    good: { status: 200, body: { user: { display: 'Mona' } } },
  },
  {
    operation: 'login',
    access: basic,
    call: (of) => of.login({ timeout: 60 }),
    ...{ method: 'POST', path: '/auth/session', query: { timeoutInSeconds: '60' } },
    headers: {
      ...channel,
      'principal-type': 'username',
      authorization: `Basic ${Buffer.from('mona:Member-2026').toString('base64')}`,
    },
    good: { status: 200, body: { sessionToken: 'new' } },
    more: [422],
  },
  {
    operation: 'logout',
    access: session,
    call: (of) => of.logout({ cookie: true }),
    ...{ method: 'DELETE', path: '/auth/session', query: { cookie: 'true' }, headers: asSession },
    good: { status: 200 },
    more: [409],
  },
  {
    operation: 'getDataForLogin',
    access: guest,
    call: (of) => of.getDataForLogin(),
    ...{ method: 'GET', path: '/auth/data-for-login', headers: channel },
    good: { status: 204 },
  },
  {
    operation: 'getSecondaryPasswordInput',
    access: session,
    call: (of) => of.getSecondaryPasswordInput(),
    ...{ method: 'GET', path: '/auth/session/secondary-password', headers: asSession },
    good: { status: 200, body: {} },
  },
  {
    operation: 'validateSecondaryPassword',
    access: session,
    call: (of) => of.validateSecondaryPassword('4711'),
    ...{ method: 'POST', path: '/auth/session/secondary-password', headers: asSession },
    body: () => '4711',
    good: { status: 204 },
  },
  {
    operation: 'newOtp',
    access: session,
    call: (of) => of.newOtp('sms'),
    ...{ method: 'POST', path: '/auth/otp', query: { medium: 'sms' }, headers: asSession },
    good: { status: 200, body: ['***42'] },
    more: [422],
  },
  {
    operation: 'forgottenPasswordRequest',
    access: guest,
    call: (of) =>
      of.forgottenPasswordRequest({
        user: 'mona',
        captcha: { challenge: 'c', response: 'r' },
        sendMedium: 'email',
      }),
    ...{ method: 'POST', path: `${forgotten}/request`, headers: channel },
    body: (generation) => ({
      user: 'mona',
      captcha: { challenge: 'c', response: 'r' },
      ...(generation === '4.16' ? { sendMedium: 'email' } : {}),
    }),
    good: { status: 200, body: { sendMedium: 'email', sentTo: ['m***'] } },
    more: [422],
  },
  {
    operation: 'getDataForChangeForgottenPassword',
    access: guest,
    call: (of) => of.getDataForChangeForgottenPassword({ user: 'mona', code: '1234' }),
    ...{ method: 'GET', path: `${forgotten}/data-for-change`, query: { user: 'mona', code: '1234' } },
    headers: channel,
    good: { status: 200, body: {} },
  },
  {
    operation: 'changeForgottenPassword',
    access: guest,
    call: (of) => of.changeForgottenPassword({ key: 'canary-key', ...change }),
    ...{ method: 'POST', path: forgotten, headers: channel },
    body: () => ({ key: 'canary-key', ...change }),
    good: { status: 204 },
    more: [422],
  },
  {
    operation: 'disconnectCurrentClient',
    access: till,
    call: (of) => of.disconnectCurrentClient('canary-confirm'),
    ...{ method: 'DELETE', path: '/auth/access-client' },
    headers: { 'access-client-token': 'canary-till', confirmationpassword: 'canary-confirm' },
    good: { status: 200 },
    more: [409],
  },
];

/** Gets a captcha and reads it from the server's own list, which stands in for a person's eyes. */
async function answerCaptcha(server: PracticeServer, door: Door) {
  const captchas = sessionClient(door, guest);
  const challenge = await captchas.newCaptcha();
  const picture = Buffer.from(await captchas.getCaptchaImage(challenge, { width: 200, height: 60 }));
  expect(picture.subarray(1, 4).toString()).toBe('PNG');
  const open = await (await fetch(`${server.origin}/__practice/captchas`)).json();
  return { challenge, response: String(open[challenge]) };
}

const statuses: [number, unknown, FailureKind][] = [
  [401, { code: 'loggedOut' }, 'expired'],
  [403, { code: 'permissionDenied' }, 'forbidden'],
  [404, { entityType: 'User', key: 'x' }, 'not-found'],
  [405, { code: 'smsSending', smsStatus: 'rejected' }, 'server-fault'],
  [409, { code: 'staleEntity' }, 'conflict'],
  [422, { code: 'validation', properties: ['user'], propertyErrors: { user: ['is no user'] } }, 'invalid'],
  [500, { kind: 'general', exceptionType: 'x', exceptionMessage: 'canary-internals' }, 'server-fault'],
  [503, { code: 'emailSending' }, 'server-fault'],
];
/** Declared on every operation; 409 and 422 only where the row says so. */
const always = [401, 403, 404, 405, 500, 503];

test('the table has every operation once', () => {
  expect(table.map((row) => row.operation).sort()).toEqual([...operations].sort());
});

describe.each(['4.11', '4.16'] as const)('%s', (generation) => {
  let server: PracticeServer;
  const options = practiceOptions(`cyclos client ${generation}`);
  beforeAll(async () => {
    server = await startCyclos({ ...options, generation, members: 5 });
  });
  afterEach(() => server.behave());
  afterAll(() => server.close());
  const door = (): Door => network.open({ baseUrl: server.url, userAgent: 'Gatehouse/0 (test; one)' });
  const client = (access: Access, over = door()) => cyclosClient(over, access, generation);

  describe.each(table)('$operation', ({ operation, access, call, more = [], ...row }) => {
    const declared = statuses.filter(([status]) => [...always, ...more].includes(status));
    test.each(declared)('answered with %i', async (status, body, kind) => {
      server.misbehave({ operation, status, body });
      const failure = await failureOf(call(client(access), generation));
      expect(failure).toMatchObject({ kind, status });
      if (status === 422) expect(failure.fields).toEqual({ user: 'is no user' });
      if (status === 403)
        expect(failure).toMatchObject({ vendorCode: 'permissionDenied', missingRight: expect.any(String) });
      expect(JSON.stringify(failure)).not.toContain('canary');
      expect(JSON.stringify(failure)).not.toContain('Member-2026');
    });

    test('answered well, and sent as documented', async () => {
      const { status, body } = row.good ?? { status: 200 };
      server.misbehave({ operation, status, ...(body === undefined ? {} : { body }) });
      await call(client(access), generation);
      const seen = lastSeen(server, operation);
      expect(seen.path).toBe(`/left-coast/api${row.path}`);
      expect(seen.method).toBe(row.method);
      expect(seen.query).toEqual(row.query ?? {});
      expect(seen.headers).toMatchObject(row.headers ?? {});
      for (const name of ['authorization', 'session-token', 'access-client-token', 'session-prefix'])
        if (!row.headers || !(name in row.headers)) expect(seen.headers).not.toHaveProperty(name);
    });

    test('and the body too', async () => {
      // The real answer, whatever it is: what matters is the body as the server read it.
      await call(client(access), generation).catch(() => {});
      expect(lastSeen(server, operation).body ?? undefined).toEqual(row.body?.(generation));
    });
  });

  test('the second password is a JSON string for 4.11 and plain text for 4.16', async () => {
    await failureOf(client(session).validateSecondaryPassword('4711'));
    const type = lastSeen(server, 'validateSecondaryPassword').headers['content-type'];
    expect(type).toMatch(generation === '4.11' ? /^application\/json/ : /^text\/plain/);
  });

  test('several fields are repeated for 4.11 and joined for 4.16', async () => {
    const auth = await client(basic).getCurrentAuth(['user', 'role']);
    expect(lastSeen(server, 'getCurrentAuth').query.fields).toEqual(
      generation === '4.11' ? ['user', 'role'] : 'user,role',
    );
    expect(auth.user?.display).toBe('Mona Member');
    expect(auth.principal).toBeUndefined();
  });

  test('the split cookie: half in a header, half in the jar', async () => {
    const over = door();
    const count = () => server.sessions().filter((one) => one.person === 'mona').length;
    const before = count();
    const { sessionToken = '' } = await client(basic, over).login({ cookie: true });
    const split = client({ kind: 'split', prefix: sessionToken }, over);
    expect((await split.getCurrentAuth()).user?.display).toBe('Mona Member');
    expect(lastSeen(server, 'getCurrentAuth').headers['session-prefix']).toBe(sessionToken);
    // Without the cookie the half is worth nothing.
    const half = client({ kind: 'split', prefix: sessionToken });
    expect((await half.getCurrentAuth().catch(() => undefined))?.user).toBeUndefined();
    await split.logout({ cookie: true });
    expect(count()).toBe(before);
  });

  test('an access client disconnects itself, and is then refused', async () => {
    const token = personOf(server, 'Office till').apiKey ?? '';
    const office = client({ kind: 'access-client', token });
    expect((await failureOf(office.disconnectCurrentClient())).kind).toMatch(/forbidden|refused-prompt/);
    await office.disconnectCurrentClient('Member-2026');
    expect(await failureOf(office.getCurrentAuth())).toMatchObject({ kind: 'refused-credentials' });
  });

  test('a forgotten password: request, data for the change, change', async () => {
    const of = client(guest);
    const user = 'quinn';
    const data = await of.getDataForLogin();
    expect(data?.forgotPasswordMediums.length).toBeGreaterThan(0);
    const asked = await answerCaptcha(server, door());
    const sent = await of.forgottenPasswordRequest({ user, captcha: asked, sendMedium: 'email' });
    expect(Boolean(sent)).toBe(generation === '4.16');
    const code = options.inbox.list().at(-1)?.code ?? '';
    const by = generation === '4.11' ? { key: code } : { user, code };
    const needs = await of.getDataForChangeForgottenPassword(by);
    expect(needs.securityQuestion).toContain('boat');
    const wrong = await failureOf(
      of.changeForgottenPassword({ ...by, ...change, securityAnswer: 'Titanic' }),
    );
    expect(wrong).toMatchObject({ kind: 'refused-prompt', vendorCode: 'invalidSecurityAnswer' });
    await of.changeForgottenPassword({ ...by, ...change, securityAnswer: 'Albatros' });
    const fresh: Access = { ...basic, principal: user, password: change.newPassword };
    expect((await client(fresh).getCurrentAuth()).user?.display).toBe('Quinn Question');
  });
});
