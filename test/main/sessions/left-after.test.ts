import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { koyeb } from '../../../main/vendors/koyeb/index.ts';
import type { Practice, PracticeServer } from '../../../practice/common/types.ts';
import { startPractice } from '../../../practice/index.ts';
import { newFolder, removeFolder, until } from '../core-harness.ts';
import { createKeyring } from '../vault/keyrings.ts';
import { type FakeClock, fakeClock } from './fake-clock.ts';
import { openSessions, pass, type SessionHarness } from './session-harness.ts';

/** A Koyeb session whose own token is over while tokens that refreshes have replaced may live on. */

const hour = 3_600_000;
const keyring = createKeyring();
let practice: Practice;
let server: PracticeServer;
let clock: FakeClock;
let folder: string;
let harness: SessionHarness;

beforeAll(async () => {
  practice = await startPractice({ only: ['koyeb'] });
  server = practice.servers[0]!;
});
afterAll(() => practice.close());

beforeEach(async () => {
  clock = fakeClock(practice.clock.now());
  folder = newFolder();
  harness = await openSessions({ folder, clock, vendor: koyeb, keyring });
});
afterEach(() => {
  server.behave();
  harness.crash();
  removeFolder(folder);
});

const atServer = () => server.sessions().map(({ id }) => id);
const logouts = () => server.log().filter(({ operation }) => operation === 'logout').length;
const reach = (state: string, id: string) =>
  until(`the session is ${state}`, () => {
    clock.advance(10);
    return harness.sessions.get(id)?.state === state;
  });

/** Signed in and refreshed; answers the session and its own token. */
async function refreshed() {
  const { values, realm = null } = server.people.find(({ label }) => label === 'Jonas Weber')!.account;
  const account = harness.accounts.add({
    vendor: 'koyeb',
    label: 'Jonas',
    values,
    realm,
    tags: [],
    colour: 'teal',
  });
  const id = harness.signIn(account.id);
  await harness.sessions.quiet(id);
  const untilRefresh = harness.sessions.get(id)!.refreshAt! - clock.now();
  practice.clock.advance(untilRefresh);
  clock.jump(untilRefresh);
  harness.scheduler.wake();
  await pass(harness, clock, 1_000);
  await harness.sessions.quiet(id);
  expect(harness.sessions.get(id)).toMatchObject({ state: 'active', unansweredAt: null });
  const { token } = harness.grant(id) as { token: string };
  return { id, token };
}

async function endElsewhere(token: string) {
  const answer = await fetch(`${server.url}/v1/account/logout`, {
    method: 'DELETE',
    headers: { authorization: `Bearer ${token}` },
  });
  expect(answer.ok).toBe(true);
}

test('the replaced tokens are ended with an order, and the row keeps why it is over', async () => {
  const before = atServer().length;
  const { id, token } = await refreshed();
  expect(atServer()).toHaveLength(before + 2);
  await endElsewhere(token);
  await harness.sessions.check(id);
  await reach('expired', id);
  expect(atServer()).toHaveLength(before);
  expect(harness.sessions.get(id)).toMatchObject({ endedHow: 'vendor', failure: { kind: 'expired' } });
  expect(harness.vault.has(id, 'grant')).toBe(false);
});

test('an order that Koyeb does not confirm stays on the list over a restart', async () => {
  const before = atServer().length;
  const { id, token } = await refreshed();
  await endElsewhere(token);
  server.misbehave({ operation: 'logout', status: 503 });
  await harness.sessions.check(id);
  await until('the first try failed', () => harness.sessions.ending(id)?.attempts === 1);
  expect(harness.sessions.ending(id)?.tokenValidUntil).toBeGreaterThan(clock.now());
  harness.crash();
  server.behave();
  harness = await openSessions({ folder, clock, vendor: koyeb, keyring });
  harness.sessions.resume();
  clock.advance(10_000);
  await reach('expired', id);
  expect(atServer()).toHaveLength(before);
});

test('replaced tokens that are past their expiry are settled as expired, and nothing is asked', async () => {
  const { id } = await refreshed();
  const before = logouts();
  practice.clock.advance(100 * hour);
  clock.jump(100 * hour);
  await harness.sessions.check(id);
  await pass(harness, clock, 1_000);
  expect(harness.sessions.get(id)).toMatchObject({ state: 'expired', failure: { kind: 'expired' } });
  expect(harness.sessions.ending(id)).toBeUndefined();
  expect(logouts()).toBe(before);
});
