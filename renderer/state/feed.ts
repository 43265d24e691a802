import type { Bridge } from '#contract/bridge.ts';
import { type AppState, applyChanges, fromSnapshot } from './app-state.ts';
import type { Change, Failure } from './types.ts';

export type FeedOptions = {
  bridge: Bridge;
  read(): AppState | null;
  write(state: AppState): void;
  failed(failure: Failure): void;
  /** Runs its argument before the next paint. */
  nextFrame(run: () => void): void;
};

/**
 * Keeps the desk up to date: listens first, reads the snapshot, then applies every batch once a frame, in the
 * order in which it came. What arrives while a snapshot is on its way is applied on top of it, so nothing is lost.
 * Returns a disposer.
 */
export function startFeed({ bridge, read, write, failed, nextFrame }: FeedOptions): () => void {
  let waiting: Change[] = [];
  let scheduled = false;
  let reading = 0;
  let stopped = false;

  function flush() {
    scheduled = false;
    const state = read();
    if (stopped || reading > 0 || !state || waiting.length === 0) return;
    const changes = waiting;
    waiting = [];
    write(applyChanges(state, changes));
  }

  function schedule() {
    if (scheduled) return;
    scheduled = true;
    nextFrame(flush);
  }

  async function readAll() {
    reading += 1;
    const result = await bridge.call('state.snapshot');
    reading -= 1;
    // A later reading is under way and will be newer than this answer.
    if (stopped || reading > 0) return;
    if (!result.ok) return failed(result.failure);
    const changes = waiting;
    waiting = [];
    write(applyChanges(fromSnapshot(result.value), changes));
  }

  const stop = bridge.onChanges((changes) => {
    waiting.push(...changes);
    if (changes.some((change) => change.entity === 'everything')) void readAll();
    else schedule();
  });
  void readAll();

  return () => {
    stopped = true;
    stop();
  };
}
