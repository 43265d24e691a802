import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { GatehouseError } from '../../preload/contract/failure.ts';

/** Writes lines to a file that the person chose, readable by them alone. Throws `store-broken` when the disk refuses. */
export async function writeLines(
  path: string,
  lines: Iterable<string> | AsyncIterable<string>,
): Promise<void> {
  try {
    await pipeline(Readable.from(lines), createWriteStream(path, { mode: 0o600 }));
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    throw new GatehouseError(
      {
        kind: 'store-broken',
        message: `The file could not be written (${code}).`,
        advice: 'Choose another folder, or make room on the disk.',
      },
      { cause: error },
    );
  }
}
