import { Refusal } from './refuse.ts';

export type Query = Record<string, string | undefined>;

/** Sorts (`column`, `column:desc`, comma list) and cuts (`marker` is the offset, `limit` the length). */
export function page<Row extends object>(rows: Row[], query: Query): { rows: Row[]; totalnumber: number } {
  const columns = (query.sort ?? '')
    .split(',')
    .filter(Boolean)
    .map((text) => text.split(':'));
  const sorted = [...rows].sort((a, b) => {
    for (const [column = '', direction] of columns) {
      const order = compare(columnOf(a, column), columnOf(b, column));
      if (order !== 0) return direction === 'desc' ? -order : order;
    }
    return 0;
  });
  const marker = number(query.marker, 0);
  const limit = number(query.limit, sorted.length);
  return { rows: sorted.slice(marker, marker + limit), totalnumber: rows.length };
}

/** Whether a row passes `attr=value` or `attr=in:a,b`. */
export function passes(row: object, filter: string | undefined): boolean {
  if (!filter) return true;
  const equals = filter.indexOf('=');
  if (equals < 1) throw new Refusal(400, 'The filter has the wrong form');
  const value = filter.slice(equals + 1);
  const wanted = value.startsWith('in:') ? value.slice(3).split(',') : [value];
  return wanted.includes(String(columnOf(row, filter.slice(0, equals))));
}

function columnOf(row: object, column: string): unknown {
  return Object.entries(row).find(([name]) => name === column)?.[1];
}

function compare(a: unknown, b: unknown): number {
  if (typeof a === 'number' || typeof b === 'number') return Number(a ?? 0) - Number(b ?? 0);
  return String(a ?? '').localeCompare(String(b ?? ''));
}

function number(text: string | undefined, absent: number): number {
  if (text === undefined || text === '') return absent;
  if (!/^\d+$/.test(text)) throw new Refusal(400, 'limit and marker are whole numbers');
  return Number(text);
}
