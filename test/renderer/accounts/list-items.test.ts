import { describe, expect, test } from 'vitest';
import { inOrder, type ListItem, listItems } from '../../../renderer/accounts/list-items.ts';
import { fromSnapshot } from '../../../renderer/state/app-state.ts';
import type { Snapshot } from '../../../renderer/state/types.ts';
import { full } from '../fixture/sample.ts';

const list = (
  snapshot: Snapshot,
  part: { filter?: string; tag?: string; folded?: string[] } = {},
): ListItem[] =>
  listItems({
    ...fromSnapshot(snapshot),
    accounts: inOrder(fromSnapshot(snapshot).accounts),
    filter: part.filter ?? '',
    tag: part.tag ?? null,
    folded: new Set(part.folded),
  });
const rows = (items: ListItem[]) => items.flatMap((item) => (item.kind === 'row' ? [item] : []));

describe('listItems', () => {
  test('has a row an account, and one a session where an account has several', () => {
    const own = rows(list(full)).filter(({ accountId }) => accountId === 'northwind');
    expect(own.map(({ sessionId }) => sessionId).toSorted()).toEqual(['s1', 's2', 's9']);
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

  test('folds a group, but not while something is searched for', () => {
    const of = (items: ListItem[]) =>
      rows(items).filter(({ accountId }) => accountId === 'brightside').length;
    expect(of(list(full, { folded: ['enhance'] }))).toBe(0);
    expect(of(list(full, { folded: ['enhance'], filter: 'bright' }))).toBe(1);
  });
});
