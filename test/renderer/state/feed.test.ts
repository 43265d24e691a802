import { describe, expect, test } from 'vitest';
import type { Bridge } from '#contract/bridge.ts';
import type { Failure, Result } from '#contract/failure.ts';
import type { Change, Snapshot } from '#contract/shapes.ts';
import type { AppState } from '../../../renderer/state/app-state.ts';
import { startFeed } from '../../../renderer/state/feed.ts';
import { full } from '../fixture/sample.ts';

/** A feed whose snapshots, batches and frames happen when the test says so. */
function setUp() {
  let listener: ((changes: Change[]) => void) | null = null;
  const asked: ((result: Result<Snapshot>) => void)[] = [];
  const frames: (() => void)[] = [];
  const written: AppState[] = [];
  const failures: Failure[] = [];
  const bridge: Pick<Bridge, 'onChanges'> & { call: unknown } = {
    call: () => new Promise((resolve) => asked.push(resolve)),
    onChanges: (heard) => {
      listener = heard;
      return () => {
        listener = null;
      };
    },
  };
  const stop = startFeed({
    bridge: { ...bridge, onRequest: () => () => {} } as Bridge,
    read: () => written.at(-1) ?? null,
    write: (state) => written.push(state),
    failed: (failure) => failures.push(failure),
    nextFrame: (run) => frames.push(run),
  });
  return {
    stop,
    written,
    failures,
    frames,
    asked,
    heard: () => listener !== null,
    change: (...changes: Change[]) => listener?.(changes),
    frame: () => {
      for (const run of frames.splice(0)) run();
    },
    async answer(result: Result<Snapshot>) {
      asked.shift()?.(result);
      await new Promise((resolve) => setImmediate(resolve));
    },
  };
}

const person = (name: string): Change => ({
  entity: 'session',
  id: 's1',
  value: { ...full.sessions[0]!, person: name },
});

describe('startFeed', () => {
  test('loses nothing that arrives while the snapshot is on its way', async () => {
    const feed = setUp();
    feed.change(person('early'));
    feed.frame();
    expect(feed.written).toHaveLength(0);
    await feed.answer({ ok: true, value: full });
    expect(feed.written.at(-1)?.sessions.s1?.person).toBe('early');
  });

  test('writes once a frame, however many batches came, and the last one wins', async () => {
    const feed = setUp();
    await feed.answer({ ok: true, value: full });
    feed.change(person('one'));
    feed.change(person('two'));
    feed.change(person('three'));
    expect(feed.frames).toHaveLength(1);
    feed.frame();
    expect(feed.written).toHaveLength(2);
    expect(feed.written.at(-1)?.sessions.s1?.person).toBe('three');
  });

  test('reads the snapshot again when everything changed, and only the last answer counts', async () => {
    const feed = setUp();
    await feed.answer({ ok: true, value: full });
    feed.change({ entity: 'everything' });
    feed.change({ entity: 'everything' });
    expect(feed.asked).toHaveLength(2);
    await feed.answer({ ok: true, value: { ...full, accounts: [] } });
    expect(feed.written).toHaveLength(1);
    await feed.answer({ ok: true, value: full });
    expect(Object.keys(feed.written.at(-1)?.accounts ?? {})).toHaveLength(full.accounts.length);
  });

  test('tells why there is no snapshot', async () => {
    const feed = setUp();
    await feed.answer({ ok: false, failure: { kind: 'store-broken', message: 'The store is broken.' } });
    expect(feed.failures.map(({ kind }) => kind)).toEqual(['store-broken']);
    expect(feed.written).toHaveLength(0);
  });

  test('is quiet after its disposer ran', async () => {
    const feed = setUp();
    await feed.answer({ ok: true, value: full });
    feed.change(person('late'));
    feed.stop();
    feed.frame();
    expect(feed.heard()).toBe(false);
    expect(feed.written).toHaveLength(1);
  });
});
