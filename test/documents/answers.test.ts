import { beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { GatehouseError } from '#contract/failure.ts';
import { createNetwork } from '#http/client.ts';
import { seededRandom } from '../faults/seeded-random.ts';
import { serve } from '../main/http/fixture.ts';
import { type Method, methodsOf } from './clients.ts';
import { generate } from './generate.ts';
import { type Held, held, missing, readDocument } from './read-document.ts';
import { noFailures, rejections } from './rejections.ts';

/** What the documents let a server answer, and what becomes of it in the clients. */

const ANSWERS = 200;

const responsesShape = z.record(
  z.string(),
  z.object({ content: z.record(z.string(), z.object({ schema: z.unknown() })).optional() }),
);
type Responses = z.infer<typeof responsesShape>;

interface Reply {
  status: number;
  type?: string;
  body?: string | Buffer;
}

/** A server that has no more to it than its document: `next` says what it answers. */
async function openServer({ prefix, api }: Held, document: Awaited<ReturnType<typeof readDocument>>) {
  let next: (responses: Responses) => Reply = () => ({ status: 500 });
  let asked: string | null = null;
  const known = new Map<string, { id: string; responses: Responses | null }>();
  const operationOf = (method: string, path: string) => {
    const operation = document.matchOperation({ method, path, headers: {} });
    const responses = operation ? responsesShape.parse(operation.responses) : null;
    return { id: operation?.operationId ?? '', responses };
  };
  const server = await serve((request, response) => {
    request.resume();
    const path = (request.url ?? '').split('?')[0]?.replace(prefix, '') ?? '';
    const line = `${request.method} ${path}`;
    const { id, responses } = known.get(line) ?? operationOf(request.method ?? '', path);
    known.set(line, { id, responses });
    asked = id;
    const { status, type, body }: Reply = responses ? next(responses) : { status: 404 };
    // So that what is safe to repeat is not repeated here.
    const headers = { ...(type ? { 'content-type': type } : {}), 'retry-after': '30' };
    response.writeHead(status, headers).end(body);
  });
  const network = createNetwork({ perHost: 1 });
  const baseUrl = `${server.origin}${api.startsWith('cyclos') ? '/api' : ''}`;
  const http = network.open({ baseUrl, userAgent: 'Gatehouse' });

  return {
    methods: methodsOf(api, http),
    /** Calls with this answer; `operation` is empty where the document has none for it. */
    async call(method: Method, reply: typeof next) {
      next = reply;
      asked = null;
      const error = await method.call().then(
        () => null,
        (reason: unknown) => reason ?? new Error('nothing'),
      );
      if (asked === null) throw new Error(`${method.name} sent nothing: ${String(error)}; see clients.ts`);
      return { operation: asked, error };
    },
    async close() {
      network.close();
      await server.close();
    },
  };
}

function good(responses: Responses, seed: string): Reply {
  const luck = seededRandom(seed);
  const statuses = Object.keys(responses).filter((status) => status.startsWith('2'));
  const status = luck.pick(statuses);
  const [[type, { schema }] = ['', { schema: undefined }]] = Object.entries(responses[status]?.content ?? {});
  if (!type) return { status: Number(status) };
  const value = generate(schema, luck, luck.pick([0, 0.5, 1]));
  if (type === 'application/json') return { status: Number(status), type, body: JSON.stringify(value) };
  return { status: Number(status), type: type.replace('*', 'png'), body: String(value) };
}

const absent = missing();

describe.skipIf(absent).each(held)('$file', (one) => {
  let document: Awaited<ReturnType<typeof readDocument>>;
  beforeAll(async () => {
    document = await readDocument(one.file);
  });

  test('good answers are taken', async () => {
    const server = await openServer(one, document);
    const crashed = new Set<string>();
    const rejected = new Set<string>();
    let answers = 0;
    for (const method of server.methods) {
      for (let round = 0; round < ANSWERS; round += 1) {
        const { operation, error } = await server.call(method, (responses) =>
          good(responses, `${one.file} ${method.name} ${round}`),
        );
        if (!operation) break;
        answers += 1;
        if (!error) continue;
        const says = `${method.name}: ${error instanceof Error ? error.message : String(error)}`;
        if (!(error instanceof GatehouseError)) crashed.add(says);
        else if (!rejections.some(({ says: known }) => known.test(says)))
          rejected.add(says.replace(/\[\d+\]/g, '[…]').replace(/127\.0\.0\.1:\d+/, 'the server'));
      }
    }
    await server.close();
    process.stdout.write(
      `documents: ${answers} good answers, ${crashed.size} crashes, ${rejected.size} rejected (${one.file})\n`,
    );
    expect({ crashed: [...crashed], rejected: [...rejected] }).toEqual({ crashed: [], rejected: [] });
  });

  test('every declared refusal has a sentence of its own', async () => {
    const server = await openServer(one, document);
    const wrong: string[] = [];
    let refusals = 0;
    for (const method of server.methods) {
      const said = new Map<string, number>();
      for (const status of await statusesOf(server, method)) {
        const { error } = await server.call(method, (responses) => refusal(responses, status));
        if (error === null && noFailures.some(({ name }) => name.test(`${method.name} ${status}`))) continue;
        const message = error instanceof GatehouseError ? error.failure.message : String(error);
        refusals += 1;
        const twin = said.get(message);
        if (twin) wrong.push(`${method.name} ${twin} and ${status}: ${message}`);
        const known =
          error instanceof GatehouseError && !/wrong-place|unexpected-answer/.test(error.failure.kind);
        if (!known) wrong.push(`${method.name} ${status}: ${message}`);
        said.set(message, status);
      }
    }
    await server.close();
    process.stdout.write(`documents: ${refusals} declared refusals (${one.file})\n`);
    expect(wrong).toEqual([]);
  });
});

async function statusesOf(server: Awaited<ReturnType<typeof openServer>>, method: Method): Promise<number[]> {
  let declared: number[] = [];
  await server.call(method, (responses) => {
    declared = Object.keys(responses)
      .map(Number)
      .filter((status) => status >= 400);
    return { status: 500 };
  });
  return declared;
}

function refusal(responses: Responses, status: number): Reply {
  const [[type, { schema }] = ['', { schema: undefined }]] = Object.entries(responses[status]?.content ?? {});
  if (type !== 'application/json') return { status };
  return { status, type, body: JSON.stringify(generate(schema, seededRandom(`refusal ${status}`), 0)) };
}
