import {
  closeSync,
  copyFileSync,
  existsSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { storeBroken } from './failures.ts';
import { versionOf } from './migrate.ts';

export interface Backup {
  /** The file's name, without its folder. */
  name: string;
  /** ms since 1970. */
  madeAt: number;
  bytes: number;
}

const companions = ['', '-wal', '-shm'];

/** How many backups are kept; the oldest goes first. */
const kept = 3;

/**
 * A whole copy of the database beside it, before migrations change it; its name has the version of the first of them. Throws
 * store-broken when there is no room for it.
 */
export function backUp(database: DatabaseSync, path: string, now: number): void {
  const copy = `${path}.before-${versionOf(database) + 1}-${stampOf(now)}`;
  // SQLite writes into an empty file that is there, so that nobody else may read it from the first byte on.
  rmSync(copy, { force: true });
  closeSync(openSync(copy, 'wx', 0o600));
  try {
    database.prepare('VACUUM INTO ?').run(copy);
  } catch (error) {
    rmSync(copy, { force: true });
    throw error;
  }
  for (const { name } of backupsOf(path).slice(kept)) rmSync(join(dirname(path), name), { force: true });
}

/** Backups beside the database, the newest first. */
export function backupsOf(path: string): Backup[] {
  const beginning = `${basename(path)}.before-`;
  return namesIn(dirname(path))
    .filter((name) => name.startsWith(beginning) && !companions.slice(1).some((end) => name.endsWith(end)))
    .map((name) => {
      const { mtimeMs, size } = statSync(join(dirname(path), name));
      return { name, madeAt: Math.round(mtimeMs), bytes: size };
    })
    .sort((one, two) => two.madeAt - one.madeAt || two.name.localeCompare(one.name));
}

/** None of a folder that can't be read: whoever looks for a way out has been told so already. */
function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** A backup from before everything was sealed holds in the clear what is sealed now; it goes once that is done. */
export function dropPlainBackups(path: string, firstSealedVersion: number): void {
  for (const { name } of backupsOf(path)) {
    if (madeBefore(name) <= firstSealedVersion) rmSync(join(dirname(path), name), { force: true });
  }
}

const madeBefore = (name: string) => Number(/\.before-(\d+)-/.exec(name)?.[1] ?? 0);

/** Moves the database and its log aside, so that the next start begins with an empty desk; answers the new name. */
export function setAside(path: string, now: number): string {
  const wanted = `${path}.aside-${stampOf(now)}`;
  let aside = wanted;
  // What was set aside in the same second, or before the clock was set back, is not written over.
  for (let n = 2; companions.some((end) => existsSync(aside + end)); n += 1) aside = `${wanted}-${n}`;
  for (const end of companions) if (existsSync(path + end)) renameSync(path + end, aside + end);
  return aside;
}

/** Undoes a `setAside`, whose answer is `aside`: what has come in the place since goes. */
export function putBack(path: string, aside: string): void {
  for (const end of companions) {
    rmSync(path + end, { force: true });
    if (existsSync(aside + end)) renameSync(aside + end, path + end);
  }
}

/** Puts a backup in the place of the database, which is kept aside; answers its new name. Throws store-broken for one that is not there. */
export function restoreBackup(path: string, name: string, now: number): string {
  const backup = backupsOf(path).find((one) => one.name === name);
  if (!backup) {
    throw storeBroken(`There is no backup “${name.slice(0, 80)}” any more.`, 'Choose another one.');
  }
  const ready = `${path}.restoring`;
  rmSync(ready, { force: true });
  copyFileSync(join(dirname(path), backup.name), ready);
  const aside = setAside(path, now);
  renameSync(ready, path);
  return aside;
}

/** The moment as it can stand in a file's name on every system. */
const stampOf = (now: number) =>
  new Date(now).toISOString().replace(/[-:]/g, '').replace('T', '-').slice(0, 15);
