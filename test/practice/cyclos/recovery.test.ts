import { PNG } from 'pngjs';
import { afterEach, describe, expect, test } from 'vitest';
import { openCyclos } from './kit.ts';

describe('a forgotten Cyclos password', () => {
  let cyclos: Awaited<ReturnType<typeof openCyclos>>;
  afterEach(() => cyclos.server.close());

  /** Reads the picture as a person would: here from the practice list. */
  const captcha = async () => {
    const made = await cyclos.client.call('POST', '/captcha');
    expect(made.status).toBe(201);
    const open = (await (await fetch(`${cyclos.client.origin}/__practice/captchas`)).json()) as Record<
      string,
      string
    >;
    return { challenge: made.text, response: open[made.text] };
  };
  const request = async (body: object) =>
    cyclos.client.call('POST', '/auth/forgotten-password/request', {}, { captcha: await captcha(), ...body });
  const change = (body: object) => cyclos.client.call('POST', '/auth/forgotten-password', {}, body);

  test('is set by a key in 4.11', async () => {
    cyclos = await openCyclos('4.11');
    expect(await request({ user: 'mona' })).toMatchObject({ status: 204, text: '' });
    expect((await request({ user: 'nobody-there' })).status).toBe(204);
    const key = cyclos.inbox.latest('mona@left-coast.example')?.code ?? '';
    const data = await cyclos.client.call('GET', `/auth/forgotten-password/data-for-change?key=${key}`);
    expect(data.json).toEqual({ generated: false });
    expect(
      (await cyclos.client.call('GET', '/auth/forgotten-password/data-for-change?key=wrong')).status,
    ).toBe(404);
    expect(await change({ key: 'wrong', newPassword: 'Brand-new-1' })).toMatchObject({
      status: 500,
      body: { kind: 'forgottenPassword', code: 'unexpected' },
    });
    expect((await change({ key, newPassword: 'Brand-new-1' })).status).toBe(204);
    expect((await cyclos.client.login('mona', 'Brand-new-1')).status).toBe(200);
    expect((await change({ key, newPassword: 'Brand-new-2' })).status).toBe(500);
  });

  test('is set by user and code in 4.16', async () => {
    cyclos = await openCyclos('4.16');
    const sent = await request({ user: 'mona', sendMedium: 'sms' });
    expect(sent.json).toEqual({ sendMedium: 'sms', sentTo: ['**********02'] });
    const unknown = await request({ user: 'nobody@nowhere.example', sendMedium: 'email' });
    expect(unknown.json).toEqual({ sendMedium: 'email', sentTo: ['nobody@nowhere.example'] });
    const code = cyclos.inbox.latest('+15550100102')?.code ?? '';
    const data = await cyclos.client.call(
      'GET',
      `/auth/forgotten-password/data-for-change?user=mona&code=${code}`,
    );
    expect(data.body).toMatchObject({ user: { display: 'Mona Member' }, passwordType: { mode: 'manual' } });
    expect((await change({ user: 'mona', code, newPassword: 'x' })).body).toMatchObject({
      code: 'validation',
      properties: ['newPassword'],
    });
    expect((await change({ user: 'mona', code, newPassword: 'Brand-new-1' })).status).toBe(204);
    expect((await cyclos.client.login('mona', 'Brand-new-1')).status).toBe(200);
  });

  test('ends after five wrong codes', async () => {
    cyclos = await openCyclos('4.16');
    await request({ user: 'mona', sendMedium: 'email' });
    const code = cyclos.inbox.latest('mona@left-coast.example')?.code ?? '';
    const look = (given: string) =>
      cyclos.client.call('GET', `/auth/forgotten-password/data-for-change?user=mona&code=${given}`);
    for (let wrong = 0; wrong < 5; wrong += 1) expect((await look('x')).status).toBe(404);
    expect((await look(code)).status).toBe(404);
  });

  test('asks the security question and gives up after three wrong answers', async () => {
    cyclos = await openCyclos('4.16');
    await request({ user: 'quinn' });
    const code = cyclos.inbox.latest('quinn@left-coast.example')?.code ?? '';
    const answer = (securityAnswer: string) =>
      change({ user: 'quinn', code, securityAnswer, newPassword: 'Brand-new-1' });
    expect((await answer('Swan')).body).toMatchObject({
      code: 'invalidSecurityAnswer',
      keyInvalidated: false,
    });
    await answer('Swan');
    expect((await answer('Swan')).body).toMatchObject({
      code: 'invalidSecurityAnswer',
      keyInvalidated: true,
    });
    expect((await answer('Albatros')).body.code).toBe('unexpected');
  });

  test('is generated and mailed where the network says so', async () => {
    cyclos = await openCyclos('4.11');
    cyclos.client.base = `${cyclos.client.origin}/harbour/api`;
    await request({ user: 'henry@harbour.example' });
    const key = cyclos.inbox.latest('henry@harbour.example')?.code ?? '';
    expect((await change({ key })).status).toBe(204);
    const made = cyclos.inbox.latest('henry@harbour.example')?.code ?? '';
    expect((await cyclos.client.login('henry@harbour.example', made)).status).toBe(200);
  });

  test('needs the characters of the picture, once', async () => {
    cyclos = await openCyclos('4.16');
    const made = await captcha();
    const image = await fetch(`${cyclos.client.base}/captcha/${made.challenge}?width=180&height=50`);
    const png = PNG.sync.read(Buffer.from(await image.arrayBuffer()));
    expect([image.headers.get('content-type'), png.width, png.height]).toEqual(['image/png', 180, 50]);
    const wrong = await request({ user: 'mona', captcha: { ...made, response: 'no' } });
    expect(wrong).toMatchObject({ status: 422, body: { properties: ['captcha'] } });
    expect((await request({ user: 'mona', captcha: made })).status).toBe(422);
    expect(cyclos.inbox.list()).toEqual([]);
  });

  test('is off where no medium is offered', async () => {
    cyclos = await openCyclos('4.16');
    cyclos.client.base = `${cyclos.client.origin}/api`;
    const { body } = await cyclos.client.call('GET', '/auth/data-for-login');
    expect(body).not.toHaveProperty('forgotPasswordMediums');
    expect((await request({ user: 'root' })).status).toBe(403);
  });
});
