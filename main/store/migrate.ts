import type { DatabaseSync } from 'node:sqlite';
import type { Migration } from './migrations/migration.ts';

export function versionOf(database: DatabaseSync): number {
  return Number(database.prepare('PRAGMA user_version').get()?.user_version ?? 0);
}

/** Brings the database up to the last step; each step is one transaction, so a crash leaves a whole version. */
export function migrate(database: DatabaseSync, steps: Migration[]): void {
  const from = versionOf(database);
  for (const step of steps) {
    if (step.version <= from) continue;
    database.exec('BEGIN IMMEDIATE');
    try {
      database.exec(step.sql);
      database.exec(`PRAGMA user_version = ${step.version}`);
      database.exec('COMMIT');
    } catch (error) {
      if (database.isTransaction) database.exec('ROLLBACK');
      throw error;
    }
  }
}
