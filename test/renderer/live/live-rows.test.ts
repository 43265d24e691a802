import { describe, expect, test } from 'vitest';
import type { Session } from '#contract/shapes.ts';
import {
  chipCounts,
  groupHeight,
  type LiveItem,
  liveItems,
  liveSessions,
  rowHeight,
} from '../../../renderer/live/live-rows.ts';
import { listStep } from '../../../renderer/ui/list-step.ts';
import { account, hours, minutes, now, session, vendors } from '../fixture/sample.ts';

const accounts = {
  a: account('a', { label: 'Zebra', tags: ['north', 'vip'] }),
  b: account('b', { label: 'Apple', vendor: 'koyeb', identity: 'ops@apple.example' }),
};
const harbour = { id: 'h', name: 'Harbour' };
const lantern = { id: 'l', name: 'Lantern' };
const byId = (list: Session[]) => Object.fromEntries(list.map((one) => [one.id, one]));

const all = [
  session('soon', 'a', {
    expiresAt: now + minutes(20),
    realm: lantern,
    openedAt: now - hours(1),
    checkedAt: now - 5_000,
  }),
  session('later', 'b', {
    vendor: 'koyeb',
    expiresAt: now + hours(9),
    realm: harbour,
    openedAt: now - hours(3),
  }),
  session('open', 'b', { vendor: 'koyeb', realm: harbour, openedAt: now - hours(2), checkedAt: null }),
  session('asks', 'a', { state: 'waiting', openedAt: null }),
  session('owed', 'a', { state: 'ending', realm: lantern }),
  session('maybe', 'a', { state: 'ended', endedHow: 'possibly-alive' }),
  session('wrong', 'b', { vendor: 'koyeb', state: 'failed' }),
  session('gone', 'a', { state: 'ended', endedHow: 'vendor' }),
];

const items = (change: Partial<Parameters<typeof liveItems>[0]> = {}) =>
  liveItems({
    vendors,
    accounts,
    sessions: liveSessions(byId(all)),
    shifts: {},
    chip: 'all',
    filter: '',
    grouping: 'none',
    sort: { column: 'ends', descending: false },
    folded: new Set(),
    now,
    ...change,
  });
const said = (list: LiveItem[]) =>
  list.map((item) => (item.kind === 'group' ? `${item.title} ${String(item.count)}` : item.sessionId));

describe('the sessions of Live', () => {
  test('what the vendor has confirmed as ended is not among them; all else is', () => {
    expect(liveSessions(byId(all)).map(({ id }) => id)).not.toContain('gone');
    expect(items()).toHaveLength(all.length - 1);
  });

  test('chips count what they show', () => {
    const counts = chipCounts(liveSessions(byId(all)), now);
    expect(counts).toEqual({ all: 7, active: 3, soon: 1, waiting: 1, unconfirmed: 2, failed: 1 });
    for (const [chip, count] of Object.entries(counts))
      expect(items({ chip: chip as 'all' }), chip).toHaveLength(count);
  });

  test('are found by account, address, person, realm, vendor and tag, every word of it', () => {
    expect(said(items({ filter: 'vip lantern' }))).toEqual(['soon', 'owed']);
    expect(said(items({ filter: 'KOYEB ops@apple harbour' }))).toEqual(['later', 'open']);
    expect(items({ filter: 'nobody' })).toEqual([]);
  });

  test('what has no end comes last whichever way they are sorted', () => {
    expect(said(items({ chip: 'active' }))).toEqual(['soon', 'later', 'open']);
    expect(said(items({ chip: 'active', sort: { column: 'ends', descending: true } }))).toEqual([
      'later',
      'soon',
      'open',
    ]);
    expect(said(items({ chip: 'active', sort: { column: 'since', descending: false } }))).toEqual([
      'later',
      'open',
      'soon',
    ]);
    expect(said(items({ chip: 'active', sort: { column: 'account', descending: false } }))[2]).toBe('soon');
  });

  test('are grouped by when they end, by realm, vendor, shift and tag', () => {
    expect(said(items({ grouping: 'ends' })).filter((text) => text.includes(' '))).toEqual([
      'Waits for you 1',
      'Ends within the hour 1',
      'Not confirmed as ended 2',
      'Ends later 1',
      'No end stated 1',
      'Failed or expired 1',
    ]);
    expect(said(items({ grouping: 'realm', chip: 'active' }))).toEqual([
      'Harbour 2',
      'later',
      'open',
      'Lantern 1',
      'soon',
    ]);
    expect(said(items({ grouping: 'vendor', chip: 'active' }))[0]).toBe('Enhance 1');
    const shifts = {
      m: {
        id: 'm',
        name: 'Morning',
        members: [
          { accountId: 'b', realm: null },
          { accountId: 'b', realm: harbour },
        ],
      },
      n: { id: 'n', name: 'Night', members: [{ accountId: 'b', realm: null }] },
    };
    expect(said(items({ grouping: 'shift', chip: 'active', shifts }))).toEqual([
      'Morning 2',
      'later',
      'open',
      'Night 2',
      'later',
      'open',
      'In no shift 1',
      'soon',
    ]);
    expect(said(items({ grouping: 'tag', chip: 'soon' }))).toEqual(['north 1', 'soon', 'vip 1', 'soon']);
  });

  test('a folded group keeps its head and its count; rows under it move up', () => {
    const folded = items({ grouping: 'realm', chip: 'active', folded: new Set(['h']) });
    expect(said(folded)).toEqual(['Harbour 2', 'Lantern 1', 'soon']);
    expect(folded.map(({ top }) => top)).toEqual([0, groupHeight, 2 * groupHeight]);
    const open = items({ grouping: 'realm', chip: 'active' });
    expect(open.at(-1)?.top).toBe(2 * groupHeight + 2 * rowHeight);
  });

  test('keys lead from row to row and stop at the ends', () => {
    const list = items({ grouping: 'realm', chip: 'active' });
    const to = (at: number, key: string) =>
      list.indexOf(listStep(list, at, key, { viewHeight: 3 * rowHeight, rowHeight }) as LiveItem);
    expect([
      to(0, 'ArrowUp'),
      to(0, 'ArrowDown'),
      to(0, 'PageDown'),
      to(1, 'End'),
      to(4, 'ArrowDown'),
    ]).toEqual([0, 1, 2, 4, 4]);
    expect(to(2, 'ArrowLeft')).toBe(0);
    expect(listStep(list, 0, 'x', { viewHeight: 100, rowHeight })).toBeUndefined();
  });
});
