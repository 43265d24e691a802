import { request as forward } from 'node:http';
import type { z } from 'zod';
import { serve } from '../http/fixture.ts';
import { type Documented, sheet } from './documented-schemas.ts';

export interface ValidatingProxy {
  origin: string;
  /** One sentence for each thing that is not as documented, on either side. */
  violations: string[];
  /** "createSession 200" for each answer that was as documented. */
  seen: Set<string>;
  close(): Promise<void>;
}

/** Stands between a client and a practice server, and holds every documented operation against its sheet. */
export async function openProxy(
  vendor: string,
  target: string,
  { basePath }: { basePath: string },
): Promise<ValidatingProxy> {
  const violations: string[] = [];
  const seen = new Set<string>();
  const server = await serve(async (request, response) => {
    const sent = await bytesOf(request);
    const upstream = forward(
      `${target}${request.url}`,
      { method: request.method, headers: { ...request.headers, host: new URL(target).host } },
      async (answer) => {
        const got = await bytesOf(answer);
        const url = new URL(request.url ?? '/', 'http://proxy');
        const found = find(vendor, request.method ?? '', url.pathname, basePath);
        if (found) {
          const say = (what: string) =>
            violations.push(`${vendor} ${found.operation} (${answer.statusCode}): ${what}`);
          checkRequest(found, url, request.headers, sent, say);
          checkAnswer(found, answer.statusCode ?? 0, got, say);
          seen.add(`${found.operation} ${answer.statusCode}`);
        }
        response.writeHead(answer.statusCode ?? 502, answer.headers).end(got);
      },
    );
    upstream.on('error', () => response.destroy());
    upstream.end(sent);
  });
  return { origin: server.origin, violations, seen, close: server.close };
}

async function bytesOf(stream: AsyncIterable<Buffer>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** The operation of a request; literal segments win over parameters ("current" over a session's id). */
function find(vendor: string, method: string, path: string, basePath: string): Documented | undefined {
  const fits = ({ path: template }: Documented) =>
    new RegExp(`^${basePath}${template.replace(/\{\w+\}/g, '[^/]+')}$`).test(path);
  const found = sheet.filter((one) => one.vendor === vendor && one.method === method && fits(one));
  return found.toSorted((one, two) => one.path.split('{').length - two.path.split('{').length)[0];
}

type Say = (what: string) => void;

function check(schema: z.ZodType, value: unknown, where: string, say: Say): void {
  const { error } = schema.safeParse(value);
  for (const { path, message } of error?.issues ?? []) say(`${where} ${path.join('.')}: ${message}`);
}

function checkRequest(
  found: Documented,
  url: URL,
  headers: Record<string, unknown>,
  sent: Buffer,
  say: Say,
): void {
  const names = [...new Set(url.searchParams.keys())];
  const query = names.map((name) => {
    const values = url.searchParams.getAll(name);
    return [name, values.length === 1 ? values[0] : values];
  });
  if (found.query) check(found.query, Object.fromEntries(query), 'query', say);
  if (found.headers) check(found.headers, headers, 'headers', say);
  const { body } = found;
  if (sent.length === 0) {
    if (body && !found.bodyOptional) say('the body is missing');
    return;
  }
  if (!body) {
    say('no body is documented');
    return;
  }
  const type = String(headers['content-type']);
  if (!body.type.test(type)) say(`content type ${type}`);
  check(body.schema, type.startsWith('application/json') ? read(sent) : sent.toString('utf8'), 'body', say);
}

function checkAnswer(found: Documented, status: number, got: Buffer, say: Say): void {
  const schema = found.good[status];
  if (schema === undefined) {
    if (!found.bad.includes(status)) say('this status is not documented');
  } else if (schema === null) {
    if (got.length > 0) say('the answer should be empty');
  } else check(schema, read(got), 'answer', say);
}

function read(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    return bytes;
  }
}
