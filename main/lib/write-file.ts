import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { GatehouseError } from '#contract/failure.ts';

/** A new file of ours: one that somebody has put there, or a link to another place, is refused. */
const onlyNew = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | (constants.O_NOFOLLOW ?? 0);

/**
 * Writes lines to a file that the person chose, readable by them alone, whoever could read what was there before. The file
 * appears when it is whole and on the disk: until then, and when the lines fail or the signal is aborted, what was there
 * before stays. A link at the path is replaced, and what it leads to stays as it is. Throws `store-broken` when the disk
 * refuses, and what the lines throw.
 */
export async function writeLines(
  path: string,
  lines: Iterable<string> | AsyncIterable<string>,
  signal?: AbortSignal,
): Promise<void> {
  // Nobody can foresee the name and put a link there.
  const unfinished = join(dirname(path), `gatehouse-${randomBytes(8).toString('hex')}.part`);
  try {
    const file = await open(unfinished, onlyNew, 0o600);
    // The stream closes the file; `flush` has it on the disk first.
    await pipeline(Readable.from(lines), file.createWriteStream({ flush: true }), { signal });
    await rename(unfinished, path);
  } catch (error) {
    await rm(unfinished, { force: true }).catch(() => undefined);
    if (error instanceof GatehouseError || signal?.aborted) throw error;
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    throw new GatehouseError(
      {
        kind: 'store-broken',
        message: `The file could not be written (${code}).`,
        advice:
          code === 'EISDIR' || code === 'ENOTEMPTY'
            ? 'A folder has that name. Choose another name.'
            : 'Choose another folder, or make room on the disk.',
      },
      { cause: error },
    );
  }
}
