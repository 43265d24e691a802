import { createHash } from 'node:crypto';

/** Random choices out of a seed. A stream by another name is independent, so that one round's timing can't shift the next one's choices. */
export interface SeededRandom {
  /** 0 ≤ x < 1. */
  next(): number;
  /** A whole number from `low` to `high`, both included. */
  between(low: number, high: number): number;
  chance(probability: number): boolean;
  /** Throws on an empty list. */
  pick<T>(from: readonly T[]): T;
}

export function seededRandom(seed: string): SeededRandom {
  let count = 0;
  const next = () => {
    count += 1;
    return createHash('sha256').update(`${seed}/${count}`).digest().readUInt32BE(0) / 2 ** 32;
  };
  return {
    next,
    between: (low, high) => low + Math.floor(next() * (high - low + 1)),
    chance: (probability) => next() < probability,
    pick(from) {
      if (from.length === 0) throw new Error('There is nothing to pick from.');
      return from[Math.floor(next() * from.length)]!;
    },
  };
}
