import { randomUUID } from 'node:crypto';
import { DatabaseSync, type SQLInputValue, type SQLOutputValue, type StatementSync } from 'node:sqlite';
import { type Failure, GatehouseError } from '../../preload/contract/failure.ts';
import { textIn } from './columns.ts';
import { explainStoreError, storeBroken } from './failures.ts';
import { createListeners } from './listeners.ts';
import { migrate } from './migrate.ts';
import { migrations } from './migrations/list.ts';
import { prepareFile } from './open-file.ts';

export type Row = Record<string, SQLOutputValue>;

export interface Store {
  readonly path: string;
  /** Random, made with the database; part of the mark that sessions carry. */
  readonly installId: string;
  /** Every method throws store-broken when the file or the disk refuses; a later call may succeed again. */
  run(sql: string, ...values: SQLInputValue[]): number;
  get(sql: string, ...values: SQLInputValue[]): Row | undefined;
  all(sql: string, ...values: SQLInputValue[]): Row[];
  iterate(sql: string, ...values: SQLInputValue[]): Iterable<Row>;
  /** All or nothing; may be nested, the inner one then undoes only its own part. `work` must not be async. */
  transaction<T>(work: () => T): T;
  /** Moves everything from the write-ahead log into the database file and empties the log. */
  emptyLog(): void;
  /** Hears a failed write, and null once a write has succeeded again; answers a disposer. */
  onFailure(listener: (failure: Failure | null) => void): () => void;
  close(): void;
}

/**
 * Opens the database at `path`, or makes it if there is none. A file that is damaged, of another program, of a newer
 * Gatehouse, read-only or on a full disk throws store-broken and is left as it is.
 */
export function openStore(path: string, { now }: { now(): number }): Store {
  try {
    prepareFile(path);
    const database = new DatabaseSync(path, { timeout: 2_000, enableForeignKeyConstraints: true });
    try {
      return wrap(database, path, now);
    } catch (error) {
      database.close();
      throw error;
    }
  } catch (error) {
    throw explainStoreError(error, path);
  }
}

function wrap(database: DatabaseSync, path: string, now: () => number): Store {
  // What is erased is overwritten with zeros, so that an erased secret or wrapping can't be dug out of the file.
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON');
  migrate(database, migrations);

  const installId = greet(database, now);

  const statements = new Map<string, StatementSync>();
  const failures = createListeners<Failure | null>();
  let failing = false;
  let depth = 0;
  let open = true;

  /** Runs `work`, turns its error into store-broken, and tells whether writing works. */
  function guard<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      const explained = explainStoreError(error, path);
      if (explained !== error && explained instanceof GatehouseError) {
        failing = true;
        failures.tell(explained.failure);
      }
      throw explained;
    }
  }

  function written(): void {
    if (!failing || depth > 0) return;
    failing = false;
    failures.tell(null);
  }

  function statement(sql: string): StatementSync {
    // SQLite undoes the whole transaction on a full disk; what follows must not slip in outside of it.
    if (depth > 0 && !database.isTransaction) throw lost(path);
    let found = statements.get(sql);
    if (!found) {
      found = database.prepare(sql);
      statements.set(sql, found);
    }
    return found;
  }

  function run(sql: string, ...values: SQLInputValue[]): number {
    const changes = guard(() => Number(statement(sql).run(...values).changes));
    written();
    return changes;
  }

  function transaction<T>(work: () => T): T {
    const nested = depth > 0;
    const name = `step_${depth}`;
    guard(() => statement(nested ? `SAVEPOINT ${name}` : 'BEGIN IMMEDIATE').run());
    depth += 1;
    let result: T;
    try {
      result = work();
      if (result instanceof Promise) throw new TypeError('A transaction must not be async.');
      guard(() => statement(nested ? `RELEASE ${name}` : 'COMMIT').run());
    } catch (error) {
      if (database.isTransaction) {
        database.exec(nested ? `ROLLBACK TO ${name}; RELEASE ${name}` : 'ROLLBACK');
      }
      throw error;
    } finally {
      depth -= 1;
    }
    written();
    return result;
  }

  return {
    path,
    installId,
    run,
    get: (sql, ...values) => guard(() => statement(sql).get(...values)),
    all: (sql, ...values) => guard(() => statement(sql).all(...values)),
    *iterate(sql, ...values) {
      // A statement of its own: the shared one would be reset by whoever asks the same in between.
      const rows = guard(() => database.prepare(sql).iterate(...values));
      yield* rows;
    },
    transaction,
    emptyLog: () => guard(() => database.exec('PRAGMA wal_checkpoint(TRUNCATE)')),
    onFailure: failures.add,
    close() {
      if (!open) return;
      open = false;
      database.close();
    },
  };
}

function lost(path: string): GatehouseError {
  return storeBroken(
    `A change could not be saved in the database ${path}, so all of it was undone.`,
    'Free some space or make the file writable, then try again.',
  );
}

/** Writes at each start, so that a read-only file or a full disk is named now and not in the middle of the work. */
function greet(database: DatabaseSync, now: () => number): string {
  const put = 'INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO';
  database.prepare(`${put} NOTHING`).run('install-id', randomUUID());
  database.prepare(`${put} UPDATE SET value = excluded.value`).run('opened-at', String(now()));
  return textIn(database.prepare("SELECT value FROM meta WHERE key = 'install-id'").get() ?? {}, 'value');
}
