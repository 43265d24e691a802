import type { Migration } from './migration.ts';

/** Times as JavaScript can hold them; an earlier version could store others. */
const moment = (column: string) =>
  `CASE WHEN ${column} BETWEEN -8640000000000000 AND 8640000000000000 THEN ${column} END`;

/** What earlier versions stored in the clear, in an order in which the tables can be dropped. */
const plainTables = [
  'plain_realms_used',
  'plain_receipt_lines',
  'plain_receipts',
  'plain_shifts',
  'plain_ledger',
  'plain_endings',
  'plain_sessions',
  'plain_secrets',
  'plain_accounts',
];

/** Once what they hold is sealed; a new database does not need them. */
export function dropPlainTables(database: { run(sql: string): unknown }): void {
  for (const table of plainTables) database.run(`DROP TABLE ${table}`);
}

/**
 * Everything but counts, sizes, times, states and random ids is sealed. What was written in the clear waits in tables named
 * plain_… for the first unlock, which seals and drops them (upgrade.ts); no time can be stored that is none.
 */
export const sealed: Migration = {
  version: 4,
  sql: `
DROP TRIGGER ledger_no_update;
DROP TRIGGER ledger_no_delete;
DROP TRIGGER ledger_only_append;
DROP INDEX sessions_by_account;
DROP INDEX receipt_lines_by_session;
ALTER TABLE accounts RENAME TO plain_accounts;
ALTER TABLE secrets RENAME TO plain_secrets;
ALTER TABLE endings RENAME TO plain_endings;
ALTER TABLE sessions RENAME TO plain_sessions;
ALTER TABLE ledger RENAME TO plain_ledger;
ALTER TABLE shifts RENAME TO plain_shifts;
ALTER TABLE realms_used RENAME TO plain_realms_used;
ALTER TABLE receipt_lines RENAME TO plain_receipt_lines;
ALTER TABLE receipts RENAME TO plain_receipts;

CREATE TABLE account_pages (
  page INTEGER PRIMARY KEY,
  sealed BLOB NOT NULL
) STRICT;

CREATE TABLE secrets (
  record_id TEXT NOT NULL,
  field TEXT NOT NULL CHECK (field IN ('form', 'grant', 'pending')),
  sealed BLOB NOT NULL,
  PRIMARY KEY (record_id, field)
) STRICT, WITHOUT ROWID;

CREATE TABLE sessions (
  id TEXT PRIMARY KEY,
  account_id TEXT NOT NULL,
  state TEXT NOT NULL CHECK (
    state IN ('signing-in', 'waiting', 'active', 'expired', 'ending', 'ended', 'failed')
  ),
  started_at INTEGER NOT NULL ${checked('started_at')},
  opened_at INTEGER ${checked('opened_at')},
  granted_at INTEGER ${checked('granted_at')},
  expires_at INTEGER ${checked('expires_at')},
  checked_at INTEGER ${checked('checked_at')},
  ended_at INTEGER ${checked('ended_at')},
  ended_how TEXT CHECK (ended_how IN ('here', 'vendor', 'expired', 'possibly-alive')),
  refresh_at INTEGER ${checked('refresh_at')},
  unanswered_at INTEGER ${checked('unanswered_at')},
  facts BLOB,
  reasons BLOB
) STRICT;
CREATE INDEX sessions_by_account ON sessions (account_id);

-- No cascade: a session whose ending is still owed can't be removed.
CREATE TABLE endings (
  session_id TEXT PRIMARY KEY REFERENCES sessions (id) ON DELETE RESTRICT,
  ordered_at INTEGER NOT NULL ${checked('ordered_at')},
  attempts INTEGER NOT NULL ${checked('attempts')},
  next_try_at INTEGER ${checked('next_try_at')},
  token_valid_until INTEGER ${checked('token_valid_until')},
  reason BLOB
) STRICT;

CREATE TABLE ledger (
  seq INTEGER PRIMARY KEY,
  at INTEGER NOT NULL ${checked('at')},
  sealed BLOB NOT NULL,
  mac BLOB
) STRICT;

CREATE TABLE ledger_pages (
  first INTEGER PRIMARY KEY,
  last INTEGER NOT NULL,
  sealed BLOB NOT NULL
) STRICT;

CREATE TABLE ledger_head (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  sealed BLOB NOT NULL,
  locked_rows INTEGER,
  locked_mac BLOB
) STRICT;

CREATE TABLE shifts (
  id TEXT PRIMARY KEY,
  sealed BLOB NOT NULL,
  created_at INTEGER NOT NULL ${checked('created_at')}
) STRICT;

CREATE TABLE realms_used (
  account_id TEXT PRIMARY KEY,
  sealed BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE receipts (
  id TEXT PRIMARY KEY,
  sealed BLOB NOT NULL,
  ordered_at INTEGER NOT NULL ${checked('ordered_at')}
) STRICT;

CREATE TABLE receipt_lines (
  receipt_id TEXT NOT NULL REFERENCES receipts (id) ON DELETE CASCADE,
  session_id TEXT NOT NULL,
  how TEXT NOT NULL CHECK (how IN ('here', 'vendor', 'expired', 'possibly-alive')),
  at INTEGER ${checked('at')},
  words BLOB,
  PRIMARY KEY (receipt_id, session_id)
) STRICT, WITHOUT ROWID;

INSERT INTO sessions (id, account_id, state, started_at, opened_at, granted_at, expires_at, checked_at, ended_at, ended_how,
  refresh_at, unanswered_at)
SELECT id, account_id, state, coalesce(${moment('started_at')}, 0), ${moment('opened_at')}, ${moment('granted_at')},
  ${moment('expires_at')}, ${moment('checked_at')}, ${moment('ended_at')}, ended_how, ${moment('refresh_at')},
  ${moment('unanswered_at')}
FROM plain_sessions;

INSERT INTO endings (session_id, ordered_at, attempts, next_try_at, token_valid_until)
SELECT session_id, coalesce(${moment('ordered_at')}, 0), coalesce(${moment('attempts')}, 0), ${moment('next_try_at')},
  ${moment('token_valid_until')}
FROM plain_endings;
`,
};

function checked(column: string): string {
  return `CHECK (${column} BETWEEN -8640000000000000 AND 8640000000000000)`;
}
