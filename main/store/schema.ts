import { DatabaseSync } from 'node:sqlite';
import { storeBroken } from './failures.ts';
import { migrate } from './migrate.ts';
import { migrations } from './migrations/list.ts';

/** Tables that an upgrade leaves behind for the first unlock, which drops them. */
const passing = /^plain_/;

/** Once the vault has sealed everything, such a table could only be somebody's, whose accounts the next unlock would believe. */
function isUpgraded(database: DatabaseSync): boolean {
  const row = database.prepare('SELECT wrappings_json FROM vault').get();
  return row !== undefined && !/^\{"version":1,/.test(String(row.wrappings_json));
}

/**
 * A trigger or view that somebody added could undo or copy what Gatehouse writes, without a word. Throws store-broken when
 * the tables are not exactly those that the migrations make.
 */
export function refuseForeignObjects(database: DatabaseSync, path: string): void {
  const made = new DatabaseSync(':memory:');
  try {
    migrate(made, migrations);
    const expected = objectsIn(made);
    const found = objectsIn(database);
    if (isUpgraded(database)) {
      for (const name of expected.keys()) if (passing.test(name.split(' ')[1] ?? '')) expected.delete(name);
    }
    for (const [name, sql] of found) {
      if (expected.get(name) === sql) continue;
      throw storeBroken(
        `The database ${path} holds “${name.slice(0, 60)}”, which Gatehouse did not make.`,
        'Somebody changed the file outside Gatehouse. It is kept as it is. Put a backup in its place.',
      );
    }
    for (const name of expected.keys()) {
      if (found.has(name) || passing.test(name.split(' ')[1] ?? '')) continue;
      throw storeBroken(
        `The database ${path} lacks “${name}”, which Gatehouse has made.`,
        'Somebody changed the file outside Gatehouse. It is kept as it is. Put a backup in its place.',
      );
    }
  } finally {
    made.close();
  }
}

function objectsIn(database: DatabaseSync): Map<string, string> {
  const rows = database
    .prepare("SELECT type, name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\'")
    .all();
  return new Map(rows.map((row) => [`${row.type} ${row.name}`, String(row.sql)]));
}
