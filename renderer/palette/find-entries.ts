import { type PaletteEntry, type PaletteGroup, paletteGroups } from './palette-entry.ts';

/** How many of a group are shown; with nothing typed live sessions and accounts share the list. */
const most: Record<PaletteGroup, number> = { live: 8, accounts: 8, people: 8, actions: 10, settings: 6 };

export interface FoundGroup {
  group: PaletteGroup;
  entries: PaletteEntry[];
}

const rankOf = ({ title, detail, verb }: PaletteEntry, words: readonly string[]): number => {
  const name = title.toLowerCase();
  const text = `${name} ${detail.toLowerCase()}`;
  if (!words.every((word) => text.includes(word))) return -1;
  const first = words[0] ?? '';
  const match = name.startsWith(first) ? 3 : name.includes(` ${first}`) ? 2 : name.includes(first) ? 1 : 0;
  // What is about everything is found before the same for one account.
  return 2 * match + (verb ? 0 : 1);
};

/**
 * The entries that hold every word of the query, in their groups: what was used lately first, then the best. `recent`
 * holds ids of entries, the latest first.
 */
export function findEntries(
  entries: readonly PaletteEntry[],
  query: string,
  recent: readonly string[] = [],
): FoundGroup[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const lately = new Map(recent.map((id, index) => [id, recent.length - index]));
  const ranked = entries
    .filter(({ verb }) => words.length > 0 || !verb)
    .map((entry) => ({ entry, rank: rankOf(entry, words), late: lately.get(entry.id) ?? 0 }))
    .filter(({ rank }) => rank >= 0)
    .toSorted((a, b) => (words.length > 0 ? b.rank - a.rank : 0) || b.late - a.late);
  return paletteGroups
    .map((group) => ({
      group,
      entries: ranked
        .filter(({ entry }) => entry.group === group)
        .slice(0, most[group])
        .map(({ entry }) => entry),
    }))
    .filter((found) => found.entries.length > 0);
}
