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
  /** Who was signed in at the vendor. Rows of earlier versions have none of these five. */
  signedInAs: string | null;
  /** Who used this computer by its operating system, and its name. */
  osUser: string | null;
  machine: string | null;
  /** The vendor's id and the name of the person that an admin action was about. */
  subjectId: string | null;
  subjectName: string | null;
  previousHash: string;
  /** See hashOf. */
  hash: string;
}

export type ChainRow = Omit<LedgerRow, 'hash'>;

/** What stands for the hash before the first row. */
export const firstHash = '0'.repeat(64);

const whoFields = ['signedInAs', 'osUser', 'machine', 'subjectId', 'subjectName'] as const;

/** What rows of earlier versions say of who acted. */
export const nobody = {
  signedInAs: null,
  osUser: null,
  machine: null,
  subjectId: null,
  subjectName: null,
} as const;

/** Who acted, where, and on whom; in this order in the hash and in the seal. */
export const whoOf = (row: Pick<ChainRow, (typeof whoFields)[number]>): (string | null)[] =>
  whoFields.some((field) => row[field] !== null) ? whoFields.map((field) => row[field]) : [];

/** What the hash is over, in this order; a row without any of the five is hashed as earlier versions did. */
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
  ...whoOf(row),
];

/**
 * SHA-256 (hex) over the UTF-8 JSON array of all other fields, the last five only where one of them is not null, so that an exported ledger can be checked without
 * Gatehouse. It has no key: the vault's seal on each row and on the last hash is what nobody else can make.
 */
export const hashOf = (row: ChainRow): string => hash('sha256', JSON.stringify(fieldsOf(row)));
