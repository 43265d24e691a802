import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';

const limit = 2 * 1024 * 1024;

/** ms that lines are gathered before they are written. */
const gather = 250;

/**
 * A log of what happened, one JSON line each, in `folder`; at 2 MiB it starts anew and one old file is kept. Lines are
 * written a few times a second, and when the process ends.
 */
export function openLog(folder: string) {
  const file = join(folder, 'gatehouse.log');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  let waiting = '';

  function flush() {
    const lines = waiting;
    waiting = '';
    if (lines === '') return;
    try {
      if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > limit) renameSync(file, `${file}.old`);
      appendFileSync(file, lines, { mode: 0o600 });
    } catch {
      // A full or read-only disk must not stop the app; the store names that failure on the screen.
    }
  }

  process.once('exit', flush);
  return (line: Record<string, unknown>) => {
    if (waiting === '') setTimeout(flush, gather);
    waiting += `${JSON.stringify({ at: new Date().toISOString(), ...line })}\n`;
  };
}
