import type { ServerResponse } from 'node:http';
import { afterAll, afterEach, expect, test } from 'vitest';
import { createNetwork } from '#http/client.ts';
import type { NetworkLine } from '#http/types.ts';
import { failureOf, json, serve, type TestServer } from './fixture.ts';

const lines: NetworkLine[] = [];
const network = createNetwork({ log: (line) => lines.push(line), perHost: 1 });
const servers: TestServer[] = [];
afterEach(async () => {
  lines.length = 0;
  for (const server of servers.splice(0)) await server.close();
});
afterAll(() => network.close());

/** Follows what this server says; `heard` fills as it comes. */
async function following(answer: (response: ServerResponse) => void, signal?: AbortSignal) {
  const asked: { url: string | undefined; accept: string | undefined }[] = [];
  const server = await serve(({ url, headers }, response) => {
    asked.push({ url, accept: headers.accept });
    if (url === '/other') json(response, 200, {});
    else answer(response);
  });
  servers.push(server);
  const heard: string[] = [];
  const http = network.open({ baseUrl: server.origin, userAgent: 'test' });
  const work = http.follow(
    {
      ...{ operation: 'subscribe', path: ['push', 'subscribe'], query: { clientId: 'c' } },
      explain: (_status, body) => ({ message: `It says: ${JSON.stringify(body)}` }),
      ...(signal ? { signal } : {}),
    },
    {
      opened: () => heard.push('opened'),
      event: ({ kind, data }) => heard.push(`${kind}: ${data}`),
    },
  );
  return { work, heard, asked, http };
}

const streams = (response: ServerResponse) =>
  response.writeHead(200, { 'content-type': 'text/event-stream;charset=UTF-8' });

test('events are told one by one, however they are cut, and the end of the stream is no failure', async () => {
  const { work, heard, asked } = await following((response) => {
    streams(response).write(': open\n\nevent: callback\nda');
    const euro = Buffer.from('ta: {"price":"€"}\n\ndata: two\ndata: lines\n\n');
    response.write(euro.subarray(0, 16));
    response.end(euro.subarray(16));
  });
  await work;
  expect(heard).toEqual(['opened', 'callback: {"price":"€"}', 'message: two\nlines']);
  expect(asked).toEqual([{ url: '/push/subscribe?clientId=c', accept: 'text/event-stream' }]);
  expect(lines).toMatchObject([{ operation: 'subscribe', status: 200, failure: null }]);
});

test('while a stream is open other requests go to the same host, and a cancel ends it', async () => {
  const stop = new AbortController();
  const { work, heard, http } = await following((response) => {
    streams(response).write('data: one\n\n');
  }, stop.signal);
  await expect.poll(() => heard).toEqual(['opened', 'message: one']);
  await http.send({ operation: 'other', method: 'GET', path: ['other'] });
  stop.abort();
  expect(await failureOf(work)).toMatchObject({ kind: 'cancelled' });
});

test('a refusal is explained, and a page or a redirect is no stream', async () => {
  const refused = await following((response) => json(response, 403, { code: 'illegalAction' }));
  expect(await failureOf(refused.work)).toMatchObject({
    ...{ kind: 'forbidden', status: 403, message: 'It says: {"code":"illegalAction"}' },
  });
  const page = await following((response) => json(response, 200, {}));
  expect(await failureOf(page.work)).toMatchObject({ kind: 'wrong-place' });
  const away = await following((response) =>
    response.writeHead(302, { location: 'https://other.example' }).end(),
  );
  expect(await failureOf(away.work)).toMatchObject({ kind: 'wrong-place' });
  for (const { heard } of [refused, page, away]) expect(heard).toEqual([]);
});

test.each([
  ['an event without end', `data: ${'x'.repeat(1000)}`],
  ['lines without end', 'data: x\n'],
  ['events without end', `data: ${'x'.repeat(1000)}\n\n`],
  ['comments without end', `:${'x'.repeat(1000)}\n\n`],
])('%s loses the connection', async (_, part) => {
  const { work } = await following((response) => {
    streams(response);
    const more = () => {
      while (response.writable && response.write(part.repeat(20)));
    };
    response.on('drain', more);
    more();
  });
  expect(await failureOf(work)).toMatchObject({ kind: 'unexpected-answer' });
});

test('what a listener throws ends the stream', async () => {
  const server = await serve((_, response) => streams(response).write('data: one\n\n'));
  servers.push(server);
  const http = network.open({ baseUrl: server.origin, userAgent: 'test' });
  const work = http.follow(
    { operation: 'subscribe', path: [] },
    {
      opened() {},
      event() {
        throw new Error('not understood');
      },
    },
  );
  await expect(work).rejects.toThrow();
});
