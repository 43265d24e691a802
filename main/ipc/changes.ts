import type { Change } from '../../preload/contract/shapes.ts';

export interface Changes {
  publish(change: Change): void;
}

const frame = 16;
/** A window draws this many changes in a frame without stumbling. */
const atOnce = 100;

/** Gathers changed entities and sends them as one batch a frame (16 ms); the last value of an entity wins. */
export function createChanges(send: (batch: Change[]) => void): Changes {
  const pending = new Map<string, Change>();
  let timer: NodeJS.Timeout | null = null;

  function flush() {
    if (timer) clearTimeout(timer);
    timer = null;
    if (pending.size === 0) return;
    const batch = [...pending].slice(0, atOnce);
    for (const [key] of batch) pending.delete(key);
    send(batch.map(([, change]) => change));
    if (pending.size > 0) timer = setTimeout(flush, frame);
  }

  return {
    publish(change) {
      const key = 'id' in change ? `${change.entity}:${change.id}` : change.entity;
      pending.delete(key);
      pending.set(key, change);
      timer ??= setTimeout(flush, frame);
    },
  };
}
