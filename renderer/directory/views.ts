import { create } from 'zustand';
import type { DirectoryQuery, DirectorySource, Organisation } from '../state/types.ts';
import type { CellAt } from '../ui/grid-keys.ts';
import { askable } from './typed-search.ts';

/** What a session's directory shows: kept while the person looks at someone and comes back. */
export interface View {
  source: string | null;
  organisation: Organisation | null;
  /** What the vendor searches for, or looks up. */
  search: string;
  filters: Readonly<Record<string, string>>;
  sort: { column: string; descending: boolean } | null;
  hidden: readonly string[];
}

const fresh: View = {
  source: null,
  organisation: null,
  search: '',
  filters: {},
  sort: null,
  hidden: [],
};

const useViews = create<Record<string, View>>(() => ({}));

/** The active cell of each session's table, and of what was searched for in it; not state, for nothing is drawn anew when it moves. */
const cells = { whole: new Map<string, CellAt>(), found: new Map<string, CellAt>() };
const cellsOf = (search: string) => (search ? cells.found : cells.whole);
export const cellOf = (sessionId: string, search: string): CellAt =>
  cellsOf(search).get(sessionId) ?? { row: 0, column: 0 };
export const rememberCell = (sessionId: string, search: string, at: CellAt): void =>
  void cellsOf(search).set(sessionId, at);

/** What is typed into the search: narrows what is loaded. By itself, for a letter is to draw the rows and nothing else. */
const useTypedWords = create<Record<string, string>>(() => ({}));
export const useTyped = (sessionId: string): string => useTypedWords((all) => all[sessionId]) ?? '';
export const setTyped = (sessionId: string, typed: string): void =>
  useTypedWords.setState({ [sessionId]: typed });

export const useView = (sessionId: string): View => useViews((all) => all[sessionId]) ?? fresh;

/** Changes part of a session's view; anything that makes it another list begins at its first row. */
export function setView(sessionId: string, part: Partial<View>): void {
  const another = 'source' in part || 'organisation' in part || 'filters' in part || 'sort' in part;
  if (another) cells.whole.delete(sessionId);
  if (another || 'search' in part) cells.found.delete(sessionId);
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
    ...(askable(source, view.search) ? { search: view.search } : {}),
    ...(Object.keys(filters).length > 0 ? { filters } : {}),
    ...(view.sort ? { sort: view.sort.column, descending: view.sort.descending } : {}),
  };
}
