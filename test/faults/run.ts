import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { LedgerRow, Session } from '#contract/shapes.ts';
import { startPractice } from '../../practice/index.ts';
import { act, type Memory } from './actions.ts';
import { bundleApp } from './bundle.ts';
import { longestLatency, randomFaults } from './faults.ts';
import { accountsFor, confirmedIn, type Live, liveAt } from './oracle.ts';
import { type App, startApp } from './process.ts';
import { type SeededRandom, seededRandom } from './seeded-random.ts';
import { createWorld } from './world.ts';

/**
 * The crash test: the app as a process of its own against the four practice servers, which misbehave; it is killed at any
 * moment and started again. Then the servers' own session tables are held against what the app shows.
 */
const { values: options } = parseArgs({
  options: { kills: { type: 'string', default: '200' }, seed: { type: 'string' } },
});
const kills = Number(options.kills);
const seed = options.seed ?? String(Math.floor(Math.random() * 1e9));
if (!Number.isInteger(kills) || kills < 1) throw new Error('--kills takes a whole number from 1.');
/** Every so many kills all sessions are ended and the tables must be empty but for what is reported. */
const settleEvery = 20;
/** ms that the endings of everything may take once the servers behave. */
const settleTime = 60_000;
/** ms that one life of the app takes at most. */
const longestLife = 1_000;

console.log(
  `crash test: ${kills} kills, seed ${seed}; the same run again: npm run test:faults -- --kills ${kills} --seed ${seed}`,
);
const practice = await startPractice({ seed: `crash ${seed}` });
const world = createWorld(practice);
const folder = mkdtempSync(join(tmpdir(), 'gatehouse-faults-'));
const file = await bundleApp(join(folder, 'app'));
const memory: Memory = {
  accounts: new Map(),
  dismissed: new Set(),
};
/** Every session of ours that a server ever held. */
const opened = new Set<string>();
const unaccounted = new Map<string, string>();
const lost = new Map<string, string>();
const faults: string[] = [];
let standby = launch(0);
let round = 0;

/** The next process loads its code while the present one works. */
function launch(of: number): App {
  return startApp(file, (text) => faults.push(`kill ${of}: ${text}`));
}

async function nextApp(): Promise<App> {
  const app = standby;
  standby = launch(round + 1);
  await app.open(folder, practice.clock.now() - Date.now());
  return app;
}

async function ask<T>(answer: Promise<{ ok: boolean; value?: T } | null>): Promise<T> {
  const result = await answer;
  if (!result?.ok) throw new Error(`The app gave no answer: ${JSON.stringify(result)}`);
  return result.value as T;
}

async function ledgerOf(app: App, filter: { event?: string; text?: string }): Promise<LedgerRow[]> {
  const rows: LedgerRow[] = [];
  for (;;) {
    const before = rows.at(-1)?.seq;
    const page = await ask(app.call('ledger.page', { ...filter, limit: 500, ...(before ? { before } : {}) }));
    rows.push(...page);
    if (page.length < 500) return rows;
  }
}

/** Holds the servers' tables against the app's; `final`: nothing may be left but what is reported as possibly alive. */
async function compare(app: App, final: boolean): Promise<void> {
  // The tables first: a row is on disk before its request leaves.
  const live = liveAt(practice.servers);
  for (const one of live) opened.add(one.mark);
  const snapshot = await ask(app.call('state.snapshot', undefined));
  for (const [id, label] of memory.accounts) {
    if (!snapshot.accounts.some((account) => account.id === id))
      lost.set(id, `${label}, missed after kill ${round}`);
  }
  const rows = new Map(snapshot.sessions.map((session) => [session.id, session]));
  const confirmed = confirmedIn(await ledgerOf(app, { event: 'confirmed' }));
  const owned = (one: Live) => {
    const row = rows.get(one.mark);
    return (
      accountsFor(row, one, memory, confirmed) &&
      (!final || !row || row.endedHow !== null || row.state === 'failed')
    );
  };
  const suspects = live.filter((one) => !owned(one) && !unaccounted.has(one.id));
  if (suspects.length === 0) return;
  // One that ended while we were looking is none.
  const still = new Set(liveAt(practice.servers).map((one) => one.id));
  for (const one of suspects.filter(({ id }) => still.has(id))) {
    unaccounted.set(one.id, await story(app, one, rows.get(one.mark)));
  }
}

/** All that can be known of a session that nobody owns up to. */
async function story(app: App, live: Live, row: Session | undefined): Promise<string> {
  const server = practice.servers.find((one) => one.vendor === live.vendor)!;
  const seen = server
    .log()
    .filter((request) => String(request.headers['user-agent']).includes(live.mark))
    .map(
      (request) =>
        `    ${time(request.at)} ${request.operation ?? request.path} → ${request.status ?? 'no answer'}`,
    );
  const ledger = (await ledgerOf(app, {}))
    .filter(({ sessionId }) => sessionId === live.mark)
    .reverse()
    .map((one) => `    ${time(one.at)} ${one.event} (${one.actor}) ${one.detail ?? ''}`);
  return [
    `after kill ${round}: ${live.vendor} holds a session of ${live.person} (${live.state}, since ${time(live.createdAt)})`,
    `  the app shows ${row ? `${row.state}, ended ${row.endedHow ?? '–'} at ${time(row.endedAt)}, ${row.failure?.message ?? 'no failure'}` : 'nothing'} for ${live.mark}`,
    '  ledger:',
    ...ledger,
    '  requests:',
    ...seen,
  ].join('\n');
}

const time = (at: number | null) => (at === null ? '–' : new Date(at).toISOString().slice(11, 23));
const pause = (ms: number) => new Promise((done) => setTimeout(done, ms));

async function addPeople(): Promise<void> {
  const app = await nextApp();
  for (const { input } of world.actors) {
    const account = await ask(app.call('accounts.add', input));
    memory.accounts.set(account.id, account.label);
  }
  await app.kill();
}

/** Work at random, and death at random. */
async function live(chance: SeededRandom): Promise<void> {
  // What the dead app had sent is done before the next one looks: otherwise the two would race.
  await pause(longestLatency + 10);
  // A night: tokens are due for a refresh, or have run out.
  if (chance.chance(0.12)) practice.clock.advance(chance.between(11, 14) * 3_600_000);
  for (const server of practice.servers) {
    server.behave();
    for (const rule of randomFaults(seededRandom(`${seed}/${round}/${server.vendor}`)))
      server.misbehave(rule);
  }
  const app = await nextApp();
  await compare(app, false);
  // By the work done and not by the clock, so that a slow machine does not only see beginnings.
  const requests = seenBy() + chance.between(0, 30);
  const rest = chance.between(0, 30);
  const latest = Date.now() + longestLife;
  for (let number = 0; seenBy() < requests && Date.now() < latest; number += 1) {
    const one = seededRandom(`${seed}/${round}/action ${number}`);
    // Not waited for: people press the next button before the first one has answered.
    void act({ app, world, memory, random: one });
    await pause(one.between(0, 20));
  }
  await pause(rest);
  for (const { mark } of liveAt(practice.servers)) opened.add(mark);
  await app.kill();
}

/** How many requests the servers have seen; their logs are cut now and then, which only makes a life longer. */
function seenBy(): number {
  return practice.servers.reduce((sum, server) => sum + server.log().length, 0);
}

/** Ends everything with servers that behave, and holds the tables against the app's. */
async function settle(): Promise<void> {
  await pause(longestLatency + 10);
  for (const server of practice.servers) server.behave();
  const app = await nextApp();
  await compare(app, false);
  await app.call('sessions.signOutEverywhere', undefined);
  for (const until = Date.now() + settleTime; ; await pause(30)) {
    const snapshot = await ask(app.call('state.snapshot', undefined));
    const owed = snapshot.sessions.filter((one) =>
      ['signing-in', 'waiting', 'active', 'ending'].includes(one.state),
    );
    if (owed.length === 0) break;
    if (Date.now() > until) {
      const list = owed.map(
        (one) => `${one.vendor} ${one.id} ${one.state} ${one.ending?.lastFailure?.message ?? ''}`,
      );
      faults.push(`after kill ${round} these endings do not come to an end:\n  ${list.join('\n  ')}`);
      break;
    }
    const due = owed.filter((one) => one.state === 'ending').map((one) => one.id);
    await Promise.all(due.map((sessionId) => app.call('sessions.tryEndingNow', { sessionId })));
    if (due.length < owed.length) await app.call('sessions.signOutEverywhere', undefined);
  }
  await compare(app, true);
  const chain = await ask(app.call('ledger.verify', {}));
  if (!chain.ok)
    faults.push(`after kill ${round} the ledger's chain breaks at row ${chain.seq}: ${chain.why}`);
  // The next stretch begins with a tidy list, or snapshots would grow without end.
  const snapshot = await ask(app.call('state.snapshot', undefined));
  for (const session of snapshot.sessions) {
    if (session.endedHow === 'possibly-alive') memory.dismissed.add(session.id);
    await app.call('sessions.dismiss', { sessionId: session.id });
  }
  for (const { id } of snapshot.receipts) await app.call('receipts.close', { id });
  await app.kill();
}

const started = Date.now();
await addPeople();
for (round = 1; round <= kills; round += 1) {
  await live(seededRandom(`${seed}/${round}`));
  if (round % settleEvery !== 0 && round !== kills) continue;
  await settle();
  console.log(`  ${round} kills, ${opened.size} sessions, ${Math.round((Date.now() - started) / 1000)} s`);
}
await standby.kill();
await practice.close();

const wrong = unaccounted.size + lost.size + faults.length;
for (const text of [...unaccounted.values(), ...lost.values(), ...faults]) console.error(text);
if (wrong === 0) rmSync(folder, { recursive: true, force: true });
else
  console.error(
    `The database is kept in ${folder}; the run is repeated with --kills ${kills} --seed ${seed}.`,
  );
console.log(
  `kills ${kills} · sessions ${opened.size} · unaccounted ${unaccounted.size} · accounts lost ${lost.size}`,
);
process.exit(wrong === 0 ? 0 : 1);
