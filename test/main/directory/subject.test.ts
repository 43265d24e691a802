import { hostname, userInfo } from 'node:os';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Practice } from '../../../practice/common/types.ts';
import { startPractice } from '../../../practice/index.ts';
import { newFolder, openTestApp, removeFolder, type TestApp } from '../core-harness.ts';

/** What the ledger keeps of the person that somebody was helped with. */
let practice: Practice;
let folder: string;
let app: TestApp;
let sessionId: string;

beforeAll(async () => {
  practice = await startPractice({ only: ['enhance'] });
});
afterAll(() => practice.close());

beforeEach(async () => {
  folder = newFolder();
  app = await openTestApp(folder);
  sessionId = app.core.sessions.signIn(
    { accountId: app.add(practice.servers[0]!, 'Nora Lindholm').id },
    'window',
  );
  await app.reach(sessionId, 'active');
});
afterEach(async () => {
  await app.core.close(2_000);
  removeFolder(folder);
});

const found = async (search: string) => {
  const query = { source: 'all', search };
  const signal = new AbortController().signal;
  const { rows } = await app.core.directory.page(sessionId, query, { offset: 0, limit: 500 }, signal);
  return rows.find(({ cells }) => JSON.stringify(cells).includes(search))!;
};
const latest = async (text: string) => (await app.core.ledger.page({ limit: 9, text, event: 'admin' }))[0];

test('an action names who was signed in, who used the computer, and the person it was done for', async () => {
  const row = await found('frieda@harbourbakery.example');
  const { name, email } = row.cells;
  await app.core.directory.act(sessionId, {
    action: 'set-password',
    target: row.id,
    values: { password: 'a new password of hers' },
    image: null,
  });
  expect(await latest(email!)).toMatchObject({
    signedInAs: app.core.sessions.get(sessionId)!.person,
    osUser: userInfo().username,
    machine: hostname(),
    subjectName: `${name}, ${email}`,
  });
});

test('an action on a row of a person’s table is about that person; who was never shown has no name', async () => {
  const { id } = await found('kari@fjordweb.example');
  const page = await app.core.directory.person(sessionId, id);
  const row = page.tables.flatMap(({ rows }) => rows)[0]!;
  const action = row.actions.find((one) => one.id === 'change-roles')!;
  const values = Object.fromEntries(action.fields.map((field) => [field.name, 'Sysadmin']));
  const input = { action: action.id, target: row.id, values, image: null };
  await app.core.directory.act(sessionId, input);
  expect(await latest(action.id)).toMatchObject({
    subjectId: page.id,
    subjectName: expect.stringContaining('Kari'),
  });
  app.core.directory.forgetPeople();
  await app.core.directory.act(sessionId, input);
  expect(await latest(action.id)).toMatchObject({ subjectId: row.id, subjectName: null });
});
