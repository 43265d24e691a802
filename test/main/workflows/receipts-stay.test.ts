import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Practice } from '../../../practice/common/types.ts';
import { startPractice } from '../../../practice/index.ts';
import { newFolder, openTestApp, removeFolder, routerOf, type TestApp, until } from '../core-harness.ts';
import { createKeyring } from '../vault/keyrings.ts';

/** A receipt that somebody is done with is kept, and can be looked at again. */
let practice: Practice;
let folder: string;
let app: TestApp;
const keyring = createKeyring();

beforeAll(async () => {
  practice = await startPractice({ only: ['enhance'] });
});
afterAll(() => practice.close());
beforeEach(async () => {
  folder = newFolder();
  app = await openTestApp(folder, { keyring });
});
afterEach(async () => {
  await app.core.close(2_000);
  removeFolder(folder);
});

test('it says who was signed in and since when, leaves the window, and is there after a restart', async () => {
  const account = app.add(practice.servers[0]!, 'Nora Lindholm');
  const sessionId = app.core.sessions.signIn({ accountId: account.id }, 'window');
  await app.reach(sessionId, 'active');
  const { openedAt } = app.core.sessions.get(sessionId)!;
  const person = account.identity;
  const { id } = app.core.receipts.end('Morning', [sessionId], 'window')!;
  await until('it has ended', () => app.core.receipts.get(id)!.lines[0]!.how === 'vendor');
  expect(app.core.receipts.get(id)!.lines[0]).toMatchObject({ person, openedAt });

  const route = routerOf(app);
  await route('receipts.close', { id });
  expect(app.core.receipts.all()).toEqual([]);
  expect(app.changes.at(-1)).toEqual({ entity: 'receipt', id, value: null });
  const listed = {
    ok: true,
    value: [expect.objectContaining({ id, title: 'Morning', sessions: 1, settled: 1 })],
  };
  expect(await route('receipts.list', undefined)).toEqual(listed);

  await app.core.close(0);
  app = await openTestApp(folder, { keyring });
  const again = routerOf(app);
  expect(app.core.receipts.all()).toEqual([]);
  expect(await again('receipts.list', undefined)).toEqual(listed);
  await again('receipts.show', { id });
  expect(app.changes.at(-1)).toMatchObject({
    entity: 'receipt',
    id,
    value: { title: 'Morning', doneAt: expect.any(Number), lines: [{ how: 'vendor', person, openedAt }] },
  });
  await again('receipts.close', { id });
  expect(await again('receipts.list', undefined)).toEqual(listed);
  expect(await again('receipts.show', { id: 'gone' })).toMatchObject({
    ok: false,
    failure: { kind: 'not-found' },
  });
});
