import { type ReactNode, useState } from 'react';
import style from './table.module.css';

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
export function Table<Row>({ label, columns, rows, rowKey, strong }: Props<Row>) {
  const [top, setTop] = useState(0);
  const long = rows.length > drawAllBelow;
  const first = long ? Math.max(0, Math.floor(top / rowHeight) - 8) : 0;
  const last = long ? Math.min(rows.length, Math.ceil((top + windowHeight) / rowHeight) + 8) : rows.length;

  const table = (
    <table className={style.table} aria-label={label} aria-rowcount={long ? rows.length + 1 : undefined}>
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
        {rows.slice(first, last).map((row, index) => (
          <tr
            key={rowKey(row)}
            aria-rowindex={long ? first + index + 2 : undefined}
            className={strong?.(row) ? style.strong : undefined}
          >
            {columns.map((column) => (
              <td key={column.id} className={look(column)}>
                {column.cell(row)}
              </td>
            ))}
          </tr>
        ))}
        {last < rows.length && <tr aria-hidden style={{ height: (rows.length - last) * rowHeight }} />}
      </tbody>
    </table>
  );
  if (!long) return <div className={style.card}>{table}</div>;
  return (
    <section
      className={style.card}
      aria-label={`${label}, scrolling`}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
      tabIndex={0}
      style={{ maxHeight: windowHeight, overflow: 'auto' }}
      onScroll={(event) => setTop(event.currentTarget.scrollTop)}
    >
      {table}
    </section>
  );
}

const look = <Row,>(column: Column<Row>): string =>
  `${column.align === 'end' ? style.end : ''} ${column.minor ? style.minor : ''}`;
