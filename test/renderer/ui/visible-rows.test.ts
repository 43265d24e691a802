import { describe, expect, test } from 'vitest';
import { listItems } from '../../../renderer/accounts/list-items.ts';
import { fromSnapshot } from '../../../renderer/state/app-state.ts';
import { visibleRows } from '../../../renderer/ui/visible-rows.ts';
import { many } from '../fixture/sample.ts';

describe('the rows that are drawn', () => {
  const items = listItems({ ...fromSnapshot(many(1000)), filter: '', tag: null, folded: new Set() });
  const bottom = items.reduce((end, item) => Math.max(end, item.top + item.height), 0);
  const topOf = (index: number) => items[index]?.top ?? bottom;

  test('are few, and every one that the window shows, where heights differ', () => {
    for (const top of [0, 500, 20_000, 45_000]) {
      const { first, end } = visibleRows(items.length, topOf, { top, height: 700 }, 6);
      const drawn = items.slice(first, end);
      expect(drawn.length).toBeLessThan(40);
      const shown = items.filter((item) => item.top + item.height > top && item.top < top + 700);
      expect(drawn).toEqual(expect.arrayContaining(shown));
    }
  });

  test('begin with the first row and end with the last one', () => {
    expect(visibleRows(200, (index) => index * 40, { top: 0, height: 100 }, 2)).toEqual({ first: 0, end: 5 });
    expect(visibleRows(200, (index) => index * 40, { top: 7960, height: 100 }, 2)).toEqual({
      first: 196,
      end: 200,
    });
    expect(visibleRows(0, () => 0, { top: 0, height: 100 }, 2)).toEqual({ first: 0, end: 0 });
  });

  test('are the last ones when the list has become shorter than it is scrolled', () => {
    const { first, end } = visibleRows(10, (index) => index * 40, { top: 9000, height: 400 }, 6);
    expect([first, end]).toEqual([4, 10]);
  });
});
