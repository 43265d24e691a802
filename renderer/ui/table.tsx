import type { ReactNode } from 'react';
import style from './table.module.css';
import { useVisibleRows } from './use-visible-rows.ts';
import type { RowRange } from './visible-rows.ts';

export interface Column<Row> {
  id: string;
  title: string;
  /** A CSS width; the columns without one share the rest. */
  width?: string;
  /** Left out on narrow windows. */
  minor?: boolean;
  align?: 'end';
  cell(row: Row): ReactNode;
}

interface Props<Row> {
  label: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowKey(row: Row): string;
  /** Rows that are stronger: this session, this realm. */
  strong?: (row: Row) => boolean;
}

const rowHeight = 40;
const drawAllBelow = 120;
const windowHeight = 560;

/** Rows of 40 px under a header. Long tables scroll by themselves and draw only the rows in sight. */
export function Table<Row>(props: Props<Row>) {
  const { length } = props.rows;
  if (length > drawAllBelow) return <LongTable {...props} />;
  return (
    <div className={style.card}>
      <Rows {...props} first={0} end={length} />
    </div>
  );
}

function LongTable<Row>(props: Props<Row>) {
  const { scroller, onScroll, first, end } = useVisibleRows<HTMLElement>({
    count: props.rows.length,
    topOf: (index) => index * rowHeight,
    spare: 8,
  });
  return (
    <section
      ref={scroller}
      className={style.card}
      aria-label={`${props.label}, scrolling`}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
      tabIndex={0}
      style={{ maxHeight: windowHeight, overflow: 'auto' }}
      onScroll={onScroll}
    >
      <Rows {...props} first={first} end={end} isPart />
    </section>
  );
}

type RowsProps<Row> = Props<Row> &
  RowRange & {
    /** Other rows are not drawn: a reader of the screen is told how many there are. */
    isPart?: boolean;
  };

function Rows<Row>({ label, columns, rows, rowKey, strong, first, end, isPart = false }: RowsProps<Row>) {
  return (
    <table className={style.table} aria-label={label} aria-rowcount={isPart ? rows.length + 1 : undefined}>
      <colgroup>
        {columns.map((column) => (
          <col
            key={column.id}
            className={column.minor ? style.minor : undefined}
            style={column.width ? { width: column.width } : undefined}
          />
        ))}
      </colgroup>
      <thead>
        <tr>
          {columns.map((column) => (
            <th key={column.id} scope="col" className={look(column)}>
              {column.title || <span className="screen-reader-only">Actions</span>}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {first > 0 && <tr aria-hidden style={{ height: first * rowHeight }} />}
        {rows.slice(first, end).map((row, index) => (
          <tr
            key={rowKey(row)}
            aria-rowindex={isPart ? first + index + 2 : undefined}
            className={strong?.(row) ? style.strong : undefined}
          >
            {columns.map((column) => (
              <td key={column.id} className={look(column)}>
                {column.cell(row)}
              </td>
            ))}
          </tr>
        ))}
        {end < rows.length && <tr aria-hidden style={{ height: (rows.length - end) * rowHeight }} />}
      </tbody>
    </table>
  );
}

const look = <Row,>(column: Column<Row>): string =>
  `${column.align === 'end' ? style.end : ''} ${column.minor ? style.minor : ''}`;
