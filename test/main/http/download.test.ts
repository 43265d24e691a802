import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createAgents } from '#http/agents.ts';
import { download } from '#http/download.ts';
import { sha512, startUpdateServer, type UpdateServer } from '../workflows/update-server.ts';

const bytes = randomBytes(300_000);
let server: UpdateServer;
let folder: string;
let agents: ReturnType<typeof createAgents>;

beforeEach(async () => {
  server = await startUpdateServer();
  server.offer('2.0.0', { name: 'app.bin', bytes });
  folder = mkdtempSync(join(tmpdir(), 'gatehouse-download-'));
  agents = createAgents({ connectTimeout: 2_000 });
});
afterEach(async () => {
  agents.close();
  await server.close();
  rmSync(folder, { recursive: true });
});

const seen: number[] = [];
const fetchIt = (
  change: { bytes?: number; sha512?: string; signal?: AbortSignal; silence?: number } = {},
) => {
  seen.length = 0;
  return download(
    {
      url: new URL(`${server.address}/app.bin`),
      userAgent: 'Gatehouse/1.0.0',
      path: join(folder, 'app.bin'),
      bytes: change.bytes ?? bytes.length,
      sha512: change.sha512 ?? sha512(bytes),
      signal: change.signal ?? new AbortController().signal,
      progress: (count) => seen.push(count),
    },
    agents,
    { silence: change.silence ?? 5_000, pause: 1 },
  );
};
const written = () => readFileSync(join(folder, 'app.bin'));

test('a file is written, and its growth told', async () => {
  await fetchIt();
  expect(written().equals(bytes)).toBe(true);
  expect(seen.at(-1)).toBe(bytes.length);
});

test('a download that breaks off goes on where it was', async () => {
  server.manners.cuts = [100_000, 50_000];
  await fetchIt();
  expect(written().equals(bytes)).toBe(true);
  expect(server.asked).toEqual(['app.bin', 'app.bin bytes=100000-', 'app.bin bytes=150000-']);
});

test('it begins again where the server knows no ranges', async () => {
  server.manners.cuts = [100_000];
  server.manners.noRanges = true;
  await fetchIt();
  expect(written().equals(bytes)).toBe(true);
});

test('a server that never gets anywhere is given up', async () => {
  server.manners.cuts = Array(20).fill(0);
  await expect(fetchIt()).rejects.toMatchObject({ failure: { kind: 'network' } });
  expect(server.asked.length).toBe(4);
});

test('a file that is not the signed one is refused: another hash, longer, or with another answer to a range', async () => {
  const other = { failure: { kind: 'unexpected-answer', message: expect.stringContaining('another file') } };
  server.manners.instead = Buffer.from(bytes).fill(7, 1000, 1001);
  await expect(fetchIt()).rejects.toMatchObject(other);
  server.manners.instead = null;
  server.manners.tooMuch = true;
  await expect(fetchIt()).rejects.toMatchObject(other);
  expect(seen.every((count) => count <= bytes.length)).toBe(true);
});

test('a redirect is not followed, wherever it leads', async () => {
  for (const target of ['https://elsewhere.example/app.bin', '/other.bin']) {
    server.manners.redirect = target;
    await expect(fetchIt()).rejects.toMatchObject({ failure: { kind: 'wrong-place' } });
  }
  expect(server.asked).toEqual(['app.bin', 'app.bin']);
});

test('a status says what it means, and a server that is silent is not waited for', async () => {
  server.manners.status = 404;
  await expect(fetchIt()).rejects.toMatchObject({ failure: { kind: 'not-found', status: 404 } });
  server.manners.status = null;
  await server.close();
  const { createServer } = await import('node:net');
  const silent = createServer(() => {});
  await new Promise<void>((done) => silent.listen(Number(new URL(server.address).port), '127.0.0.1', done));
  await expect(fetchIt({ silence: 100 })).rejects.toMatchObject({ failure: { kind: 'timeout' } });
  silent.close();
  server = await startUpdateServer();
});

test('it can be cancelled half-way', async () => {
  const stop = new AbortController();
  server.manners.cuts = [100_000, 50_000, 50_000];
  const going = fetchIt({ signal: stop.signal });
  await expect.poll(() => seen.length, { interval: 1 }).toBeGreaterThan(0);
  stop.abort();
  await expect(going).rejects.toMatchObject({ failure: { kind: 'cancelled' } });
});
