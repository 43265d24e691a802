import { once } from 'node:events';
import { request as ask, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, expect, onTestFinished, test } from 'vitest';
import type { Practice, PracticeServer } from '../../../practice/common/types.ts';
import { startPractice } from '../../../practice/index.ts';
import { newFolder, openTestApp, removeFolder, routerOf, type TestApp } from '../core-harness.ts';

/** What the window orders of a row that is gone, twice over, or of nothing. */
let practice: Practice;
let panel: PracticeServer;
let folder: string;
let app: TestApp;

beforeAll(async () => {
  practice = await startPractice({ only: ['enhance'] });
  panel = practice.servers[0]!;
});
afterAll(() => practice.close());
beforeEach(async () => {
  folder = newFolder();
  app = await openTestApp(folder);
});
afterEach(async () => {
  panel.behave();
  await app.core.close(2_000);
  removeFolder(folder);
});

async function signIn(accountId: string): Promise<string> {
  const id = app.core.sessions.signIn({ accountId }, 'window');
  await app.reach(id, 'active');
  return id;
}

/** Stands before the panel and keeps the answer to one operation back until `let go` is called. */
async function holdBack(method: string, path: RegExp) {
  let letGo = () => {};
  const released = new Promise<void>((done) => {
    letGo = done;
  });
  let reached = () => {};
  const answered = new Promise<void>((done) => {
    reached = done;
  });
  const server = createServer((request, response) => {
    const { host: _, ...headers } = request.headers;
    const onward = ask(
      new URL(request.url ?? '/', panel.origin),
      { method: request.method, headers },
      async (answer) => {
        if (request.method === method && path.test(request.url ?? '')) {
          reached();
          await released;
        }
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
      },
    );
    request.pipe(onward);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, answered, letGo };
}

test('ending all sessions of a login is written down, although the row goes while the vendor works', async () => {
  const between = await holdBack('DELETE', /\/login\/sessions$/);
  const { values, realm = null } = app.person(panel, 'Nora Lindholm').account;
  const account = app.core.accounts.add({
    vendor: panel.vendor,
    label: 'Nora',
    values: { ...values, baseUrl: values.baseUrl!.replace(panel.origin, between.origin) },
    realm,
    tags: [],
    colour: 'teal',
  });
  const one = await signIn(account.id);
  const route = routerOf(app);
  const endingAll = route('sessions.endAll', { sessionId: one });
  await between.answered;
  app.core.sessions.end(one, { actor: 'window' });
  await app.reach(one, 'ended');
  await route('sessions.dismiss', { sessionId: one });
  expect(app.core.sessions.get(one)).toBeFalsy();
  between.letGo();
  expect(await endingAll).toEqual({ ok: true, value: undefined });
  expect(app.bugs).toEqual([]);
  expect(await app.core.ledger.page({ limit: 10 })).toContainEqual(
    expect.objectContaining({ sessionId: one, event: 'ended', detail: 'every session of this login' }),
  );
});

test('a session that is named twice is ended once, on one receipt with one line', async () => {
  const account = app.add(panel, 'Nora Lindholm');
  const one = await signIn(account.id);
  const answer = await routerOf(app)('sessions.endTogether', { title: 'Two', sessionIds: [one, one] });
  expect(answer).toMatchObject({ ok: true });
  expect(app.core.receipts.all()).toMatchObject([{ lines: [{ sessionId: one }] }]);
});

test('a realm can’t be pinned to an account that is not there', async () => {
  const input = { accountId: 'nobody', realm: { id: 'r', name: 'R' }, pinned: true };
  expect(await routerOf(app)('realms.pin', input)).toMatchObject({
    ok: false,
    failure: { kind: 'not-found' },
  });
  expect(app.bugs).toEqual([]);
});

test('a setting that is given as nothing stays as it is', async () => {
  const answer = await routerOf(app)('settings.change', { theme: undefined, notifications: false });
  expect(answer).toEqual({ ok: true });
  expect(app.changes).toContainEqual({
    entity: 'settings',
    value: { ...app.settings, theme: 'system', notifications: false },
  });
});

test('half a letter in an id is refused by the vendor in words', async () => {
  const account = app.add(panel, 'Nora Lindholm');
  const sessionId = await signIn(account.id);
  const answer = await routerOf(app)('people.person', { sessionId, personId: 'a\uD800b' });
  expect(answer).toMatchObject({ ok: false });
  expect(app.bugs).toEqual([]);
});

test('an input that the contract chokes on is no message, and the router does not throw', async () => {
  const length = Object.assign(Object.create(null), { toString: [] });
  const input = { id: Object.assign(Object.create(null), { length, prototype: new Set() }), account: {} };
  expect(await routerOf(app)('accounts.test', input)).toMatchObject({
    ok: false,
    failure: { kind: 'invalid' },
  });
});
