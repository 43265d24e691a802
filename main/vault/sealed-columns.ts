/** A column whose values are sealed, each bound to its table and to the key columns of its row. */
export interface SealedColumn {
  table: string;
  keys: readonly string[];
  column: string;
}

/** Every column that is sealed; all others stay readable without the vault (docs/security.md lists them). */
export const sealedColumns = [
  { table: 'secrets', keys: ['record_id', 'field'], column: 'sealed' },
  { table: 'account_pages', keys: ['page'], column: 'sealed' },
  { table: 'sessions', keys: ['id', 'account_id'], column: 'facts' },
  { table: 'sessions', keys: ['id', 'account_id'], column: 'reasons' },
  { table: 'endings', keys: ['session_id'], column: 'reason' },
  { table: 'remote_endings', keys: ['id', 'session_id'], column: 'sealed' },
  { table: 'shifts', keys: ['id'], column: 'sealed' },
  { table: 'realms_used', keys: ['account_id'], column: 'sealed' },
  { table: 'receipts', keys: ['id'], column: 'sealed' },
  { table: 'receipt_lines', keys: ['receipt_id', 'session_id'], column: 'words' },
  { table: 'ledger', keys: ['seq', 'at'], column: 'sealed' },
  { table: 'ledger_pages', keys: ['first', 'last'], column: 'sealed' },
  { table: 'ledger_head', keys: ['id'], column: 'sealed' },
] as const satisfies SealedColumn[];

/** Where a sealed value stands: `table.column`, then the values of its row's key columns. */
export type Place = readonly [string, ...(string | number)[]];
