// biome-ignore-all lint/a11y/useSemanticElements: rows of a virtual grid are placed one by one, which table elements can't be
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and names its cell by aria-activedescendant
// biome-ignore-all lint/a11y/useKeyWithClickEvents: the grid itself hears the keys
import { memo, type ReactNode } from 'react';
import style from './grid.module.css';
import { type GridColumn, gridRowHeight } from './grid.tsx';
import type { CellAt } from './grid-keys.ts';

type Props<Row> = {
  id: string;
  index: number;
  row: Row | undefined;
  columns: readonly GridColumn[];
  cell(row: Row, column: string): ReactNode;
  /** -1: the active cell is in another row. */
  activeColumn: number;
  onPick(at: CellAt): void;
  onEnter(row: Row): void;
};

function Drawn<Row>({ id, index, row, columns, cell, activeColumn, onPick, onEnter }: Props<Row>) {
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      aria-busy={row === undefined || undefined}
      className={`${style.row} ${activeColumn >= 0 ? style.activeRow : ''}`}
      style={{ transform: `translateY(${String(index * gridRowHeight)}px)` }}
      onDoubleClick={row === undefined ? undefined : () => onEnter(row)}
    >
      {columns.map((column, at) => (
        <div
          key={column.id}
          id={`${id}-${String(index)}-${String(at)}`}
          role="gridcell"
          aria-colindex={at + 1}
          className={`${style.cell} ${at === activeColumn ? style.activeCell : ''}`}
          onClick={() => onPick({ row: index, column: at })}
        >
          {row === undefined ? (
            <span
              className={style.blank}
              style={{ width: `${String(38 + ((index * 7 + at * 23) % 41))}%` }}
            />
          ) : (
            cell(row, column.id)
          )}
        </div>
      ))}
    </div>
  );
}

/** One row of a grid. It is drawn again only when its own row, the columns or its active cell change. */
export const GridRow = memo(
  Drawn,
  (a, b) =>
    a.row === b.row &&
    a.index === b.index &&
    a.columns === b.columns &&
    a.activeColumn === b.activeColumn &&
    a.cell === b.cell,
) as typeof Drawn;
