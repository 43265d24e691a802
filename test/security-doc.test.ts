import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { withTable } from './security/promises/table.ts';

/** Without what the formatter does to a table. */
const plain = (text: string) => text.replace(/ +/g, ' ').replace(/-{3,}/g, '---');

test('the table of docs/security.md is that of the promises: npm run test:security -- --doc writes it', () => {
  const text = readFileSync(join(import.meta.dirname, '../docs/security.md'), 'utf8');
  expect(text).toContain('<!-- promises -->');
  expect(plain(text)).toBe(plain(withTable(text)));
});
