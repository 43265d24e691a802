import type { Migration } from './migration.ts';

/** Orders to end sessions of a vendor's list that Gatehouse did not open. */
export const remoteEndings: Migration = {
  version: 5,
  sql: `
CREATE TABLE remote_endings (
  id TEXT PRIMARY KEY,
  session_id TEXT NOT NULL,
  due_at INTEGER NOT NULL,
  sealed BLOB NOT NULL
) STRICT;
`,
};
