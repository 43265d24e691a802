import { expect, it } from 'vitest';
import { initials, plain } from '../../../renderer/ui/plain.ts';

it('takes out what could make a text lie: overrides, controls, invisible characters', () => {
  expect(plain('admin\u202Egpj.exe')).toBe('admin gpj.exe');
  expect(plain('a\u0000b\u200Bc\u2066d\nE')).toBe('a b c d E');
  expect(plain('x\u{E0041}y')).toBe('x y');
});

it('leaves ordinary letters of any script alone', () => {
  expect(plain('Žižkov שלום 東京 👩‍🚀')).toBe('Žižkov שלום 東京 👩‍🚀');
});

it('cuts by characters, not in the middle of one', () => {
  expect(plain('👍👍👍👍', 3)).toBe('👍👍…');
  expect(plain('abc', 3)).toBe('abc');
});

it('finds initials in any label', () => {
  expect(['Northwind panel', 'koyeb', 'a@b', '', '東京 desk'].map(initials)).toEqual([
    'NP',
    'KO',
    'AB',
    '?',
    '東D',
  ]);
});
