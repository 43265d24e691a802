// biome-ignore-all lint/a11y/useSemanticElements: rows of a virtual grid are placed one by one, which table elements can't be
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus; the note holds a button
import { Search } from 'lucide-react';
import { useCallback, useMemo, useSyncExternalStore } from 'react';
import type { DirectoryQuery, DirectoryRow, DirectorySource, Session } from '../state/types.ts';
import { Button } from '../ui/button.tsx';
import { cellText } from '../ui/cell-text.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { FailureNote } from '../ui/failure-note.tsx';
import { Grid } from '../ui/grid.tsx';
import type { GridColumn } from '../ui/grid-columns.ts';
import { gridRowHeight } from '../ui/grid-window.ts';
import { ownValue } from '../ui/own-value.ts';
import style from '../ui/room.module.css';
import { sanitizeText } from '../ui/sanitize-text.ts';
import { filterRows } from './find-rows.ts';
import { pageRows } from './page-cache.ts';
import { bookFor, cellOf, rememberCell, setView, useTyped, type View } from './views.ts';

interface Props {
  session: Session;
  /** Where the vendor is: "at the panel". */
  place: string;
  source: DirectorySource;
  columns: DirectorySource['columns'];
  query: DirectoryQuery;
  view: View;
  onOpen(personId: string): void;
}

/** The people of one query: pages come as one scrolls, one that fails is tried again by itself. */
export function PeopleTable({ session, place, source, columns, query, view, onOpen }: Props) {
  const shelf = bookFor(session.id, query);
  const { book } = shelf;
  const typed = useTyped(session.id);
  const version = useSyncExternalStore(
    useCallback(
      (heard: () => void) => {
        shelf.hear.add(heard);
        return () => shelf.hear.delete(heard);
      },
      [shelf],
    ),
    () => shelf.version,
  );
  // Once the vendor has searched for the words, its rows are the answer and are not narrowed again.
  const words = typed.trim() === view.search ? '' : typed;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the version says that the book holds other rows
  const matches = useMemo(
    () => (words.trim() ? filterRows(book.loaded(), words) : null),
    [words, book, version],
  );
  const gridColumns = useMemo<GridColumn[]>(
    () =>
      columns.map(({ id, label, sortable }, at) => ({
        id,
        title: label,
        sortable,
        least: at === 0 ? 200 : 130,
        share: at === 0 ? 3 : 2,
      })),
    [columns],
  );

  const failed = book.failed();
  const first = failed.find(({ page }) => page === 0);
  const total = book.total();
  if (first && book.pagesHeld() === 1)
    return (
      <div className={style.table}>
        <div>
          <FailureNote failure={first.failure} onRetry={() => book.retry(0)} />
        </div>
      </div>
    );

  const count = matches ? matches.length : book.isNew() ? 24 : book.count();
  const searchThere = source.search && words.trim();
  const askVendor = () => setView(session.id, { search: typed.trim() });
  return (
    <>
      <div className={style.table}>
        {count === 0 ? (
          <div className={style.centre}>
            <EmptyState
              title={matches ? 'Nobody among what is loaded has these words' : 'Nobody is listed here'}
              {...(searchThere
                ? {
                    actions: (
                      <Button icon={Search} variant="main" onPress={askVendor}>
                        Search {sanitizeText(place, 40)}
                      </Button>
                    ),
                  }
                : {})}
            >
              {matches && !searchThere
                ? 'Scroll the whole list to load more of it; the vendor has no search of its own here.'
                : null}
            </EmptyState>
          </div>
        ) : (
          <Grid<DirectoryRow>
            list={matches ? 'matches' : 'all'}
            label={sanitizeText(source.label, 60)}
            columns={gridColumns}
            count={count}
            rowAt={matches ? (index) => matches[index] : book.rowAt}
            cell={cell}
            text={text}
            onEnter={(row) => onOpen(row.id)}
            sort={view.sort}
            onSort={(column) =>
              setView(session.id, {
                sort: { column, descending: view.sort?.column === column && !view.sort.descending },
              })
            }
            {...(matches
              ? {}
              : { onSeen: book.see, at: cellOf(session.id), onAt: (at) => rememberCell(session.id, at) })}
          >
            {!matches &&
              failed.map(({ page, failure }) => (
                <div
                  key={page}
                  role="row"
                  aria-rowindex={page * pageRows + 2}
                  className={style.band}
                  style={{ top: page * pageRows * gridRowHeight, height: bandHeight(page, count) }}
                >
                  <div role="gridcell" className={style.bandNote}>
                    <FailureNote
                      failure={failure}
                      retryLabel={`Load rows ${rowsOf(page, count)}`}
                      onRetry={() => book.retry(page)}
                    />
                  </div>
                </div>
              ))}
          </Grid>
        )}
      </div>
      <footer className={style.foot}>
        <span role="status">
          {matches
            ? `${number(matches.length)} of ${number(book.loaded().length)} loaded`
            : book.isNew()
              ? 'Loading'
              : total === null
                ? `${number(book.loaded().length)} loaded, the vendor states no total`
                : `${number(total)} ${total === 1 ? 'person' : 'people'}`}
          {view.search && !matches ? ` with “${sanitizeText(view.search, 40)}”` : ''}
        </span>
        {searchThere && count > 0 && (
          <Button variant="link" size="small" icon={Search} onPress={askVendor}>
            Search {sanitizeText(place, 40)}
          </Button>
        )}
        <span className={style.footEnd}>Enter opens · Ctrl C copies the cell</span>
      </footer>
    </>
  );
}

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
const bandHeight = (page: number, count: number): number =>
  Math.max(1, Math.min(pageRows, count - page * pageRows)) * gridRowHeight;
const rowsOf = (page: number, count: number): string =>
  `${number(page * pageRows + 1)} to ${number(Math.min(count, (page + 1) * pageRows))}`;
