import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { PracticeServer } from '../../../practice/common/server.ts';
import { type Practice, startPractice } from '../../../practice/index.ts';
import { newFolder, openTestHouse, removeFolder, type TestHouse, until } from '../house-kit.ts';

let practice: Practice;
let koyeb: PracticeServer;
let folder: string;
let desk: TestHouse;

beforeAll(async () => {
  practice = await startPractice({ only: ['koyeb'] });
  koyeb = practice.servers[0]!;
});
afterAll(() => practice.close());

beforeEach(async () => {
  folder = newFolder();
  desk = await openTestHouse(folder);
});
afterEach(async () => {
  koyeb.behave();
  await desk.house.close(2_000);
  removeFolder(folder);
});

const refreshes = () => koyeb.log().filter(({ operation }) => operation === 'refreshToken').length;

test('an expired row stays while a renewal is on its way, and what that brings is ended', async () => {
  const { house } = desk;
  const before = koyeb.sessions().length;
  const account = desk.add(koyeb, 'Jonas Weber');
  const id = house.desk.signIn({ accountId: account.id }, 'window');
  await desk.reach(id, 'active');

  koyeb.misbehave({ operation: 'refreshToken', latency: 1_000 });
  house.book.patch(id, { expiresAt: Date.now() + 60_000, grantedAt: Date.now() - 3_600_000 });
  house.resume();
  await until('the renewal is on its way', () => refreshes() === 1);
  house.checks.runOut(id);
  expect(desk.session(id).state).toBe('expired');
  const dismissed = house.dismiss(id);
  expect(house.book.get(id)?.state).toBe('expired');
  await dismissed;
  await until('nothing is left at Koyeb', () => koyeb.sessions().length === before);
  await until('the order is settled', () => house.book.endings().length === 0);
  await house.dismiss(id);
  expect(house.book.get(id)).toBeUndefined();
});
