import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { clipboard } from '../../../host/clipboard.ts';
import { clearCopied, clearsAfterSeconds, copyForAWhile } from '../../../main/desktop/clipboard.ts';

// Electron's clipboard is the stand-in host's; under GATEHOUSE_E2E it never touches a person's.
vi.hoisted(() => {
  process.env.GATEHOUSE_E2E = '1';
});
vi.mock('electron', () => import('../../../host/clipboard.ts'));

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test('a copied secret is taken off the clipboard after 30 s', async () => {
  expect(copyForAWhile('KOYEB_TOKEN=secret')).toBe(30);
  await vi.advanceTimersByTimeAsync(clearsAfterSeconds * 1000 - 1);
  expect(await clipboard.readText()).toBe('KOYEB_TOKEN=secret');
  await vi.advanceTimersByTimeAsync(1);
  expect(await clipboard.readText()).toBe('');
});

test('what somebody copied meanwhile stays', async () => {
  copyForAWhile('secret');
  clipboard.writeText('a shopping list');
  await vi.advanceTimersByTimeAsync(clearsAfterSeconds * 1000);
  expect(await clipboard.readText()).toBe('a shopping list');
});

test('quitting takes it off at once', async () => {
  copyForAWhile('secret');
  await clearCopied();
  expect(await clipboard.readText()).toBe('');
});
