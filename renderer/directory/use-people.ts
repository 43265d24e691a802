import { useMemo } from 'react';
import type { DirectoryQuery, DirectoryRow } from '../state/types.ts';
import { filterRows } from './find-rows.ts';
import { useHeldPages } from './held-pages.ts';
import type { PageCache } from './page-cache.ts';
import { useTyped, type View } from './views.ts';

export interface People {
  pages: PageCache;
  /** The loaded rows that have the typed words; null while nothing narrows them. */
  matches: readonly DirectoryRow[] | null;
  /** What is typed and was not yet searched for by the vendor. */
  typed: string;
  /** Rows to draw, loaded or not. */
  count: number;
}

/** Rows that are drawn empty while nothing was answered yet. */
const newRows = 24;

/** The people of one query, narrowed by what is typed. */
export function usePeople(sessionId: string, query: DirectoryQuery, view: View): People {
  const { pages, version } = useHeldPages(sessionId, query);
  const text = useTyped(sessionId).trim();
  // Once the vendor has searched for the words, its rows are the answer and are not narrowed again.
  const typed = text === view.search ? '' : text;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the version says that the pages hold other rows
  const matches = useMemo(() => (typed ? filterRows(pages.loaded(), typed) : null), [typed, pages, version]);
  const count = matches ? matches.length : pages.isNew() ? newRows : pages.count();
  return { pages, matches, typed, count };
}
