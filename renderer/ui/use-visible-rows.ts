import { type RefObject, useLayoutEffect, useRef, useState } from 'react';
import { type RowRange, visibleRows } from './visible-rows.ts';

interface Options {
  count: number;
  /** Where a row begins, in px; at `count`, where the last one ends. */
  topOf(index: number): number;
  /** Rows that are drawn beyond those in sight, on either side. */
  spare: number;
}

interface VisibleRows<E> extends RowRange {
  /** The element that scrolls. */
  scroller: RefObject<E | null>;
  onScroll(): void;
  /** px of the list that can be seen. */
  height: number;
  /** Scrolls no farther than it takes to have a row in sight. */
  reveal(index: number): void;
}

/** Which rows of a long list are in sight and so are to be drawn. */
export function useVisibleRows<E extends HTMLElement>({ count, topOf, spare }: Options): VisibleRows<E> {
  const scroller = useRef<E>(null);
  const [view, setView] = useState({ top: 0, height: 900 });

  function measure() {
    const element = scroller.current;
    if (element) setView({ top: element.scrollTop, height: element.clientHeight });
  }

  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const observer = new ResizeObserver(() =>
      setView({ top: element.scrollTop, height: element.clientHeight }),
    );
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  function reveal(index: number) {
    const element = scroller.current;
    if (!element) return;
    const end = topOf(index + 1);
    if (topOf(index) < element.scrollTop) element.scrollTop = topOf(index);
    else if (end > element.scrollTop + element.clientHeight) element.scrollTop = end - element.clientHeight;
  }

  return {
    ...visibleRows(count, topOf, view, spare),
    scroller,
    height: view.height,
    onScroll: measure,
    reveal,
  };
}
