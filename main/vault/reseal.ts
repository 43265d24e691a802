import type { SQLInputValue } from 'node:sqlite';
import type { Row } from '../store/columns.ts';
import { bytesIn } from '../store/columns.ts';
import type { Store } from '../store/store.ts';
import { type Place, type SealedColumn, sealedColumns } from './sealed-columns.ts';

/** A value sealed anew; null: it stays as it is. */
type Reseal = (place: Place, sealed: Uint8Array) => Uint8Array | null;

/** What was sealed anew beforehand, by its place, with the beginning of what it was made from. */
export type Ahead = Map<string, { begins: Uint8Array; sealed: Uint8Array }>;

/** Bytes from the beginning of a sealed value, its random nonce and key among them: two values that begin alike are the same. */
const beginning = 45;

const columns: readonly SealedColumn[] = sealedColumns;

const valuesOf = (row: Row, { keys }: SealedColumn) =>
  keys.map((key) => row[key] as SQLInputValue & (string | number));
const whereOf = ({ keys }: SealedColumn) => keys.map((key) => `${key} = ?`).join(' AND ');
const placeOf = ({ table, column }: SealedColumn, values: (string | number)[]): Place => [
  `${table}.${column}`,
  ...values,
];

/** Seals anew in memory what is stored, a value a step; what is written meanwhile is for resealAll to see. */
export function* resealAhead(store: Store, reseal: Reseal): Generator<undefined, Ahead> {
  const ahead: Ahead = new Map();
  for (const one of columns) {
    const { table, keys, column } = one;
    const get = `SELECT ${column} FROM ${table} WHERE ${whereOf(one)}`;
    for (const row of store.all(`SELECT ${keys.join(', ')} FROM ${table} WHERE ${column} IS NOT NULL`)) {
      const values = valuesOf(row, one);
      const place = placeOf(one, values);
      const found = store.get(get, ...values);
      const from = found?.[column] == null ? null : bytesIn(found, column);
      const sealed = from && reseal(place, from);
      if (from && sealed) ahead.set(JSON.stringify(place), { begins: from.slice(0, beginning), sealed });
      yield;
    }
  }
  return ahead;
}

/** Puts sealed values in the place of the stored ones; those that are not `ahead`, or were written since, are sealed now. To be called in a transaction. */
export function resealAll(store: Store, reseal: Reseal, ahead: Ahead): void {
  for (const one of columns) {
    const { table, keys, column } = one;
    const where = whereOf(one);
    const begins = `substr(${column}, 1, ${beginning}) AS begins`;
    const rows = store.all(`SELECT ${keys.join(', ')}, ${begins} FROM ${table} WHERE ${column} IS NOT NULL`);
    for (const row of rows) {
      const values = valuesOf(row, one);
      const place = placeOf(one, values);
      const ready = ahead.get(JSON.stringify(place));
      const sealed =
        ready && Buffer.compare(ready.begins, bytesIn(row, 'begins')) === 0
          ? ready.sealed
          : reseal(place, sealedAt(store, one, values));
      if (sealed) store.run(`UPDATE ${table} SET ${column} = ? WHERE ${where}`, sealed, ...values);
    }
  }
}

function sealedAt(store: Store, one: SealedColumn, values: (string | number)[]): Uint8Array {
  const { table, column } = one;
  return bytesIn(store.get(`SELECT ${column} FROM ${table} WHERE ${whereOf(one)}`, ...values) ?? {}, column);
}
