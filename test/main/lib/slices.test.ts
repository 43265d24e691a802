import { setImmediate } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { inSlices } from '#lib/slices.ts';

/** As many steps of a millisecond each; says which of them was done in which turn of the event loop. */
function* work(name: string, steps: number, done: [string, number][], turn: () => number) {
  for (let step = 0; step < steps; step += 1) {
    for (const until = performance.now() + 1; performance.now() < until; );
    done.push([name, turn()]);
    yield;
  }
  return name;
}

async function countTurns<T>(run: (turn: () => number) => Promise<T>): Promise<T> {
  let turns = 0;
  let counting = true;
  const count = async () => {
    while (counting) {
      await setImmediate();
      turns += 1;
    }
  };
  const counted = count();
  try {
    return await run(() => turns);
  } finally {
    counting = false;
    await counted;
  }
}

test('of works that are begun together each turn has one slice of one of them, and all come to their end', async () => {
  const done: [string, number][] = [];
  const names = ['a', 'b', 'c'];
  const ends = await countTurns((turn) =>
    Promise.all(names.map((name) => inSlices(work(name, 20, done, turn)))),
  );
  expect(ends).toEqual(names);
  const inTurn = Map.groupBy(done, ([, turn]) => turn);
  for (const slice of inTurn.values()) {
    expect(new Set(slice.map(([name]) => name)).size).toBe(1);
    expect(slice.length).toBeLessThanOrEqual(8);
  }
  for (const name of names) expect(done.filter(([one]) => one === name)).toHaveLength(20);
  // Nobody waits until another one is through.
  expect(new Set(done.slice(0, 24).map(([name]) => name))).toEqual(new Set(names));
});

test('what a step throws is thrown, and keeps no other work waiting', async () => {
  function* broken(): Generator<undefined, never> {
    yield;
    throw new Error('no more of it');
  }
  const done: [string, number][] = [];
  const both = [inSlices(broken()), inSlices(work('a', 3, done, () => 0))];
  await expect(both[0]).rejects.toThrow('no more of it');
  expect(await both[1]).toBe('a');
});
