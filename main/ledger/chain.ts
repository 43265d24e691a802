import { hash } from 'node:crypto';

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

/** What the hash is over, in this order. */
const fieldsOf = (row: ChainRow) => [
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
 * Gatehouse. It has no key: the vault's seal on each row and on the last hash is what nobody else can make.
 */
export const hashOf = (row: ChainRow): string => hash('sha256', JSON.stringify(fieldsOf(row)));
