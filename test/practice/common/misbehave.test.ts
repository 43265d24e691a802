import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { PracticeServer } from '../../../practice/common/types.ts';
import { startEnhance } from '../../../practice/enhance/index.ts';
import { options, Visitor } from './kit.ts';

const nora = { email: 'nora@northwind.example', password: 'harbour-lantern-7' };

describe('misbehaviour', () => {
  let server: PracticeServer;
  let visitor: Visitor;
  beforeEach(async () => {
    server = await startEnhance(options());
    visitor = new Visitor(server);
  });
  afterEach(() => server.close());

  test('answers a status instead of working, as often as told', async () => {
    server.misbehave({ operation: 'createSession', times: 1, status: 503, headers: { 'retry-after': '7' } });
    const before = server.sessions().length;
    const refused = await visitor.call('POST', '/login/sessions', nora);
    expect(refused.status).toBe(503);
    expect(refused.headers.get('retry-after')).toBe('7');
    expect(server.sessions()).toHaveLength(before);
    expect((await visitor.call('POST', '/login/sessions', nora)).status).toBe(200);
  });

  test('strikes only the named operation', async () => {
    server.misbehave({ operation: 'getLogin', status: 500, body: { code: 'internal' } });
    expect((await visitor.call('GET', '/version')).status).toBe(200);
    expect((await visitor.call('GET', '/login')).json).toEqual({ code: 'internal' });
    server.behave();
    expect((await visitor.call('GET', '/login')).status).toBe(401);
  });

  test('sends HTML and bodies of any size', async () => {
    server.misbehave({ operation: 'orchdVersion', status: 200, body: '<h1>Hello</h1>', size: 3_000_000 });
    const answer = await visitor.call('GET', '/version');
    expect(answer.headers.get('content-type')).toContain('text/html');
    expect(answer.text).toHaveLength(3_000_000);
  });

  test('drops the connection before the work', async () => {
    const before = server.sessions().length;
    server.misbehave({ operation: 'createSession', reset: 'before' });
    await expect(visitor.call('POST', '/login/sessions', nora)).rejects.toThrow('fetch failed');
    expect(server.sessions()).toHaveLength(before);
  });

  test('drops the connection after the work', async () => {
    const before = server.sessions().length;
    server.misbehave({ operation: 'createSession', reset: 'after' });
    await expect(visitor.call('POST', '/login/sessions', nora)).rejects.toThrow('fetch failed');
    expect(server.sessions()).toHaveLength(before + 1);
  });

  test('cuts the body in the middle, with the work done', async () => {
    const before = server.sessions().length;
    server.misbehave({ operation: 'createSession', truncate: 'after' });
    await expect(visitor.call('POST', '/login/sessions', nora)).rejects.toThrow('terminated');
    expect(server.sessions()).toHaveLength(before + 1);
  });

  test('waits as long as told', async () => {
    server.misbehave({ operation: '*', latency: 120 });
    const start = performance.now();
    await visitor.call('GET', '/version');
    expect(performance.now() - start).toBeGreaterThanOrEqual(115);
  });

  test('makes the same random choices in every run', async () => {
    const run = async () => {
      const other = await startEnhance(options('dice'));
      other.misbehave({ operation: 'orchdVersion', probability: 0.5, status: 500 });
      const statuses: number[] = [];
      for (let turn = 0; turn < 20; turn += 1)
        statuses.push((await new Visitor(other).call('GET', '/version')).status);
      await other.close();
      return statuses;
    };
    const first = await run();
    expect(new Set(first)).toEqual(new Set([200, 500]));
    expect(await run()).toEqual(first);
  });

  test('is set, listed and cleared over HTTP, with the clock, people, sessions and log', async () => {
    const control = new Visitor(server);
    const at = (path: string, init?: RequestInit) => fetch(`${server.origin}/__practice${path}`, init);
    const post = (path: string, body: unknown) =>
      at(path, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
    expect((await post('/misbehave', { operation: 'orchdVersion', status: 502 })).status).toBe(204);
    expect((await control.call('GET', '/version')).status).toBe(502);
    expect(await (await at('/misbehave')).json()).toEqual([{ operation: 'orchdVersion', status: 502 }]);
    expect((await at('/misbehave', { method: 'DELETE' })).status).toBe(204);
    expect((await control.call('GET', '/version')).status).toBe(200);
    expect((await post('/misbehave', { operation: 'x', nonsense: 1 })).status).toBe(400);

    await control.call('POST', '/login/sessions', nora);
    expect(await (await at('/people')).json()).toEqual(server.people);
    expect(await (await at('/sessions')).json()).toEqual(server.sessions());
    const log = (await (await at('/log')).json()) as { operation: string; body: unknown; status: number }[];
    expect(log.at(-1)).toMatchObject({ operation: 'createSession', method: 'POST', body: nora, status: 200 });
    expect((await control.call('GET', '/login')).status).toBe(200);
    expect((await post('/clock', { advance: 8 * 24 * 3_600_000 })).status).toBe(200);
    expect((await control.call('GET', '/login')).status).toBe(401);
    expect((await post('/clock', { advance: -1 })).status).toBe(400);
  });
});
