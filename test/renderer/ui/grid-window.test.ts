import { describe, expect, test } from 'vitest';
import { columnPlaces, type GridColumn } from '../../../renderer/ui/grid-columns.ts';
import {
  drawnRows,
  firstWindow,
  type GridWindow,
  gridRowHeight,
  slotOf,
  windowAt,
} from '../../../renderer/ui/grid-window.ts';

const height = 470;
const many = 100_000;
const slots = (view: GridWindow, count = many): Map<number, number> => {
  const { first, end } = drawnRows(view, count);
  return new Map(Array.from({ length: end - first }, (_, at) => [first + at, slotOf(view, first + at)]));
};

describe('the rows that a grid draws', () => {
  test('are those in sight and some more, wherever it is scrolled to, each in an element of its own', () => {
    let view = firstWindow;
    for (const top of [0, 40, 200, 1_000, 1_036, 900, 0, 3_000_000, 3_599_530, 72, 12_000]) {
      view = windowAt(view, top, height);
      const { first, end } = drawnRows(view, many);
      expect(first).toBeLessThanOrEqual(Math.floor(top / gridRowHeight));
      expect(end).toBeGreaterThanOrEqual(Math.min(many, Math.ceil((top + height) / gridRowHeight)));
      const used = [...slots(view).values()];
      expect(new Set(used).size).toBe(used.length);
      expect(Math.max(...used)).toBeLessThan(view.size);
    }
  });

  test.each([3, 10])('stay in their elements while they are drawn, %i rows farther', (rows) => {
    const was = windowAt(firstWindow, 10_000, height);
    const before = slots(was);
    const after = slots(windowAt(was, 10_000 + rows * gridRowHeight, height));
    const both = [...after].filter(([row]) => before.has(row));
    expect(both.length).toBeGreaterThan(10);
    for (const [row, slot] of both) expect(slot).toBe(before.get(row));
  });

  test('take over the elements in their order after a long way', () => {
    const was = windowAt(firstWindow, 0, height);
    const there = windowAt(was, 1_000_000, height);
    expect([...slots(there).values()]).toEqual([...slots(was).values()]);
  });

  test('are the same object while nothing changes', () => {
    const was = windowAt(firstWindow, 10_000, height);
    expect(windowAt(was, 10_001, height)).toBe(was);
  });

  test('are the last ones of a list that has become shorter, or all of a short one', () => {
    const far = windowAt(firstWindow, 1_000_000, height);
    expect(drawnRows(far, 100)).toEqual({ first: 100 - far.size, end: 100 });
    expect(drawnRows(far, 3)).toEqual({ first: 0, end: 3 });
    expect(drawnRows(far, 0)).toEqual({ first: 0, end: 0 });
  });
});

describe('the columns of a grid', () => {
  const column = (least: number, share: number): GridColumn => ({
    id: `${least}-${share}`,
    title: '',
    least,
    share,
  });
  const widths = (columns: GridColumn[], room: number) =>
    columnPlaces(columns, room).map(({ width }) => width);

  test('share what is left and fill the room to the px, side by side', () => {
    const columns = [column(200, 3), column(130, 2), column(90, 0), column(130, 2)];
    const places = columnPlaces(columns, 1001);
    let end = 0;
    for (const { left, width } of places) {
      expect(left).toBe(end);
      end += width;
    }
    expect(end).toBe(1001);
    expect(places.map(({ width }) => width)).toEqual([390, 261, 90, 260]);
  });

  test('never go below their least; the others give way', () => {
    expect(widths([column(200, 1), column(100, 3)], 600)).toEqual([200, 400]);
    expect(widths([column(200, 1), column(100, 3)], 300)).toEqual([200, 100]);
    expect(widths([column(200, 1), column(100, 3)], 0)).toEqual([200, 100]);
    expect(widths([column(80, 0)], 500)).toEqual([80]);
  });
});
