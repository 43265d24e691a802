import type { SQLInputValue } from 'node:sqlite';
import { bytesIn } from '../store/columns.ts';
import type { Store } from '../store/store.ts';
import { type Place, type SealedColumn, sealedColumns } from './sealed-columns.ts';

/** Seals every sealed value anew; one for which `reseal` answers null stays as it is. To be called in a transaction. */
export function resealAll(
  store: Store,
  reseal: (place: Place, sealed: Uint8Array) => Uint8Array | null,
): void {
  for (const { table, keys, column } of sealedColumns as readonly SealedColumn[]) {
    const where = keys.map((key) => `${key} = ?`).join(' AND ');
    const rows = store.all(`SELECT ${keys.join(', ')} FROM ${table} WHERE ${column} IS NOT NULL`);
    for (const row of rows) {
      const values = keys.map((key) => row[key] as SQLInputValue & (string | number));
      const found = store.get(`SELECT ${column} FROM ${table} WHERE ${where}`, ...values);
      const place: Place = [`${table}.${column}`, ...values];
      const sealed = found && reseal(place, bytesIn(found, column));
      if (sealed) store.run(`UPDATE ${table} SET ${column} = ? WHERE ${where}`, sealed, ...values);
    }
  }
}
