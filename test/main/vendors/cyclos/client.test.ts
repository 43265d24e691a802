import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { VendorHttp } from '#http/types.ts';
import type { Access } from '../../../../main/vendors/cyclos/api/access.ts';
import { cyclosClient } from '../../../../main/vendors/cyclos/api/client.ts';
import type { PracticeServer } from '../../../../practice/common/server.ts';
import { startCyclos } from '../../../../practice/cyclos/index.ts';
import { failureOf, lastSeen, newNetwork, personOf, practiceOptions } from '../practice-context.ts';

const network = newNetwork();
afterAll(() => network.close());

const guest: Access = { kind: 'guest' };
const session: Access = { kind: 'session', token: 'canary-token' };
const mona = { principal: 'mona', principalType: 'username' };
const basic: Access = { kind: 'basic', ...mona, password: 'Member-2026' };
const change = { newPassword: 'New-2027', newPasswordConfirmation: 'New-2027', checkConfirmation: true };

/** Gets a captcha and reads it from the server's own list, which stands in for a person's eyes. */
async function answerCaptcha(server: PracticeServer, http: VendorHttp) {
  const captchas = cyclosClient(http, guest).passwords;
  const challenge = await captchas.newCaptcha();
  const picture = Buffer.from(await captchas.getCaptchaImage(challenge, { width: 200, height: 60 }));
  expect(picture.subarray(1, 4).toString()).toBe('PNG');
  const open = await (await fetch(`${server.origin}/__practice/captchas`)).json();
  return { challenge, response: String(open[challenge]) };
}

describe.each(['4.11', '4.16'] as const)('%s', (generation) => {
  let server: PracticeServer;
  const options = practiceOptions(`cyclos client ${generation}`);
  beforeAll(async () => {
    server = await startCyclos({ ...options, generation, members: 5 });
  });
  afterEach(() => server.behave());
  afterAll(() => server.close());
  const http = (): VendorHttp => network.open({ baseUrl: server.url, userAgent: 'Gatehouse/0 (test; one)' });
  const client = (access: Access, over = http()) => cyclosClient(over, access, generation);

  test('the second password is a JSON string for 4.11 and plain text for 4.16', async () => {
    await failureOf(client(session).auth.validateSecondaryPassword('4711'));
    const type = lastSeen(server, 'validateSecondaryPassword').headers['content-type'];
    expect(type).toMatch(generation === '4.11' ? /^application\/json/ : /^text\/plain/);
  });

  test('several fields are repeated for 4.11 and joined for 4.16', async () => {
    const auth = await client(basic).auth.getCurrentAuth(['user', 'role']);
    expect(lastSeen(server, 'getCurrentAuth').query.fields).toEqual(
      generation === '4.11' ? ['user', 'role'] : 'user,role',
    );
    expect(auth.user?.display).toBe('Mona Member');
    expect(auth.principal).toBeUndefined();
  });

  test('the split cookie: half in a header, half in the jar', async () => {
    const over = http();
    const count = () => server.sessions().filter((one) => one.person === 'mona').length;
    const before = count();
    const { sessionToken = '' } = await client(basic, over).auth.login({ cookie: true });
    const split = client({ kind: 'split', prefix: sessionToken }, over);
    expect((await split.auth.getCurrentAuth()).user?.display).toBe('Mona Member');
    expect(lastSeen(server, 'getCurrentAuth').headers['session-prefix']).toBe(sessionToken);
    // Without the cookie the half is worth nothing.
    const half = client({ kind: 'split', prefix: sessionToken });
    expect((await half.auth.getCurrentAuth().catch(() => undefined))?.user).toBeUndefined();
    await split.auth.logout({ cookie: true });
    expect(count()).toBe(before);
  });

  test('an access client disconnects itself, and is then refused', async () => {
    const token = personOf(server, 'Office till').apiKey ?? '';
    const office = client({ kind: 'access-client', token }).auth;
    expect((await failureOf(office.disconnectCurrentClient())).kind).toMatch(/forbidden|refused-prompt/);
    await office.disconnectCurrentClient('Member-2026');
    expect(await failureOf(office.getCurrentAuth())).toMatchObject({ kind: 'refused-credentials' });
  });

  test('a forgotten password: request, data for the change, change', async () => {
    const of = client(guest);
    const user = 'quinn';
    const data = await of.auth.getDataForLogin();
    expect(data?.forgotPasswordMediums.length).toBeGreaterThan(0);
    const asked = await answerCaptcha(server, http());
    const sent = await of.passwords.forgottenPasswordRequest({ user, captcha: asked, sendMedium: 'email' });
    expect(Boolean(sent)).toBe(generation === '4.16');
    const code = options.inbox.list().at(-1)?.code ?? '';
    const by = generation === '4.11' ? { key: code } : { user, code };
    const needs = await of.passwords.getDataForChangeForgottenPassword(by);
    expect(needs.securityQuestion).toContain('boat');
    const wrong = await failureOf(
      of.passwords.changeForgottenPassword({ ...by, ...change, securityAnswer: 'Titanic' }),
    );
    expect(wrong).toMatchObject({ kind: 'refused-prompt', vendorCode: 'invalidSecurityAnswer' });
    await of.passwords.changeForgottenPassword({ ...by, ...change, securityAnswer: 'Albatros' });
    const fresh: Access = { ...basic, principal: user, password: change.newPassword };
    expect((await client(fresh).auth.getCurrentAuth()).user?.display).toBe('Quinn Question');
  });
});
