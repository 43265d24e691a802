import {
  chmodSync,
  closeSync,
  constants,
  lstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';

const limit = 2 * 1024 * 1024;

/** ms that lines are gathered before they are written. */
const gather = 250;
/** Characters of a line; the rest of a longer one is left out. */
const longest = 8 * 1024;
/** Characters that are gathered; what comes beyond is counted and left out. */
const most = 1024 * 1024;

/** Adds to a file, never by way of a link (Windows knows no such flag, and links there only for administrators). */
const append = constants.O_WRONLY | constants.O_CREAT | constants.O_APPEND | (constants.O_NOFOLLOW ?? 0);

/**
 * A log of what happened, one JSON line each, in `folder`; at 2 MiB it starts anew and one old file is kept. Lines are
 * written a few times a second, and when the process ends. Nobody else may read the files, whoever made them.
 */
export function openLog(folder: string) {
  const file = join(folder, 'gatehouse.log');
  const old = `${file}.old`;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  for (const path of [file, old]) makeOurs(path);
  let waiting = '';
  let dropped = 0;

  function flush() {
    const lines = waiting;
    waiting = '';
    if (lines === '') return;
    const lost = dropped === 0 ? '' : lineOf({ event: 'lines-dropped', lines: dropped });
    dropped = 0;
    try {
      if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > limit) renameSync(file, old);
      const opened = openSync(file, append, 0o600);
      try {
        writeSync(opened, lines + lost);
      } finally {
        closeSync(opened);
      }
    } catch {
      // A full or read-only disk must not stop the app; the store names that failure on the screen.
    }
  }

  process.once('exit', flush);
  return (line: Record<string, unknown>) => {
    if (waiting === '') setTimeout(flush, gather);
    if (waiting.length >= most) dropped += 1;
    else waiting += lineOf(line);
  };
}

function lineOf(line: Record<string, unknown>): string {
  const at = new Date().toISOString();
  const text = JSON.stringify({ at, ...line });
  return `${text.length > longest ? JSON.stringify({ at, event: 'cut', begins: text.slice(0, longest) }) : text}\n`;
}

/** As lines of earlier versions named where a request went; inside of a text these quotes would be escaped. */
const address = '"origin":"';

/** Keeps others out of a file that was there before, and takes away what is none, or names addresses. */
function makeOurs(path: string) {
  try {
    const known = lstatSync(path, { throwIfNoEntry: false });
    if (!known) return;
    if (known.isFile() && !readFileSync(path).includes(address)) chmodSync(path, 0o600);
    else rmSync(path);
  } catch {
    // What can't be mended is not written to either, and the app goes on.
  }
}
