import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { openStore, type Store } from '../../../main/store/store.ts';

// A store waits for the disk at every write, which no test is about: where there is a folder in memory, that one.
const base = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();

/** A folder of this test alone, gone when the test is over. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(base, 'gatehouse-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export function temporaryPath(): string {
  return join(temporaryFolder(), 'data', 'gatehouse.sqlite');
}

export function temporaryStore(path = temporaryPath()): Store {
  const store = openStore(path, { now: () => 1_000 });
  onTestFinished(() => store.close());
  return store;
}

/** Everything that lies in the folder of the database, the log included. */
export function rawBytes(folder: string): Buffer {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true });
  return Buffer.concat(
    files.filter((file) => file.isFile()).map((file) => readFileSync(join(file.parentPath, file.name))),
  );
}
