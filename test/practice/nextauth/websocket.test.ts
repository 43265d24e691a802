import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { openNextAuth } from './kit.ts';

const base64url = (text: string) => Buffer.from(text, 'base64').toString('base64url');

describe('the nextAuth websocket', () => {
  let auth: Awaited<ReturnType<typeof openNextAuth>>;
  let socket: WebSocket;
  let heard: string[];
  let ids: string;
  beforeEach(async () => {
    auth = await openNextAuth();
    ids = `${base64url((await auth.api.status()).hsid)} ${base64url(auth.api.serverId)}`;
    heard = [];
    socket = new WebSocket((await auth.api.call('GET', '/')).json.wsurl);
    socket.on('message', (data) => heard.push(String(data)));
    await new Promise((resolve) => socket.once('open', resolve));
  });
  afterEach(async () => {
    socket.terminate();
    await auth.server.close();
  });

  const hears = (...types: string[]) =>
    expect.poll(() => heard).toEqual(types.map((type) => `${type} ${ids}`));

  test('answers REGISTER and tells of a scan, a refusal and a login', async () => {
    const { api } = auth;
    socket.send(`REGISTER ${ids}`);
    await hears('LOGOUT');
    const scan = async () => (await api.phone('scan', { payload: await api.payload(), accountId: 101 })).json;
    await api.phone(`approvals/${(await scan()).approvalId}/refuse`);
    await hears('LOGOUT', 'CONFIRMSCAN', 'CANCEL');
    await api.phone('scan', { payload: await api.payload() });
    await hears('LOGOUT', 'CONFIRMSCAN', 'CANCEL', 'NOACCOUNTS');
    await api.phone(`approvals/${(await scan()).approvalId}/approve`);
    await hears('LOGOUT', 'CONFIRMSCAN', 'CANCEL', 'NOACCOUNTS', 'CONFIRMSCAN', 'LOGIN');
  });

  test('logs out and provokes from the socket', async () => {
    await auth.api.scanIn();
    socket.send(`REGISTER ${ids}`);
    await hears('LOGIN');
    socket.send(`LOGOUT ${ids}`);
    await hears('LOGIN', 'LOGOUT', 'CANPROVOKE');
    socket.send(`PROVOKE ${ids}`);
    await hears('LOGIN', 'LOGOUT', 'CANPROVOKE', 'CONFIRMPROVOKE');
    expect((await auth.api.approvals()).length).toBe(1);
  });

  test('passes over what it does not know', async () => {
    socket.send(`REGISTER ${(await auth.api.status()).hsid} ${auth.api.serverId}`);
    socket.send('HELLO');
    socket.send(`REGISTER AAAA ${base64url(auth.api.serverId)}`);
    socket.send(`REGISTER ${ids}`);
    await hears('LOGOUT');
  });

  test('can be switched off, so that clients poll', async () => {
    const off = await openNextAuth({ websocket: false });
    const refused = new WebSocket((await off.api.call('GET', '/')).json.wsurl);
    const error = await new Promise<Error>((resolve) => refused.once('error', resolve));
    expect(error.message).toContain('503');
    await off.server.close();
  });
});
