import type { DirectoryRow } from '../state/types.ts';

/** Rows in which every word stands, in any cell; typing narrows what is loaded without asking anyone. */
export function found(rows: readonly DirectoryRow[], typed: string): DirectoryRow[] {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  return rows.filter(({ cells }) => {
    const text = Object.values(cells).join('\n').toLowerCase();
    return words.every((word) => text.includes(word));
  });
}
