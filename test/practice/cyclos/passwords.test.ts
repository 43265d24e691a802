import { Secret, TOTP, URI } from 'otpauth';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openCyclos } from './kit.ts';

interface Row {
  status: string;
  type: { internalName: string };
  permissions: Record<string, boolean>;
  requireOldPasswordForChange: boolean;
  history?: { action: string; by?: { display: string } }[];
}

describe.each(['4.11', '4.16'] as const)('passwords of Cyclos %s', (generation) => {
  let cyclos: Awaited<ReturnType<typeof openCyclos>>;
  let alice: Record<string, string>;
  beforeEach(async () => {
    cyclos = await openCyclos(generation);
    alice = await cyclos.client.session('alice');
  });
  afterEach(() => cyclos.server.close());

  const call = (method: string, path: string, as = alice, more = {}) =>
    cyclos.client.call(method, path, { ...as, ...more });
  const row = async (user: string, type: string, as = alice) =>
    (await call('GET', `/${user}/passwords/${type}`, as)).body as unknown as Row;
  const allowed = async (user: string, type: string, as = alice) => {
    const { permissions } = await row(user, type, as);
    return Object.keys(permissions)
      .filter((name) => permissions[name])
      .sort();
  };

  test('lets a manager allow and reset what the server generates, and the owner make it', async () => {
    const gina = await cyclos.client.session('gina', 'Member-2026');
    const generate = (how: string, as: Record<string, string>) =>
      call('POST', `/passwords/transaction/${how}`, as, { confirmationpassword: 'Member-2026' });
    expect(await allowed('gina', 'transaction')).toEqual(['allowGeneration', 'disable']);
    expect((await generate('generate', gina)).body.code).toBe('illegalAction');
    const manage = (how: string) => call('POST', `/gina/passwords/transaction/${how}`);
    expect((await manage('reset-generated')).body.code).toBe('illegalAction');
    expect((await manage('allow-generation')).status).toBe(204);
    expect((await row('gina', 'transaction')).status).toBe('pending');
    expect((await manage('allow-generation')).body.code).toBe('illegalAction');
    expect(await allowed('self', 'transaction', gina)).toEqual(['disable', 'generate']);
    const first = await generate('generate', gina);
    expect(first.headers.get('content-type')).toBe('text/plain; charset=utf-8');
    expect(first.text).toHaveLength(10);
    expect(await allowed('self', 'transaction', gina)).toEqual(['changeGenerated', 'disable']);
    expect(
      (await call('POST', '/passwords/transaction/change-generated', gina, { confirmationpassword: 'no' }))
        .body.code,
    ).toBe('invalidPassword');
    const second = await generate('change-generated', gina);
    expect(second.text).not.toBe(first.text);
    expect(await allowed('gina', 'transaction')).toEqual(['disable', 'resetGenerated']);
    expect((await manage('reset-generated')).status).toBe(204);
    expect((await row('gina', 'transaction')).status).toBe('pending');
    expect((await generate('change-generated', gina)).body.code).toBe('illegalAction');
    const told = (await row('gina', 'transaction')).history?.map(({ action, by }) => [action, by?.display]);
    if (generation === '4.16')
      expect(told).toEqual([
        ['reset', 'Alice Arden'],
        ['change', 'Gina Generated'],
        ['activate', 'Gina Generated'],
        ['allow_activation', 'Alice Arden'],
      ]);
    else expect(told).toBeUndefined();
  });

  test('asks for the old password only where it has one that is good', async () => {
    const mona = await cyclos.client.session('mona', 'Member-2026');
    expect((await row('self', 'login', mona)).requireOldPasswordForChange).toBe(true);
    const change = (as: Record<string, string>) =>
      cyclos.client.call('POST', '/self/passwords/login/change', as, { newPassword: 'Fresh-2026' });
    expect((await change(mona)).body.properties).toEqual(['oldPassword']);
    const xaver = await cyclos.client.session('xaver', 'Steps-2026');
    expect((await row('self', 'login', xaver)).requireOldPasswordForChange).toBe(false);
    expect((await change(xaver)).status).toBe(204);
    expect((await row('mona', 'login')).requireOldPasswordForChange).toBe(false);
  });

  test('sends a new one by every way there is, unless told which', async () => {
    const send = (query: string) => call('POST', `/mona/passwords/login/reset-and-send${query}`);
    const to = () => cyclos.inbox.list().map((letter) => letter.to);
    expect((await send('')).status).toBe(204);
    expect(to()).toEqual(['mona@left-coast.example', '+15550100102']);
    expect((await send('?sendMediums=sms')).status).toBe(204);
    expect(to().slice(2)).toEqual(['+15550100102']);
    const pigeon = await send('?sendMediums=pigeon');
    expect([pigeon.status, pigeon.body.kind]).toEqual([500, 'general']);
    expect((await call('POST', '/silke/passwords/login/reset-and-send')).status).toBe(
      generation === '4.16' ? 405 : 500,
    );
    // What could not be sent was not set.
    expect((await cyclos.client.login('silke', 'Second-2026')).status).toBe(200);
  });

  describe.runIf(generation === '4.16')('and what stands beside them', () => {
    test('resets a security answer, which its owner sets again', async () => {
      const quinn = await cyclos.client.session('quinn', 'Question-2026');
      const offered = async () =>
        (await call('GET', '/self/passwords/list-data', quinn)).body.dataForSetSecurityAnswer;
      expect(await offered()).toBeUndefined();
      const set = (answer: string, question = 'street') =>
        cyclos.client.call('POST', '/security-answer', quinn, {
          securityQuestion: question,
          securityAnswer: answer,
        });
      expect((await set('Main')).body.code).toBe('illegalAction');
      expect((await call('DELETE', '/quinn/security-answer', quinn)).body.code).toBe('permissionDenied');
      expect((await call('DELETE', '/quinn/security-answer')).status).toBe(204);
      expect((await call('DELETE', '/quinn/security-answer')).status).toBe(409);
      expect(await offered()).toMatchObject({
        securityQuestions: [{ internalName: 'boat' }, { internalName: 'street' }],
      });
      expect((await set('Main', 'pet')).status).toBe(403);
      expect((await set('Main')).status).toBe(204);
      expect(await offered()).toBeUndefined();
    });

    test('sets up an authenticator for oneself', async () => {
      const mona = await cyclos.client.session('mona', 'Member-2026');
      const look = async (user: string, as: Record<string, string>) =>
        (await call('GET', `/${user}/totp-secret`, as)).body;
      const start = await look('self', mona);
      expect(start).toMatchObject({ status: 'neverCreated', canActivate: true, canRemove: false });
      const { phones } = start.sendVerificationCodeData as { phones: { id: string }[] };
      const post = (path: string, text: string) =>
        cyclos.client.call('POST', `/totp-secret/${path}`, { ...mona, 'content-type': 'text/plain' }, text);
      const send = (body: object) =>
        cyclos.client.call('POST', '/totp-secret/send-activaction-code', mona, body);
      expect((await send({ medium: 'sms' })).status).toBe(422);
      const sent = await send({ medium: 'sms', mobilePhone: phones[0]?.id });
      expect(sent.body).toMatchObject({ sendMedium: 'sms', sentTo: '+15550100102' });
      expect((await post('verify-activation-code', 'x')).status).toBe(422);
      const code = cyclos.inbox.latest('+15550100102')?.code ?? '';
      const verified = await post('verify-activation-code', code);
      const app = URI.parse(verified.text) as TOTP;
      expect(await look('self', mona)).toMatchObject({ status: 'pending', secretUrl: verified.text });
      const seen = await look('mona', alice);
      expect(seen).toMatchObject({ status: 'pending', canRemove: false });
      expect(JSON.stringify(seen)).not.toContain(app.secret.base32);
      expect((await post('activate', '000')).body.code).toBe('invalidTotp');
      const right = () => app.generate({ timestamp: cyclos.clock.now() });
      expect((await post('activate', right())).status).toBe(204);
      expect((await look('mona', alice)).canRemove).toBe(true);
      expect((await send({ medium: 'email' })).body.code).toBe('illegalAction');
      const drop = { confirmationpassword: `totp:${right()}` };
      expect((await call('DELETE', '/self/totp-secret', mona, drop)).status).toBe(204);
      expect((await look('self', mona)).status).toBe('neverCreated');
    });

    test('blocks a person for wrong authenticator codes, until a manager changes the status', async () => {
      const secret = cyclos.server.people.find(({ identity }) => identity === 'tara')?.totpSecret ?? '';
      const right = () =>
        new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: cyclos.clock.now() });
      const tara = await cyclos.client.session('tara');
      const answer = (value: string, as: Record<string, string>) =>
        cyclos.client.call(
          'POST',
          '/auth/session/login-confirmation',
          { ...as, 'content-type': 'text/plain' },
          `totp:${value}`,
        );
      await answer('000', tara);
      await answer('000', tara);
      expect((await answer('000', tara)).body.code).toBe('blockedByTotp');
      expect((await cyclos.client.login('tara', 'Second-2026')).body.userStatus).toBe('blocked');
      expect((await call('GET', '/tara/totp-secret')).body.status).toBe('active');
      await cyclos.client.call('POST', '/tara/status', alice, { status: 'active' });
      expect((await answer(right(), await cyclos.client.session('tara'))).status).toBe(204);
    });

    test('sends a one-time password to the phone that is chosen, and to all when none is', async () => {
      const theo = await cyclos.client.session('theo');
      const otp = (query: string) =>
        call('POST', `/auth/session/login-confirmation/otp?medium=sms${query}`, theo);
      const { body } = await call('GET', '/auth/session/login-confirmation', theo);
      const phones = body.mobilePhonesToSendOtp as { id: string; number: string }[];
      expect(phones.map(({ number }) => number)).toEqual(['**********11', '**********12']);
      expect((await otp('')).json).toEqual(['+15550100111', '+15550100112']);
      expect((await otp(`&mobilePhones=${phones[1]?.id}`)).json).toEqual(['+15550100112']);
      expect((await otp('&mobilePhones=12345')).body.properties).toEqual(['mobilePhones']);
      const ids = phones.map(({ id }) => id);
      expect((await otp(`&mobilePhones=${ids.join(',')}`)).json).toHaveLength(2);
      expect((await otp(`&mobilePhones=${ids.join('&mobilePhones=')}`)).json).toHaveLength(2);
    });
  });
});
