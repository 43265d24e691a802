/** What a code prompt says about the shape of its codes. */
export interface CodeShape {
  boxes: number;
  numeric: boolean;
}

const longest = 32;

/** Blanks, hyphens and invisible marks that people copy along with a code. */
const tidy = (text: string): string => text.replace(/[\s\p{Pd}\p{Cf}]/gu, '');

/**
 * The code in a pasted text, or null when the text is not one. The whole text may be the code ("407 112"), or hold it
 * once as a word of its own ("Your PIN is 407112.").
 */
export function pastedCode(text: string, { boxes, numeric }: CodeShape): string | null {
  const whole = tidy(text);
  const form = numeric ? /^\p{Nd}+$/u : /^[\p{L}\p{Nd}]+$/u;
  const shortest = Math.max(4, boxes);
  if (form.test(whole) && !/\s\p{L}/u.test(text.trim()))
    return whole.length >= shortest && whole.length <= longest ? whole : null;
  if (!numeric || boxes < 4) return null;
  const found = new Set(
    text.match(/(?<![\p{L}\p{N}])\p{Nd}+(?![\p{L}\p{N}])/gu)?.filter((run) => run.length === boxes),
  );
  return found.size === 1 ? ([...found][0] ?? null) : null;
}
