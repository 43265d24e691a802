import { expect, test } from 'vitest';
import { cutForMiddle } from '../../../renderer/ui/cut-for-middle.ts';

test('the end of a long text stays, a short one is left whole', () => {
  expect(cutForMiddle('administrator@staging.example')).toEqual(['administrator@stagin', 'g.example']);
  expect(cutForMiddle('Koyeb prod')).toEqual(['Koyeb prod', '']);
});

test('no letter is cut through, and nothing is lost', () => {
  const family = '👩‍👩‍👧‍👦';
  const text = `Desk of the ${family}${family} e\u0301te\u0301`;
  const [start, end] = cutForMiddle(text);
  expect(start + end).toBe(text);
  expect(
    [...new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(end)].map(({ segment }) => segment),
  ).toEqual(
    [...new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(text)]
      .map(({ segment }) => segment)
      .slice(-[...new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(end)].length),
  );
});
