import { describe, expect, test } from 'vitest';
import { howLabels, inOrder, isSettled, settledOf } from '../../../renderer/receipts/receipt-lines.ts';
import { receipt } from '../fixture/app-sample.ts';

describe('a receipt', () => {
  test('tells every way of ending apart in words', () => {
    const words = Object.values(howLabels).map((how) => how.words);
    expect(new Set(words).size).toBe(words.length);
  });

  test('is settled only when no line is owed', () => {
    expect(settledOf(receipt)).toBe(5);
    expect(isSettled(receipt)).toBe(false);
    expect(isSettled({ ...receipt, lines: receipt.lines.filter(({ how }) => how !== 'ending') })).toBe(true);
  });

  test('shows first what is owed, then what needs looking at', () => {
    expect(inOrder(receipt.lines).map((place) => receipt.lines[place]?.how)).toEqual([
      'ending',
      'possibly-alive',
      'here',
      'vendor',
      'vendor',
      'expired',
    ]);
  });
});
