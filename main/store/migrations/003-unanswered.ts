import type { Migration } from './migration.ts';

/** Requests that may have opened something at the vendor and whose answers never came. */
export const unanswered: Migration = {
  version: 3,
  sql: 'ALTER TABLE sessions ADD COLUMN unanswered_at INTEGER;',
};
