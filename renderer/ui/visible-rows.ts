export interface RowRange {
  first: number;
  /** Not included. */
  end: number;
}

/**
 * Returns the rows of a list that a window of `height` px, scrolled to `top` px, shows, and `spare` more on both
 * sides. `topOf` says where a row begins, in px and growing with its index; at `count`, where the last one ends.
 */
export function visibleRows(
  count: number,
  topOf: (index: number) => number,
  { top, height }: { top: number; height: number },
  spare: number,
): RowRange {
  const first = firstRow(count, (index) => topOf(index + 1) >= top);
  const end = firstRow(count, (index) => topOf(index) >= top + height);
  return { first: Math.max(0, first - spare), end: Math.min(count, end + spare) };
}

/** The first row that something holds for, where it holds for all after it, too; `count` where it holds for none. */
function firstRow(count: number, holds: (index: number) => boolean): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const between = (low + high) >> 1;
    if (holds(between)) high = between;
    else low = between + 1;
  }
  return low;
}
