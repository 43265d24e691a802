import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Result } from '#contract/failure.ts';
import type { Practice, PracticeServer } from '../../../practice/common/types.ts';
import { startPractice } from '../../../practice/index.ts';
import { newFolder, openTestApp, removeFolder, routerOf, type TestApp, until } from '../core-harness.ts';

/** Directory pages through the router, at a panel that takes longer than anybody waits. */
let practice: Practice;
let panel: PracticeServer;
let folder: string;
let app: TestApp;
let sessionId: string;
let route: ReturnType<typeof routerOf>;

/** Requests that run at once to one host (http/client.ts). */
const slots = 6;
const long = 20_000;

beforeAll(async () => {
  practice = await startPractice({ only: ['enhance'], logins: 2000 });
  panel = practice.servers[0]!;
});
afterAll(() => practice.close());

beforeEach(async () => {
  folder = newFolder();
  app = await openTestApp(folder);
  route = routerOf(app);
  sessionId = app.core.sessions.signIn({ accountId: app.add(panel, 'Nora Lindholm').id }, 'window');
  await app.reach(sessionId, 'active');
});
afterEach(async () => {
  panel.behave();
  await app.core.close(2_000);
  removeFolder(folder);
});

const ask = (requestId: string, offset = 0) =>
  route('people.page', { sessionId, query: { source: 'all' }, offset, limit: 100, requestId });
const kindOf = (result: Result<unknown>) => (result.ok ? null : result.failure.kind);
/** The panel's own record of the requests for this page. */
const seen = (offset: number) =>
  panel.log().filter((one) => one.operation === 'getLogins' && Number(one.query.offset) === offset);

test('a page that is cancelled is broken off at the panel, and its place in the line is free', async () => {
  panel.misbehave({ operation: 'getLogins', times: slots, latency: long });
  const offsets = Array.from({ length: slots }, (_, at) => (at + 1) * 100);
  const hanging = offsets.map((offset) => ask(`lane-${offset}`, offset));
  await until('all are at the panel', () => offsets.every((offset) => seen(offset).length === 1));
  const wanted = ask('wanted', 1500);
  await route('people.cancelPage', { requestId: 'lane-300' });
  expect(kindOf(await hanging[2]!)).toBe('cancelled');
  await until('the panel sees the connection closed', () => seen(300)[0]!.left);
  // The line was full until then.
  expect(await wanted).toMatchObject({ ok: true, value: { total: 2011 } });
  expect(offsets.filter((offset) => seen(offset)[0]!.left)).toEqual([300]);
  for (const offset of offsets) await route('people.cancelPage', { requestId: `lane-${offset}` });
  expect((await Promise.all(hanging)).map(kindOf)).toEqual(offsets.map(() => 'cancelled'));
});

test('a newer page under the same ticket breaks off the older', async () => {
  panel.misbehave({ operation: 'getLogins', times: 1, latency: long });
  const older = ask('lane', 1100);
  await until('it is at the panel', () => seen(1100).length === 1);
  expect(await ask('lane', 1200)).toMatchObject({ ok: true });
  expect(kindOf(await older)).toBe('cancelled');
  await until('the panel sees the connection closed', () => seen(1100)[0]!.left);
  // A ticket that is over cancels nothing, and the session is as good as before.
  await route('people.cancelPage', { requestId: 'lane' });
  expect(await ask('lane', 1300)).toMatchObject({ ok: true });
  expect(app.session(sessionId).state).toBe('active');
});

test('locking breaks off every page that is on its way', async () => {
  panel.misbehave({ operation: 'getLogins', times: 2, latency: long });
  await app.core.vault.setPassphrase(null, 'a long passphrase');
  const offsets = [1600, 1700];
  const hanging = offsets.map((offset) => ask(`lane-${offset}`, offset));
  await until('both are at the panel', () => offsets.every((offset) => seen(offset).length === 1));
  expect(await route('vault.lock', undefined)).toMatchObject({ ok: true });
  expect((await Promise.all(hanging)).map(kindOf)).toEqual(['cancelled', 'cancelled']);
  await until('the panel sees both connections closed', () => offsets.every((at) => seen(at)[0]!.left));
});
