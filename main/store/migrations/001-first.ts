import type { Migration } from './migration.ts';

/** The first shape of the database. Times are ms since 1970. */
export const first: Migration = {
  version: 1,
  sql: `
CREATE TABLE meta (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE accounts (
  id TEXT PRIMARY KEY,
  vendor TEXT NOT NULL,
  label TEXT NOT NULL,
  base_url TEXT NOT NULL,
  identity TEXT NOT NULL,
  values_json TEXT NOT NULL,
  realm_id TEXT,
  realm_name TEXT,
  tags_json TEXT NOT NULL,
  colour TEXT NOT NULL,
  practice INTEGER NOT NULL DEFAULT 0,
  position INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  removed_at INTEGER
) STRICT;

CREATE TABLE secrets (
  record_id TEXT NOT NULL,
  field TEXT NOT NULL,
  nonce BLOB NOT NULL,
  ciphertext BLOB NOT NULL,
  PRIMARY KEY (record_id, field)
) STRICT, WITHOUT ROWID;

CREATE TABLE vault (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  wrappings_json TEXT NOT NULL
) STRICT;

CREATE TABLE sessions (
  id TEXT PRIMARY KEY,
  account_id TEXT NOT NULL,
  vendor TEXT NOT NULL,
  realm_id TEXT,
  realm_name TEXT,
  state TEXT NOT NULL CHECK (
    state IN ('signing-in', 'waiting', 'active', 'expired', 'ending', 'ended', 'failed')
  ),
  way TEXT,
  method TEXT,
  person TEXT,
  started_at INTEGER NOT NULL,
  opened_at INTEGER,
  granted_at INTEGER,
  expires_at INTEGER,
  checked_at INTEGER,
  check_failure_json TEXT,
  failure_json TEXT,
  ended_at INTEGER,
  ended_how TEXT CHECK (ended_how IN ('here', 'vendor', 'expired', 'possibly-alive')),
  refresh_at INTEGER,
  mark TEXT NOT NULL,
  actor TEXT NOT NULL
) STRICT;
CREATE INDEX sessions_by_account ON sessions (account_id);

-- No cascade: a session whose ending is still owed can't be removed.
CREATE TABLE endings (
  session_id TEXT PRIMARY KEY REFERENCES sessions (id) ON DELETE RESTRICT,
  ordered_at INTEGER NOT NULL,
  actor TEXT NOT NULL,
  attempts INTEGER NOT NULL,
  next_try_at INTEGER,
  last_failure_json TEXT,
  token_valid_until INTEGER
) STRICT;

CREATE TABLE ledger (
  seq INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  actor TEXT NOT NULL,
  event TEXT NOT NULL,
  account_id TEXT,
  account_label TEXT,
  vendor TEXT,
  session_id TEXT,
  realm_name TEXT,
  detail TEXT,
  previous_hash TEXT NOT NULL,
  hash TEXT NOT NULL
) STRICT;
CREATE TRIGGER ledger_no_update BEFORE UPDATE ON ledger
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER ledger_no_delete BEFORE DELETE ON ledger
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
-- INSERT OR REPLACE would pass by the trigger on DELETE.
CREATE TRIGGER ledger_only_append BEFORE INSERT ON ledger
WHEN NEW.seq <> (SELECT coalesce(max(seq), 0) + 1 FROM ledger)
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;

CREATE TABLE shifts (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  members_json TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT;

CREATE TABLE realms_used (
  account_id TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
  realm_id TEXT NOT NULL,
  realm_name TEXT NOT NULL,
  used_at INTEGER NOT NULL,
  pinned INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (account_id, realm_id)
) STRICT, WITHOUT ROWID;
`,
};
