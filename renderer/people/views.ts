import { create } from 'zustand';
import { asFailure, call } from '../state/call.ts';
import type { DirectoryQuery, DirectorySource, Organisation } from '../state/types.ts';
import type { CellAt } from '../ui/grid-keys.ts';
import { prepare } from './find-rows.ts';
import { createPageBook, type PageBook } from './page-book.ts';

/** What a session's directory shows: kept while the person looks at someone and comes back. */
export type View = {
  source: string | null;
  organisation: Organisation | null;
  /** The vendor's own search. */
  search: string;
  filters: Readonly<Record<string, string>>;
  sort: { column: string; descending: boolean } | null;
  hidden: readonly string[];
};

const fresh: View = {
  source: null,
  organisation: null,
  search: '',
  filters: {},
  sort: null,
  hidden: [],
};

const useViews = create<Record<string, View>>(() => ({}));

/** The active cell of each session's table; not state, for nothing is drawn anew when it moves. */
const cells = new Map<string, CellAt>();
export const cellOf = (sessionId: string): CellAt => cells.get(sessionId) ?? { row: 0, column: 0 };
export const rememberCell = (sessionId: string, at: CellAt): void => void cells.set(sessionId, at);

/** What is typed into the search: narrows what is loaded. By itself, for a letter is to draw the rows and nothing else. */
const useTypedWords = create<Record<string, string>>(() => ({}));
export const useTyped = (sessionId: string): string => useTypedWords((all) => all[sessionId]) ?? '';
export const setTyped = (sessionId: string, typed: string): void =>
  useTypedWords.setState({ [sessionId]: typed });

export const useView = (sessionId: string): View => useViews((all) => all[sessionId]) ?? fresh;

/** Changes part of a session's view; anything that makes it another list begins at its first row. */
export function setView(sessionId: string, part: Partial<View>): void {
  const another =
    'source' in part || 'organisation' in part || 'search' in part || 'filters' in part || 'sort' in part;
  if (another) cells.delete(sessionId);
  if ('source' in part || 'organisation' in part) setTyped(sessionId, '');
  useViews.setState((all) => ({ [sessionId]: { ...fresh, ...all[sessionId], ...part } }));
}

/** What main is asked; null while an organisation is needed and not chosen. */
export function queryOf(view: View, source: DirectorySource): DirectoryQuery | null {
  if (source.missingRight || (source.needsOrganisation && !view.organisation)) return null;
  const filters = Object.fromEntries(Object.entries(view.filters).filter(([, value]) => value !== ''));
  return {
    source: source.id,
    ...(source.needsOrganisation && view.organisation ? { organisation: view.organisation.id } : {}),
    ...(view.search && source.search ? { search: view.search } : {}),
    ...(Object.keys(filters).length > 0 ? { filters } : {}),
    ...(view.sort ? { sort: view.sort.column, descending: view.sort.descending } : {}),
  };
}

type Shelf = { key: string; book: PageBook; hear: Set<() => void>; version: number };

/** One directory is held at a time: the one that was looked at last. */
let shelf: Shelf | null = null;

/** The book of pages for a query: the same one as before when the question is the same. */
export function bookFor(sessionId: string, query: DirectoryQuery): Shelf {
  const key = `${sessionId} ${JSON.stringify(query)}`;
  if (shelf?.key === key) return shelf;
  shelf?.book.stop();
  const hear = new Set<() => void>();
  const made: Shelf = {
    key,
    hear,
    version: 0,
    book: createPageBook({
      async load(offset, limit, requestId) {
        const page = await call('people.page', { sessionId, query, offset, limit, requestId });
        prepare(page.rows);
        return page;
      },
      // What can't be cancelled is dropped when it comes.
      cancel: (requestId) => void call('people.cancelPage', { requestId }).catch(() => undefined),
      failureOf: asFailure,
      changed() {
        made.version += 1;
        for (const listener of hear) listener();
      },
    }),
  };
  shelf = made;
  return made;
}

/** Reads anew what is in sight of the directory that is held, if it is this session's. */
export function refreshDirectory(sessionId: string): void {
  if (shelf?.key.startsWith(`${sessionId} `)) shelf.book.refresh();
}
