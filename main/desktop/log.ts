import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';

const limit = 2 * 1024 * 1024;

/** A log of what happened, one JSON line each, in `folder`; at 2 MiB it starts anew and one old file is kept. */
export function openLog(folder: string) {
  const file = join(folder, 'gatehouse.log');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return (line: Record<string, unknown>) => {
    try {
      if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > limit) renameSync(file, `${file}.old`);
      appendFileSync(file, `${JSON.stringify({ at: new Date().toISOString(), ...line })}\n`, { mode: 0o600 });
    } catch {
      // A full or read-only disk must not stop the app; the store names that failure on the screen.
    }
  };
}
