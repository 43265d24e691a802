import { afterEach, expect, test } from 'vitest';
import { createNetwork } from '../../../main/vendors/http.ts';
import { failureOf, json, serve } from './http-fixture.ts';

const network = createNetwork();
const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

/** The failure of a request with this JSON body, at a server that answers 400 with `said`. */
async function refusedWith(sent: unknown, said: unknown) {
  const server = await serve((_, response) => json(response, 400, said));
  closing.push(server.close);
  const door = network.open({ baseUrl: server.origin, userAgent: 'Gatehouse' });
  const explain = (_status: number, body: unknown) => ({
    message: `The password is wrong. The server says: ${JSON.stringify(body)}`,
  });
  return failureOf(door.ask({ operation: 'x', method: 'POST', path: ['x'], json: sent, explain }));
}

test('a password that is a word of ours stays in our sentence and goes from the server’s', async () => {
  const { message } = await refusedWith({ password: 'wrong' }, { message: 'wrong is not right' });
  expect(message).toBe('The password is wrong. The server says: {"message":"••• is not right"}');
});

test('a bare JSON string is a secret too', async () => {
  const { message } = await refusedWith('canary-7', { message: 'canary-7 is bad' });
  expect(message).toContain('••• is bad');
});

test('a secret is found at any depth and as a name; the vendor’s own codes stay', async () => {
  const said = { code: 'login', login: [{ deep: 'my login' }], passwordStatus: 'login' };
  const { message } = await refusedWith({ password: 'login' }, said);
  expect(message).toContain('{"code":"login","•••":[{"deep":"my •••"}],"passwordStatus":"login"}');
});

test('of two secrets, one in the other, nothing is left over', async () => {
  const { message } = await refusedWith({ pin: '1234', password: '123456' }, { message: '123456' });
  expect(message).toContain('{"message":"•••"}');
});
