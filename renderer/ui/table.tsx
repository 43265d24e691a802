import type { ReactNode } from 'react';
import style from './table.module.css';
import { useVisibleRows } from './use-visible-rows.ts';
import type { RowRange } from './visible-rows.ts';

export interface Column<Row> {
  id: string;
  title: string;
  /** What a reader of the screen hears instead of an empty title; "Actions" where it is left out. */
  hiddenTitle?: string;
  /** A CSS width; the columns without one share the rest. Where a column fits its content, only shares (%) count. */
  width?: string;
  /** As wide as its widest cell, which is never cut; not in long tables, of which only a part is drawn. */
  fit?: boolean;
  /** Left out on narrow windows. */
  minor?: boolean;
  /** Left out on the narrowest ones, as at a zoom of 200 %. */
  spare?: boolean;
  align?: 'end';
  cell(row: Row): ReactNode;
}

type Look = { [name in 'align' | 'minor' | 'spare' | 'fit']?: Column<never>[name] | undefined };

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
  const flexible = columns.filter(({ fit }) => !fit);
  const fits = !isPart && flexible.length < columns.length;
  const share = `${100 / Math.max(1, flexible.length)}%`;
  const widthOf = ({ width, fit }: Column<Row>): string | undefined => {
    if (!fits) return width;
    if (fit) return '1px';
    return width?.endsWith('%') ? width : share;
  };
  return (
    <table
      className={`${style.table} ${fits ? style.fitted : ''}`}
      aria-label={label}
      aria-rowcount={isPart ? rows.length + 1 : undefined}
    >
      <colgroup>
        {columns.map((column) => (
          <col
            key={column.id}
            className={look({ minor: column.minor, spare: column.spare })}
            style={{ width: widthOf(column) }}
          />
        ))}
      </colgroup>
      <thead>
        <tr>
          {columns.map((column) => (
            <th key={column.id} scope="col" className={look(column)}>
              {column.title || <span className="screen-reader-only">{column.hiddenTitle ?? 'Actions'}</span>}
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

const look = ({ align, minor, spare, fit }: Look): string =>
  [align === 'end' && style.end, minor && style.minor, spare && style.spare, fit && style.fit]
    .filter(Boolean)
    .join(' ');
