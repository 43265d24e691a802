import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cyclosClient } from '../../../../main/vendors/cyclos/api/client.ts';
import { explainFor } from '../../../../main/vendors/cyclos/api/errors.ts';
import { passwordInput } from '../../../../main/vendors/cyclos/api/models.ts';
import { cyclos } from '../../../../main/vendors/cyclos/index.ts';
import { hasKeyboard, keyboardValue, pressFor } from '../../../../main/vendors/cyclos/session/keyboard.ts';
import type { PracticeServer } from '../../../../practice/common/types.ts';
import { startCyclos } from '../../../../practice/cyclos/index.ts';
import {
  activeOf,
  contextFor,
  failureOf,
  lastSeen,
  newNetwork,
  personOf,
  practiceOptions,
  promptOf,
} from '../practice-context.ts';

const network = newNetwork();
afterAll(() => network.close());

describe.each(['4.11', '4.16'] as const)('people of %s', (generation) => {
  let server: PracticeServer;
  let token = '';
  const people = (bearer: string) =>
    cyclosClient(
      network.open({ baseUrl: server.url, userAgent: 'x' }),
      { kind: 'session', token: bearer },
      generation,
    );
  const signIn = async (name: string) => {
    const { values } = personOf(server, name).account;
    const { principal = '', password = '', principalType = '*' } = values;
    const http = network.open({ baseUrl: server.url, userAgent: 'x' });
    const auth = await cyclosClient(http, { kind: 'basic', principal, password, principalType }).auth.login();
    return auth.sessionToken ?? '';
  };
  beforeAll(async () => {
    server = await startCyclos({ ...practiceOptions(`people ${generation}`), generation, members: 60 });
    token = await signIn('alice');
  });
  afterAll(() => server.close());

  test('people are searched by page, with the total', async () => {
    const first = await people(token).users.searchUsers({
      keywords: '',
      statuses: ['active', 'blocked'],
      page: 0,
      pageSize: 20,
    });
    expect(first.rows).toHaveLength(20);
    expect(first.more).toBe(true);
    expect(first.total).toBeGreaterThan(60);
    expect(lastSeen(server, 'searchUsers').query.statuses).toEqual(
      generation === '4.11' ? 'active,blocked' : ['active', 'blocked'],
    );
    expect(first.rows.every((row) => row.group?.name)).toBe(true);
  });

  test('a blocked password is found and unblocked', async () => {
    const of = people(token);
    const name = 'password-indefinitelyblocked';
    const before = await of.passwords.getPasswords(name);
    expect(before.passwords.map((one) => one.status)).toContain('indefinitelyBlocked');
    const type =
      before.passwords.find((one) => one.status === 'indefinitelyBlocked')?.type?.internalName ?? '';
    await of.passwords.unblockPassword(name, type);
    await of.passwords.resetAndSendPassword('mona', type, ['email']);
    expect(await signIn(name)).not.toBe('');
  });

  test('a person of few rights is told which one is missing', async () => {
    const few = people(await signIn('felix'));
    expect(await failureOf(few.passwords.unblockPassword('mona', 'login'))).toMatchObject({
      kind: 'forbidden',
      missingRight: 'to unblock passwords',
    });
  });

  test('what an older server lacks is said in words', async () => {
    const of = people(token);
    const work = async () => {
      const status = await of.users.getUserStatus('mona');
      expect(status.status).toBe('active');
      await of.users.changeUserStatus('mona', 'blocked', 'Test');
      expect((await of.users.getUserStatus('mona')).status).toBe('blocked');
      expect((await of.users.searchUserAlerts({ page: 0, pageSize: 5 })).rows.length).toBeGreaterThan(0);
      expect((await of.sessions.searchSessions({ page: 0, pageSize: 5 })).rows.length).toBeGreaterThan(0);
      expect(await of.sessions.disconnectUserSessions('felix')).toBeGreaterThan(0);
    };
    if (generation === '4.16') return work();
    for (const call of [
      of.users.getUserStatus('mona'),
      of.sessions.searchSessions({ page: 0, pageSize: 5 }),
    ]) {
      const failure = await failureOf(call);
      expect(failure).toMatchObject({ kind: 'not-found' });
      expect(failure.message).toContain('version');
    }
  });

  test('a login password on a virtual keyboard is pressed from the store, or asked for', async () => {
    const buttons = [
      ['0M', '1e', '2m', '3b', '4r', '-x', '6y'],
      ['2e', '0m', '6b', 'rM', '-q', 'zz', '11'],
    ];
    const data = {
      loginPasswordInput: {
        ...{ internalName: 'login', inputMethod: 'virtualKeyboard', buttons, buttonsPerRow: 4 },
        ...(generation === '4.16' ? { virtualKeyboardId: 'board-1' } : {}),
      },
    };
    server.misbehave({ operation: 'getDataForLogin', status: 200, body: data });
    server.misbehave({ operation: 'login', status: 200, body: { sessionToken: 't' } });
    const sentPassword = () => {
      const header = String(lastSeen(server, 'login').headers.authorization);
      return Buffer.from(header.slice('Basic '.length), 'base64').toString('utf8');
    };
    const front = generation === '4.16' ? 'mona:board-1|' : 'mona:';
    const { values } = personOf(server, 'mona').account;
    const context = (password: string) => contextFor({ network, values: { ...values, password } });
    activeOf(await cyclos.begin(context('Member-2026'), null, {}));
    expect(sentPassword()).toBe(`${front}0M|2e|2m|6b|1e|rM|-x|2e|0M|2e|6y`);
    for (const password of ['', 'ä']) {
      const step = promptOf(await cyclos.begin(context(password), null, {}));
      expect(step.ask).toMatchObject({ kind: 'virtual-keyboard', combinations: buttons, buttonsPerRow: 4 });
      activeOf(await cyclos.answer(context(password), step.resume, { password: '2m|0m' }));
      expect(sentPassword()).toBe(`${front}2m|0m`);
    }
    server.behave();
  });
});

test('buttons are pressed in turn through the combinations', () => {
  const input = passwordInput.parse({
    inputMethod: 'virtualKeyboard',
    buttons: [
      ['ab', 'cd'],
      ['bc', 'da'],
    ],
  });
  expect(hasKeyboard(input)).toBe(true);
  expect(pressFor('aacb', input)).toBe('ab|da|cd|bc');
  expect(pressFor('ax', input)).toBeNull();
  expect(keyboardValue('ab|da', 'id')).toBe('id|ab|da');
  expect(hasKeyboard(passwordInput.parse({ inputMethod: 'virtualKeyboard' }))).toBe(false);
});

test.each([
  [401, { code: 'invalidNetwork' }, 'wrong-place'],
  [401, { code: 'invalidChannelUsage' }, 'forbidden'],
  [401, { code: 'blockedAccessClient' }, 'refused-credentials'],
  [401, { code: 'login', missingSecondaryPassword: { name: 'PIN' } }, 'refused-credentials'],
  [401, { code: 'login', missingLoginConfirmationCredentials: ['totp'] }, 'refused-credentials'],
  [401, { code: 'login', passwordStatus: 'temporarilyBlocked', userStatus: 'active' }, 'locked-out'],
  [403, { code: 'invalidTotp' }, 'refused-prompt'],
  [403, { code: 'otpInvalidated' }, 'refused-prompt'],
  [403, { code: 'blockedByTotp' }, 'locked-out'],
  [403, { code: 'indefinitelyBlocked', passwordType: { name: 'PIN' } }, 'locked-out'],
  [403, { code: 'pendingAgreements' }, 'forbidden'],
  [403, { code: 'a code of tomorrow' }, 'forbidden'],
  [422, { code: 'missingParameter', name: 'medium' }, 'invalid'],
  [500, { kind: 'otp', code: 'errorSendingSms', smsStatus: 'rejected' }, 'server-fault'],
  [500, { kind: 'forgottenPassword', code: 'invalidSecurityAnswer', keyInvalidated: true }, 'refused-prompt'],
] as const)('%i %o is %s, with the vendor’s code kept', (status, body, kind) => {
  const said = explainFor('to test')(status, body);
  expect(said).toMatchObject({ kind, vendorCode: body.code });
  expect(said?.message).toMatch(/^[A-Z].*[.)]$/);
});

test.each([
  [405, {}, 'server-fault', 'not available'],
  [503, undefined, 'server-fault', 'not available'],
  [405, { code: 'emailSending' }, 'server-fault', 'the e-mail'],
  [405, { code: 'smsSending', smsStatus: 'maxMessagesReached' }, 'server-fault', 'as many as'],
  [500, { kind: 'otp', code: 'errorSendingSms', smsStatus: 'timeout' }, 'server-fault', 'in time'],
  [403, { code: 'devicePinRemoved' }, 'refused-prompt', 'PIN of the device'],
  [403, { code: 'invalidDeviceActivationCode' }, 'refused-prompt', 'activation code'],
  [403, { code: 'invalidDeviceActivationCode', maxDeviceActivationReached: true }, 'locked-out', 'blocked'],
  [403, { code: 'invalidDeviceConfirmation' }, 'refused-prompt', 'not approved'],
  [
    403,
    {
      code: 'invalidDeviceConfirmation',
      invalidDeviceConfirmation: 'maxCheckAtemptsReached',
    },
    'locked-out',
    'blocked',
  ],
  [403, { code: 'a code of tomorrow' }, 'forbidden', 'new to Gatehouse'],
] as const)('%i %o is %s, in a sentence of its own, and no missing right', (status, body, kind, part) => {
  const said = explainFor('to test')(status, body);
  expect(said).toMatchObject({ kind, message: expect.stringContaining(part) });
  expect(said?.missingRight).toBeUndefined();
});

test('only a refused permission names the right that is missing', () => {
  for (const body of [{ code: 'permissionDenied' }, {}])
    expect(explainFor('to test')(403, body)).toMatchObject({ kind: 'forbidden', missingRight: 'to test' });
});

test.each([
  ['https://bank.example.com/harbour/api', { id: 'harbour', name: 'harbour' }],
  ['https://bank.example.com/api', null],
])('the network of %s', async (baseUrl, realm) => {
  const server = await startCyclos({ ...practiceOptions('cyclos realm'), generation: '4.16', members: 1 });
  try {
    const url = `${server.origin}${new URL(baseUrl).pathname}`;
    const { values } = personOf(server, realm ? 'Harbour' : 'root').account;
    const here = contextFor({ network, values: { ...values, baseUrl: url, principalType: '' } });
    const grant = activeOf(await cyclos.begin(here, null, {}));
    expect(grant.realm).toEqual(realm);
    await cyclos.end(here, grant.secret);
  } finally {
    await server.close();
  }
});
