import { bytesIn } from '../store/columns.ts';
import type { Store } from '../store/store.ts';

/** The table of sealed secrets, as bytes. */
export function createSecretRecords(store: Store) {
  return {
    put(recordId: string, field: string, sealed: Uint8Array): void {
      store.run(
        `INSERT INTO secrets (record_id, field, sealed) VALUES (?, ?, ?)
         ON CONFLICT (record_id, field) DO UPDATE SET sealed = excluded.sealed`,
        recordId,
        field,
        sealed,
      );
    },
    get(recordId: string, field: string): Uint8Array | null {
      const row = store.get('SELECT sealed FROM secrets WHERE record_id = ? AND field = ?', recordId, field);
      return row ? bytesIn(row, 'sealed') : null;
    },
    erase(recordId: string, field?: string): void {
      const gone =
        field === undefined
          ? store.run('DELETE FROM secrets WHERE record_id = ?', recordId)
          : store.run('DELETE FROM secrets WHERE record_id = ? AND field = ?', recordId, field);
      if (gone > 0) store.emptyLogSoon();
    },
  };
}
