import { describe, expect, test } from 'vitest';
import { defaultSidebar } from '#contract/shapes.ts';
import { orderAfter } from '../../../renderer/accounts/arrange.ts';
import {
  type ListItem,
  listedSessions,
  listItems,
  sortedAccounts,
} from '../../../renderer/accounts/list-items.ts';
import { dropAt } from '../../../renderer/accounts/use-row-drag.ts';
import { fromSnapshot } from '../../../renderer/state/app-state.ts';
import type { Sidebar, Snapshot } from '../../../renderer/state/types.ts';
import { full } from '../fixture/sample.ts';

const list = (
  snapshot: Snapshot,
  part: { filter?: string; tag?: string; folded?: string[]; sidebar?: Partial<Sidebar> } = {},
): ListItem[] =>
  listItems({
    ...fromSnapshot({ ...snapshot, sidebar: { ...defaultSidebar, ...part.sidebar } }),
    filter: part.filter ?? '',
    tag: part.tag ?? null,
    folded: new Set(part.folded),
  });
const rows = (items: ListItem[]) => items.flatMap((item) => (item.kind === 'row' ? [item] : []));
const accountRows = (items: ListItem[]) => rows(items).filter(({ nested }) => !nested);
/** Groups with the accounts in them. */
const groups = (items: ListItem[]) =>
  items.flatMap((item) =>
    item.kind === 'group'
      ? [
          `${item.title}: ${accountRows(items)
            .filter(({ group }) => group === item.group)
            .map(({ accountId }) => accountId)
            .join(' ')}`,
        ]
      : [],
  );

describe('listItems', () => {
  test('has a row an account, and under it one a session where an account has several', () => {
    const items = list(full);
    const own = rows(items).filter(({ accountId }) => accountId === 'northwind');
    expect(own.map(({ sessionId, nested }) => [sessionId, nested])).toEqual([
      [null, false],
      ['s1', true],
      ['s2', true],
      ['s9', true],
    ]);
    expect(rows(items).filter(({ accountId }) => accountId === 'prod')).toMatchObject([
      { sessionId: 's7', nested: false },
    ]);
    expect(accountRows(items)).toHaveLength(full.accounts.length);
    let top = 0;
    for (const item of items) {
      expect(item.top).toBe(top);
      top += item.height;
    }
  });

  test('leaves out a session that the vendor has ended, never its account', () => {
    const over = full.sessions.map((one) => ({
      ...one,
      state: 'ended' as const,
      endedHow: 'vendor' as const,
    }));
    const all = rows(list({ ...full, sessions: over }));
    expect(all.map(({ sessionId }) => sessionId)).toEqual(full.accounts.map(() => null));
  });

  test('keeps a session in sight whose end nobody confirmed', () => {
    const owed = full.sessions.map((one) => ({
      ...one,
      state: 'ended' as const,
      endedHow: 'possibly-alive' as const,
    }));
    expect(rows(list({ ...full, sessions: owed })).filter(({ sessionId }) => sessionId)).toHaveLength(10);
  });

  test('filters by every word over label, identity, realm and tag', () => {
    expect(rows(list(full, { filter: 'fjord NORTH' })).map(({ accountId }) => accountId)).toContain(
      'northwind',
    );
    expect(rows(list(full, { filter: 'fjord left' }))).toHaveLength(0);
    expect(new Set(rows(list(full, { tag: 'EU' })).map(({ accountId }) => accountId))).toEqual(
      new Set(['northwind', 'brightside']),
    );
  });

  test('folds a group, and the sessions of an account, but not while something is searched for', () => {
    const of = (items: ListItem[], wanted: string) =>
      rows(items).filter(({ accountId }) => accountId === wanted).length;
    expect(of(list(full, { folded: ['group enhance'] }), 'brightside')).toBe(0);
    expect(of(list(full, { folded: ['group enhance'], filter: 'bright' }), 'brightside')).toBe(1);
    expect(of(list(full, { folded: ['enhance northwind'] }), 'northwind')).toBe(1);
    expect(of(list(full, { folded: ['enhance northwind'], filter: 'north' }), 'northwind')).toBe(4);
  });

  test('counts in a group the accounts that have an active session', () => {
    const heads = list(full).flatMap((item) => (item.kind === 'group' ? [item] : []));
    expect(heads.map(({ group, active, accounts }) => [group, active, accounts])).toEqual([
      ['enhance', 1, 3],
      ['cyclos', 1, 2],
      ['nextauth', 1, 2],
      ['koyeb', 2, 2],
    ]);
  });

  test('groups by tag and by shift, an account in each that it has, the others last', () => {
    expect(groups(list(full, { sidebar: { grouping: 'tag' } }))).toEqual([
      'EU: brightside northwind',
      'resellers: northwind',
      'No tag: community door prod stage leftcoast practice staging',
    ]);
    const shifts = ['door', 'prod'].map((accountId, at) => ({
      id: `shift${at}`,
      name: at === 0 ? 'Night' : 'Day',
      members: [
        { accountId, realm: null },
        { accountId: 'stage', realm: null },
      ],
    }));
    expect(groups(list({ ...full, shifts }, { sidebar: { grouping: 'shift' } })).slice(0, 2)).toEqual([
      'Day: prod stage',
      'Night: door stage',
    ]);
  });

  test('groups by realm: where a session acts it stands with that session, else in its own realm', () => {
    const items = list(full, { sidebar: { grouping: 'realm' } });
    expect(groups(items)).toEqual([
      'Fjord Web: northwind',
      'main: community leftcoast',
      'Porto: northwind',
      'Realm A: practice',
      'Reseller EU: northwind',
      'Realm not known: brightside door prod stage staging',
    ]);
    const own = rows(items).filter(({ accountId }) => accountId === 'northwind');
    expect(own.map(({ sessionId }) => sessionId)).toEqual(['s2', 's9', 's1']);
  });

  test('realms of two servers are two, though they are called the same', () => {
    const accounts = full.accounts.map((one) =>
      one.id === 'community' ? { ...one, baseUrl: 'https://other.example' } : one,
    );
    const all = groups(list({ ...full, accounts }, { sidebar: { grouping: 'realm' } }));
    expect(all.filter((group) => group.startsWith('main:'))).toEqual(['main: community', 'main: leftcoast']);
  });

  test('has what is pinned first, in the person’s order, and nowhere else; what is gone takes no place', () => {
    const items = list(full, { sidebar: { pinned: ['prod', 'gone', 'brightside'] } });
    expect(groups(items)[0]).toBe('Pinned: prod brightside');
    expect(accountRows(items).filter(({ accountId }) => accountId === 'prod')).toHaveLength(1);
    expect(groups(list(full, { sidebar: { pinned: ['prod'] }, filter: 'bright' }))).toHaveLength(1);
  });
});

describe('the person’s own order', () => {
  test('those that were moved come first in their group, the others by name', () => {
    const ids = sortedAccounts(fromSnapshot(full).accounts, ['practice', 'staging']).map(({ id }) => id);
    expect(ids).toEqual([
      'practice',
      'staging',
      'brightside',
      'community',
      'door',
      'prod',
      'stage',
      'leftcoast',
      'northwind',
    ]);
  });

  test('a move keeps all that stand before it where they are, and every earlier move', () => {
    expect(orderAfter([], ['a', 'b', 'c', 'd'], 2, 0)).toEqual(['c', 'a', 'b']);
    expect(orderAfter([], ['a', 'b', 'c', 'd'], 0, 2)).toEqual(['b', 'c', 'a']);
    expect(orderAfter(['x', 'd', 'y'], ['d', 'a', 'b', 'c'], 3, 2)).toEqual(['d', 'a', 'c', 'b', 'x', 'y']);
    expect(orderAfter(['c', 'b', 'a'], ['c', 'b', 'a', 'd'], 0, 1)).toEqual(['b', 'c', 'a']);
  });

  test('a drag falls between accounts, never between an account and its sessions', () => {
    const items = list(full);
    const at = (key: string) => items.find((item) => item.key === key) ?? items[0]!;
    const northwind = at('enhance northwind');
    expect(dropAt(items, 3)).toMatchObject({ group: 'enhance', index: 0, top: 30 });
    expect(dropAt(items, northwind.top + 5)).toMatchObject({
      group: 'enhance',
      index: 1,
      top: northwind.top,
    });
    const after = at('enhance northwind s9');
    for (const y of [northwind.top + 20, after.top + 20])
      expect(dropAt(items, y)).toMatchObject({ group: 'enhance', index: 2 });
    expect(dropAt(items, 100_000)).toMatchObject({ group: 'koyeb', index: 2 });
  });
});

test('a check of a session arranges nothing anew', () => {
  const { sessions } = fromSnapshot(full);
  const before = listedSessions(sessions);
  const checked = Object.fromEntries(
    Object.entries(sessions).map(([id, one]) => [id, { ...one, checkedAt: Date.now() + 1 }]),
  );
  expect(listedSessions(checked, before)).toBe(before);
  const moved = { ...checked, s1: { ...checked.s1!, realm: { id: 'other', name: 'Other' } } };
  expect(listedSessions(moved, before)).not.toBe(before);
  const over = { ...checked, s1: { ...checked.s1!, state: 'expired' as const } };
  expect(listedSessions(over, before)).not.toBe(before);
});
