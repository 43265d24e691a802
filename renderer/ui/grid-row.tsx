// biome-ignore-all lint/a11y/useSemanticElements: rows of a virtual grid are placed one by one, which table elements can't be
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and names its cell by aria-activedescendant
import { memo, type ReactNode } from 'react';
import style from './grid.module.css';
import type { ColumnPlace, GridColumn } from './grid-columns.ts';
import { gridRowHeight } from './grid-window.ts';

interface Props<Row> {
  index: number;
  row: Row | undefined;
  columns: readonly GridColumn[];
  places: readonly ColumnPlace[];
  cell(row: Row, column: string): ReactNode;
  /** -1: the active cell is in another row. */
  activeColumn: number;
  activeId: string;
}

function Drawn<Row>({ index, row, columns, places, cell, activeColumn, activeId }: Props<Row>) {
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      aria-busy={row === undefined || undefined}
      className={activeColumn >= 0 ? `${style.row} ${style.activeRow}` : style.row}
      style={{ transform: `translateY(${String(index * gridRowHeight)}px)` }}
    >
      {columns.map((column, at) => (
        <div
          key={column.id}
          id={at === activeColumn ? activeId : undefined}
          role="gridcell"
          aria-colindex={at + 1}
          className={at === activeColumn ? `${style.cell} ${style.activeCell}` : style.cell}
          style={places[at]}
        >
          {row === undefined ? null : cell(row, column.id)}
        </div>
      ))}
    </div>
  );
}

/** One row element of a grid. It is drawn again only when its row, the columns or its active cell change. */
export const GridRow = memo(Drawn) as typeof Drawn;
