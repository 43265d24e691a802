import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

/** What stands in the braces of `end={…}`, of every row of buttons in a file. */
function ends(text: string): string[] {
  return text
    .split('<DialogActions')
    .slice(1)
    .flatMap((rest) => {
      const start = /^\s*end=\{/.exec(rest)?.[0].length;
      if (start === undefined) return [];
      let depth = 1;
      let at = start;
      while (depth > 0 && at < rest.length) {
        if (rest[at] === '{') depth += 1;
        else if (rest[at] === '}') depth -= 1;
        at += 1;
      }
      return rest.slice(start, at - 1);
    });
}

test('in every dialog what is done stands first, and what leaves it undone at the end', () => {
  const files = globSync('renderer/**/*.tsx');
  const found = files.flatMap((file) => ends(readFileSync(file, 'utf8')).map((end) => ({ file, end })));
  expect(found.length).toBeGreaterThan(15);
  for (const { file, end } of found) expect(end, file).not.toMatch(/variant="main"|type="submit"|'main'/);
});
