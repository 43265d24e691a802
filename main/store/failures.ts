import { GatehouseError } from '#contract/failure.ts';

/** SQLite's primary result codes that speak of the file or the disk, not of a mistake in our SQL (sqlite.org/rescode.html). */
const sentences: Record<number, (path: string) => { message: string; advice: string }> = {
  3: (path) => ({
    message: `Gatehouse has no permission to use its database ${path}.`,
    advice: 'Give your user the right to read and write the file and its folder, then start Gatehouse again.',
  }),
  5: (path) => ({
    message: `The database ${path} is held by another program.`,
    advice: 'Close the other program (a backup, a second Gatehouse, a database viewer) and try again.',
  }),
  8: (path) => ({
    message: `The database ${path} is read-only, so nothing can be saved.`,
    advice: 'Make the file and its folder writable for your user, then try again. Nothing in it was changed.',
  }),
  10: (path) => ({
    message: `The disk did not take or give the data of the database ${path}.`,
    advice:
      'Check that the disk is connected, healthy and not full, then try again. The file is kept as it is.',
  }),
  11: (path) => ({
    message: `The database ${path} is damaged.`,
    advice: 'The file is kept as it is. Put a backup in its place, or start with an empty desk.',
  }),
  13: (path) => ({
    message: `The disk that holds the database ${path} is full, so nothing can be saved.`,
    advice: 'Free some space and try again. What was saved before is still there.',
  }),
  14: (path) => ({
    message: `The database ${path} could not be opened.`,
    advice:
      'Check that the folder exists and that your user may read and write it, then start Gatehouse again.',
  }),
  26: (path) => ({
    message: `The file ${path} is not a Gatehouse database.`,
    advice: 'The file is kept as it is. Put a backup in its place, or start with an empty desk.',
  }),
};
sentences[6] = sentences[5]!;
sentences[23] = sentences[3]!;

const systemCodes: Record<string, number> = {
  EACCES: 3,
  EPERM: 3,
  EROFS: 8,
  ENOSPC: 13,
  EDQUOT: 13,
  EFBIG: 13,
  EIO: 10,
  ENOENT: 14,
  ENOTDIR: 14,
  EISDIR: 14,
  ELOOP: 14,
};

/** A store-broken failure with a sentence of its own. */
export function storeBroken(message: string, advice: string, cause?: unknown): GatehouseError {
  return new GatehouseError({ kind: 'store-broken', message, advice }, { cause });
}

/** Turns what SQLite or the file system threw into store-broken; a mistake in our own SQL comes back as it is. */
export function explainStoreError(error: unknown, path: string): unknown {
  const code = resultCode(error);
  const sentence = code === undefined ? undefined : sentences[code];
  if (!sentence) return error;
  const { message, advice } = sentence(path);
  return storeBroken(message, advice, error);
}

function resultCode(error: unknown): number | undefined {
  if (!(error instanceof Error)) return undefined;
  if ('errcode' in error && typeof error.errcode === 'number') return error.errcode & 0xff;
  if ('code' in error && typeof error.code === 'string') return systemCodes[error.code];
  return undefined;
}
