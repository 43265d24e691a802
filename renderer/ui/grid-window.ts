export const gridRowHeight = 36;
/** px; the head with the line under it. */
export const gridHeadHeight = 32;
/** Rows drawn beyond what is in sight on either side: the browser scrolls before it asks for more. */
const spare = 3;
/** The drawn stretch moves by this many rows at a time, so that most scrolling draws nothing at all. */
const step = 2;

/** The stretch of rows that is drawn: always as many, and each row element is used again for another row. */
export interface GridWindow {
  from: number;
  /** Rows drawn, where the list has as many. */
  size: number;
  /** Rows that fit in full. */
  fits: number;
  /** The element that draws row `from`. */
  turn: number;
}

export const firstWindow: GridWindow = { from: 0, size: 0, fits: 1, turn: 0 };

/** What is drawn with the list scrolled to `top` in a room of `height` (both px); the same object while nothing changes. */
export function windowAt(was: GridWindow, top: number, height: number): GridWindow {
  const first = Math.floor(top / gridRowHeight);
  const fits = Math.max(1, Math.floor(height / gridRowHeight));
  const size = Math.ceil((fits + 2 + 2 * spare + step) / step) * step;
  const from = Math.max(0, first - (first % step) - spare);
  if (was.from === from && was.size === size && was.fits === fits) return was;
  const moved = from - was.from;
  // A row keeps its element as long as it is drawn; after a long way each element stays and only gets other words.
  const near = was.size === size && Math.abs(moved) < size;
  return { from, size, fits, turn: near ? (was.turn + moved + size) % size : was.turn };
}

/** The first and the last drawn row (not included) of a list of `count`, which may have become shorter. */
export function drawnRows({ from, size }: GridWindow, count: number): { first: number; end: number } {
  const first = Math.max(0, Math.min(from, count - size));
  return { first, end: Math.min(count, first + size) };
}

/** The element that draws a row: rows that are drawn at once never share one. */
export function slotOf({ from, size, turn }: GridWindow, row: number): number {
  return (((row - from + turn) % size) + size) % size;
}
