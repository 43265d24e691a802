const letters = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** Letters; a shorter text is left whole, as its beginning alone says what it is. */
const least = 12;
const longestEnd = 10;

/** Returns what may be cut short of a text, and its end, which must stay; never cuts through a letter. */
export function cutForMiddle(text: string): [start: string, end: string] {
  const all = Array.from(letters.segment(text), ({ segment }) => segment);
  if (all.length < least) return [text, ''];
  const at = all.length - Math.min(longestEnd, Math.floor(all.length / 3));
  return [all.slice(0, at).join(''), all.slice(at).join('')];
}
