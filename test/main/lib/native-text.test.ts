import { expect, test } from 'vitest';
import { fileName, menuText, nativeText } from '#lib/native-text.ts';

test('what can’t be seen is taken out, and the text is one line', () => {
  expect(nativeText('  Amir\u202e\u0000 \n Haddad\u200b\u3164\ufeff ')).toBe('Amir Haddad');
  expect(nativeText('a\u{e0041}b\u2028c\ud800')).toBe('a b c�');
});

test('a text is cut once, with a mark, however long it is', () => {
  expect(nativeText('x'.repeat(100))).toBe('x'.repeat(100));
  expect(nativeText('x'.repeat(101))).toBe(`${'x'.repeat(99)}…`);
  expect(Array.from(nativeText('😀'.repeat(500_000), 30))).toHaveLength(30);
  expect(nativeText(`${'\u200b'.repeat(5_000)}hidden at the end`, 60)).toBe('…');
});

test('a label shows its ampersands', () => {
  expect(menuText('Sign out Marks & Spencer')).toBe('Sign out Marks && Spencer');
});

test('a suggested file name is a name, and keeps its ending', () => {
  expect(fileName('Gatehouse ledger 2026-11-24.csv')).toBe('Gatehouse ledger 2026-11-24.csv');
  expect(fileName('../../etc/pass\u202ewd.csv')).toBe('etc pass wd.csv');
  expect(fileName(`${'x'.repeat(500)}.jsonl`)).toBe(`${'x'.repeat(79)}….jsonl`);
  expect(fileName('///.csv')).toBe('Gatehouse.csv');
});
