import { create } from 'zustand';
import type { Chip, Grouping, LiveSort, SortColumn } from './live-rows.ts';

interface LiveView {
  chip: Chip;
  filter: string;
  grouping: Grouping;
  sort: LiveSort;
  /** Groups that are folded; those of another grouping have other names. */
  folded: ReadonlySet<string>;
  /** Ids of the sessions that something will be done with. */
  marked: ReadonlySet<string>;
  /** The key of the row that has the cursor. */
  active: string | null;
}

/** How Live is looked at; it stays while other pages are shown. */
export const useLiveView = create<LiveView>(() => ({
  chip: 'all',
  filter: '',
  grouping: 'ends',
  sort: { column: 'ends', descending: false },
  folded: new Set(),
  marked: new Set(),
  active: null,
}));

const set = useLiveView.setState;

export const showChip = (chip: Chip): void => set({ chip });
export const setLiveFilter = (filter: string): void => set({ filter });
export const groupBy = (grouping: Grouping): void => set({ grouping, folded: new Set() });
export const markSessions = (ids: Iterable<string>): void => set({ marked: new Set(ids) });
export const setActive = (key: string): void => set({ active: key });

/** A column's head was pressed: sorts by it, or the other way round where it already does. */
export function sortBy(column: SortColumn): void {
  set(({ sort }) => ({ sort: { column, descending: sort.column === column && !sort.descending } }));
}

export function toggleSession(id: string): void {
  set(({ marked }) => {
    const next = new Set(marked);
    if (!next.delete(id)) next.add(id);
    return { marked: next };
  });
}

export function foldLiveGroup(group: string, fold: boolean): void {
  set((view) => {
    const folded = new Set(view.folded);
    if (fold) folded.add(group);
    else folded.delete(group);
    return { folded };
  });
}
