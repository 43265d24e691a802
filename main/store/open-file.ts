import {
  chmodSync,
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { storeBroken } from './failures.ts';
import { migrate, versionOf } from './migrate.ts';
import { dropPlainTables } from './migrations/004-sealed.ts';
import { migrations, newestVersion } from './migrations/list.ts';

/** "Gate" in ASCII; tells our file from another program's database. */
const applicationId = 0x47617465;

const companions = ['', '-wal', '-shm'];

/** Makes sure that a sound Gatehouse database, private to the user, is at `path`; writes to none that is not. */
export function prepareFile(path: string): void {
  prepareFolder(dirname(path));
  if (!existsSync(path)) {
    refuseOrphanedLog(path);
    createFile(path);
    return;
  }
  inspect(path);
  for (const suffix of companions) tighten(`${path}${suffix}`, 0o600);
}

function prepareFolder(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  // A shared folder such as /tmp has the sticky bit and is not ours to close.
  if ((statSync(folder).mode & 0o1000) === 0) tighten(folder, 0o700);
}

function tighten(path: string, mode: number): void {
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found || process.platform === 'win32' || found.uid !== process.getuid?.()) return;
  if ((found.mode & 0o077) !== 0) chmodSync(path, mode);
}

/** A log without its database still holds what was last saved; SQLite would throw it away. */
function refuseOrphanedLog(path: string): void {
  if (!statSync(`${path}-wal`, { throwIfNoEntry: false })?.size) return;
  throw storeBroken(
    `The database ${path} is gone, but its log ${path}-wal is still there.`,
    'Put the database file back beside its log, or move the log away to start with an empty desk.',
  );
}

/** Built beside its place and then moved there, so that an empty or half-made file at `path` always means damage. */
function createFile(path: string): void {
  const unfinished = `${path}.new`;
  for (const suffix of companions) rmSync(`${unfinished}${suffix}`, { force: true });
  closeSync(openSync(unfinished, 'wx', 0o600));
  const database = new DatabaseSync(unfinished);
  try {
    database.exec(
      `PRAGMA application_id = ${applicationId}; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL`,
    );
    migrate(database, migrations);
    dropPlainTables({ run: (sql) => database.exec(sql) });
  } finally {
    database.close();
  }
  renameSync(unfinished, path);
  syncFolder(dirname(path));
}

/** Without this the move may be lost in a power cut; Windows has no such call. */
function syncFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** Through a read-only connection: a writing one would move the log into a file that may be damaged. */
function inspect(path: string): void {
  if (statSync(path).size === 0) {
    throw storeBroken(
      `The database ${path} is empty: what was in it is gone.`,
      'Put a backup in its place, or move the empty file away to start with an empty desk.',
    );
  }
  readThrough(path);
  const database = new DatabaseSync(path, { readOnly: true, timeout: 2_000 });
  try {
    refuseForeign(database, path);
    if (versionOf(database) > newestVersion) {
      throw storeBroken(
        `The database ${path} was written by a newer Gatehouse than this one.`,
        'Start the newer Gatehouse. This one has changed nothing in the file.',
      );
    }
    const finding = database.prepare('PRAGMA quick_check(1)').get()?.quick_check;
    if (finding !== 'ok') {
      throw storeBroken(
        `The database ${path} is damaged (${firstFinding(String(finding))}).`,
        'The file is kept as it is. Put a backup in its place, or start with an empty desk.',
      );
    }
  } finally {
    database.close();
  }
}

/**
 * Brings the file into the system's memory from front to back: the check jumps about in it, and is three times as fast then when the
 * machine has just started. A mapped file is faster still, but a disk that can't read it would end the program instead of failing here.
 */
function readThrough(path: string): void {
  const handle = openSync(path, 'r');
  const piece = Buffer.allocUnsafe(1024 * 1024);
  try {
    while (readSync(handle, piece) > 0);
  } finally {
    closeSync(handle);
  }
}

function refuseForeign(database: DatabaseSync, path: string): void {
  const found = database.prepare('PRAGMA application_id').get()?.application_id;
  if (found === applicationId && versionOf(database) > 0) return;
  throw storeBroken(
    `The file ${path} is the database of another program.`,
    'The file is kept as it is. Move it away to start with an empty desk.',
  );
}

/** SQLite puts a line of stars over what it has found. */
function firstFinding(text: string): string {
  return text.split('\n').find((line) => line && !line.startsWith('***')) ?? text;
}
