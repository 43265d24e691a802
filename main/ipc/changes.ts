import type { Change } from '../../preload/contract/shapes.ts';

export interface Changes {
  publish(change: Change): void;
  /** Sends what is pending now; used before quitting. */
  flush(): void;
}

/** Gathers changed entities and sends them as one batch a frame (16 ms); the last value of an entity wins. */
export function createChanges(send: (batch: Change[]) => void): Changes {
  const pending = new Map<string, Change>();
  let timer: NodeJS.Timeout | null = null;

  function flush() {
    if (timer) clearTimeout(timer);
    timer = null;
    if (pending.size === 0) return;
    const batch = [...pending.values()];
    pending.clear();
    send(batch);
  }

  return {
    publish(change) {
      const key = 'id' in change ? `${change.entity}:${change.id}` : change.entity;
      pending.delete(key);
      pending.set(key, change);
      timer ??= setTimeout(flush, 16);
    },
    flush,
  };
}
