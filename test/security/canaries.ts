import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { request as ask, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join, relative } from 'node:path';
import { atEnd } from '../e2e/harness.ts';

/** Secrets by what they are, so that a finding can name one without showing it. */
export type Canaries = Map<string, string>;

/** A secret as it may lie in a file: plain, UTF-16, hex, URL-encoded, or in the middle of base64. */
export function disguises(secret: string): Buffer[] {
  const bytes = Buffer.from(secret);
  const hex = bytes.toString('hex');
  const percent = hex.replace(/../g, '%$&');
  const texts = [hex, hex.toUpperCase(), percent, percent.toUpperCase(), encodeURIComponent(secret)];
  for (const before of [0, 1, 2]) {
    const encoded = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64');
    // The characters at the ends hold bits of the neighbours, too.
    const sure = encoded.slice(Math.ceil((before * 8) / 6), Math.floor(((before + bytes.length) * 8) / 6));
    texts.push(sure, sure.replaceAll('+', '-').replaceAll('/', '_'));
  }
  return [bytes, Buffer.from(secret, 'utf16le'), ...[...new Set(texts)].map((text) => Buffer.from(text))];
}

/** Answers what of the canaries, as they are now, is in some bytes: "canary in place". */
export function searchFor(canaries: Canaries): (place: string, bytes: Buffer) => string[] {
  const sought = [...canaries].map(([name, secret]) => ({ name, disguises: disguises(secret) }));
  return (place, bytes) =>
    sought
      .filter((one) => one.disguises.some((disguise) => bytes.includes(disguise)))
      .map(({ name }) => `${name} in ${place}`);
}

/** Every file under the folder, read as it is; what a browser that is still closing takes away meanwhile is no longer there. */
export function filesUnder(folder: string): { path: string; bytes: Buffer }[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .flatMap((entry) => {
      const path = join(entry.parentPath, entry.name);
      const bytes = readIfThere(path);
      return bytes ? [{ path: relative(folder, path), bytes }] : [];
    });
}

function readIfThere(path: string): Buffer | null {
  try {
    return readFileSync(path);
  } catch (error) {
    if (existsSync(path)) throw error;
    return null;
  }
}

/** Stands before a practice server and keeps every cookie and token that the server hands out. */
export async function listenIn(name: string, target: string, canaries: Canaries): Promise<string> {
  let count = 0;
  const keep = (secret: string) => {
    if (secret.length >= 16 && ![...canaries.values()].includes(secret)) {
      count += 1;
      canaries.set(`${name} token ${count}`, secret);
    }
  };
  const server = createServer((request, response) => {
    const { host: _, ...headers } = request.headers;
    const onward = ask(new URL(request.url ?? '/', target), { method: request.method, headers }, (answer) => {
      for (const cookie of answer.headers['set-cookie'] ?? [])
        keep(cookie.split(';')[0]?.split('=').slice(1).join('=') ?? '');
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('end', () => {
        const body = Buffer.concat(chunks);
        for (const [, token, id] of body
          .toString()
          .matchAll(/"(?:\w*[tT]oken":\s*"([^"]{16,})"|id":\s*"([^"]{40,})")/g))
          keep(token ?? id ?? '');
        response.writeHead(answer.statusCode ?? 502, answer.headers).end(body);
      });
    });
    onward.on('error', () => response.destroy());
    request.pipe(onward);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  atEnd(() => {
    server.close();
    server.closeAllConnections();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
