import { describe, expect, it } from 'vitest';
import { inSight, type ListItem, listItems } from '../../../renderer/app/rows.ts';
import { fromSnapshot } from '../../../renderer/state/app-state.ts';
import type { Snapshot } from '../../../renderer/state/types.ts';
import { full, many } from '../fixture/sample.ts';

const list = (
  snapshot: Snapshot,
  part: { filter?: string; tag?: string; folded?: string[] } = {},
): ListItem[] =>
  listItems({
    ...fromSnapshot(snapshot),
    filter: part.filter ?? '',
    tag: part.tag ?? null,
    folded: new Set(part.folded),
  });
const rows = (items: ListItem[]) => items.flatMap((item) => (item.kind === 'row' ? [item] : []));

describe('listItems', () => {
  it('has a row an account, and one a session where an account has several', () => {
    const own = rows(list(full)).filter(({ accountId }) => accountId === 'northwind');
    expect(own.map(({ sessionId }) => sessionId).toSorted()).toEqual(['s1', 's2', 's9']);
  });

  it('leaves out a session that the vendor has ended, never its account', () => {
    const over = full.sessions.map((one) => ({
      ...one,
      state: 'ended' as const,
      endedHow: 'vendor' as const,
    }));
    const all = rows(list({ ...full, sessions: over }));
    expect(all.map(({ sessionId }) => sessionId)).toEqual(full.accounts.map(() => null));
  });

  it('keeps a session in sight whose end nobody confirmed', () => {
    const owed = full.sessions.map((one) => ({
      ...one,
      state: 'ended' as const,
      endedHow: 'possibly-alive' as const,
    }));
    expect(rows(list({ ...full, sessions: owed })).filter(({ sessionId }) => sessionId)).toHaveLength(10);
  });

  it('filters by every word over label, identity, realm and tag', () => {
    expect(rows(list(full, { filter: 'fjord NORTH' })).map(({ accountId }) => accountId)).toContain(
      'northwind',
    );
    expect(rows(list(full, { filter: 'fjord left' }))).toHaveLength(0);
    expect(new Set(rows(list(full, { tag: 'EU' })).map(({ accountId }) => accountId))).toEqual(
      new Set(['northwind', 'brightside']),
    );
  });

  it('folds a group, but not while something is searched for', () => {
    const of = (items: ListItem[]) =>
      rows(items).filter(({ accountId }) => accountId === 'brightside').length;
    expect(of(list(full, { folded: ['enhance'] }))).toBe(0);
    expect(of(list(full, { folded: ['enhance'], filter: 'bright' }))).toBe(1);
  });
});

describe('inSight', () => {
  const items = list(many(1000));
  it('draws few rows, and every one that the window shows', () => {
    for (const top of [0, 500, 20_000, 45_000]) {
      const seen = inSight(items, top, 700);
      expect(seen.length).toBeLessThan(40);
      const shown = items.filter((item) => item.top + item.height > top && item.top < top + 700);
      expect(seen).toEqual(expect.arrayContaining(shown));
    }
  });
});
