import { expect, test } from 'vitest';
import { initials, sanitizeLines, sanitizeText } from '../../../renderer/ui/sanitize-text.ts';

test('takes out what could make a text lie: overrides, controls, invisible characters', () => {
  expect(sanitizeText('admin\u202Egpj.exe')).toBe('admin gpj.exe');
  expect(sanitizeText('a\u0000b\u200Bc\u2066d\nE')).toBe('a b c d E');
  expect(sanitizeText('x\u{E0041}y')).toBe('x y');
});

test('leaves ordinary letters of any script alone', () => {
  expect(sanitizeText('Žižkov שלום 東京 👩‍🚀')).toBe('Žižkov שלום 東京 👩‍🚀');
});

test('cuts by characters, not in the middle of one', () => {
  expect(sanitizeText('👍👍👍👍', 3)).toBe('👍👍…');
  expect(sanitizeText('abc', 3)).toBe('abc');
});

test('keeps the lines of a text that is read in lines, and nothing else that can’t be seen', () => {
  expect(sanitizeLines('One \u202Etwo\n\n * three\u0007\n', 100)).toBe('One  two\n\n * three');
  expect(sanitizeLines('👍\n👍👍', 3)).toBe('👍\n…');
  expect(sanitizeLines('a'.repeat(1000), 10)).toBe(`${'a'.repeat(9)}…`);
});

test('finds initials in any label', () => {
  expect(['Northwind panel', 'koyeb', 'a@b', '', '東京 desk'].map(initials)).toEqual([
    'NP',
    'KO',
    'AB',
    '?',
    '東D',
  ]);
});
