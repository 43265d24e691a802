import { appendFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { afterAll, expect, vi } from 'vitest';
import type { PracticeParts } from '../../practice/common/server.ts';
import type { PracticeOptions } from '../../practice/common/types.ts';
import { type Exchange, exchanges } from './exchange.ts';

/* Writes down what passes through the practice servers of each unit test, for documents.test.ts. */

const seen: Exchange[] = [];

afterAll(() => {
  if (seen.length === 0) return;
  mkdirSync(exchanges, { recursive: true });
  const lines = seen.splice(0).map((one) => `${JSON.stringify(one)}\n`);
  appendFileSync(join(exchanges, `${process.pid}.jsonl`), lines.join(''));
});

vi.mock('../../practice/common/server.ts', async (original) => {
  const real = await original<typeof import('../../practice/common/server.ts')>();
  return {
    ...real,
    openPracticeServer: (options: PracticeOptions, parts: PracticeParts) =>
      real.openPracticeServer(options, {
        ...parts,
        routes(api) {
          listen(api, apiOf(options, parts), parts.basePath);
          return parts.routes(api);
        },
      }),
  };
});

function apiOf(options: PracticeOptions & { generation?: string }, { vendor }: PracticeParts): string {
  return vendor === 'cyclos' ? `cyclos ${options.generation ?? '4.16'}` : vendor;
}

function listen(api: FastifyInstance, name: string, basePath: string): void {
  // What a misbehaviour answers never gets here: the test said it, not the server.
  const real = new WeakSet<FastifyRequest>();
  api.addHook('onRequest', async (request) => {
    real.add(request);
  });
  api.addHook('onSend', async (request, reply, payload) => {
    if (!real.has(request)) return;
    const text =
      typeof payload === 'string' ? payload : payload === undefined || payload === null ? '' : null;
    const type = String(reply.getHeader('content-type') ?? '').split(';')[0];
    const isText = type === 'application/json' || type?.startsWith('text/');
    const bytes = Buffer.isBuffer(payload) ? payload : null;
    seen.push({
      api: name,
      by: expect.getState().testPath ?? '',
      ours: /^Gatehouse\//.test(request.headers['user-agent'] ?? ''),
      method: request.method,
      path: (request.raw.url ?? '').slice(basePath.length),
      headers: { ...request.headers },
      body: request.body,
      status: reply.statusCode,
      type: type || null,
      answer: text ?? (isText && bytes ? bytes.toString() : (bytes?.length ?? -1)),
    });
  });
}
