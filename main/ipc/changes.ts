import type { Change } from '#contract/shapes.ts';

export interface Changes {
  publish(change: Change): void;
}

const frame = 16; // ms
/** ms between batches while much happens: what a batch costs the window hangs more on there being one than on its size. */
const pace = 50;
/** A window draws this many changes in a frame without stumbling; a receipt counts as many as it has lines. */
const atOnce = 100;

/** What a locked window may hear of; it reads everything else anew at the unlock. */
const openWhileLocked: ReadonlySet<Change['entity']> = new Set<Change['entity']>([
  'vault',
  'settings',
  'appInfo',
  'everything',
]);

/**
 * Gathers changed entities for a frame (16 ms), while much happens for 50 ms; the last value of an entity wins. While
 * `locked`, what names accounts is dropped, also what was gathered before.
 */
export function createChanges(send: (batch: Change[]) => void, locked: () => boolean): Changes {
  const pending = new Map<string, Change>();
  let planned = false;
  let sentAt = -pace;

  function plan() {
    if (planned) return;
    planned = true;
    setTimeout(flush, Math.max(frame, sentAt + pace - performance.now()));
  }

  function flush() {
    planned = false;
    sentAt = performance.now();
    const batch: Change[] = [];
    let weight = 0;
    const shut = locked();
    for (const [key, change] of pending) {
      if (weight >= atOnce) break;
      if (shut && !openWhileLocked.has(change.entity)) {
        pending.delete(key);
        continue;
      }
      weight += weightOf(change);
      batch.push(change);
      pending.delete(key);
    }
    send(batch);
    if (pending.size > 0) plan();
  }

  return {
    publish(change) {
      const key = keyOf(change);
      pending.delete(key);
      pending.set(key, change);
      plan();
    },
  };
}

const weightOf = (change: Change): number =>
  change.entity === 'receipt' && change.value ? change.value.lines.length : 1;

function keyOf(change: Change): string {
  if (change.entity === 'receipt-line')
    return `${change.entity}:${change.receiptId}:${change.value.sessionId}`;
  return 'id' in change ? `${change.entity}:${change.id}` : change.entity;
}
