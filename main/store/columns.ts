import type { SQLOutputValue } from 'node:sqlite';
import type { z } from 'zod';
import { GatehouseError } from '#contract/failure.ts';

export type Row = Record<string, SQLOutputValue>;

/** The tables are STRICT, so another type than the declared one means that the file was tampered with or damaged. */
function wrongType(column: string): GatehouseError {
  return new GatehouseError({
    kind: 'store-broken',
    message: `The database holds a value in “${column}” that Gatehouse did not write.`,
    advice: 'The file is kept as it is. Put a backup in its place.',
  });
}

export function textIn(row: Row, column: string): string {
  const value = row[column];
  if (typeof value !== 'string') throw wrongType(column);
  return value;
}

export function textOrNull(row: Row, column: string): string | null {
  return row[column] === null ? null : textIn(row, column);
}

export function numberIn(row: Row, column: string): number {
  const value = row[column];
  if (typeof value !== 'number') throw wrongType(column);
  return value;
}

export function numberOrNull(row: Row, column: string): number | null {
  return row[column] === null ? null : numberIn(row, column);
}

export function bytesIn(row: Row, column: string): Uint8Array {
  const value = row[column];
  if (!(value instanceof Uint8Array)) throw wrongType(column);
  return value;
}

/** null when the text is no JSON, or of another shape. */
export function jsonIn<T>(text: string, shape: z.ZodType<T>): T | null {
  try {
    return shape.parse(JSON.parse(text));
  } catch {
    return null;
  }
}
