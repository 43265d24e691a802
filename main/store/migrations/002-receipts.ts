import type { Migration } from './migration.ts';

/** Receipts of sessions that were ended together; kept until the person closes them. */
export const receipts: Migration = {
  version: 2,
  sql: `
CREATE TABLE receipts (
  id TEXT PRIMARY KEY,
  title TEXT NOT NULL,
  ordered_at INTEGER NOT NULL
) STRICT;

CREATE TABLE receipt_lines (
  receipt_id TEXT NOT NULL REFERENCES receipts (id) ON DELETE CASCADE,
  session_id TEXT NOT NULL,
  line_json TEXT NOT NULL,
  PRIMARY KEY (receipt_id, session_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX receipt_lines_by_session ON receipt_lines (session_id);
`,
};
