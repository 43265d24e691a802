export interface CellAt {
  row: number;
  column: number;
}

interface Size {
  rows: number;
  columns: number /** Rows that fit in the window. */;
  page: number;
}

/** Where a key leads in a grid from the cell at `at`; undefined when the key means nothing here. */
export function cellStep(
  at: CellAt,
  key: string,
  { rows, columns, page }: Size,
  control = false,
): CellAt | undefined {
  const to = (row: number, column: number): CellAt => ({
    row: Math.max(0, Math.min(rows - 1, row)),
    column: Math.max(0, Math.min(columns - 1, column)),
  });
  switch (key) {
    case 'ArrowDown':
      return to(at.row + 1, at.column);
    case 'ArrowUp':
      return to(at.row - 1, at.column);
    case 'ArrowRight':
      return to(at.row, control ? columns - 1 : at.column + 1);
    case 'ArrowLeft':
      return to(at.row, control ? 0 : at.column - 1);
    case 'PageDown':
      return to(at.row + page, at.column);
    case 'PageUp':
      return to(at.row - page, at.column);
    case 'Home':
      return to(0, at.column);
    case 'End':
      return to(rows - 1, at.column);
    default:
      return undefined;
  }
}
