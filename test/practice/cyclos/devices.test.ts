import { createHmac } from 'node:crypto';
import jsQR from 'jsqr';
import { PNG } from 'pngjs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openCyclos } from './kit.ts';

interface Waiting {
  id: string;
  person: string;
  qrContent: string;
}

describe('a trusted device of Cyclos 4.16', () => {
  let cyclos: Awaited<ReturnType<typeof openCyclos>>;
  let token: Record<string, string>;
  beforeEach(async () => {
    cyclos = await openCyclos('4.16');
    token = await cyclos.client.session('dora');
  });
  afterEach(() => cyclos.server.close());

  const call = (method: string, path: string, body?: unknown, as = token) =>
    cyclos.client.call(method, path, as, body);
  const create = async () => (await call('POST', '/device-confirmations', { type: 'secondaryLogin' })).text;
  const confirm = (value: string) =>
    cyclos.client.call(
      'POST',
      '/auth/session/login-confirmation',
      { ...token, 'content-type': 'text/plain' },
      value,
    );
  const page = `/__practice/device`;
  const waiting = async () =>
    (await (await fetch(`${cyclos.client.origin}${page}/waiting`)).json()) as Waiting[];
  const answer = (id: string, approve: boolean) =>
    fetch(`${cyclos.client.origin}${page}/answer`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ id, approve }),
    });

  test('approves a sign-in by its QR code, once', async () => {
    expect((await call('GET', '/auth/session/login-confirmation')).body).toMatchObject({
      allowedCredentials: ['device'],
      activeCredentials: ['device'],
    });
    const made = await call('POST', '/device-confirmations', { type: 'secondaryLogin' });
    expect([made.status, made.headers.get('content-type')]).toEqual([201, 'text/plain; charset=utf-8']);
    expect(made.headers.get('location')).toBe(`${cyclos.client.base}/device-confirmations/${made.text}`);
    const view = async () => (await call('GET', `/device-confirmations/${made.text}`)).body;
    expect(await view()).toMatchObject({ type: 'secondaryLogin', status: 'pending' });

    const image = await fetch(`${cyclos.client.base}/device-confirmations/${made.text}/qr-code?size=large`, {
      headers: token,
    });
    expect(image.headers.get('content-type')).toBe('image/png');
    const { data, width, height } = PNG.sync.read(Buffer.from(await image.arrayBuffer()));
    const read = jsQR(Uint8ClampedArray.from(data), width, height)?.data;
    expect(read).toBe((await view()).qrContent);
    expect(read).toMatch(new RegExp(`^cyclos://confirmation\\?id=${made.text}&description=.+&fields=.+`));

    expect(await waiting()).toMatchObject([{ id: made.text, person: 'Dora Device', qrContent: read }]);
    expect((await answer(made.text, true)).status).toBe(204);
    expect((await view()).status).toBe('approved');
    expect((await call('GET', `/device-confirmations/${made.text}/qr-code`)).status).toBe(404);
    expect((await call('GET', '/self/passwords')).body.code).toBe('loginConfirmation');
    expect((await confirm(`confirmation:${made.text}`)).status).toBe(204);
    expect((await call('GET', '/self/passwords')).status).toBe(200);
    const other = await cyclos.client.session('dora');
    const again = await cyclos.client.call(
      'POST',
      '/auth/session/login-confirmation',
      { ...other, 'content-type': 'text/plain' },
      `confirmation:${made.text}`,
    );
    expect(again.json).toEqual({
      code: 'invalidDeviceConfirmation',
      invalidDeviceConfirmation: 'invalidConfirmation',
    });
  });

  test('shows its QR code by a token in the address, as an image tag needs it', async () => {
    const id = await create();
    const image = (query: string) =>
      fetch(`${cyclos.client.base}/device-confirmations/${id}/qr-code${query}`).then(({ status }) => status);
    expect(await image('')).toBe(401);
    expect(await image(`?sessionToken=${token['session-token']}`)).toBe(200);
    expect(await image('?sessionToken=unknown')).toBe(401);
  });

  test('approves for the person who asked, and for nobody else', async () => {
    const id = await create();
    await answer(id, true);
    token = await cyclos.client.session('pablo');
    expect((await confirm(`confirmation:${id}`)).body.invalidDeviceConfirmation).toBe('invalidConfirmation');
    token = await cyclos.client.session('pia');
    expect((await confirm(`confirmation:${id}`)).body.code).toBe('illegalAction');
    token = await cyclos.client.session('dora');
    expect((await confirm(`confirmation:${id}`)).status).toBe(204);
  });

  test('rejects, and then the sign-in is not confirmed', async () => {
    const id = await create();
    await answer(id, false);
    expect((await call('GET', `/device-confirmations/${id}`)).body.status).toBe('rejected');
    expect((await confirm(`confirmation:${id}`)).body.code).toBe('invalidDeviceConfirmation');
    expect((await call('DELETE', `/device-confirmations/${id}`)).status).toBe(204);
    expect((await call('GET', `/device-confirmations/${id}`)).status).toBe(404);
  });

  test('is believed only with its own key, and for its owner', async () => {
    const id = await create();
    const admin = await cyclos.client.session('alice');
    const [device] = (await call('GET', '/dora/devices', undefined, admin)).json as { id: string }[];
    const approve = (body: object, as: Record<string, string> = {}) =>
      cyclos.client.call('POST', `/device-confirmations/${id}/approve`, as, body);
    const hmac = createHmac('sha256', 'a guess').update('content').digest('hex');
    const wrong = await approve({ deviceId: device?.id, hmac });
    expect(wrong.json).toEqual({
      code: 'invalidDeviceConfirmation',
      invalidDeviceConfirmation: 'invalidConfirmation',
    });
    expect((await approve({ deviceId: '1', hmac })).body.invalidDeviceConfirmation).toBe('invalidDevice');
    expect((await approve({})).status).toBe(422);
    expect((await approve({ deviceId: device?.id, hmac }, admin)).body.code).toBe('permissionDenied');
    expect((await call('GET', `/device-confirmations/${id}`)).body.status).toBe('pending');
    const mona = await cyclos.client.session('mona', 'Member-2026');
    expect((await call('GET', `/device-confirmations/${id}`, undefined, mona)).status).toBe(404);
    expect((await call('POST', '/device-confirmations', { type: 'secondaryLogin' }, mona)).body.code).toBe(
      'illegalAction',
    );
    expect((await call('POST', '/device-confirmations', { type: 'performPayment' })).status).toBe(422);
  });

  test('blocks who asks too often for an approval that did not come', async () => {
    const id = await create();
    for (let ask = 0; ask < 4; ask += 1)
      expect((await confirm(`confirmation:${id}`)).body.invalidDeviceConfirmation).toBe(
        'invalidConfirmation',
      );
    expect((await confirm(`confirmation:${id}`)).body.invalidDeviceConfirmation).toBe(
      'maxCheckAtemptsReached',
    );
    expect((await cyclos.client.login('dora', 'Second-2026')).body.userStatus).toBe('blocked');
    const alerts = await cyclos.client.call(
      'GET',
      '/alerts/user?types=maxDeviceConfirmationCheckAttemptsReached',
      await cyclos.client.session('alice'),
    );
    expect(alerts.json).toMatchObject([{ user: { display: 'Dora Device' } }]);
  });

  test('tells who listens that it was approved', async () => {
    const id = await create();
    const stream = await fetch(
      `${cyclos.client.base}/push/subscribe?clientId=c&kinds=deviceConfirmation&kinds=deviceConfirmationFeedback&deviceConfirmationId=${id}`,
      { headers: token },
    );
    expect(stream.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    await answer(id, true);
    await confirm(`confirmation:${id}`);
    let text = '';
    for await (const part of stream.body!.pipeThrough(new TextDecoderStream())) {
      text += part;
      if (text.includes('event: deviceConfirmationFeedback') && text.endsWith('\n\n')) break;
    }
    expect(text).toContain('event: deviceConfirmation\ndata: ');
    expect(text).toContain('"status":"approved"');
    expect(text).toContain('"successful":true');
  });

  test('opens a trusted session with what data-for-login names, with and without the password', async () => {
    const admin = await cyclos.client.session('alice');
    const [device] = (await call('GET', '/dora/devices', undefined, admin)).json as { id: string }[];
    const deviceId = device?.id ?? '';
    const asked = async () => {
      const { body } = await cyclos.client.call('GET', `/auth/data-for-login?deviceId=${deviceId}`);
      return body.deviceConfirmation as { id: string; qrContent: string };
    };
    const forged = await asked();
    const login = (query: string, principal = 'dora') => cyclos.client.login(principal, 'Second-2026', query);
    const bad = await login(`?deviceId=${deviceId}&deviceConfirmationId=${forged.id}&hmac=00`);
    expect([bad.status, bad.json]).toEqual([
      401,
      { code: 'login', invalidDeviceConfirmation: 'invalidConfirmation' },
    ]);
    const secret = cyclos.ids.authenticatorSecret('cyclos/device dora');
    const query = async () => {
      const { id, qrContent } = await asked();
      const hmac = createHmac('sha256', secret).update(qrContent).digest('hex');
      return `?deviceId=${deviceId}&deviceConfirmationId=${id}&hmac=${hmac}`;
    };
    const { body } = await login(await query());
    expect(body).toMatchObject({ trustedSession: true });
    expect(body.loginConfirmation).toBeUndefined();
    const alone = await cyclos.client.call('POST', `/auth/session${await query()}`, { channel: 'main' });
    expect(alone.body.user?.display).toBe('Dora Device');
    const trusted = { 'session-token': String(alone.body.sessionToken) };
    expect((await cyclos.client.call('GET', '/auth/session', trusted)).body.device).toMatchObject({
      id: deviceId,
    });
    const source = await cyclos.client.call('PUT', '/auth/session', trusted, { source: 'device' });
    expect(source.status).toBe(204);
  });
});
