import { useCallback, useSyncExternalStore } from 'react';
import { asFailure, call } from '../state/call.ts';
import type { DirectoryQuery, DirectoryRow } from '../state/types.ts';
import { prepareRows } from './find-rows.ts';
import { createPageCache, type PageCache } from './page-cache.ts';

interface Held {
  key: string;
  /** The key of the list whatever is searched for in it. */
  list: string;
  /** Rows of the search before in the same list, to be shown until this one is answered. */
  before: readonly DirectoryRow[];
  /** Of a search: the list in which it was begun, to go back to. */
  whole: Held | null;
  pages: PageCache;
  listeners: Set<() => void>;
  /** Counts the changes of the pages. */
  version: number;
}

/** One directory is held at a time, the one that was looked at last; of one that is searched the whole list besides. */
let held: Held | null = null;

function hold(sessionId: string, query: DirectoryQuery): Held {
  const key = `${sessionId} ${JSON.stringify(query)}`;
  if (held?.key === key) return held;
  const { search, ...rest } = query;
  const list = `${sessionId} ${JSON.stringify(rest)}`;
  const same = held?.list === list ? held : null;
  const before = same?.pages.isNew() ? same.before : (same?.pages.loaded() ?? []);
  const whole = search && same ? (same.key === list ? same : same.whole) : null;
  if (held !== whole) held?.pages.stop();
  // The words are gone: the list is there as it was left.
  if (same?.whole?.key === key) {
    held = same.whole;
    return held;
  }
  if (held?.whole !== whole) held?.whole?.pages.stop();
  const listeners = new Set<() => void>();
  const made: Held = {
    key,
    list,
    before,
    whole,
    listeners,
    version: 0,
    pages: createPageCache({
      async load(offset, limit, requestId) {
        const page = await call('people.page', { sessionId, query, offset, limit, requestId });
        prepareRows(page.rows);
        return page;
      },
      // What can't be cancelled is dropped when it comes.
      cancel: (requestId) => void call('people.cancelPage', { requestId }).catch(() => undefined),
      failureOf: asFailure,
      changed() {
        made.version += 1;
        for (const listener of listeners) listener();
      },
    }),
  };
  held = made;
  return made;
}

/**
 * The pages of a query, the same ones as before while the query is the same, the rows of the search before while these are new, and a
 * number that changes with them.
 */
export function useHeldPages(
  sessionId: string,
  query: DirectoryQuery,
): { pages: PageCache; before: readonly DirectoryRow[]; version: number } {
  const now = hold(sessionId, query);
  const version = useSyncExternalStore(
    useCallback(
      (listener: () => void) => {
        now.listeners.add(listener);
        return () => now.listeners.delete(listener);
      },
      [now],
    ),
    () => now.version,
  );
  return { pages: now.pages, before: now.before, version };
}

/** Reads anew what is in sight of the directory that is held, if it is this session's. */
export function refreshDirectory(sessionId: string): void {
  if (!held?.key.startsWith(`${sessionId} `)) return;
  held.whole?.pages.stop();
  held.whole = null;
  held.pages.refresh();
}

/** Drops the pages that are held: after a lock nothing of them stays in the window. */
export function forgetPages(): void {
  held?.pages.stop();
  held?.whole?.pages.stop();
  held = null;
}
