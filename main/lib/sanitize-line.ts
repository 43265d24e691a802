/** Control characters, and those that turn the reading direction: a label must look like what it is. */
const unseen = /[\p{Cc}\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gu;

/** One well-formed line without characters that can't be seen. */
export function sanitizeLine(text: string): string {
  return text.toWellFormed().replace(unseen, ' ').trim();
}
