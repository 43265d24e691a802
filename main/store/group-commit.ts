import type { Store } from './store.ts';

interface Waiting {
  work: () => void;
  done: () => void;
  fail: (error: unknown) => void;
}

/** ms; a wait for the disk costs about as much. */
const gather = 5;

/**
 * Gathers writes that come close together into one transaction: one wait for the disk instead of many. What it returns
 * resolves when `work` is on disk, and rejects when the group could not be written.
 */
export function createGroupCommit(store: Store) {
  let waiting: Waiting[] = [];

  function flush() {
    const group = waiting;
    waiting = [];
    try {
      store.transaction(() => {
        for (const { work } of group) work();
      });
    } catch (error) {
      for (const { fail } of group) fail(error);
      return;
    }
    for (const { done } of group) done();
  }

  return (work: () => void): Promise<void> =>
    new Promise((done, fail) => {
      if (waiting.length === 0) setTimeout(flush, gather);
      waiting.push({ work, done, fail });
    });
}
