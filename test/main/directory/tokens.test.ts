import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { PersonPage } from '#contract/admin.ts';
import type { Result } from '#contract/failure.ts';
import type { Practice, PracticeServer } from '../../../practice/common/types.ts';
import { startPractice } from '../../../practice/index.ts';
import { newFolder, openTestApp, removeFolder, routerOf, type TestApp } from '../core-harness.ts';

/** Tokens that a vendor makes: the secret goes from main to the clipboard, and what the window gets has no trace of it. */
let practice: Practice;
let folder: string;
let app: TestApp;
/** Everything that the window was answered. */
let answered: string;
let call: (channel: string, input: unknown) => Promise<Result<unknown>>;

beforeAll(async () => {
  practice = await startPractice({ only: ['enhance', 'koyeb'] });
});
afterAll(() => practice.close());

beforeEach(async () => {
  folder = newFolder();
  app = await openTestApp(folder);
  const route = routerOf(app);
  answered = '';
  call = async (channel, input) => {
    const result = await route(channel, input);
    answered += JSON.stringify(result);
    return result;
  };
});
afterEach(async () => {
  await app.core.close(2_000);
  removeFolder(folder);
});

const cases = [
  {
    vendor: 'enhance',
    who: 'Nora Lindholm',
    action: 'new-token',
    values: { name: 'Night backup', roles: 'Support', life: '30', from: '' },
    table: 'Access tokens of Northwind Hosting',
    probe: (server: PracticeServer) => `${server.url}/logins?limit=1`,
  },
  {
    vendor: 'koyeb',
    who: 'Maya Castell',
    action: 'new-credential',
    values: { name: 'Night backup', description: 'for the night', type: 'ORGANIZATION' },
    table: 'API credentials',
    probe: (server: PracticeServer) => `${server.url}/v1/account/organization`,
  },
];

test.each(cases)('$vendor: made, copied, listed, written down, and never shown', async (one) => {
  const server = practice.servers.find(({ vendor }) => vendor === one.vendor)!;
  const sessionId = app.core.sessions.signIn({ accountId: app.add(server, one.who).id }, 'window');
  await app.reach(sessionId, 'active');
  const page = async () => {
    const result = await call('login.page', { sessionId });
    if (!result.ok) throw new Error(result.failure.message);
    return result.value as PersonPage;
  };
  const offered = (await page()).actions.find(({ id }) => id === one.action);
  expect(offered).toMatchObject({ effect: expect.stringContaining('shown nowhere else') });
  expect(offered?.missingRight).toBeUndefined();
  const organisation = offered?.fields.find(({ name }) => name === 'organisation')?.options?.[0]?.value;
  const values = { ...one.values, ...(organisation ? { organisation } : {}) };

  const done = await call('login.act', { sessionId, action: one.action, values });
  expect(done).toMatchObject({ ok: true });
  expect(answered).toMatch(/“Night backup” is made\. It is on the clipboard, which is cleared in 30 s/);
  expect(app.copied).toHaveLength(1);
  const token = app.copied[0]!;
  expect(token.length).toBeGreaterThan(20);
  const probe = await fetch(one.probe(server), { headers: { authorization: `Bearer ${token}` } });
  expect(probe.status).toBe(one.vendor === 'enhance' ? 403 : 200);
  const table = (await page()).tables.find(({ title }) => title === one.table);
  expect(table?.rows.some(({ cells }) => cells.name === 'Night backup')).toBe(true);

  const rows = await app.core.ledger.page({ limit: 50 });
  expect(rows.map(({ event, detail }) => [event, detail])).toEqual(
    expect.arrayContaining([
      [
        'admin',
        `own login, ${one.action}: The ${one.vendor === 'enhance' ? 'access token' : 'API credential'} “Night backup” is made.`,
      ],
      ['copied', `own login, ${one.action}`],
    ]),
  );
  const whole = JSON.stringify([answered, app.changes, app.log, app.bugs, rows, app.core.snapshot()]);
  expect(whole).not.toContain(token);
  // A piece of it is not shown either; Enhance lists the first five letters itself.
  expect(whole).not.toContain(token.slice(0, 8));
  expect(whole).not.toContain(token.slice(-8));
});
