/** A limit on how many tasks run at once for a key (a host); the others wait in line, and leave it when they are aborted. */
export function createConcurrencyLimit(limit: number) {
  const lines = new Map<string, { busy: number; waiting: Set<() => void> }>();

  async function enter(key: string, signal: AbortSignal | undefined): Promise<() => void> {
    const line = lines.get(key) ?? { busy: 0, waiting: new Set() };
    lines.set(key, line);
    if (line.busy < limit) line.busy += 1;
    else await turn(line.waiting, signal);
    return () => {
      const next = line.waiting.values().next().value;
      if (next) {
        line.waiting.delete(next);
        next();
        return;
      }
      line.busy -= 1;
      if (line.busy === 0) lines.delete(key);
    };
  }

  return {
    /** Runs `task` when it is its turn. Rejects with the signal's reason when aborted while it waits. */
    async run<T>(key: string, task: () => Promise<T>, signal?: AbortSignal): Promise<T> {
      signal?.throwIfAborted();
      const leave = await enter(key, signal);
      try {
        return await task();
      } finally {
        leave();
      }
    },
  };
}

function turn(waiting: Set<() => void>, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const go = () => {
      signal?.removeEventListener('abort', giveUp);
      resolve();
    };
    const giveUp = () => {
      waiting.delete(go);
      reject(signal?.reason);
    };
    waiting.add(go);
    signal?.addEventListener('abort', giveUp, { once: true });
  });
}
