import TinyQueue from 'tinyqueue';

/** The time, and one way to be called later; tests pass a fake one. */
export interface Clock {
  /** ms since 1970. */
  now(): number;
  /** Calls back after `ms`; returns its own disposer. */
  after(ms: number, call: () => void): () => void;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  after(ms, call) {
    const timer = setTimeout(call, ms);
    return () => clearTimeout(timer);
  },
};

interface Entry {
  key: string;
  at: number;
  run: () => void;
}

export interface Scheduler {
  /** Runs `run` at `at` (ms since 1970); an entry of the same key is replaced. */
  put(key: string, at: number, run: () => void): void;
  drop(key: string): void;
  /** Looks at the clock again, after a sleep or a clock jump. */
  wake(): void;
  /** How many timers have fired, for the bench. */
  fired(): number;
  close(): void;
}

/** The longest single wait; a clock set back or a sleep is noticed after this at the latest. */
const longestWait = 60_000;
/** Work that became due together is started this far apart, so that waking up is no storm. */
const spread = 25;

/** One timer for everything that must happen later. Work that is due together starts one by one, `spread` apart. */
export function createScheduler(clock: Clock, reportBug: (error: unknown) => void): Scheduler {
  const queue = new TinyQueue<Entry>([], (a, b) => a.at - b.at);
  const live = new Map<string, Entry>();
  let disarm: (() => void) | null = null;
  let firedTimers = 0;
  let notBefore = 0;

  function next(): Entry | undefined {
    for (let top = queue.peek(); top; top = queue.peek()) {
      if (live.get(top.key) === top) return top;
      queue.pop();
    }
    return undefined;
  }

  function arm() {
    disarm?.();
    disarm = null;
    const entry = next();
    if (!entry) return;
    const now = clock.now();
    const pause = Math.min(spread, Math.max(0, notBefore - now));
    disarm = clock.after(Math.min(longestWait, Math.max(pause, entry.at - now)), fire);
  }

  function fire() {
    firedTimers += 1;
    const entry = next();
    if (entry && entry.at <= clock.now()) {
      queue.pop();
      live.delete(entry.key);
      notBefore = clock.now() + spread;
      // Whatever an entry throws, the others still have their time.
      try {
        entry.run();
      } catch (error) {
        reportBug(error);
      }
    }
    arm();
  }

  return {
    put(key, at, run) {
      const entry = { key, at, run };
      live.set(key, entry);
      queue.push(entry);
      arm();
    },
    drop(key) {
      if (live.delete(key)) arm();
    },
    wake: arm,
    fired: () => firedTimers,
    close() {
      disarm?.();
      disarm = null;
      live.clear();
    },
  };
}
