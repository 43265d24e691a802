import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createScheduler } from '#lib/scheduler.ts';
import { fakeClock } from '../sessions/fake-clock.ts';

/** For agendas of which no entry throws. */
const fail = (error: unknown) => {
  throw error;
};

describe('scheduler', () => {
  test('runs entries in order of time, never early, each once', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 5_000_000 }), { maxLength: 60 }), (waits) => {
        const clock = fakeClock();
        const scheduler = createScheduler(clock, fail);
        const ran: { at: number; due: number }[] = [];
        const start = clock.now();
        for (const [i, wait] of waits.entries()) {
          scheduler.put(`k${i}`, start + wait, () => ran.push({ at: clock.now(), due: start + wait }));
        }
        clock.advance(6_000_000);
        expect(ran.map((r) => r.due)).toEqual(waits.map((w) => start + w).sort((a, b) => a - b));
        for (const { at, due } of ran) expect(at).toBeGreaterThanOrEqual(due);
      }),
    );
  });

  test('holds one timer however many entries there are', () => {
    const clock = fakeClock();
    const scheduler = createScheduler(clock, fail);
    for (let i = 0; i < 1000; i += 1) scheduler.put(`k${i}`, clock.now() + 1000 + i, () => {});
    expect(clock.timers()).toBe(1);
  });

  test('a replaced or dropped entry does not run', () => {
    const clock = fakeClock();
    const scheduler = createScheduler(clock, fail);
    const ran: string[] = [];
    scheduler.put('a', clock.now() + 10, () => ran.push('old'));
    scheduler.put('a', clock.now() + 20, () => ran.push('new'));
    scheduler.put('b', clock.now() + 10, () => ran.push('b'));
    scheduler.drop('b');
    clock.advance(100);
    expect(ran).toEqual(['new']);
  });

  test('after eight hours of sleep due work is spread, not started at once', () => {
    const clock = fakeClock();
    const scheduler = createScheduler(clock, fail);
    const starts: number[] = [];
    for (let i = 0; i < 200; i += 1) {
      scheduler.put(`k${i}`, clock.now() + 60_000 * (1 + (i % 60)), () => starts.push(clock.now()));
    }
    clock.jump(8 * 3_600_000);
    scheduler.wake();
    clock.advance(10_000);
    expect(starts).toHaveLength(200);
    expect(new Set(starts).size).toBe(200);
  });

  test('work put while other work runs keeps its distance', () => {
    const clock = fakeClock();
    const scheduler = createScheduler(clock, fail);
    const starts: number[] = [];
    const again = (n: number) => () => {
      starts.push(clock.now());
      if (n > 0) scheduler.put(`again${n}`, clock.now(), again(n - 1));
    };
    scheduler.put('first', clock.now(), again(5));
    clock.advance(1000);
    expect(new Set(starts).size).toBe(6);
  });

  test('a clock set back delays work by no more than the way back', () => {
    const clock = fakeClock();
    const scheduler = createScheduler(clock, fail);
    let ran = 0;
    scheduler.put('a', clock.now() + 30_000, () => {
      ran += 1;
    });
    clock.jump(-3_600_000);
    clock.advance(3_600_000 + 30_000);
    expect(ran).toBe(1);
  });
});
