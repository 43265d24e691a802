import { describe, expect, test } from 'vitest';
import { pastedCode } from '../../../renderer/prompts/pasted-code.ts';

const pin = { boxes: 6, numeric: true };

describe('a pasted code', () => {
  test.each([
    ['407112', '407112'],
    [' 407 112\n', '407112'],
    ['407-112', '407112'],
    ['40711299', '40711299'],
    ['Your PIN is 407112.', '407112'],
    ['PIN: 407112 (valid for 10 minutes)', '407112'],
    ['407112 or 407112', '407112'],
  ])('%j is %s', (text, code) => {
    expect(pastedCode(text, pin)).toBe(code);
  });

  test.each([
    '',
    '407',
    'hello',
    '407112 or 998877',
    'order 4071123',
    'abc407112',
    'https://example.org',
    '1'.repeat(33),
  ])('%j is none', (text) => {
    expect(pastedCode(text, pin)).toBeNull();
  });

  test('letters count where the code may have them', () => {
    const code = { boxes: 8, numeric: false };
    expect(pastedCode('a1b2-c3d4', code)).toBe('a1b2c3d4');
    expect(pastedCode('See you at eight', code)).toBeNull();
    expect(pastedCode('a1b2', code)).toBeNull();
  });

  test('without boxes to fill, four characters are the least', () => {
    expect(pastedCode('123', { boxes: 0, numeric: true })).toBeNull();
    expect(pastedCode('1234', { boxes: 0, numeric: true })).toBe('1234');
  });
});
