import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { Row } from '../store/columns.ts';
import { bytesIn } from '../store/columns.ts';
import type { Store } from '../store/store.ts';
import type { Vault } from '../vault/vault.ts';
import { firstHash } from './chain.ts';

const shape = z.object({
  /** How many rows there are, and the hash of the last one. */
  rows: z.number().int(),
  hash: z.string(),
  /** base64: the first key for rows that are written while the vault is locked. */
  lockKey: z.string(),
  /** What was found wrong when rows from a locked time were taken up; it stays. */
  fault: z.object({ seq: z.number().int(), why: z.string() }).nullable(),
});

/** The end of the ledger, sealed by the vault: rows that are cut off, or a chain that is computed anew, do not fit it. */
export type Head = z.infer<typeof shape>;

const place = ['ledger_head.sealed', 1] as const;

export const newLockKey = () => randomBytes(32).toString('base64');

export const noRows = (): Head => ({ rows: 0, hash: firstHash, lockKey: newLockKey(), fault: null });

/** 'none': there is none; null: there is one that can't be opened. */
export function readHead(store: Store, vault: Vault): { head: Head | null | 'none'; row: Row | undefined } {
  const row = store.get('SELECT sealed, locked_rows, locked_mac FROM ledger_head WHERE id = 1');
  if (!row) return { head: 'none', row };
  const text = vault.openRow(place, bytesIn(row, 'sealed'));
  return { head: text === null ? null : (shape.safeParse(JSON.parse(text)).data ?? null), row };
}

/** Replaces the head, and answers it as it stands on disk; marks from a locked time are settled with it. */
export function writeHead(store: Store, vault: Pick<Vault, 'sealRow'>, head: Head): Uint8Array {
  const sealed = vault.sealRow(place, JSON.stringify(head));
  store.run(
    `INSERT INTO ledger_head (id, sealed) VALUES (1, ?)
     ON CONFLICT (id) DO UPDATE SET sealed = excluded.sealed, locked_rows = NULL, locked_mac = NULL`,
    sealed,
  );
  return sealed;
}

/** How many rows there are by the vault's word and by that of a locked time; a mark that only the vault can check. */
export function writeLockedEnd(store: Store, rows: number, mark: Uint8Array): void {
  store.run('UPDATE ledger_head SET locked_rows = ?, locked_mac = ? WHERE id = 1', rows, mark);
}
