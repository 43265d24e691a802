import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createNetwork } from '#http/client.ts';
import { startEnhance } from '../../practice/enhance/index.ts';
import { practiceOptions } from '../main/vendors/practice-context.ts';
import { methodsOf } from './clients.ts';
import { missing, readDocument } from './read-document.ts';

/** What an operation is called: by the client's method, by the practice server's log, and by the document. */

describe.skipIf(missing())('Enhance', () => {
  let document: Awaited<ReturnType<typeof readDocument>>;
  let server: Awaited<ReturnType<typeof startEnhance>>;
  beforeAll(async () => {
    document = await readDocument('enhance-12.21.3.yaml');
    server = await startEnhance(practiceOptions('names'));
  });
  afterAll(() => server.close());

  test('every method has the name of the document’s operation', async () => {
    const network = createNetwork({ perHost: 1 });
    const http = network.open({ baseUrl: server.url, userAgent: 'Gatehouse' });
    const calls: [name: string, asked: string | undefined, logged: string | null | undefined][] = [];
    for (const { name, call } of methodsOf('enhance', http)) {
      await call().catch(() => {});
      const { method = '', path = '', operation } = server.log().at(-1) ?? {};
      const asked = document.matchOperation({ method, path: path.replace(/^\/api/, ''), headers: {} });
      calls.push([name, asked?.operationId, operation]);
    }
    network.close();
    expect(calls.length).toBeGreaterThan(40);
    expect(calls).toEqual(calls.map(([name]) => [name, name, name]));
  });

  test('the practice server’s log has these names, too', async () => {
    const named: [documented: string | undefined, logged: string | null][] = [];
    for (const { method, path, operationId } of document.router.getOperations()) {
      const answer = await fetch(server.url + path.replace(/\{\w+\}/g, () => randomUUID()), {
        method: method.toUpperCase(),
      });
      await answer.arrayBuffer();
      named.push([operationId, server.log().at(-1)?.operation ?? null]);
    }
    const practised = named.filter(([, logged]) => logged !== null);
    expect(practised.length).toBeGreaterThan(50);
    expect(practised).toEqual(practised.map(([documented]) => [documented, documented]));
  });
});
