import { setImmediate } from 'node:timers/promises';
import type { Clock } from '#lib/scheduler.ts';

/** A clock that runs as fast as the work that it starts; real requests are waited for. */
export function hourClock(): Clock & { pass(ms: number): Promise<void> } {
  let offset = 0;
  const timers = new Set<{ at: number; call: () => void }>();
  const now = () => Date.now() + offset;

  return {
    now,
    after(ms, call) {
      const timer = { at: now() + ms, call };
      timers.add(timer);
      return () => timers.delete(timer);
    },
    async pass(ms) {
      const end = now() + ms;
      for (;;) {
        const next = [...timers].reduce<{ at: number; call: () => void } | null>(
          (first, one) => (first && first.at <= one.at ? first : one),
          null,
        );
        if (!next || next.at > end) break;
        timers.delete(next);
        offset += Math.max(0, next.at - now());
        next.call();
        // Lets answers in that are there, so that work started by a timer is not left behind.
        await setImmediate();
      }
      offset += Math.max(0, end - now());
    },
  };
}
