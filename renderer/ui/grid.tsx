// biome-ignore-all lint/a11y/useSemanticElements: rows of a virtual grid are placed one by one, which table elements can't be
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and names its cell by aria-activedescendant
import {
  type ClipboardEvent,
  type KeyboardEvent,
  type MouseEvent,
  type ReactNode,
  useId,
  useMemo,
} from 'react';
import style from './grid.module.css';
import { columnPlaces, type GridColumn, type GridSort } from './grid-columns.ts';
import { GridHead } from './grid-head.tsx';
import { type CellAt, cellStep } from './grid-keys.ts';
import { GridRow } from './grid-row.tsx';
import { drawnRows, gridRowHeight, slotOf } from './grid-window.ts';
import { useGridWindow } from './use-grid-window.ts';

interface Props<Row> {
  label: string;
  /** For what leads to it by a key. */
  id?: string;
  /** Another list begins at its own cell; the same one stays where it is. */
  list?: string;
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
}

/** A table of any length that fills the room it has, draws only the rows in sight, and is worked by keyboard. */
export function Grid<Row>(props: Props<Row>) {
  const { label, columns, count, rowAt, cell, sort, onSort, children } = props;
  const id = useId();
  const { scroller, view, width, at, cellNow, moveTo, onScroll } = useGridWindow(props);
  const least = columns.reduce((sum, column) => sum + column.least, 0);
  const places = useMemo(() => columnPlaces(columns, Math.max(width, least)), [columns, width, least]);
  const within = ({ row, column }: CellAt): CellAt => ({
    row: Math.min(row, count - 1),
    column: Math.min(column, columns.length - 1),
  });

  function go(next: CellAt) {
    if (next.column !== within(cellNow()).column)
      document
        .getElementById(`${id}-head-${String(next.column)}`)
        ?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    moveTo(next);
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.target !== event.currentTarget || event.altKey || count === 0) return;
    const now = within(cellNow());
    if (event.key === 'Enter') {
      const row = rowAt(now.row);
      if (row !== undefined) props.onEnter?.(row);
    } else {
      const control = event.ctrlKey || event.metaKey;
      const size = { rows: count, columns: columns.length, page: Math.max(1, view.fits - 1) };
      const next = cellStep(now, event.key, size, control);
      if (!next) return;
      go(next);
    }
    event.preventDefault();
  }

  function onClick({ target }: MouseEvent) {
    const next = placeOf(target);
    if (next) go(next);
  }

  function onDoubleClick({ target }: MouseEvent) {
    const row = rowAt(rowOf(target));
    if (row !== undefined) props.onEnter?.(row);
  }

  function onCopy(event: ClipboardEvent) {
    const now = within(cellNow());
    const at = columns[now.column];
    const row = rowAt(now.row);
    if (!at || row === undefined || window.getSelection()?.toString()) return;
    event.clipboardData.setData('text/plain', props.text(row, at.id));
    event.preventDefault();
  }

  const active = within(at);
  const activeId = `${id}-${String(active.row)}-${String(active.column)}`;
  const { first, end } = drawnRows(view, count);
  const rows: ReactNode[] = [];
  for (let index = first; index < end; index += 1)
    rows.push(
      <GridRow
        key={slotOf(view, index)}
        index={index}
        row={rowAt(index)}
        columns={columns}
        places={places}
        cell={cell}
        activeColumn={index === active.row ? active.column : -1}
        activeId={index === active.row ? activeId : ''}
      />,
    );

  return (
    <div
      ref={scroller}
      id={props.id}
      role="grid"
      aria-label={label}
      aria-rowcount={count + 1}
      aria-colcount={columns.length}
      aria-activedescendant={active.row >= first && active.row < end ? activeId : undefined}
      tabIndex={0}
      className={style.grid}
      onScroll={onScroll}
      onKeyDown={onKeyDown}
      onClick={onClick}
      onDoubleClick={onDoubleClick}
      onCopy={onCopy}
    >
      <div className={style.width} style={{ minWidth: least }}>
        <GridHead id={id} columns={columns} places={places} sort={sort ?? null} onSort={onSort} />
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

/** The row that was pressed, by what it says of its place; below 0 when it was none. */
const rowOf = (target: EventTarget): number =>
  target instanceof Element ? Number(target.closest('[role="row"]')?.getAttribute('aria-rowindex')) - 2 : -1;

function placeOf(target: EventTarget): CellAt | null {
  const cell = target instanceof Element ? target.closest('[role="gridcell"]') : null;
  const row = rowOf(target);
  const column = Number(cell?.getAttribute('aria-colindex')) - 1;
  return row >= 0 && column >= 0 ? { row, column } : null;
}
