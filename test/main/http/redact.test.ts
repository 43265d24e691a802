import { afterEach, expect, test } from 'vitest';
import { createNetwork } from '#http/client.ts';
import type { HttpRequest } from '#http/types.ts';
import { failureOf, json, serve } from './fixture.ts';

const network = createNetwork();
const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

/** The failure of a request with this JSON body, at a server that answers 400 with `said`. */
async function refusedWith(sent: unknown, said: unknown) {
  const server = await serve((_, response) => json(response, 400, said));
  closing.push(server.close);
  const http = network.open({ baseUrl: server.origin, userAgent: 'Gatehouse' });
  const explain = (_status: number, body: unknown) => ({
    message: `The password is wrong. The server says: ${JSON.stringify(body)}`,
  });
  return failureOf(http.send({ operation: 'x', method: 'POST', path: ['x'], json: sent, explain }));
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

const password = 'Pä55 w/"rd+<&\'§';
const bytes = Buffer.from(password);
const asBase64 = (before: string, after: string) =>
  Buffer.from(`${before}${password}${after}`).toString('base64');

test.each([
  ['as it is', password],
  ['escaped for JSON', JSON.stringify(password).slice(1, -1)],
  ['escaped for JSON with its slashes', JSON.stringify(password).slice(1, -1).replaceAll('/', '\\/')],
  ['in an address', encodeURIComponent(password)],
  [
    'in an address, with small letters',
    encodeURIComponent(password).replace(/%../g, (code) => code.toLowerCase()),
  ],
  ['in a form', new URLSearchParams({ p: password }).toString().slice(2)],
  ['escaped for HTML', 'Pä55 w/&quot;rd+&lt;&amp;&#39;§'],
  ['in base64', asBase64('', '')],
  ['in base64 after one character', asBase64('a', 'bc')],
  ['in base64 after two', asBase64('ab', 'c')],
  ['in base64 after three', asBase64('abc', '')],
  ['in base64 for addresses', bytes.toString('base64url')],
  ['in hex', bytes.toString('hex')],
  ['in large hex', bytes.toString('hex').toUpperCase()],
])('a password %s goes from what a server says', async (_, echoed) => {
  const { message } = await refusedWith({ password }, { message: `no: ${echoed}!` });
  // Of base64 the characters at its ends stand for its neighbours too.
  expect(message).toMatch(/"no: \w{0,4}•••[\w=]{0,5}!"/);
});

/** What a text answer of the server is quoted as. */
async function quoted(request: Partial<HttpRequest<undefined>>, said: string, secrets?: () => string[]) {
  const server = await serve((_, response) => void response.writeHead(400).end(said));
  closing.push(server.close);
  const http = network.open({
    baseUrl: server.origin,
    userAgent: 'Gatehouse',
    ...(secrets ? { secrets } : {}),
  });
  const explain = (_status: number, body: unknown) => ({ message: String(body), vendorCode: String(body) });
  return failureOf(http.send({ operation: 'x', method: 'POST', path: ['x'], explain, ...request }));
}

test('the person and password of basic credentials go, put together or apart', async () => {
  const authorization = `Basic ${Buffer.from('anna:canary-7').toString('base64')}`;
  const { message } = await quoted({ headers: { authorization } }, 'anna:canary-7, and canary-7');
  expect(message).toBe('•••, and •••');
});

test('an answer to a security question is a secret', async () => {
  const { message } = await quoted({ json: { securityAnswer: 'Rex the dog' } }, 'Rex the dog is wrong');
  expect(message).toBe('••• is wrong');
});

test('a secret of the account goes although this request did not carry it, as does one in the path', async () => {
  const token = 'tok-0123456789-abcdefghij';
  const { message } = await quoted({ path: ['sessions', token] }, `canary-7 ${token}`, () => ['canary-7']);
  expect(message).toBe('••• •••');
});

test('where the secrets can’t be opened, nothing of a server’s words is quoted', async () => {
  const locked = () => {
    throw new Error('locked');
  };
  expect((await quoted({}, 'canary-7', locked)).message).toBe('•••');
});

test.each([
  ['invalid_grant', 'invalid_grant'],
  ['E-17.b', 'E-17.b'],
  ['canary-7', undefined],
  ['a sentence, that is', undefined],
  ['x'.repeat(61), undefined],
])('of a code %s is kept: %s', async (said, kept) => {
  const { vendorCode } = await quoted({}, said, () => ['canary-7']);
  expect(vendorCode).toBe(kept);
});

test('an error of a megabyte is not quoted', async () => {
  expect((await quoted({}, `canary-7 ${'x'.repeat(1e6)}`)).message).toBe('undefined');
});
