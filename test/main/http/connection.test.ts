import { execFile } from 'node:child_process';
import { createServer, type Server, type Socket } from 'node:net';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { createNetwork } from '#http/client.ts';
import { networkFailure } from '#http/failures.ts';
import { failureOf, json, makeAuthority, makeCertificate, serve, serveTls } from './fixture.ts';

const open: (() => Promise<unknown> | unknown)[] = [];
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close();
});

function send(baseUrl: string, options: { extraCa?: string; connectTimeout?: number } = {}) {
  const network = createNetwork(options);
  open.push(network.close);
  return network.open({ baseUrl, userAgent: 'x' }).send({
    operation: 'getThing',
    method: 'GET',
    path: ['thing'],
    query: { secret: 'canary' },
    body: { kind: 'json', schema: z.object({ ok: z.boolean() }) },
  });
}

async function rawServer(greeting: string): Promise<number> {
  const sockets: Socket[] = [];
  const server: Server = createServer((socket) => {
    sockets.push(socket.on('error', () => {}));
    if (greeting) socket.end(greeting);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  open.push(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });
  const address = server.address();
  return typeof address === 'object' && address ? address.port : 0;
}

describe('no connection', () => {
  test('a name that nobody has', async () => {
    const failure = await failureOf(send('https://no-such-host.invalid'));
    expect(failure.kind).toBe('network');
    expect(failure.message).toContain('no-such-host.invalid');
  });

  test('a port where nobody listens', async () => {
    const gone = await serve(() => {});
    await gone.close();
    const failure = await failureOf(send(gone.origin));
    expect(failure).toMatchObject({ kind: 'network' });
    expect(failure.message).toContain(`127.0.0.1:${gone.port} refused the connection`);
  });

  test('a connection that is dropped, before the answer and in the middle of it', async () => {
    const server = await serve((request, response) => {
      if (request.url?.startsWith('/half')) {
        response.writeHead(200, { 'content-length': '100' });
        response.write('{"ok":', () => request.socket.destroy());
      } else request.socket.destroy();
    });
    open.push(server.close);
    for (const base of [server.origin, `${server.origin}/half`]) {
      const failure = await failureOf(send(base));
      expect(failure).toMatchObject({ kind: 'network' });
      expect(failure.message).toContain('broke off');
    }
  });

  test('a server that does not speak HTTP', async () => {
    const port = await rawServer('220 mail ready\r\n');
    expect((await failureOf(send(`http://127.0.0.1:${port}`))).kind).toBe('wrong-place');
  });

  test('a server that never finishes connecting', async () => {
    const port = await rawServer('');
    const failure = await failureOf(send(`https://127.0.0.1:${port}`, { connectTimeout: 100 }));
    expect(failure.kind).toBe('timeout');
    expect(failure.message).toContain('No connection');
  });

  test.each([
    ['ENOTFOUND', 'network', 'There is no server named panel.example.com.'],
    ['EAI_AGAIN', 'network', 'could not be looked up'],
    ['ENETUNREACH', 'network', 'can’t be reached'],
    ['EPIPE', 'network', 'broke off'],
    ['CERT_NOT_YET_VALID', 'tls', 'not valid yet'],
    ['EWHATEVER', 'network', 'EWHATEVER'],
  ])('%s in words, without the URL that the error quotes', (code, kind, part) => {
    const url = new URL('https://panel.example.com/api/login?otp=canary');
    const { failure } = networkFailure(Object.assign(new Error(`request to ${url} failed`), { code }), url);
    expect(failure.kind).toBe(kind);
    expect(failure.message).toContain(part);
    expect(JSON.stringify(failure)).not.toContain('canary');
  });
});

describe('TLS', async () => {
  const authority = await makeAuthority();
  const ip = '127.0.0.1';

  async function failureWith(keys: { key: string; cert: string }, extraCa?: string) {
    const requests: string[] = [];
    const server = await serveTls(keys, (request, response) => {
      requests.push(request.url ?? '');
      json(response, 200, { ok: true });
    });
    open.push(server.close);
    const failure = await failureOf(send(server.origin, { extraCa }));
    expect(failure.kind).toBe('tls');
    expect(requests).toEqual([]);
    return failure.message;
  }

  test('a certificate of a known authority for the right name is taken', async () => {
    const server = await serveTls(await makeCertificate({ ip }, authority), (_, response) =>
      json(response, 200, { ok: true }),
    );
    open.push(server.close);
    expect((await send(server.origin, { extraCa: authority.cert })).value).toEqual({ ok: true });
  });

  test('another name', async () => {
    const keys = await makeCertificate({ dns: 'elsewhere.example' }, authority);
    expect(await failureWith(keys, authority.cert)).toContain('is not for 127.0.0.1');
  });

  test('an unknown authority', async () => {
    const keys = await makeCertificate({ ip }, authority);
    expect(await failureWith(keys)).toContain('authority that this computer does not know');
  });

  test('self-signed, where a variable of the environment would let it pass', async () => {
    const server = await serveTls(await makeCertificate({ ip }), (_, response) => json(response, 200, {}));
    open.push(server.close);
    const child = fileURLToPath(new URL('./lax-tls.ts', import.meta.url));
    const env = { ...process.env, NODE_TLS_REJECT_UNAUTHORIZED: '0', NODE_OPTIONS: '' };
    const run = promisify(execFile)(process.execPath, [child, server.origin], { env });
    expect((await run).stdout.trim()).toBe('tls');
  });

  test('self-signed', async () => {
    expect(await failureWith(await makeCertificate({ ip }))).toContain('self-signed');
  });

  test('expired', async () => {
    const day = 24 * 3600_000;
    const valid = { from: new Date(Date.now() - 9 * day), to: new Date(Date.now() - 2 * day) };
    expect(await failureWith(await makeCertificate({ ip }, authority, valid), authority.cert)).toContain(
      'has expired',
    );
  });

  test('a server that speaks plain http on that port', async () => {
    const server = await serve((_, response) => json(response, 200, { ok: true }));
    open.push(server.close);
    const failure = await failureOf(send(`https://127.0.0.1:${server.port}`));
    expect(failure.kind).toBe('tls');
    expect(failure.message).toContain('may not speak https');
  });
});
