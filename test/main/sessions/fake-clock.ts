import type { Clock } from '#lib/scheduler.ts';

export interface FakeClock extends Clock {
  /** Lets time pass, running what becomes due on the way. */
  advance(ms: number): void;
  /** The wall clock jumps; timers do not run (a sleep, or a clock that was set). */
  jump(ms: number): void;
  timers(): number;
  /** ms that have passed for timers since it was made. */
  elapsed(): number;
  /** ms until the next timer, at least 1; an hour when there is none. */
  untilNext(): number;
}

/** A clock that stands still until a test moves it. Timers run by elapsed time, `now` by the wall. */
export function fakeClock(start = Date.UTC(2026, 0, 5, 8)): FakeClock {
  let wall = start;
  let elapsed = 0;
  let timers: { at: number; call: () => void }[] = [];

  return {
    now: () => wall,
    after(ms, call) {
      const timer = { at: elapsed + ms, call };
      timers.push(timer);
      return () => {
        timers = timers.filter((other) => other !== timer);
      };
    },
    advance(ms) {
      const end = elapsed + ms;
      for (;;) {
        const next = timers.filter((timer) => timer.at <= end).sort((a, b) => a.at - b.at)[0];
        if (!next) break;
        wall += next.at - elapsed;
        elapsed = next.at;
        timers = timers.filter((timer) => timer !== next);
        next.call();
      }
      wall += end - elapsed;
      elapsed = end;
    },
    jump(ms) {
      wall += ms;
    },
    timers: () => timers.length,
    elapsed: () => elapsed,
    untilNext: () => Math.max(1, Math.min(3_600_000, ...timers.map(({ at }) => at - elapsed))),
  };
}
