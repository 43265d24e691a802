import type { RequestListener } from 'node:http';
import { afterEach, expect, test } from 'vitest';
import { createNetwork } from '#http/client.ts';
import { failureOf, json, readAll, serve } from './fixture.ts';

/** A GET that carries a body goes another way to the socket than every other request; the limits are the same. */

const closing: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function ask(listener: RequestListener, more: { timeout?: number; signal?: AbortSignal } = {}) {
  const server = await serve(listener);
  const network = createNetwork({ bodyLimit: 1000 });
  closing.push(server.close, network.close);
  const http = network.open({ baseUrl: server.origin, userAgent: 'Gatehouse/1 (a; b)' });
  const path = ['code'];
  return http.send({
    ...{ operation: 'getCode', method: 'GET', path, json: { who: 'ü' }, body: { kind: 'text' } },
    ...more,
  });
}

test('sends the body as JSON, and reads status, headers and text', async () => {
  const { value, headers } = await ask(async (request, response) => {
    json(response, 200, [request.method, request.headers['content-type'], await readAll(request)], {
      'x-one': '1',
    });
  });
  expect(JSON.parse(value ?? '')).toEqual(['GET', 'application/json', '{"who":"ü"}']);
  expect(headers.get('x-one')).toBe('1');
});

test.each<[string, RequestListener, string]>([
  ['a redirect', (_, response) => void response.writeHead(302, { location: '/else' }).end(), 'wrong-place'],
  ['too large a body', (_, response) => void response.end('x'.repeat(2000)), 'unexpected-answer'],
  ['a connection that breaks', (request) => void request.socket.destroy(), 'network'],
  ['a refusal', (_, response) => void response.writeHead(403).end(), 'forbidden'],
])('%s', async (_name, listener, kind) => {
  expect((await failureOf(ask(listener))).kind).toBe(kind);
});

test('no answer in time, and a cancel', async () => {
  expect((await failureOf(ask(() => {}, { timeout: 50 }))).kind).toBe('timeout');
  expect((await failureOf(ask(() => {}, { signal: AbortSignal.timeout(50) }))).kind).toBe('cancelled');
});
