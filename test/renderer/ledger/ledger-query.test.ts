import { expect, test } from 'vitest';
import { askedBy, isSameQuery, keyOf, wholeOf } from '../../../renderer/ledger/ledger-query.ts';

const now = new Date(2026, 10, 24, 15, 30).getTime();
const day = (month: number, date: number) => new Date(2026, month - 1, date).getTime();
const shifts = {
  s1: { id: 's1', name: 'Morning', members: ['a', 'b'].map((accountId) => ({ accountId, realm: null })) },
};

test.each([
  [{}, {}],
  [{ text: '  ', person: '', event: '' }, {}],
  [
    { text: ' blocked ', person: ' olga ', event: 'admin' },
    { text: 'blocked', person: 'olga', event: 'admin' },
  ],
  [{ days: 0 }, { from: day(11, 24) }],
  [{ days: 29 }, { from: day(10, 26) }],
  // The day itself is in it.
  [
    { from: '2026-10-24', to: '2026-10-25' },
    { from: day(10, 24), until: day(10, 26) },
  ],
  [{ to: '2026-10-25' }, { until: day(10, 26) }],
  [{ accountId: 'c' }, { accounts: ['c'] }],
  [{ shiftId: 's1' }, { accounts: ['a', 'b'] }],
  [{ shiftId: 's1', accountId: 'b' }, { accounts: ['b'] }],
  [{ shiftId: 's1', accountId: 'c' }, { accounts: [] }],
  // A shift that is gone narrows nothing.
  [{ shiftId: 'gone' }, {}],
])('%o asks for %o', (query, asked) => {
  expect(askedBy(query, shifts, now)).toEqual(asked);
});

test('what is empty asks for nothing, and the order says nothing', () => {
  expect(wholeOf({ text: '', from: '', days: 0 })).toEqual({ days: 0 });
  expect(isSameQuery({ text: 'a', person: '' }, { text: 'a' })).toBe(true);
  expect(isSameQuery({ text: 'a' }, { person: 'a' })).toBe(false);
  expect(keyOf({ text: 'a', event: 'b' })).toBe(keyOf({ event: 'b', text: 'a' }));
});
