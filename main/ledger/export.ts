import { csvLine } from '#lib/csv.ts';
import type { Row } from '../store/columns.ts';
import { numberIn } from '../store/columns.ts';
import type { Store } from '../store/store.ts';
import type { Vault } from '../vault/vault.ts';
import { firstHash, type LedgerRow } from './chain.ts';
import { openLedgerPage, openLedgerRow, type StoredRow, storedFrom } from './ledger-rows.ts';

/** Oldest first, up to row `end`; in pieces, so that an export that is read slowly holds no transaction open. */
export function* rowsUpTo(end: number, store: Store, vault: Vault): Iterable<LedgerRow> {
  let previousHash = firstHash;
  for (let next = 1; next <= end; ) {
    const { page, rows: single = [] } = storedFrom(store, next);
    const last = page ? numberIn(page, 'last') : single.length === 0 ? end : numberIn(single.at(-1)!, 'seq');
    const sound = page ? openLedgerPage(vault, page) : openEach(vault, single, previousHash);
    for (const { unproved: _, ...row } of sound ?? []) {
      previousHash = row.hash;
      if (row.seq >= next && row.seq <= end) yield row;
    }
    next = last + 1;
  }
}

/** Rows that follow each other; those that can't be opened are left out. */
function openEach(vault: Vault, found: Row[], previousHash: string): StoredRow[] {
  let previous = previousHash;
  return found.flatMap((one) => {
    const row = openLedgerRow(vault, one, previous);
    if (!row) return [];
    previous = row.hash;
    return row;
  });
}

const columns = [
  'seq',
  'at',
  'actor',
  'event',
  'accountId',
  'accountLabel',
  'vendor',
  'sessionId',
  'realmName',
  'detail',
  'signedInAs',
  'osUser',
  'machine',
  'subjectId',
  'subjectName',
  'previousHash',
  'hash',
] as const;

/** The header as a line of CSV. */
export const csvHeader = csvLine(columns);

/** A row as a line of CSV. */
export const csvRow = (row: LedgerRow): string => csvLine(columns.map((column) => cellOf(row, column)));

function cellOf(row: LedgerRow, column: (typeof columns)[number]): string {
  return column === 'at' ? new Date(row.at).toISOString() : String(row[column] ?? '');
}
