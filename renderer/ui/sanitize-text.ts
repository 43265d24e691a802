/** Control, bidi override and invisible formatting characters: they could make a vendor's text lie about itself. */
const unseen =
  /[\p{Cc}\p{Zl}\p{Zp}\u061C\u200B\u200E\u200F\u202A-\u202E\u2060-\u2069\uFEFF\uFFF9-\uFFFB]|[\u{E0000}-\u{E007F}]/gu;

/** A vendor's or a person's text made safe to read: one line, nothing invisible, at most `length` characters. */
export function sanitizeText(text: string, length = 200): string {
  // Of a text that is a megabyte long only the beginning is looked at.
  const near = text.slice(0, 4 * length + 1000);
  const clean = near.replace(unseen, ' ').replace(/\s+/g, ' ').trim();
  const letters = Array.from(clean);
  if (letters.length <= length && near === text) return clean;
  return `${letters.slice(0, length - 1).join('')}…`;
}

/** The same for a text that is read in lines, which stay. */
export function sanitizeLines(text: string, length: number): string {
  const near = text.slice(0, 4 * length);
  const lines = near.split('\n').map((line) => line.replace(unseen, ' ').trimEnd());
  const letters = Array.from(lines.join('\n').trim());
  return letters.length <= length && near === text
    ? letters.join('')
    : `${letters.slice(0, length - 1).join('')}…`;
}

/** The letters for an avatar: two initials, or the first two letters of a single word. */
export function initials(label: string): string {
  const words = sanitizeText(label)
    .split(/[\s._@-]+/)
    .filter(Boolean);
  const first = Array.from(words[0] ?? '?');
  const second = words[1] ? Array.from(words[1])[0] : first[1];
  return `${first[0] ?? '?'}${second ?? ''}`.toUpperCase();
}
