// biome-ignore-all lint/a11y/useSemanticElements: rows of a virtual grid are placed one by one, which table elements can't be
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and names its cell by aria-activedescendant
import {
  type ClipboardEvent,
  type KeyboardEvent,
  type ReactNode,
  useCallback,
  useId,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
import style from './grid.module.css';
import { GridHead } from './grid-head.tsx';
import { type CellAt, cellStep } from './grid-keys.ts';
import { GridRow } from './grid-row.tsx';

export type GridColumn = {
  id: string;
  title: string;
  /** px; the width that it never goes below. */
  least: number;
  /** Its share of the room that is left; 0 keeps it at `least`. */
  share: number;
  sortable?: boolean;
};

export type GridSort = { column: string; descending: boolean };

type Props<Row> = {
  label: string;
  columns: readonly GridColumn[];
  /** How many rows there are, loaded or not. */
  count: number;
  /** Undefined: not loaded yet. */
  rowAt(index: number): Row | undefined;
  cell(row: Row, column: string): ReactNode;
  /** What Ctrl C copies. */
  text(row: Row, column: string): string;
  /** The rows in sight changed: from `first` to before `end`. */
  onSeen?: (first: number, end: number) => void;
  /** Enter, or a double click. */
  onEnter?: (row: Row) => void;
  sort?: GridSort | null;
  onSort?: (column: string) => void;
  /** The cell to begin at, and to tell of. */
  at?: CellAt;
  onAt?: (at: CellAt) => void;
  /** Rows (role `row`) drawn over the others, in their coordinates: notes about a stretch of them. */
  children?: ReactNode;
  onCopied?: (text: string) => void;
};

export const gridRowHeight = 36;
const headHeight = 32;
const spare = 8;
/** Rows are drawn in steps of this many, so that most scrolling draws nothing at all. */
const stepRows = 4;

/** A table of any length that fills the room it has, draws only the rows in sight, and is worked by keyboard. */
export function Grid<Row>(props: Props<Row>) {
  const { label, columns, count, rowAt, cell, sort, onSort, children } = props;
  const column = useRef(0);
  const latest = useRef(props);
  latest.current = props;
  const id = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const [view, setView] = useState({ from: 0, end: 40, fits: 20 });
  const [at, setAt] = useState<CellAt>(props.at ?? { row: 0, column: 0 });
  const active = { row: Math.min(at.row, count - 1), column: Math.min(at.column, columns.length - 1) };

  const look = useCallback(() => {
    const element = scroller.current;
    if (!element) return;
    const top = element.scrollTop;
    const height = Math.max(0, element.clientHeight - headHeight);
    const first = Math.floor(top / gridRowHeight);
    const last = Math.ceil((top + height) / gridRowHeight);
    latest.current.onSeen?.(first, last);
    const from = Math.max(0, first - (first % stepRows) - spare);
    const end = last - (last % stepRows) + stepRows + spare;
    const fits = Math.max(1, Math.floor(height / gridRowHeight));
    setView((was) => (was.from === from && was.end === end && was.fits === fits ? was : { from, end, fits }));
  }, []);

  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const begin = latest.current.at;
    if (begin) element.scrollTop = Math.max(0, (begin.row - 4) * gridRowHeight);
    const observer = new ResizeObserver(look);
    observer.observe(element);
    return () => observer.disconnect();
  }, [look]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new number of rows moves what is in sight
  useLayoutEffect(look, [look, count]);

  const moveTo = useCallback(
    (next: CellAt) => {
      setAt(next);
      latest.current.onAt?.(next);
      const element = scroller.current;
      if (!element) return;
      const top = next.row * gridRowHeight;
      const room = element.clientHeight - headHeight;
      if (top < element.scrollTop) element.scrollTop = top;
      else if (top + gridRowHeight > element.scrollTop + room) element.scrollTop = top + gridRowHeight - room;
      if (next.column !== column.current)
        document
          .getElementById(`${id}-head-${String(next.column)}`)
          ?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
      column.current = next.column;
      // Not only when the scrolling is told of: the active cell is to be there in this frame.
      look();
    },
    [id, look],
  );

  const enter = useCallback((row: Row) => latest.current.onEnter?.(row), []);

  function onKeyDown(event: KeyboardEvent) {
    if (event.target !== event.currentTarget || event.altKey || count === 0) return;
    if (event.key === 'Enter') {
      const row = rowAt(active.row);
      if (row !== undefined) enter(row);
    } else {
      const control = event.ctrlKey || event.metaKey;
      const size = { rows: count, columns: columns.length, page: Math.max(1, view.fits - 1) };
      const next = cellStep(active, event.key, size, control);
      if (!next) return;
      moveTo(next);
    }
    event.preventDefault();
  }

  function onCopy(event: ClipboardEvent) {
    const at = columns[active.column];
    const row = rowAt(active.row);
    if (!at || row === undefined || window.getSelection()?.toString()) return;
    const words = props.text(row, at.id);
    event.clipboardData.setData('text/plain', words);
    event.preventDefault();
    props.onCopied?.(words);
  }

  const rows: ReactNode[] = [];
  for (let index = view.from; index < Math.min(count, view.end); index += 1)
    rows.push(
      <GridRow
        key={index}
        id={id}
        index={index}
        row={rowAt(index)}
        columns={columns}
        cell={cell}
        activeColumn={index === active.row ? active.column : -1}
        onPick={moveTo}
        onEnter={enter}
      />,
    );

  const template = columns
    .map(({ least, share }) =>
      share > 0 ? `minmax(${String(least)}px, ${String(share)}fr)` : `${String(least)}px`,
    )
    .join(' ');
  const inSight = active.row >= view.from && active.row < view.end && count > 0;
  return (
    <div
      ref={scroller}
      role="grid"
      aria-label={label}
      aria-rowcount={count + 1}
      aria-colcount={columns.length}
      aria-activedescendant={inSight ? `${id}-${String(active.row)}-${String(active.column)}` : undefined}
      tabIndex={0}
      className={style.grid}
      onScroll={look}
      onKeyDown={onKeyDown}
      onCopy={onCopy}
    >
      <div
        className={style.width}
        style={{
          minWidth: columns.reduce((sum, { least }) => sum + least, 0),
          ...{ '--columns': template },
        }}
      >
        <GridHead id={id} columns={columns} sort={sort ?? null} onSort={onSort} />
        <div role="rowgroup" className={style.rows} style={{ height: count * gridRowHeight }}>
          {rows}
        </div>
        {children && (
          <div role="rowgroup" className={style.over}>
            {children}
          </div>
        )}
      </div>
    </div>
  );
}
