import { hash } from 'node:crypto';
import { numberIn, textIn, textOrNull } from '../store/columns.ts';
import type { Row } from '../store/store.ts';

export interface LedgerRow {
  seq: number;
  /** ms since 1970. */
  at: number;
  actor: string;
  event: string;
  accountId: string | null;
  accountLabel: string | null;
  vendor: string | null;
  sessionId: string | null;
  realmName: string | null;
  detail: string | null;
  previousHash: string;
  /** See hashOf. */
  hash: string;
}

export type ChainRow = Omit<LedgerRow, 'hash'>;

/** What stands for the hash before the first row. */
export const firstHash = '0'.repeat(64);

/** What the hash is over, in this order, which is the table's too. */
export const fieldsOf = (row: ChainRow) => [
  row.seq,
  row.at,
  row.actor,
  row.event,
  row.accountId,
  row.accountLabel,
  row.vendor,
  row.sessionId,
  row.realmName,
  row.detail,
  row.previousHash,
];

/**
 * SHA-256 (hex) over the UTF-8 JSON array of all other fields, so that an exported ledger can be checked without
 * Gatehouse. It has no key: it shows a row that was changed, not a whole chain that was computed anew.
 */
export const hashOf = (row: ChainRow): string => hash('sha256', JSON.stringify(fieldsOf(row)));

export function readRow(row: Row): LedgerRow {
  return {
    seq: numberIn(row, 'seq'),
    at: numberIn(row, 'at'),
    actor: textIn(row, 'actor'),
    event: textIn(row, 'event'),
    accountId: textOrNull(row, 'account_id'),
    accountLabel: textOrNull(row, 'account_label'),
    vendor: textOrNull(row, 'vendor'),
    sessionId: textOrNull(row, 'session_id'),
    realmName: textOrNull(row, 'realm_name'),
    detail: textOrNull(row, 'detail'),
    previousHash: textIn(row, 'previous_hash'),
    hash: textIn(row, 'hash'),
  };
}
