import { expect, test } from 'vitest';
import { playTour } from '../../scripts/tour/play.ts';
import { launchGatehouse } from './launch.ts';

test('the tour goes well, step by step', async () => {
  const app = await launchGatehouse();
  const outcomes: string[] = [];
  try {
    await playTour(app.page, async (words, play) => {
      await play();
      outcomes.push(words);
    });
  } finally {
    await app.close();
  }
  expect(outcomes).toContain('Start again with the right PIN');
  expect(outcomes.at(-1)).toBe('Unlock');
});
