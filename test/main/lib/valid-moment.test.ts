import { expect, test } from 'vitest';
import { retryAfter } from '#http/failures.ts';
import { validMoment, validMomentOf } from '#lib/valid-moment.ts';
import { jwtExpiry } from '../../../main/vendors/koyeb/session/secret.ts';
import { timeOf } from '../../../main/vendors/nextauth/assumptions.ts';

const now = Date.UTC(2026, 10, 24);

test('a number out of range, and words that are no date, are no moment at all', () => {
  const none = [
    Number.NaN,
    Infinity,
    -Infinity,
    1e300,
    8.64e15 + 1,
    -9e15,
    2 ** 60,
    '',
    'never',
    null,
    {},
    [],
  ];
  for (const stated of [...none, undefined, true, '+275760-09-13T00:00:00.001Z'])
    expect(validMoment(stated), String(stated)).toBeUndefined();
});

test('what is a moment is a whole number of ms that a Date and a database hold', () => {
  expect(validMoment(now + 0.4)).toBe(now);
  expect(validMoment('2026-11-24T00:00:00Z')).toBe(now);
  expect(validMoment(8.64e15)).toBe(8.64e15);
  expect(validMomentOf(now / 1000)).toBe(now);
  expect(validMomentOf(now)).toBe(now);
  expect(validMomentOf(1e300)).toBeUndefined();
});

test('a token that says it runs out at no moment states no end', () => {
  const token = (exp: unknown) => `e30.${Buffer.from(`{"exp":${String(exp)}}`).toString('base64url')}.x`;
  expect(jwtExpiry(token(now / 1000))).toBe(now);
  for (const exp of ['1e300', '9e15', '1e999', '-1', '"soon"', '[]'])
    expect(jwtExpiry(token(exp)), exp).toBeNull();
  expect(jwtExpiry(`e30.${'A'.repeat(1e6)}.x`)).toBeNull();
  expect(timeOf(1e300)).toBeNull();
});

test.each([
  ['9'.repeat(30), 3_600_000],
  ['99999999999', 3_600_000],
  ['Fri, 31 Dec 9999 23:59:59 GMT', 3_600_000],
  ['30', 30_000],
  ['1e300', undefined],
  ['soon', undefined],
])('Retry-After %s is at most an hour from now', (value, wait) => {
  const until = retryAfter(new Headers({ 'retry-after': value }), now);
  expect(until).toBe(wait === undefined ? undefined : now + wait);
});
