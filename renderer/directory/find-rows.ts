import type { DirectoryRow } from '../state/types.ts';

/** The words of a row, made once: every letter that is typed looks at all of them. */
const texts = new WeakMap<DirectoryRow, string>();

/** Makes the words of rows that have just come, so that the first letter does not wait for those of all pages. */
export function prepareRows(rows: readonly DirectoryRow[]): void {
  for (const row of rows) textOf(row);
}

/** Rows in which every word stands, in any cell; typing narrows what is loaded without asking anyone. */
export function filterRows(rows: readonly DirectoryRow[], typed: string): DirectoryRow[] {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  return rows.filter((row) => {
    const text = textOf(row);
    return words.every((word) => text.includes(word));
  });
}

function textOf(row: DirectoryRow): string {
  const known = texts.get(row);
  if (known !== undefined) return known;
  const text = Object.values(row.cells).join('\n').toLowerCase();
  texts.set(row, text);
  return text;
}
