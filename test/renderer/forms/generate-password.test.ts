import { describe, expect, test } from 'vitest';
import { generatePassword } from '../../../renderer/forms/generate-password.ts';

describe('a generated password', () => {
  test('has every kind of character and the usual length', () => {
    for (let time = 0; time < 200; time += 1) {
      const password = generatePassword({});
      expect(password).toHaveLength(20);
      expect(password).toMatch(/[a-z]/);
      expect(password).toMatch(/[A-Z]/);
      expect(password).toMatch(/\d/);
      expect(password).toMatch(/[^\da-z]/i);
    }
  });

  test('keeps to the lengths that the vendor states', () => {
    expect(generatePassword({ minLength: 30 })).toHaveLength(30);
    expect(generatePassword({ minLength: 4, maxLength: 6 })).toHaveLength(6);
    expect(generatePassword({ maxLength: 2 })).toHaveLength(2);
  });

  test('is another one each time', () => {
    expect(new Set(Array.from({ length: 100 }, () => generatePassword({}))).size).toBe(100);
  });
});
