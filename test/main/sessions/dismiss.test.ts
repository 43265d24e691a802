import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { koyeb } from '../../../main/vendors/koyeb/index.ts';
import type { Practice, PracticeServer } from '../../../practice/common/types.ts';
import { startPractice } from '../../../practice/index.ts';
import { newFolder, removeFolder, until } from '../core-harness.ts';
import { createKeyring } from '../vault/keyrings.ts';
import { type FakeClock, fakeClock } from './fake-clock.ts';
import { openSessions, type SessionHarness } from './session-harness.ts';

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
  harness = await openSessions({ folder, clock, vendor: koyeb, keyring: createKeyring() });
});
afterEach(() => {
  server.behave();
  harness.crash();
  removeFolder(folder);
});

const refreshes = () => server.log().filter(({ operation }) => operation === 'refreshToken').length;

/** Sleeps until `at`, ms since 1970; what became due is carried out. */
function sleepUntil(at: number) {
  clock.jump(at - clock.now());
  harness.scheduler.wake();
  clock.advance(1_000);
}

test('an expired row stays while a renewal is on its way, and what that brings is ended', async () => {
  const { sessions } = harness;
  const before = server.sessions().length;
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
  await sessions.quiet(id);
  const { refreshAt, expiresAt } = sessions.get(id)!;

  server.misbehave({ operation: 'refreshToken', latency: 1_000 });
  practice.clock.advance(refreshAt! - clock.now());
  sleepUntil(refreshAt!);
  await until('the renewal is on its way', () => refreshes() === 1);
  sleepUntil(expiresAt!);
  expect(sessions.get(id)?.state).toBe('expired');
  const dismissed = sessions.dismiss(id);
  expect(sessions.get(id)?.state).toBe('expired');
  await dismissed;
  practice.clock.advance(clock.now() - practice.clock.now());
  await until('nothing is left at Koyeb', () => server.sessions().length === before);
  await until('the order is settled', () => sessions.endings().length === 0);
  await sessions.dismiss(id);
  expect(sessions.get(id)).toBeUndefined();
});
