import type { SQLInputValue } from 'node:sqlite';
import { bytesIn } from '../store/columns.ts';
import type { Store } from '../store/store.ts';
import { type Place, type SealedColumn, sealedColumns } from './sealed-columns.ts';

/** Opens every sealed value and seals it anew; one that can't be opened stays as it is. To be called in a transaction. */
export function resealAll(
  store: Store,
  open: (place: Place, sealed: Uint8Array) => Buffer | null,
  seal: (place: Place, plain: Buffer) => Uint8Array,
): void {
  for (const { table, keys, column } of sealedColumns as readonly SealedColumn[]) {
    const where = keys.map((key) => `${key} = ?`).join(' AND ');
    const rows = store.all(`SELECT ${keys.join(', ')} FROM ${table} WHERE ${column} IS NOT NULL`);
    for (const row of rows) {
      const values = keys.map((key) => row[key] as SQLInputValue & (string | number));
      const found = store.get(`SELECT ${column} FROM ${table} WHERE ${where}`, ...values);
      const place: Place = [`${table}.${column}`, ...values];
      const plain = found && open(place, bytesIn(found, column));
      if (!plain) continue;
      store.run(`UPDATE ${table} SET ${column} = ? WHERE ${where}`, seal(place, plain), ...values);
      plain.fill(0);
    }
  }
}
