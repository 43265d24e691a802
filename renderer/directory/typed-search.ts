import { isEmail } from '#contract/form.ts';
import type { DirectorySource } from '../state/types.ts';

const leastLetters = 2;

/** A whole address, as far as one can tell while it is typed: "olga@fjord" is on its way to one. */
export const isWholeEmail = (text: string): boolean => isEmail(text) && /\.\p{L}{2,}$/u.test(text);

/** What of the typed words this source's vendor can be asked for; '' for nothing. */
export function askable({ search, findsEmail }: DirectorySource, typed: string): string {
  const text = typed.trim();
  if (search) return text.length >= leastLetters ? text : '';
  return findsEmail && isWholeEmail(text) ? text : '';
}
