import { expect, test } from 'vitest';
import { colours } from '#contract/colours.ts';
import { account as accountShape } from '#contract/shapes.ts';
import { placePractice } from '../../../main/accounts/practice.ts';
import { input, newBook } from './book.ts';

test('each practice account has a colour that the window has, and another one than its neighbours', async () => {
  const { book } = await newBook();
  const people = Array.from({ length: colours.length }, (_, index) => ({
    label: `Person ${index}`,
    typical: true,
    account: { values: input.values },
  }));
  expect(placePractice(book, [{ vendor: 'panel', people }])).toBe(colours.length);
  const dealt = book.all().map((one) => accountShape.parse(one).colour);
  expect(new Set(dealt)).toEqual(new Set(colours));
});
