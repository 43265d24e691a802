import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Worker } from 'node:worker_threads';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Channel } from '#contract/channels.ts';
import { type Challenge, snapshot } from '#contract/shapes.ts';
import { type SeededRandom, seededRandom } from '../../faults/seeded-random.ts';
import { newFolder, openTestApp, removeFolder, routerOf, type TestApp, until } from '../core-harness.ts';
import { createKeyring } from '../vault/keyrings.ts';
import type { HostileServer } from './hostile-worker.ts';

/** HOSTILE_ROUNDS and HOSTILE_SEED make a longer run, or repeat one. */
const rounds = Number(process.env.HOSTILE_ROUNDS ?? 32);
const seed = process.env.HOSTILE_SEED ?? 'gatehouse';
/** ms of main's own work in one turn of its loop. */
const longestTurn = 200;

let worker: Worker;
let servers: HostileServer[];
let folder: string;

const answerOf = () => new Promise<unknown>((done) => worker.once('message', done));

beforeAll(async () => {
  worker = new Worker(new URL('./hostile-worker.ts', import.meta.url), { workerData: seed });
  servers = (await answerOf()) as HostileServer[];
  folder = newFolder();
});
afterAll(async () => {
  await worker.terminate();
  removeFolder(folder);
});

async function behaveBy(text: string | null) {
  const told = answerOf();
  worker.postMessage(text);
  await told;
}

/** The most that this thread worked (ms of its own CPU time, whatever else the machine does) without letting anybody else in. */
function watchTurns() {
  let longest = 0;
  let before = process.threadCpuUsage();
  const timer = setInterval(() => {
    const now = process.threadCpuUsage();
    longest = Math.max(longest, (now.user + now.system - before.user - before.system) / 1000);
    before = now;
  }, 1);
  return () => {
    clearInterval(timer);
    return longest;
  };
}

/** Every number in the database that JavaScript can't hold exactly: reading such a row throws, for ever. */
function unsafeNumbers(): string[] {
  const database = new DatabaseSync(join(folder, 'gatehouse.db'), { readOnly: true });
  const tables = database.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").all();
  const found = tables.flatMap(({ name }) => {
    const rows = database.prepare(`SELECT * FROM "${String(name)}"`);
    rows.setReadBigInts(true);
    return rows
      .all()
      .flatMap((row) =>
        Object.entries(row).flatMap(([column, value]) =>
          typeof value === 'bigint' && !Number.isSafeInteger(Number(value))
            ? [`${name}.${column}: ${value}`]
            : [],
        ),
      );
  });
  database.close();
  return found;
}

function answerFor(ask: Challenge, luck: SeededRandom): Record<string, string | boolean> {
  if (ask.kind === 'agreements') return Object.fromEntries(ask.agreements.map(({ id }) => [id, true]));
  if (ask.kind === 'choice') return { choice: ask.options[0]?.id ?? 'none' };
  return { code: '123456', remember: luck.chance(0.5), password: 'Another-2026', old: 'Second-2026' };
}

const people = new Map([
  ['enhance', ['Nora Lindholm', 'Amir Haddad', 'Tess Okafor', 'Support desk token']],
  [
    'cyclos',
    [
      'Left Coast: Administrator',
      'Left Coast: One-time password',
      'Left Coast: Virtual keyboard',
      'Left Coast: Pending agreements',
      'Left Coast: Authenticator',
    ],
  ],
  ['nextauth', ['Front door: Desk key']],
  ['koyeb', ['Maya Castell', 'Jonas Weber', 'Support desk token']],
]);

function addAccount(app: TestApp, server: HostileServer, label: string, origin: string): string {
  const person = server.people.find((one) => one.label === label);
  if (!person) throw new Error(`There is no ${label}.`);
  const baseUrl = person.values.baseUrl!.replace(server.goodOrigin, origin);
  return app.core.accounts.add({
    vendor: server.vendor,
    label,
    values: { ...person.values, baseUrl },
    realm: person.realm,
    tags: [],
    colour: 'teal',
  }).id;
}

/** Signs in, does everything that can be done in a session, and signs out, whatever comes back. */
async function context(app: TestApp, accountId: string, luck: SeededRandom): Promise<void> {
  const route = routerOf(app);
  const call = async (channel: Channel, input: unknown) => {
    const result = await route(channel, input);
    // The router's own word for what nobody expected.
    if (!result.ok) expect(result.failure.message, channel).not.toContain('inside Gatehouse');
    return result;
  };
  await call('recovery.start', { accountId });
  const sessionId = app.core.sessions.signIn({ accountId }, 'window');
  const settled = () =>
    until('the sign-in is over', () => app.core.sessions.get(sessionId)?.state !== 'signing-in', 20_000);
  await settled();
  for (let tries = 0; tries < 3 && app.core.sessions.get(sessionId)?.state === 'waiting'; tries += 1) {
    const prompt = app.core.sessions.promptOf(sessionId);
    if (prompt?.ask.kind === 'scan') await call('prompts.push', { promptId: prompt.id, target: 'user:anna' });
    else if (prompt)
      await call('prompts.answer', { promptId: prompt.id, values: answerFor(prompt.ask, luck) });
  }
  await settled();
  const query = (source: string) => ({
    sessionId,
    query: { source },
    offset: 0,
    limit: 100,
    requestId: source,
  });
  await Promise.all([
    call('sessions.check', { sessionId }),
    call('sessions.identity', { sessionId }),
    call('sessions.memberships', { sessionId }),
    call('sessions.remote', { sessionId }),
    call('people.sources', { sessionId }),
    ...['all', 'users', 'members', 'accounts'].map((source) => call('people.page', query(source))),
    call('people.why', { sessionId, email: 'anna@example.com' }),
    call('login.page', { sessionId }),
    call('handover.open', { sessionId }),
    call('handover.copy', { sessionId, what: 'token' }),
  ]);
  await call('sessions.signOut', { sessionId });
  await call('sessions.tryEndingNow', { sessionId });
}

const lawful = new Set(['waiting', 'active', 'expired', 'ending', 'ended', 'failed']);

async function expectGoodStanding(app: TestApp, good: string, seen: string) {
  expect(unsafeNumbers(), seen).toEqual([]);
  const odd = app.core.sessions.all().filter(({ state }) => !lawful.has(state));
  expect(odd, seen).toEqual([]);
  expect(snapshot.safeParse(app.core.snapshot()).error, seen).toBeUndefined();
  expect(app.bugs, seen).toEqual([]);
  const id = app.core.sessions.signIn({ accountId: good }, 'window');
  await app.reach(id, 'active');
  app.core.sessions.end(id, { actor: 'window' });
  expect((await app.reach(id, 'ended')).endedHow, seen).toBe('vendor');
}

test('a vendor that answers anything at all harms at most its own account', {
  timeout: 25_000 + rounds * 2000,
}, async () => {
  const keyring = createKeyring();
  let app = await openTestApp(folder, { keyring, lateness: 0 });
  const koyeb = servers.find(({ vendor }) => vendor === 'koyeb')!;
  const good = addAccount(app, koyeb, 'Theo Blanc', koyeb.goodOrigin);
  for (let round = 0; round < rounds; round += 1) {
    const luck = seededRandom(`${seed}/${round}`);
    const server = servers[round % servers.length]!;
    const accountId = addAccount(app, server, luck.pick(people.get(server.vendor)!), server.origin);
    const seen = `HOSTILE_SEED=${seed}, round ${round}, ${server.vendor}`;
    await behaveBy(`${seed}/${round}/server`);
    const stop = watchTurns();
    await context(app, accountId, luck);
    expect(stop(), seen).toBeLessThan(longestTurn);
    await behaveBy(null);
    await expectGoodStanding(app, good, seen);
    if (round % 16 === 15) {
      await app.core.close(200);
      app = await openTestApp(folder, { keyring, lateness: 0 });
    }
  }
  await app.core.close(200);
});
