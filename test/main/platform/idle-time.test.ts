import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createIdleTime } from '../../../main/platform/idle-time.ts';
import { createAutoLock } from '../../../main/vault/auto-lock.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test('is the system’s where it can be had', () => {
  let seconds = 0;
  const idle = createIdleTime(() => seconds, false);
  expect(idle()).toBe(0);
  seconds = 61;
  expect(idle()).toBe(61);
});

test('on Wayland a system that always says 0 is not believed, and one that once said more is from then on', () => {
  let seconds = 0;
  const idle = createIdleTime(() => seconds, true);
  vi.advanceTimersByTime(3_600_000);
  expect(idle()).toBe(Number.POSITIVE_INFINITY);
  seconds = 40;
  vi.advanceTimersByTime(30_000);
  seconds = 0;
  expect(idle()).toBe(0);
});

test('so that the vault locks there when nobody has touched the window', () => {
  const due = new Map<string, () => void>();
  const scheduler = {
    put: (name: string, _at: number, run: () => void) => due.set(name, run),
    drop: () => {},
  };
  const lock = vi.fn();
  const options = {
    scheduler: scheduler as never,
    now: () => Date.now(),
    minutes: () => 15,
    canLock: () => true,
    lock,
    moved: () => {},
  };
  for (const [wayland, locks] of [
    [false, 0],
    [true, 1],
  ] as const) {
    lock.mockClear();
    createAutoLock({ ...options, idleSeconds: createIdleTime(() => 0, wayland) }).plan();
    vi.advanceTimersByTime(15 * 60_000);
    due.get('auto-lock')!();
    expect(lock).toHaveBeenCalledTimes(locks);
  }
});
