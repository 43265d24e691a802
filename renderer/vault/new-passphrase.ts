/** As short as the vault takes. */
const shortest = 8;

/** What is wrong with a new passphrase typed twice, by field; nothing is said of a field that is still empty. */
export function passphraseErrors(next: string, again: string): { next?: string; again?: string } {
  const errors: { next?: string; again?: string } = {};
  if (next !== '' && [...next.normalize('NFKC')].length < shortest)
    errors.next = `Use at least ${String(shortest)} characters.`;
  if (again !== '' && again !== next) errors.again = 'The two are not the same.';
  return errors;
}

/** Whether it may be sent. */
export function isComplete(next: string, again: string): boolean {
  return next !== '' && again === next && passphraseErrors(next, again).next === undefined;
}
