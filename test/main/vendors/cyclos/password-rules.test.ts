import { expect, test } from 'vitest';
import { rulesInWords, rulesOf } from '../../../../main/vendors/cyclos/password-rules.ts';

const type = (more: object) => ({ id: '1', name: 'Login', internalName: 'login', ...more }) as never;

test.each([
  [
    { description: 'Between 6 and 20 characters.', minLength: 6, maxLength: 20 },
    'between 6 and 20 characters',
  ],
  [{ minLength: 6, maxLength: 20, numbers: 'required' }, '6 to 20 characters; contains a digit'],
  [{ minLength: 4, onlyNumeric: true, upperCaseLetters: 'required' }, 'at least 4 characters; digits only'],
  [{ maxLength: 9, specialCharacters: 'optional' }, 'at most 9 characters'],
])('%j is told as: %s', (rules, words) => {
  expect(rulesInWords(type(rules))).toBe(`Cyclos wants: ${words}.`);
});

test('of a type without rules nothing is said', () => {
  expect(rulesOf(undefined)).toEqual([]);
  expect(rulesInWords(undefined)).toBeUndefined();
  expect(rulesInWords(type({}))).toBeUndefined();
});
