import { useCallback, useLayoutEffect, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import type { CellAt } from './grid-keys.ts';
import { firstWindow, gridHeadHeight, gridRowHeight, windowAt } from './grid-window.ts';

interface Options {
  list?: string;
  count: number;
  at?: CellAt;
  onAt?: (at: CellAt) => void;
  onSeen?: (first: number, end: number) => void;
}

const firstCell: CellAt = { row: 0, column: 0 };
/** px; some rows before the cell are in sight, too. */
const topOf = ({ row }: CellAt): number => Math.max(0, (row - 4) * gridRowHeight);

/** Which rows of a grid are drawn and which cell is the active one; however fast the keys, one drawing a frame. */
export function useGridWindow(options: Options) {
  const { list, count } = options;
  const latest = useRef(options);
  latest.current = options;
  const scroller = useRef<HTMLDivElement>(null);
  const sight = useRef({ first: 0, end: 0 });
  const [width, setWidth] = useState(0);
  const [view, setView] = useState(firstWindow);
  const [at, setAt] = useState(options.at ?? firstCell);
  /** Where the keys have led; drawn together with the rows that they scroll to. */
  const cell = useRef(at);
  const [shown, setShown] = useState(list);
  if (shown !== list) {
    const begin = options.at ?? firstCell;
    setShown(list);
    setAt(begin);
    setView(windowAt(view, topOf(begin), view.fits * gridRowHeight));
  }

  const tell = useCallback(() => latest.current.onSeen?.(sight.current.first, sight.current.end), []);

  const look = useCallback(() => {
    const element = scroller.current;
    if (!element) return;
    const top = element.scrollTop;
    const height = Math.max(0, element.clientHeight - gridHeadHeight);
    sight.current = {
      first: Math.floor(top / gridRowHeight),
      end: Math.ceil((top + height) / gridRowHeight),
    };
    tell();
    setView((was) => windowAt(was, top, height));
  }, [tell]);

  const onScroll = useCallback(() => {
    // In the frame that scrolls: left to React, the rows would come one frame late.
    flushSync(() => {
      look();
      setAt(cell.current);
    });
  }, [look]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: each list begins anew
  useLayoutEffect(() => {
    cell.current = latest.current.at ?? firstCell;
    if (scroller.current) scroller.current.scrollTop = topOf(cell.current);
  }, [shown]);

  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const measure = () => {
      setWidth(element.clientWidth);
      look();
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [look]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another number of rows is another list to whoever loads it
  useLayoutEffect(tell, [tell, count, shown]);

  /** Makes a cell the active one and scrolls no farther than it takes to have it in sight. */
  const moveTo = useCallback((next: CellAt) => {
    cell.current = next;
    latest.current.onAt?.(next);
    const element = scroller.current;
    if (!element) return;
    const was = element.scrollTop;
    const top = next.row * gridRowHeight;
    const room = element.clientHeight - gridHeadHeight;
    if (top < was) element.scrollTop = top;
    else if (top + gridRowHeight > was + room) element.scrollTop = top + gridRowHeight - room;
    if (element.scrollTop === was) setAt(next);
  }, []);

  return { scroller, view, width, at, cellNow: useCallback(() => cell.current, []), moveTo, onScroll };
}
