import { request as forward } from 'node:http';
import { parentPort, workerData } from 'node:worker_threads';
import { startPractice } from '../../../practice/index.ts';
import { type SeededRandom, seededRandom } from '../../faults/seeded-random.ts';
import { serve } from '../http/fixture.ts';

/**
 * Practice servers, each behind a proxy that answers as a hostile vendor would: it takes a good answer and spoils it, by a seed.
 * A thread of its own, so that its work does not count as main's.
 */
export interface HostileServer {
  vendor: string;
  /** Of the proxy. */
  origin: string;
  /** Of the practice server itself, which stays good. */
  goodOrigin: string;
  people: { label: string; values: Record<string, string>; realm: { id: string; name: string } | null }[];
}

const words = ['constructor', '__proto__', 'toString', 'hasOwnProperty', 'valueOf', 'login', '', 'ja nein'];
const jwt = (claims: string) => `e30.${Buffer.from(claims).toString('base64url')}.x`;

/** JSON as text, so that what JSON.stringify would not write can stand in it. */
const hostileValues: ((luck: SeededRandom) => string)[] = [
  (luck) => luck.pick(['1e308', '-1e308', '1e999', '9007199254740993', '8640000000000001', '-1', '0', '1.5']),
  (luck) => JSON.stringify(luck.pick(words)),
  (luck) => JSON.stringify('\u202eevil\u0000\u001b[31m\n'.repeat(luck.pick([1, 2000]))),
  (luck) => JSON.stringify('ab'.repeat(luck.pick([500, 50_000, 500_000]))),
  (luck) =>
    JSON.stringify(
      luck.pick(['+275760-09-13T00:00:00.001Z', '9999-12-31T23:59:59Z', '-271821-04-20T00:00:00Z', 'never']),
    ),
  (luck) => JSON.stringify(luck.pick([jwt('{"exp":1e300}'), jwt('{"exp":9e15}'), jwt('['.repeat(90_000))])),
  (luck) => luck.pick(['null', '[]', '{}', 'true', '{"__proto__":{"x":1}}', '[[[]]]']),
  (luck) => luck.pick(['"ws://127.0.0.1:1/"', '"http://127.0.0.1:1/"', '"javascript:alert(1)"']),
  () => `[${Array(5000).fill('{"id":"x"}').join(',')}]`,
  () => '['.repeat(20_000) + ']'.repeat(20_000),
];

/** Puts hostile values in the place of some of the leaves, and sometimes of whole branches. */
function spoiled(value: unknown, luck: SeededRandom, share: number): string {
  if (luck.chance(share)) return luck.pick(hostileValues)(luck);
  if (Array.isArray(value)) {
    const items = value.map((item) => spoiled(item, luck, share));
    if (items[0] && luck.chance(0.05)) return `[${Array(2000).fill(items[0].slice(0, 2000)).join(',')}]`;
    return `[${items.join(',')}]`;
  }
  if (!value || typeof value !== 'object') return JSON.stringify(value) ?? 'null';
  const fields = Object.entries(value).map(
    ([key, item]) => `${JSON.stringify(key)}:${spoiled(item, luck, share)}`,
  );
  return `{${fields.join(',')}}`;
}

function refusal(luck: SeededRandom): string {
  const word = () => luck.pick(words);
  const body: Record<string, unknown> = { code: word(), message: word(), kind: word(), name: word() };
  body.userStatus = word();
  body.passwordStatus = word();
  body.fields = [{ field: word(), description: word() }];
  body.propertyErrors = { [word()]: [word()], constructor: ['x'] };
  body.generalErrors = Array(luck.pick([0, 3, 2000])).fill(word());
  return luck.chance(0.3) ? spoiled(body, luck, 0.2) : JSON.stringify(body);
}

const statuses = [400, 401, 403, 404, 408, 409, 418, 422, 423, 429, 500, 501, 503, 204, 201, 202];
const waits = ['9'.repeat(30), '1e300', '-5', 'Fri, 31 Dec 9999 23:59:59 GMT', '99999999999', '1'];

interface ChallengeAnswer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: string | Buffer;
  cutAt?: number;
}

function spoil(good: ChallengeAnswer, luck: SeededRandom): ChallengeAnswer {
  const { status, headers } = good;
  const type = { 'content-type': 'application/json' };
  const kind = luck.next();
  if (kind < 0.35) return good;
  if (kind < 0.65) {
    try {
      const body = spoiled(JSON.parse(String(good.body)), luck, luck.pick([0.05, 0.3]));
      return { status, headers: { ...type, 'set-cookie': headers['set-cookie'] }, body };
    } catch {
      return good;
    }
  }
  if (kind < 0.85) {
    const odd = luck.pick(statuses);
    return { status: odd, headers: { ...type, 'retry-after': luck.pick(waits) }, body: refusal(luck) };
  }
  if (kind < 0.9) return { status, headers: type, body: '['.repeat(200_000) + ']'.repeat(200_000) };
  if (kind < 0.93) return { status, headers: type, body: `[${'{},'.repeat(2_000_000)}{}]` };
  if (kind < 0.96) return { status, headers: type, body: good.body, cutAt: Math.floor(good.body.length / 2) };
  const cookies = Array.from({ length: 100 }, (_, at) => `c${at}-${luck.next()}=${'x'.repeat(100)}`);
  return {
    status,
    headers: { ...type, 'set-cookie': cookies, 'x-total-count': '9'.repeat(30) },
    body: good.body,
  };
}

async function bytesOf(stream: AsyncIterable<Buffer>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
}

const practice = await startPractice({ seed: String(workerData) });
/** null: the proxies are honest. */
let seed: string | null = null;
const asked = new Map<string, number>();

/** Dice of a request's own, so that a round goes the same way in whatever order its requests come in. */
function diceFor(method = '', url = ''): SeededRandom | null {
  if (seed === null) return null;
  const key = `${seed}/${method} ${url.replace(/[?].*/, '').replace(/[^/]{12,}/g, '*')}`;
  const count = (asked.get(key) ?? 0) + 1;
  asked.set(key, count);
  return seededRandom(`${key}/${count}`);
}

const servers: HostileServer[] = [];
for (const server of practice.servers) {
  const proxy = await serve(async (request, response) => {
    const sent = await bytesOf(request);
    const { host: _, ...headers } = request.headers;
    const luck = diceFor(request.method, request.url);
    const upstream = forward(
      `${server.origin}${request.url}`,
      { method: request.method, headers },
      async (answer) => {
        const { 'content-length': __, 'transfer-encoding': ___, connection: ____, ...rest } = answer.headers;
        const good = { status: answer.statusCode ?? 502, headers: rest, body: await bytesOf(answer) };
        const bad: ChallengeAnswer = luck ? spoil(good, luck) : good;
        const length = Buffer.byteLength(bad.body);
        const known = Object.entries(bad.headers).filter(([, value]) => value !== undefined);
        response.writeHead(bad.status, Object.fromEntries(known) as Record<string, string>);
        if (bad.cutAt === undefined || length === 0) response.end(bad.body);
        else response.write(bad.body.slice(0, bad.cutAt + 1), () => response.destroy());
      },
    );
    upstream.on('error', () => response.destroy());
    upstream.end(sent);
  });
  servers.push({
    vendor: server.vendor,
    origin: proxy.origin,
    goodOrigin: server.origin,
    people: server.people.map(({ label, account: { values, realm } }) => ({
      label,
      values,
      realm: realm ?? null,
    })),
  });
}

parentPort?.on('message', (next: string | null) => {
  seed = next;
  parentPort?.postMessage('done');
});
parentPort?.postMessage(servers);
