import type { RequestListener, ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { GatehouseError } from '#contract/failure.ts';
import { createNetwork, type Network, type NetworkOptions } from '#http/client.ts';
import type { HttpRequest, NetworkLine } from '#http/types.ts';
import { failureOf, json, readAll, serve, type TestServer } from './fixture.ts';

const open: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close();
});

async function server(listener: RequestListener): Promise<TestServer> {
  const started = await serve(listener);
  open.push(started.close);
  return started;
}

function network(options: NetworkOptions = {}): Network {
  const made = createNetwork(options);
  open.push(made.close);
  return made;
}

function http(baseUrl: string, options: NetworkOptions = {}) {
  return network(options).open({ baseUrl, userAgent: 'Gatehouse/1 (a; b)' });
}

const anything = { kind: 'json', schema: z.unknown() } as const;
const get = (more: Partial<HttpRequest<unknown>> = {}): HttpRequest<unknown> => ({
  operation: 'getThing',
  method: 'GET',
  path: ['thing'],
  body: anything,
  ...more,
});

describe('what goes out', () => {
  test('path segments are encoded, lists repeat in the query, headers and JSON arrive', async () => {
    const seen: unknown[] = [];
    const { origin } = await server(async (request, response) => {
      seen.push([request.method, request.url, request.headers['user-agent'], request.headers['x-one']]);
      seen.push([request.headers['content-type'], JSON.parse(await readAll(request))]);
      json(response, 200, {});
    });
    await http(`${origin}/api/`).send({
      operation: 'putThing',
      method: 'PUT',
      path: ['servers', 'a/b+c==', 'x y', ''],
      query: { kind: ['a', 'b'], limit: 5, gone: undefined, deep: true },
      headers: { 'X-One': '1' },
      json: { name: 'ü' },
    });
    expect(seen).toEqual([
      [
        'PUT',
        '/api/servers/a%2Fb%2Bc%3D%3D/x%20y/?kind=a&kind=b&limit=5&deep=true',
        'Gatehouse/1 (a; b)',
        '1',
      ],
      ['application/json', { name: 'ü' }],
    ]);
  });

  test('an id that would climb out of its operation is refused', async () => {
    const listener = vi.fn();
    const { origin } = await server(listener);
    for (const segment of ['.', '..']) {
      const failure = await failureOf(http(origin).send(get({ path: ['orgs', segment, 'members'] })));
      expect(failure.kind).toBe('invalid');
    }
    expect(listener).not.toHaveBeenCalled();
  });

  test('a form tells how much of it has been sent, as the system takes it', async () => {
    let read = () => {};
    let got = 0;
    const { origin } = await server((request, response) => {
      read = () => {
        request.on('data', (chunk: Buffer) => {
          got += chunk.length;
        });
        request.once('end', () => response.writeHead(204).end());
      };
    });
    const form = new FormData();
    form.append('film', new Blob([new Uint8Array(16 * 1024 * 1024)], { type: 'video/mp4' }), 'film');
    const told: { bytes: number; total: number }[] = [];
    const sending = http(origin).send({
      ...{ operation: 'setFilm', method: 'PUT', path: ['film'], form },
      sent: (bytes, total) => told.push({ bytes, total }),
    });
    // Nobody reads: it comes to a halt with what the system holds, which is far less than the form.
    let before = 0;
    await vi.waitFor(
      () => {
        const same = told.length === before;
        before = told.length;
        expect(same && before > 0).toBe(true);
      },
      { timeout: 10_000, interval: 200 },
    );
    const halt = told.at(-1)!;
    expect(halt.bytes).toBeLessThan(halt.total / 2);
    read();
    expect((await sending).status).toBe(204);
    expect(told.at(-1)).toEqual({ bytes: got, total: got });
    expect(told.length).toBeGreaterThan(before);
  });

  test.each([
    ['as it is', undefined],
    ['telling how far it is', () => {}],
  ])('a form is sent as multipart, %s', async (_, sent) => {
    let body = '';
    const { origin } = await server(async (request, response) => {
      body = `${request.headers['content-type']}\n${await readAll(request)}`;
      response.end();
    });
    const form = new FormData();
    form.append('avatar', new Blob(['PIXELS'], { type: 'image/png' }), 'avatar');
    await http(origin).send({ operation: 'setAvatar', method: 'PUT', path: ['avatar'], form, sent });
    expect(body).toMatch(/^multipart\/form-data; boundary=/);
    expect(body).toMatch(/name="avatar"; filename="avatar"\r\nContent-Type: image\/png\r\n\r\nPIXELS/i);
  });

  test('cookies stay in their door and can be saved and loaded', async () => {
    const { origin } = await server((request, response) => {
      const headers =
        request.url === '/in' ? { 'set-cookie': ['id0=abc; Path=/; HttpOnly', 'x=1; Path=/'] } : {};
      json(response, 200, { cookie: request.headers.cookie ?? null }, headers);
    });
    const gate = network();
    const first = gate.open({ baseUrl: origin, userAgent: 'one' });
    const second = gate.open({ baseUrl: origin, userAgent: 'two' });
    const answered = await first.send(get({ path: ['in'] }));
    expect(answered.headers.get('set-cookie')).toBeNull();
    expect((await first.send(get())).value).toEqual({ cookie: 'id0=abc; x=1' });
    expect((await second.send(get())).value).toEqual({ cookie: null });
    second.loadCookies(JSON.parse(JSON.stringify(first.saveCookies())));
    expect((await second.send(get())).value).toEqual({ cookie: 'id0=abc; x=1' });
    const third = gate.open({ baseUrl: origin, userAgent: 'three', cookies: first.saveCookies() });
    expect((await third.send(get())).value).toEqual({ cookie: 'id0=abc; x=1' });
  });

  test('no more than the limit run at once at one host, and all of them run', async () => {
    let now = 0;
    let most = 0;
    const held: ServerResponse[] = [];
    const { origin } = await server((_request, response) => {
      now += 1;
      most = Math.max(most, now);
      held.push(response);
    });
    const gate = http(origin, { perHost: 3 });
    const all = Promise.all(Array.from({ length: 10 }, () => gate.send(get())));
    for (let served = 0; served < 10; served += 1) {
      await expect.poll(() => held.length).toBeGreaterThan(0);
      if (served === 0) await expect.poll(() => held.length).toBe(3);
      now -= 1;
      json(held.shift()!, 200, {});
    }
    await all;
    expect(most).toBe(3);
  });
});

describe('what comes back', () => {
  const shape = z.object({ items: z.array(z.object({ id: z.string() })) });
  const listing = get({ body: { kind: 'json', schema: shape } });

  test('unknown fields are ignored', async () => {
    const { origin } = await server((_, response) =>
      json(response, 200, { items: [{ id: 'a', new: 1 }], more: 2 }),
    );
    expect((await http(origin).send(listing)).value).toEqual({ items: [{ id: 'a' }] });
  });

  test('a wrong type is named by its path and its value is not shown', async () => {
    const { origin } = await server((_, response) =>
      json(response, 200, { items: [{ id: 'a' }, { id: 48151623 }] }),
    );
    const failure = await failureOf(http(origin).send(listing));
    expect(failure).toMatchObject({ kind: 'unexpected-answer' });
    expect(failure.message).toContain('“items[1].id” should be of type string');
    expect(JSON.stringify(failure)).not.toContain('48151623');
  });

  test('a missing field is named too', async () => {
    const { origin } = await server((_, response) => json(response, 200, { items: [{}] }));
    expect((await failureOf(http(origin).send(listing))).message).toContain('“items[0].id” is missing');
  });

  test.each([
    ['a web page', 200, '<!doctype html><p>hi', 'text/html', 'wrong-place', 'web page'],
    ['a web page sent as JSON', 200, '\n<html>', 'application/json', 'wrong-place', '/api'],
    ['a 404 web page', 404, '<html>', 'text/html', 'wrong-place', 'status 404'],
    ['an empty 404 where JSON is due', 404, '', 'text/plain', 'wrong-place', '/api'],
    ['a 401 web page', 401, '<html>', 'text/html', 'wrong-place', 'web page'],
    ['half a JSON body', 200, '{"items":[', 'application/json', 'unexpected-answer', 'not JSON'],
    ['nothing', 200, '', 'application/json', 'unexpected-answer', 'empty'],
    ['a faulty proxy', 502, '<html>bad gateway', 'text/html', 'server-fault', 'an error of its own'],
  ])('%s', async (_name, status, body, type, kind, part) => {
    const { origin } = await server((_, response) =>
      response.writeHead(status, { 'content-type': type }).end(body),
    );
    const failure = await failureOf(http(origin).send(listing));
    expect(failure.kind).toBe(kind);
    expect(`${failure.message} ${failure.advice}`).toContain(part);
  });

  test.each([
    [400, 'invalid'],
    [401, 'expired'],
    [403, 'forbidden'],
    [404, 'not-found'],
    [409, 'conflict'],
    [418, 'unexpected-answer'],
    [422, 'invalid'],
    [423, 'locked-out'],
    [429, 'rate-limited'],
    [500, 'server-fault'],
    [503, 'server-fault'],
  ])('status %i with JSON is %s', async (status, kind) => {
    const { origin } = await server((_, response) => json(response, status, { code: 'x' }));
    expect(await failureOf(http(origin).send(listing))).toMatchObject({ kind, status });
  });

  test('Retry-After becomes a moment, given in seconds or as a date', async () => {
    const now = Date.parse('2026-01-01T00:00:00Z');
    let header = '120';
    const { origin } = await server((_, response) => json(response, 429, {}, { 'retry-after': header }));
    const gate = http(origin, { now: () => now });
    expect(await failureOf(gate.send(listing))).toMatchObject({ kind: 'rate-limited', until: now + 120_000 });
    header = 'Thu, 01 Jan 2026 00:05:00 GMT';
    expect((await failureOf(gate.send(listing))).until).toBe(now + 300_000);
    header = 'soon';
    expect((await failureOf(gate.send(listing))).until).toBeUndefined();
  });

  test('a vendor explains, and an echoed secret is blotted out', async () => {
    const { origin } = await server(async (request, response) => {
      json(response, 400, {
        message: `bad: ${JSON.parse(await readAll(request)).password} ${request.headers.authorization}`,
      });
    });
    const failure = await failureOf(
      http(origin).send({
        ...get({ method: 'POST', json: { email: 'a@b.c', password: 'canary-1' } }),
        headers: { authorization: 'Bearer canary-2' },
        explain: (status, body) => ({
          kind: 'refused-credentials',
          message: `${status} ${JSON.stringify(body)}`,
        }),
      }),
    );
    expect(failure.kind).toBe('refused-credentials');
    expect(failure.message).toContain('bad: •••');
    expect(JSON.stringify(failure)).not.toContain('canary');
  });

  test('a body of 50 MB is cut off and not read', async () => {
    let closed = false;
    let sent = 0;
    const { origin } = await server((_, response) => {
      const piece = Buffer.alloc(256 * 1024, ' ');
      response.on('close', () => {
        closed = true;
      });
      const more = () => {
        while (sent < 50_000_000 && !response.destroyed) {
          sent += piece.length;
          if (!response.write(piece)) return void response.once('drain', more);
        }
        response.end();
      };
      more();
    });
    const failure = await failureOf(http(origin).send(listing));
    expect(failure).toMatchObject({ kind: 'unexpected-answer' });
    expect(failure.message).toContain('8 MiB');
    await expect.poll(() => closed).toBe(true);
    expect(sent).toBeLessThan(40_000_000);
  });

  test('a small body that unpacks to 50 MB is cut off too', async () => {
    const { origin } = await server((_, response) =>
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(Buffer.alloc(50_000_000, ' '))),
    );
    expect((await failureOf(http(origin).send(listing))).message).toContain('8 MiB');
  });
});

describe('redirects', () => {
  test('another origin is never followed; nothing reaches it', async () => {
    const reached = vi.fn();
    const other = await server(reached);
    const { origin } = await server((_, response) =>
      response.writeHead(302, { location: `${other.origin}/thing` }).end(),
    );
    const failure = await failureOf(http(origin).send(get({ headers: { authorization: 'Bearer x' } })));
    expect(failure.kind).toBe('wrong-place');
    expect(failure.message).toContain(new URL(other.origin).host);
    expect(reached).not.toHaveBeenCalled();
  });

  test('within the origin a GET is followed, with the cookies set on the way', async () => {
    const { origin } = await server((request, response) => {
      if (request.url === '/thing') {
        response.writeHead(307, { location: '/other', 'set-cookie': 'seen=1; Path=/' }).end('moved');
      } else json(response, 200, { url: request.url, cookie: request.headers.cookie });
    });
    expect((await http(origin).send(get())).value).toEqual({ url: '/other', cookie: 'seen=1' });
  });

  test('a POST, a circle and a redirect to nowhere are refused', async () => {
    let count = 0;
    let location: string | undefined = '/thing';
    const { origin } = await server((_, response) => {
      count += 1;
      response.writeHead(302, location ? { location } : {}).end();
    });
    expect((await failureOf(http(origin).send(get({ method: 'POST' })))).kind).toBe('wrong-place');
    expect(count).toBe(1);
    expect((await failureOf(http(origin).send(get()))).kind).toBe('wrong-place');
    expect(count).toBe(5);
    location = undefined;
    expect((await failureOf(http(origin).send(get()))).kind).toBe('wrong-place');
  });
});

describe('time, retries and stopping', () => {
  test('a server that does not answer, and one that stops in the middle, time out', async () => {
    const { origin } = await server((request, response) => {
      if (request.url === '/half') response.writeHead(200).write('{');
    });
    for (const path of ['never', 'half']) {
      const failure = await failureOf(http(origin).send(get({ path: [path], timeout: 150 })));
      expect(failure.kind).toBe('timeout');
    }
  });

  test('only what is safe is tried again, at most twice, and only after faults that pass', async () => {
    let count = 0;
    let answers: number[] = [];
    const { origin } = await server((_, response) => {
      count += 1;
      const status = answers.shift() ?? 200;
      json(response, status, {}, status === 504 ? { 'retry-after': '9' } : {});
    });
    const gate = http(origin);
    const tries = async (given: number[], safeToRetry: boolean) => {
      count = 0;
      answers = given;
      await gate.send(get({ safeToRetry })).catch(() => {});
      return count;
    };
    expect(await tries([503, 502], true)).toBe(3);
    expect(await tries([503, 503, 503, 503], true)).toBe(3);
    expect(await tries([503], false)).toBe(1);
    expect(await tries([500], true)).toBe(1);
    expect(await tries([429], true)).toBe(1);
    expect(await tries([504], true)).toBe(1);
  });

  test('a reset is tried again when that is safe', async () => {
    let count = 0;
    const { origin } = await server((request, response) => {
      count += 1;
      if (count === 1) request.socket.destroy();
      else json(response, 200, { count });
    });
    expect((await http(origin).send(get({ safeToRetry: true }))).value).toEqual({ count: 2 });
  });

  test('a stopped request ends at once, in flight and in the queue', async () => {
    const reached = vi.fn();
    const { origin } = await server(reached);
    const stop = new AbortController();
    const gate = network({ perHost: 1 }).open({ baseUrl: origin, userAgent: 'x', signal: stop.signal });
    const flying = failureOf(gate.send(get({ safeToRetry: true })));
    await expect.poll(() => reached.mock.calls.length).toBe(1);
    const own = new AbortController();
    const waiting = failureOf(gate.send(get({ signal: own.signal })));
    own.abort();
    expect((await waiting).kind).toBe('cancelled');
    stop.abort();
    expect((await flying).kind).toBe('cancelled');
    expect((await failureOf(gate.send(get()))).kind).toBe('cancelled');
    expect(reached).toHaveBeenCalledOnce();
  });

  test('a session keeps fifty cookies and no long ones, however many a server sets', async () => {
    let sent = 0;
    const { origin } = await server((_, response) => {
      sent += 1;
      const cookies = Array.from(
        { length: 20 },
        (_one, at) => `c${sent}-${at}=${'x'.repeat(at === 0 ? 5000 : 10)}`,
      );
      json(response, 200, {}, { 'set-cookie': cookies });
    });
    const gate = http(origin);
    for (let times = 0; times < 5; times += 1) await gate.send(get());
    const { cookies } = z
      .object({ cookies: z.array(z.object({ value: z.string() })) })
      .parse(gate.saveCookies());
    expect(cookies).toHaveLength(50);
    expect(cookies.every(({ value }) => value.length === 10)).toBe(true);
  });

  test('an id of a server’s that no server would take is not asked with', async () => {
    const listener = vi.fn();
    const { origin } = await server(listener);
    const failure = await failureOf(http(origin).send(get({ path: ['thing', 'x'.repeat(100_000)] })));
    expect(failure.message).toContain('ids or tokens so long');
    expect(listener).not.toHaveBeenCalled();
  });

  test('the log tells the operation and the outcome, and no address, query, header or body', async () => {
    const lines: NetworkLine[] = [];
    const { origin } = await server((request, response) =>
      json(response, request.method === 'GET' ? 200 : 403, { token: 'canary' }),
    );
    const gate = http(origin, { log: (line) => lines.push(line) });
    await gate.send(
      get({ path: ['canary'], query: { otp: 'canary' }, headers: { authorization: 'canary' } }),
    );
    await failureOf(gate.send(get({ method: 'POST', json: { password: 'canary' } })));
    const ms = expect.any(Number);
    expect(lines).toEqual([
      { operation: 'getThing', method: 'GET', session: 'b', status: 200, ms, failure: null },
      { operation: 'getThing', method: 'POST', session: 'b', status: 403, ms, failure: 'forbidden' },
    ]);
    expect(JSON.stringify(lines)).not.toContain('canary');
  });

  test('an error says whether the request may have been carried out', async () => {
    const answers: Record<string, RequestListener> = {
      '/reset': (request) => void request.socket.destroy(),
      '/500': (_, response) => json(response, 500, {}),
      '/garbage': (_, response) => void response.end('{'),
      '/silence': () => {},
      '/403': (_, response) => json(response, 403, {}),
      '/page': (_, response) => void response.writeHead(200, { 'content-type': 'text/html' }).end('<html>'),
    };
    const { origin, close } = await serve((request, response) => answers[request.url!]!(request, response));
    const gate = http(origin);
    const may = (path: string) =>
      gate.send(get({ path: [path], timeout: path === 'silence' ? 200 : 10_000 })).catch((error) => {
        expect(error).toBeInstanceOf(GatehouseError);
        return (error as GatehouseError).mayHaveWorked;
      });
    for (const path of ['reset', '500', 'garbage', 'silence'])
      expect([path, await may(path)]).toEqual([path, true]);
    for (const path of ['403', 'page']) expect([path, await may(path)]).toEqual([path, false]);
    await close();
    const refused = await http(origin)
      .send(get())
      .catch((error: unknown) => error);
    expect(refused).toMatchObject({ failure: { kind: 'network' }, mayHaveWorked: false });
  });
});
