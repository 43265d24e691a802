import { Search } from 'lucide-react';
import { type Ref, useImperativeHandle, useMemo } from 'react';
import type { DirectoryQuery, DirectoryRow, DirectorySource, Session } from '../state/types.ts';
import { Button } from '../ui/button.tsx';
import { cellText } from '../ui/cell-text.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { FailureNote } from '../ui/failure-note.tsx';
import { Grid } from '../ui/grid.tsx';
import type { GridColumn } from '../ui/grid-columns.ts';
import { ownValue } from '../ui/own-value.ts';
import { sanitizeText } from '../ui/sanitize-text.ts';
import { TableArea, TableCentre, TableFoot } from '../ui/table-page.tsx';
import { FailedPages } from './failed-pages.tsx';
import { SearchProgress } from './search-progress.tsx';
import { askable } from './typed-search.ts';
import { type AllSearchInHand, useAllSearch } from './use-all-search.ts';
import { type People, usePeople } from './use-people.ts';
import { cellOf, rememberCell, setView, type View } from './views.ts';

/** For the search field over the table. */
export interface PeopleTableHandle {
  /** Opens the only one there is, else searches where the words have not been looked for yet. */
  enter(): void;
}

interface Props {
  session: Session;
  /** Where the vendor is: "at the panel". */
  place: string;
  source: DirectorySource;
  columns: DirectorySource['columns'];
  query: DirectoryQuery;
  view: View;
  ref: Ref<PeopleTableHandle>;
  onOpen(personId: string): void;
}

export const peopleGrid = 'people-table';

/** The people of one query: pages come as one scrolls, one that fails is tried again by itself. */
export function PeopleTable({ session, place, source, columns, query, view, ref, onOpen }: Props) {
  const people = usePeople(session.id, source, query, view);
  const { pages, typed } = people;
  const gridColumns = useMemo(() => toGridColumns(columns), [columns]);
  const all = useAllSearch(session.id, query, typed);
  const rows = rowsOf(people, all);
  const wider = widerSearch(people, { session, source, place, view, all });
  useImperativeHandle(ref, () => ({
    enter() {
      const only = rows.count === 1 && !people.asking ? rows.rowAt(0) : undefined;
      if (only) onOpen(only.id);
      else wider?.run();
    },
  }));
  const first = pages.failed().find(({ page }) => page === 0);
  if (first && pages.pagesHeld() === 1)
    return (
      <TableArea>
        <div>
          <FailureNote failure={first.failure} onRetry={() => pages.retry(0)} />
        </div>
      </TableArea>
    );

  const onSort = (column: string) => {
    const descending = view.sort?.column === column && !view.sort.descending;
    setView(session.id, { sort: { column, descending } });
  };
  const whole = rows.list === 'all';
  return (
    <>
      <TableArea>
        {rows.count === 0 ? (
          <Nobody title={nobody(people, view, all)} search={all.found ? null : wider} />
        ) : (
          <Grid<DirectoryRow>
            id={peopleGrid}
            list={`${rows.list} ${JSON.stringify(query)}`}
            label={sanitizeText(source.label, 60)}
            columns={gridColumns}
            count={rows.count}
            rowAt={rows.rowAt}
            cell={cell}
            text={text}
            onEnter={(row) => onOpen(row.id)}
            sort={view.sort}
            onSort={onSort}
            {...(whole
              ? {
                  onSeen: pages.see,
                  at: cellOf(session.id, view.search),
                  onAt: (at) => rememberCell(session.id, view.search, at),
                }
              : {})}
          >
            {whole && <FailedPages pages={pages} count={rows.count} />}
          </Grid>
        )}
      </TableArea>
      {all.found ? (
        <SearchProgress {...all} found={all.found} />
      ) : (
        <TableFoot status={statusOf(people, view.search)} keys="Enter opens · Ctrl C copies the cell">
          {wider && rows.count > 0 && (
            <Button variant="link" size="small" icon={Search} onPress={wider.run}>
              {wider.label}
            </Button>
          )}
        </TableFoot>
      )}
    </>
  );
}

interface Rows {
  list: 'all' | 'matches' | 'found';
  count: number;
  rowAt(index: number): DirectoryRow | undefined;
}

/** What the table draws: what a search through all pages has found, what in hand has the words, or the pages themselves. */
function rowsOf({ pages, matches, typed, asking, count }: People, { found }: AllSearchInHand): Rows {
  if (found) return { list: 'found', count: found.hits.length, rowAt: (index) => found.hits[index] };
  if (matches) return { list: 'matches', count: matches.length, rowAt: (index) => matches[index] };
  const waiting = asking && typed !== '';
  return { list: 'all', count, rowAt: waiting ? () => undefined : pages.rowAt };
}

interface Wider {
  label: string;
  run(): void;
}

/** What looks beyond the rows in hand: the vendor's own search, else reading all pages; null where nothing is typed. */
function widerSearch(
  { pages, typed }: People,
  {
    session,
    source,
    place,
    view,
    all,
  }: Pick<Props, 'session' | 'source' | 'place' | 'view'> & { all: AllSearchInHand },
): Wider | null {
  if (typed && askable(source, typed))
    return {
      label: `Search ${sanitizeText(place, 40)}`,
      run: () => setView(session.id, { search: typed }),
    };
  if (!typed || source.search || view.search || all.found) return null;
  const total = pages.total();
  // Every row is in hand: there is nothing to look for elsewhere.
  if (total !== null && pages.loaded().length >= total) return null;
  return { label: total === null ? 'Search all' : `Search all ${number(total)}`, run: all.start };
}

function Nobody({ title, search }: { title: string; search: Wider | null }) {
  return (
    <TableCentre>
      <EmptyState
        title={title}
        {...(search
          ? {
              actions: (
                <Button icon={Search} variant="main" onPress={search.run}>
                  {search.label}
                </Button>
              ),
            }
          : {})}
      />
    </TableCentre>
  );
}

function nobody({ matches }: People, { search }: View, { found }: AllSearchInHand): string {
  if (found) return found.state === 'running' ? 'Nobody yet' : 'Nobody has these words';
  if (matches) return 'Nobody among what is loaded has these words';
  return search ? `Nobody found with “${sanitizeText(search, 60)}”` : 'Nobody is listed here';
}

/** How much of the directory is here, in words; `searched` is what the vendor was asked for. */
function statusOf({ pages, matches, asking }: People, searched: string): string {
  if (asking) return 'Searching';
  if (matches) return `${number(matches.length)} of ${number(pages.loaded().length)} loaded`;
  const total = pages.total();
  const held = pages.isNew()
    ? 'Loading'
    : total === null
      ? `${number(pages.loaded().length)} loaded, the vendor states no total`
      : `${number(total)} ${total === 1 ? 'person' : 'people'}`;
  return searched ? `${held} with “${sanitizeText(searched, 40)}”` : held;
}

const toGridColumns = (columns: DirectorySource['columns']): GridColumn[] =>
  columns.map(({ id, label, sortable }, at) => ({
    id,
    title: label,
    sortable,
    least: at === 0 ? 200 : 130,
    share: at === 0 ? 3 : 2,
  }));

const cell = (row: DirectoryRow, column: string) => {
  const words = cellText(ownValue(row.cells, column), 120);
  return (
    <bdi title={words.length > 24 ? cellText(ownValue(row.cells, column), 600) : undefined}>
      {words || '–'}
    </bdi>
  );
};
const text = (row: DirectoryRow, column: string): string =>
  sanitizeText(ownValue(row.cells, column) ?? '', 2000);

const number = (n: number): string => n.toLocaleString('en-GB');
