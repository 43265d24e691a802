// biome-ignore-all lint/a11y/useSemanticElements: rows of a virtual grid are placed one by one, which table elements can't be
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus; a header that sorts holds a button
import { ArrowDown, ArrowUp } from 'lucide-react';
import style from './grid.module.css';
import type { ColumnPlace, GridColumn, GridSort } from './grid-columns.ts';
import { sanitizeText } from './sanitize-text.ts';

interface Props {
  id: string;
  columns: readonly GridColumn[];
  places: readonly ColumnPlace[];
  sort: GridSort | null;
  onSort: ((column: string) => void) | undefined;
}

/** The names of the columns; one that sorts is a button. */
export function GridHead({ id, columns, places, sort, onSort }: Props) {
  return (
    <div role="rowgroup" className={style.head}>
      <div role="row" aria-rowindex={1} className={style.headRow}>
        {columns.map((column, index) => {
          const sorted = sort?.column === column.id;
          const Arrow = sort?.descending ? ArrowDown : ArrowUp;
          const title = sanitizeText(column.title, 60);
          return (
            <div
              key={column.id}
              id={`${id}-head-${String(index)}`}
              role="columnheader"
              aria-colindex={index + 1}
              {...(sorted
                ? { 'aria-sort': sort.descending ? ('descending' as const) : ('ascending' as const) }
                : {})}
              className={style.headCell}
              style={places[index]}
            >
              {column.sortable && onSort ? (
                <button type="button" className={style.sort} onClick={() => onSort(column.id)}>
                  {title}
                  {sorted ? <Arrow size={12} strokeWidth={2} aria-hidden /> : null}
                </button>
              ) : (
                title
              )}
            </div>
          );
        })}
      </div>
    </div>
  );
}
