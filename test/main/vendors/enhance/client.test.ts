import { afterAll, beforeAll, expect, test } from 'vitest';
import { createNetwork, type Network } from '#http/client.ts';
import { type EnhanceClient, enhanceClient } from '../../../../main/vendors/enhance/api/client.ts';
import { failureOf, serve, type TestServer } from '../../http/fixture.ts';

/** What the table of operations can't say in a row; the operations themselves are in ../operations.test.ts. */

const id = '5e0a2f0c-1d7d-4c52-8f0e-0d6c1a2b3c4d';
const creds = { email: 'nora@example.com', password: 'canary-password' };

let server: TestServer;
let network: Network;
let next: { status: number; body: string; type: string };
let cookies: (string | undefined)[] = [];

beforeAll(async () => {
  server = await serve((request, response) => {
    cookies.push(request.headers.cookie);
    response.writeHead(next.status, { 'content-type': next.type, 'set-cookie': 'id0=canary-cookie; Path=/' });
    response.end(next.body);
  });
  network = createNetwork();
});
afterAll(async () => {
  network.close();
  await server.close();
});

function client(): EnhanceClient {
  cookies = [];
  return enhanceClient(network.open({ baseUrl: `${server.origin}/api`, userAgent: 'Gatehouse' }), null);
}

function answerWith(status: number, body?: unknown): void {
  next = { status, body: body === undefined ? '' : JSON.stringify(body), type: 'application/json' };
}

test.each([
  [{ authMethod: 'otp' }, 'otp'],
  [undefined, null],
  [[], null],
  [{ authMethod: 5 }, null],
])('createSession: 201 with %j means that a PIN is due', async (body, authMethod) => {
  answerWith(201, body);
  expect(await client().createSession(creds)).toEqual({ kind: 'pending', authMethod });
});

test('createSession: 200 of the wrong shape is named', async () => {
  answerWith(200, { memberships: [{ memberId: id, orgId: 7 }] });
  const failure = await failureOf(client().createSession(creds));
  expect(failure.kind).toBe('unexpected-answer');
  expect(failure.message).toContain('“memberships[0].orgId” should be of type string');
});

test('the cookie that came is sent with the next request', async () => {
  answerWith(200);
  const acting = client();
  await acting.deleteSessions();
  await acting.deleteSessions();
  expect(cookies).toEqual([undefined, 'id0=canary-cookie']);
});

test('the panel’s web pages are not taken for its API', async () => {
  next = { status: 200, body: '<!doctype html><title>Panel</title>', type: 'text/html' };
  const failure = await failureOf(client().getLogin());
  expect(failure.kind).toBe('wrong-place');
  expect(failure.advice).toContain('/api');
});

test.each<[string, (client: EnhanceClient) => Promise<unknown>]>([
  ['in a path', (to) => to.getOrg('../logins')],
  ['in a path behind one that is good', (to) => to.deleteMember(id, 'member')],
  ['in a query', (to) => to.getLogins({ realmId: 'northwind' })],
  ['of a session', (to) => to.deleteSession('current')],
])('an id that none of the panel’s can be is not asked for: %s', async (_, ask) => {
  answerWith(200, {});
  const to = client();
  expect(await failureOf(ask(to))).toMatchObject({ kind: 'not-found' });
  expect(cookies).toEqual([]);
});
