export interface GridColumn {
  id: string;
  title: string;
  /** px; the width that it never goes below. */
  least: number;
  /** Its share of the room that is left; 0 keeps it at `least`. */
  share: number;
  sortable?: boolean;
}

export interface GridSort {
  column: string;
  descending: boolean;
}

export interface ColumnPlace {
  left: number;
  width: number;
}

/** Where each column stands in a room of `room` px: whole px, by share, none below its least. */
export function columnPlaces(columns: readonly GridColumn[], room: number): ColumnPlace[] {
  const fixed = new Set(columns.filter(({ share }) => share === 0));
  for (;;) {
    const taken = [...fixed].reduce((sum, { least }) => sum + least, 0);
    const free = columns.filter((column) => !fixed.has(column));
    const shares = free.reduce((sum, { share }) => sum + share, 0);
    const one = Math.max(0, room - taken) / shares;
    const small = free.filter(({ least, share }) => share * one < least);
    if (small.length === 0)
      return placed(columns, (column) => (fixed.has(column) ? column.least : column.share * one));
    for (const column of small) fixed.add(column);
  }
}

function placed(columns: readonly GridColumn[], widthOf: (column: GridColumn) => number): ColumnPlace[] {
  let end = 0;
  return columns.map((column) => {
    const left = Math.round(end);
    end += widthOf(column);
    return { left, width: Math.round(end) - left };
  });
}
