import { describe, expect, test } from 'vitest';
import {
  formatCount,
  formatDuration,
  formatShortDuration,
  formatTime,
  formatTimeTitle,
} from '../../../renderer/ui/format.ts';

const s = 1000;
const m = 60 * s;
const h = 60 * m;
const d = 24 * h;
const at = (text: string): number => new Date(text).getTime();

describe('span', () => {
  test.each([
    [-5, '0 s'],
    [999, '0 s'],
    [40 * s, '40 s'],
    [59_999, '59 s'],
    [m, '1 m'],
    [22 * m + 59 * s, '22 m'],
    [h, '1 h'],
    [7 * h + 12 * m, '7 h 12 m'],
    [19 * h, '19 h'],
    [d, '1 d'],
    [3 * d + 4 * h + 59 * m, '3 d 4 h'],
  ])('%i ms is %s', (ms, words) => expect(formatDuration(ms)).toBe(words));

  test.each([
    [7 * h + 12 * m, '7 h 12 m'],
    [19 * h + 3 * m, '19 h'],
    [3 * d + 4 * h, '3 d'],
  ])('%i ms is %s in a row', (ms, words) => expect(formatShortDuration(ms)).toBe(words));
});

describe('moment', () => {
  const now = at('2026-11-22T09:30:00');
  test.each([
    ['2026-11-22T08:14:00', '08:14'],
    ['2026-11-22T00:00:00', '00:00'],
    ['2026-11-21T23:59:00', 'yesterday 23:59'],
    ['2026-11-21T00:00:00', 'yesterday 00:00'],
    ['2026-11-23T09:00:00', 'tomorrow 09:00'],
    ['2026-11-18T10:00:00', '18 Nov'],
    ['2024-11-02T10:00:00', '2 Nov 2024'],
  ])('%s is %s', (then, words) => expect(formatTime(at(then), now)).toBe(words));

  test('begins a sentence', () => {
    expect(formatTimeTitle(at('2026-11-22T08:14:00'), now)).toBe('Today 08:14');
    expect(formatTimeTitle(at('2026-11-21T17:02:00'), now)).toBe('Yesterday 17:02');
  });
});

test('counts in words', () => {
  expect([formatCount(1, 'try', 'tries'), formatCount(4, 'try', 'tries'), formatCount(0, 'session')]).toEqual(
    ['1 try', '4 tries', '0 sessions'],
  );
});
