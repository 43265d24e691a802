import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import type { Practice } from '../../../practice/common/types.ts';
import { startPractice } from '../../../practice/index.ts';

let practice: Practice;
/** The doors of every server and of the inbox: where they are, and what each gives a caller of its own. */
let doors: { origin: string; path: string }[];
beforeAll(async () => {
  practice = await startPractice({ cyclos: 'both' });
  doors = practice.servers.flatMap(({ origin }) => [
    { origin, path: '/__practice/people' },
    { origin, path: '/__practice/log' },
  ]);
  const inbox = new URL(practice.inboxUrl).origin;
  doors.push({ origin: inbox, path: '/inbox.json' }, { origin: inbox, path: '/' });
  doors.push({ origin: new URL(practice.phoneUrl!).origin, path: '/phone/state' });
});
afterAll(() => practice.close());

interface Sent {
  method?: string;
  headers?: Record<string, string>;
  body?: string;
}

/** A request as some program or browser would send it, with any Host and Origin. */
function send(origin: string, path: string, { method = 'GET', headers = {}, body }: Sent = {}) {
  return new Promise<{ status: number; headers: NodeJS.Dict<string | string[]>; text: string }>(
    (resolve, reject) => {
      const { port } = new URL(origin);
      const sent = request({ host: '127.0.0.1', port, path, method, headers }, (response) => {
        let text = '';
        response.on('data', (chunk) => {
          text += chunk;
        });
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, headers: response.headers, text }),
        );
      });
      sent.on('error', reject).end(body);
    },
  );
}

const portOf = (origin: string) => new URL(origin).port;
const json = { 'content-type': 'application/json' };
const rule = JSON.stringify({ operation: '*', status: 503 });

describe('a practice server', () => {
  test('answers to its own names with its own port, whatever their case', async () => {
    for (const { origin, path } of doors)
      for (const name of ['127.0.0.1', 'localhost', '[::1]', 'LocalHost'])
        expect((await send(origin, path, { headers: { host: `${name}:${portOf(origin)}` } })).status).toBe(
          200,
        );
  });

  test.each([
    'rebound.example',
    'localhost',
    '127.0.0.1:1',
    'localhost.:PORT',
    '10.0.0.1:PORT',
    'x@127.0.0.1:PORT',
  ])('does not answer to the name “%s”, so that none can be made to lead here', async (host) => {
    for (const { origin, path } of doors) {
      const answer = await send(origin, path, { headers: { host: host.replace('PORT', portOf(origin)) } });
      expect([400, 403]).toContain(answer.status);
      expect(answer.text).not.toMatch(/password|identity/);
    }
    // The vendor's own operations neither.
    const { origin } = practice.servers[0]!;
    expect((await send(origin, '/api/version', { headers: { host } })).status).not.toBe(200);
  });

  test.each([
    ['another site', { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }],
    ['another port', { origin: 'http://127.0.0.1:1', 'sec-fetch-site': 'same-site' }],
    ['a sandboxed frame', { origin: 'null', 'sec-fetch-site': 'cross-site' }],
    ['a browser that names no origin', { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' }],
    [
      'a form',
      { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' },
    ],
    ['an old browser', { origin: 'https://evil.example' }],
  ])('takes no order from %s', async (_who, headers) => {
    for (const { origin } of practice.servers) {
      const misbehave = { method: 'POST', headers: { ...json, ...headers }, body: rule };
      expect((await send(origin, '/__practice/misbehave', misbehave)).status).toBe(403);
      const clear = { method: 'DELETE', headers };
      expect((await send(origin, '/__practice/misbehave', clear)).status).toBe(403);
      expect(JSON.parse((await send(origin, '/__practice/misbehave')).text)).toEqual([]);
    }
    const phone = new URL(practice.phoneUrl!).origin;
    const scan = { method: 'POST', headers: { ...json, ...headers }, body: '{"payload":"x"}' };
    expect((await send(phone, '/phone/scan', scan)).status).toBe(403);
    expect((await send(phone, '/phone/approvals/1/approve', { method: 'POST', headers })).status).toBe(403);
  });

  test.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/jsonp',
    '',
  ])('takes an order in JSON only, not as “%s”, by whatever spelling of the path', async (type) => {
    const headers: Record<string, string> = type ? { 'content-type': type } : {};
    for (const { origin } of practice.servers)
      for (const path of ['/__practice/misbehave', '/%5f%5fpractice/misbehave', '/__practice/clock']) {
        const { status } = await send(origin, path, { method: 'POST', headers, body: rule });
        expect(status).toBeGreaterThanOrEqual(400);
        expect(JSON.parse((await send(origin, '/__practice/misbehave')).text)).toEqual([]);
      }
  });

  test('takes an order from a program, and from its own page', async () => {
    const { origin } = practice.servers[0]!;
    const own = { ...json, origin, 'sec-fetch-site': 'same-origin', 'sec-fetch-mode': 'cors' };
    for (const headers of [json, own]) {
      expect(
        (await send(origin, '/__practice/misbehave', { method: 'POST', headers, body: rule })).status,
      ).toBe(204);
      expect((await send(origin, '/__practice/misbehave', { method: 'DELETE' })).status).toBe(204);
    }
  });

  test('lets a person follow a link to a page, which nobody can frame', async () => {
    const inbox = new URL(practice.inboxUrl).origin;
    const pages = [
      [inbox, '/'],
      [inbox, '/inbox'],
      [new URL(practice.phoneUrl!).origin, '/phone'],
      ...practice.servers.filter(({ vendor }) => vendor !== 'koyeb').map(({ origin }) => [origin, '/']),
    ] as [string, string][];
    for (const [origin, path] of pages) {
      const headers = { 'sec-fetch-site': 'same-site', 'sec-fetch-mode': 'navigate' };
      const answer = await send(origin, path, { headers });
      expect(answer.status).not.toBe(403);
      expect(answer.headers['x-frame-options']).toBe('DENY');
      expect(answer.headers['content-security-policy']).toContain("frame-ancestors 'none'");
      expect(answer.headers['content-security-policy']).not.toMatch(/script-src[^;]*unsafe/);
      // Nothing on the page that its own policy stops.
      expect(answer.text).not.toMatch(/<script>|\son\w+=/);
    }
  });

  test.each([
    ['another site’s page', { origin: 'https://evil.example' }],
    ['a name that leads here', { headers: { host: 'rebound.example' } }],
  ])('opens no websocket for %s', async (_who, options) => {
    const url = practice.phoneUrl!.replace('http', 'ws').replace('/phone', '/ws');
    const opens = (more: object) =>
      new Promise((resolve) => {
        const socket = new WebSocket(url, more);
        socket.on('open', () => resolve(true)).on('error', () => resolve(false));
        socket.on('open', () => socket.terminate());
      });
    expect(await opens({})).toBe(true);
    expect(await opens(options)).toBe(false);
  });
});
