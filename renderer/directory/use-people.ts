import { useEffect, useMemo } from 'react';
import type { DirectoryQuery, DirectoryRow, DirectorySource } from '../state/types.ts';
import { filterRows } from './find-rows.ts';
import { useHeldPages } from './held-pages.ts';
import type { PageCache } from './page-cache.ts';
import { askable } from './typed-search.ts';
import { useTyped, type View } from './views.ts';

export interface People {
  pages: PageCache;
  /** The rows in hand that have the typed words; null while nothing narrows them. */
  matches: readonly DirectoryRow[] | null;
  /** What is typed and was not yet searched for by the vendor. */
  typed: string;
  /** The vendor is about to be asked for it, or has not answered yet. */
  asking: boolean;
  /** Rows to draw, loaded or not. */
  count: number;
}

/** Rows that are drawn empty while nothing was answered yet. */
const newRows = 24;

/** The people of one query, narrowed by what is typed; until the vendor has searched, those in hand that have the words. */
export function usePeople(
  sessionId: string,
  source: DirectorySource,
  query: DirectoryQuery,
  view: View,
): People {
  const { pages, before, version } = useHeldPages(sessionId, query);
  const text = useTyped(sessionId).trim();
  // Once the vendor has searched for the words, its rows are the answer and are not narrowed again.
  const typed = text === view.search ? '' : text;
  const isNew = pages.isNew();
  const asking = text !== '' && (isNew || (typed !== '' && askable(source, typed) !== ''));
  // biome-ignore lint/correctness/useExhaustiveDependencies: the version says that the pages hold other rows
  const matches = useMemo(() => {
    if (!isNew && !typed) return null;
    const found = text ? filterRows(isNew ? before : pages.loaded(), text) : [];
    return found.length > 0 || (!isNew && !asking) ? found : null;
  }, [text, typed, asking, isNew, pages, before, version]);
  useEffect(() => {
    // The rows of before ask for nothing.
    if (pages.isNew() && before.length > 0) pages.see(0, 1);
  }, [pages, before]);
  const unanswered = isNew || (asking && typed !== '');
  const count = matches ? matches.length : unanswered ? newRows : pages.count();
  return { pages, matches, typed, asking, count };
}
