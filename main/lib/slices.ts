import { setImmediate } from 'node:timers/promises';

/** ms: half a frame. */
const slice = 8;

/** Resolves when the next slice may be done: everything else has had its turn since the last one. */
let next: Promise<unknown> = Promise.resolve();

/**
 * Does long work in slices, between which everything else has its turn; of several works that are begun together one slice is
 * done in a turn. A step has to be short. Returns what the steps return, and throws what they throw.
 */
export async function inSlices<T>(steps: Iterator<unknown, T>): Promise<T> {
  for (;;) {
    const mine = next;
    next = mine.then(() => setImmediate());
    await mine;
    const until = performance.now() + slice;
    let step = steps.next();
    while (!step.done && performance.now() < until) step = steps.next();
    if (step.done) return step.value;
  }
}
