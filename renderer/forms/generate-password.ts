const kinds = ['abcdefghijkmnpqrstuvwxyz', 'ABCDEFGHJKLMNPQRSTUVWXYZ', '23456789', '!#%+-:=?@_'];
const usual = 20;
/** No vendor takes more; a greater least length is no rule but a mistake. */
const most = 256;

/** A random password with every kind of character in it, none that are mistaken for each other. Lengths in characters. */
export function generatePassword({
  minLength = 0,
  maxLength = 64,
}: {
  minLength?: number;
  maxLength?: number;
}): string {
  const length = Math.max(1, Math.min(Math.max(minLength, usual), maxLength, most));
  const letters = kinds.slice(0, length).map((kind) => pick(kind));
  while (letters.length < length) letters.push(pick(kinds.join('')));
  for (let at = letters.length - 1; at > 0; at -= 1) {
    const other = below(at + 1);
    [letters[at], letters[other]] = [letters[other] ?? '', letters[at] ?? ''];
  }
  return letters.join('');
}

const pick = (from: string): string => from.charAt(below(from.length));

/** A random whole number below `limit` (256 at the most), each as likely as the others. */
function below(limit: number): number {
  const fair = 256 - (256 % limit);
  for (;;) {
    const [byte = 0] = crypto.getRandomValues(new Uint8Array(1));
    if (byte < fair) return byte % limit;
  }
}
