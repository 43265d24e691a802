import { GatehouseError } from '../../preload/contract/failure.ts';
import { bytesIn, textIn } from '../store/columns.ts';
import type { Store } from '../store/store.ts';
import { decrypt, encrypt } from './cipher.ts';

export interface SecretRecords {
  seal(key: Uint8Array, recordId: string, field: string, value: string): void;
  open(key: Uint8Array, recordId: string, field: string): string | null;
  fields(recordId: string): string[];
  erase(recordId: string, field?: string): void;
}

/** The table of secrets: each field is sealed for its record and name alone. */
export function createSecretRecords(store: Store): SecretRecords {
  return {
    seal(key, recordId, field, value) {
      const plain = Buffer.from(value);
      const { nonce, ciphertext } = encrypt(key, plain, ['secret', recordId, field]);
      plain.fill(0);
      store.run(
        `INSERT INTO secrets (record_id, field, nonce, ciphertext) VALUES (?, ?, ?, ?)
         ON CONFLICT (record_id, field) DO UPDATE SET nonce = excluded.nonce, ciphertext = excluded.ciphertext`,
        recordId,
        field,
        nonce,
        ciphertext,
      );
    },
    open(key, recordId, field) {
      const row = store.get(
        'SELECT nonce, ciphertext FROM secrets WHERE record_id = ? AND field = ?',
        recordId,
        field,
      );
      if (!row) return null;
      const sealed = { nonce: bytesIn(row, 'nonce'), ciphertext: bytesIn(row, 'ciphertext') };
      const plain = decrypt(key, sealed, ['secret', recordId, field]);
      if (!plain) throw damaged(recordId, field);
      const value = plain.toString();
      plain.fill(0);
      return value;
    },
    fields: (recordId) =>
      store
        .all('SELECT field FROM secrets WHERE record_id = ? ORDER BY field', recordId)
        .map((row) => textIn(row, 'field')),
    erase(recordId, field) {
      if (field === undefined) store.run('DELETE FROM secrets WHERE record_id = ?', recordId);
      else store.run('DELETE FROM secrets WHERE record_id = ? AND field = ?', recordId, field);
    },
  };
}

function damaged(recordId: string, field: string): GatehouseError {
  return new GatehouseError({
    kind: 'vault-broken',
    message: `The stored secret “${field}” of record ${recordId} is damaged and can’t be read.`,
    advice: 'It is kept as it is. Enter this secret again, or put a backup of the data folder in its place.',
    fields: { [field]: 'What is stored here is damaged; enter it again.' },
  });
}
