import type { Misbehaviour } from '../../practice/common/misbehave.ts';
import type { SeededRandom } from './seeded-random.ts';

/** The longest wait that a server makes up, ms. After a kill nothing is looked at before this has passed. */
export const longestLatency = 60;

/** How one server behaves for a round: well, or with some of everything at random. */
export function randomFaults(random: SeededRandom): Misbehaviour[] {
  if (random.chance(0.15)) return [];
  const often = random.pick([0.01, 0.03, 0.06]);
  const every = { operation: '*' };
  return [
    { ...every, probability: often, reset: 'before' },
    { ...every, probability: often, reset: 'after', latency: random.between(0, longestLatency) },
    { ...every, probability: often, truncate: 'after' },
    { ...every, probability: often, status: 500 },
    { ...every, probability: often, status: 503, headers: { 'retry-after': '1' } },
    { ...every, probability: 0.5, latency: random.between(1, longestLatency) },
  ];
}
