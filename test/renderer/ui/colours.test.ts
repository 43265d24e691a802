import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { colourOf, colours } from '#contract/colours.ts';
import { colourValue } from '../../../renderer/ui/colours.ts';

const tokens = readFileSync(join(import.meta.dirname, '../../../renderer/ui/tokens.css'), 'utf8');

test('every colour of an account is a token, and no name but theirs makes one', () => {
  const defined = new Set([...tokens.matchAll(/(--colour-[a-z]+):/g)].map(([, name]) => name));
  expect(defined).toEqual(new Set(colours.map((name) => `--colour-${name}`)));
  for (const name of colours) expect(colourValue(name)).toBe(`var(--colour-${name})`);
  for (const name of ['orange', 'constructor', '', 'red);--x:(']) expect(colourOf(name)).toBe('slate');
});
