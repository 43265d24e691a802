import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import { type Failure, GatehouseError } from '#contract/failure.ts';
import { createEmitter } from '#lib/emitter.ts';
import { backUp } from './backups.ts';
import { type Row, textIn } from './columns.ts';
import { explainStoreError, storeBroken } from './failures.ts';
import { migrate, versionOf } from './migrate.ts';
import { migrations, newestVersion } from './migrations/list.ts';
import { prepareFile } from './open-file.ts';
import { refuseForeignObjects } from './schema.ts';

/** The database of a data folder. */
export const databaseIn = (dataFolder: string) => join(dataFolder, 'gatehouse.db');

export interface Store {
  readonly path: string;
  /** Random, made with the database; part of the mark that sessions carry. */
  readonly installId: string;
  /** Every method throws store-broken when the file or the disk refuses; a later call may succeed again. */
  run(sql: string, ...values: SQLInputValue[]): number;
  get(sql: string, ...values: SQLInputValue[]): Row | undefined;
  all(sql: string, ...values: SQLInputValue[]): Row[];
  /** All or nothing; may be nested, the inner one then undoes only its own part. `work` must not be async. */
  transaction<T>(work: () => T): T;
  /** Runs `work` once when the outermost transaction is about to be committed; outside of one, at once. */
  atCommit(work: () => void): void;
  /** Moves everything from the write-ahead log into the database file and empties the log; while that can't be done (somebody reads, the disk is full) it tries again later. */
  emptyLog(): void;
  /** As emptyLog, once for all that is erased within a second. */
  emptyLogSoon(): void;
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
  if (versionOf(database) < newestVersion) backUp(database, path, now());
  migrate(database, migrations);
  refuseForeignObjects(database, path);

  const installId = greet(database, now);

  const statements = new Map<string, StatementSync>();
  const failures = createEmitter<Failure | null>();
  const finishing = new Set<() => void>();
  let failing = false;
  let depth = 0;
  let open = true;
  let emptying: NodeJS.Timeout | undefined;

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
      if (!nested) for (const finish of finishing) finish();
      guard(() => statement(nested ? `RELEASE ${name}` : 'COMMIT').run());
    } catch (error) {
      if (database.isTransaction) {
        database.exec(nested ? `ROLLBACK TO ${name}; RELEASE ${name}` : 'ROLLBACK');
      }
      throw error;
    } finally {
      depth -= 1;
      if (!nested) finishing.clear();
    }
    written();
    return result;
  }

  /** SQLite can't empty a log that somebody still reads, and says so in its first column. */
  function emptyLog() {
    clearTimeout(emptying);
    emptying = undefined;
    try {
      const said = guard(() => database.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get());
      if (said?.busy === 0) return;
    } catch {
      // The listeners were told.
    }
    emptyLater(retryEmptying);
  }

  function emptyLater(ms: number) {
    emptying ??= setTimeout(emptyLog, ms).unref();
  }

  return {
    path,
    installId,
    run,
    get: (sql, ...values) => guard(() => tolerant(statement(sql), (found) => found.get(...values), safeRow)),
    all: (sql, ...values) =>
      guard(() =>
        tolerant(
          statement(sql),
          (found) => found.all(...values),
          (rows) => rows.map(safeRow),
        ),
      ),
    transaction,
    atCommit(work) {
      if (depth > 0) finishing.add(work);
      else work();
    },
    emptyLog,
    emptyLogSoon: () => emptyLater(eraseDelay),
    onFailure: failures.add,
    close() {
      if (!open) return;
      open = false;
      clearTimeout(emptying);
      database.close();
    },
  };
}

/** ms in which erased values are gathered before the log, which still holds them, is emptied. */
const eraseDelay = 1_000;
/** ms until a log that was being read is emptied again. */
const retryEmptying = 5_000;

/** A whole number that JavaScript can't hold makes node:sqlite throw; such a row must not hide the others. */
function tolerant<T>(
  statement: StatementSync,
  read: (statement: StatementSync) => T,
  safe: (found: T) => T,
): T {
  try {
    return read(statement);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    statement.setReadBigInts(true);
    try {
      return safe(read(statement));
    } finally {
      statement.setReadBigInts(false);
    }
  }
}

const bound = 8_640_000_000_000_000n;

/** Whole numbers as numbers, no further from 0 than a moment that Date can hold. */
function safeRow<R extends Row | undefined>(row: R): R {
  if (!row) return row;
  const values = Object.entries(row).map(([column, value]) => {
    if (typeof value !== 'bigint') return [column, value] as const;
    return [column, Number(value > bound ? bound : value < -bound ? -bound : value)] as const;
  });
  return Object.fromEntries(values) as R;
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
