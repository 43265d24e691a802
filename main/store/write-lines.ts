import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { GatehouseError } from '../../preload/contract/failure.ts';

/**
 * Writes lines to a file that the person chose, readable by them alone. The file appears when it is whole: until then, and when
 * the lines fail or the signal is aborted, what was there before stays. Throws `store-broken` when the disk refuses, and
 * what the lines throw.
 */
export async function writeLines(
  path: string,
  lines: Iterable<string> | AsyncIterable<string>,
  signal?: AbortSignal,
): Promise<void> {
  const unfinished = `${path}.part`;
  try {
    await pipeline(Readable.from(lines), createWriteStream(unfinished, { mode: 0o600 }), { signal });
    await rename(unfinished, path);
  } catch (error) {
    await rm(unfinished, { force: true }).catch(() => undefined);
    if (error instanceof GatehouseError || signal?.aborted) throw error;
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
