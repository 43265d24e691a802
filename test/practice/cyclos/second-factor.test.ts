import { Secret, TOTP } from 'otpauth';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openCyclos } from './kit.ts';

describe.each(['4.11', '4.16'] as const)('the second factor of Cyclos %s', (generation) => {
  let cyclos: Awaited<ReturnType<typeof openCyclos>>;
  let token: Record<string, string>;
  beforeEach(async () => {
    cyclos = await openCyclos(generation);
  });
  afterEach(() => cyclos.server.close());

  const older = generation === '4.11';
  const path = `/auth/session/${older ? 'secondary-password' : 'login-confirmation'}`;
  const answer = (value: string) =>
    older
      ? cyclos.client.call(
          'POST',
          path,
          { ...token, 'content-type': 'application/json' },
          JSON.stringify(value),
        )
      : cyclos.client.call('POST', path, { ...token, 'content-type': 'text/plain' }, value);
  const open = async () => {
    const { body } = await cyclos.client.call('GET', '/auth', token);
    return body.pendingSecondaryPassword === true || body.loginConfirmation !== undefined;
  };

  test('takes the secondary password and then everything', async () => {
    token = await cyclos.client.session('pia');
    expect(await open()).toBe(true);
    expect((await answer('4711')).status).toBe(204);
    expect(await open()).toBe(false);
    expect((await cyclos.client.call('GET', '/self/passwords', token)).status).toBe(200);
  });

  test('refuses the other generation’s form of the body', async () => {
    token = await cyclos.client.session('pia');
    const type = older ? 'text/plain' : 'application/json';
    const { status } = await cyclos.client.call(
      'POST',
      path,
      { ...token, 'content-type': type },
      older ? '4711' : '"4711"',
    );
    expect(status).toBe(415);
  });

  test('blocks the secondary password for good after three wrong ones', async () => {
    token = await cyclos.client.session('pia');
    expect((await answer('0000')).body).toMatchObject({
      code: 'invalidPassword',
      passwordType: { internalName: 'pin' },
    });
    await answer('0000');
    expect((await answer('0000')).body.code).toBe('indefinitelyBlocked');
    expect((await answer('4711')).body.code).toBe('indefinitelyBlocked');
    const again = await cyclos.client.login('pia', 'Second-2026');
    expect(again).toMatchObject({
      status: 401,
      body: older
        ? { code: 'login', missingSecondaryPassword: { internalName: 'pin' } }
        : { code: 'login', missingLoginConfirmationCredentials: ['password'] },
    });
  });

  test('sends one-time passwords by mail and SMS', async () => {
    token = await cyclos.client.session('otto');
    const otp = older ? '/auth/otp' : `${path}/otp`;
    expect((await cyclos.client.call('POST', otp, token)).body).toEqual({
      code: 'missingParameter',
      name: 'medium',
    });
    const sent = await cyclos.client.call('POST', `${otp}?medium=sms`, token);
    expect(sent.json).toEqual(['+15550100103']);
    const first = cyclos.inbox.latest('+15550100103')?.code ?? '';
    await cyclos.client.call('POST', `${otp}?medium=email`, token);
    const second = cyclos.inbox.latest('otto@left-coast.example')?.code ?? '';
    expect((await answer(first)).body.code).toBe('invalidPassword');
    expect((await answer(second)).status).toBe(204);
    expect(await open()).toBe(false);
  });

  test('ends a one-time password after too many tries', async () => {
    token = await cyclos.client.session('otto');
    await cyclos.client.call('POST', `${older ? '/auth/otp' : `${path}/otp`}?medium=email`, token);
    await answer('x');
    await answer('x');
    expect((await answer('x')).body.code).toBe(older ? 'temporarilyBlocked' : 'otpInvalidated');
  });

  test.each([
    ['silke', 'rejected'],
    ['stella', 'maxMessagesReached'],
  ])('says why the gateway failed: %s', async (person, smsStatus) => {
    token = await cyclos.client.session(person);
    const sent = await cyclos.client.call('POST', `${older ? '/auth/otp' : `${path}/otp`}?medium=sms`, token);
    expect(sent).toMatchObject(
      older
        ? { status: 500, body: { kind: 'otp', code: 'errorSendingSms', smsStatus } }
        : { status: 405, body: { code: 'smsSending', smsStatus } },
    );
  });

  test('moves the buttons of a virtual keyboard and takes each keyboard once', async () => {
    token = await cyclos.client.session('kira');
    const shown = (await cyclos.client.call('GET', path, token)).body;
    const next = (await cyclos.client.call('GET', path, token)).body;
    expect(next.buttons).not.toEqual(shown.buttons);
    const pressed = (digits: string) =>
      [...digits].map((digit, at) => next.buttons?.[at]?.find((button) => button.includes(digit))).join('|');
    const value = (digits: string) =>
      older ? pressed(digits) : `${next.virtualKeyboardId}|${pressed(digits)}`;
    expect((await answer(value('0000'))).body.code).toBe('invalidPassword');
    expect((await answer(value('2580'))).body.code).toBe('invalidPassword');
    const fresh = (await cyclos.client.call('GET', path, token)).body;
    Object.assign(next, fresh);
    expect((await answer(value('2580'))).status).toBe(204);
  });

  test('refuses who has no usable second factor', async () => {
    const { status, body } = await cyclos.client.login('nora', 'Second-2026');
    expect([status, body.code]).toEqual([401, 'login']);
    expect(Object.keys(body)).toContain(
      older ? 'missingSecondaryPassword' : 'missingLoginConfirmationPasswordType',
    );
  });

  test.runIf(!older)('takes authenticator codes, and blocks them after three wrong ones', async () => {
    const secret = cyclos.server.people.find((person) => person.identity === 'tara')?.totpSecret ?? '';
    const code = () =>
      new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: cyclos.clock.now() });
    token = await cyclos.client.session('tara');
    expect((await cyclos.client.call('GET', path, token)).body.activeCredentials).toEqual(['totp']);
    expect((await answer(`totp:${code()}`)).status).toBe(204);
    token = await cyclos.client.session('tara');
    expect((await answer('totp:000')).body.code).toBe('invalidTotp');
    await answer('totp:000');
    expect((await answer('totp:000')).body.code).toBe('blockedByTotp');
    const admin = await cyclos.client.session('alice');
    const alerts = await cyclos.client.call('GET', '/alerts/user?types=maxTotpAttemptsReached', admin);
    expect(alerts.json).toMatchObject([{ user: { display: 'Tara Totp' } }]);
  });
});
