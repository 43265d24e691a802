import { Search } from 'lucide-react';
import { useMemo } from 'react';
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
import { type People, usePeople } from './use-people.ts';
import { cellOf, rememberCell, setView, type View } from './views.ts';

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
  const people = usePeople(session.id, query, view);
  const { pages, matches, typed, count } = people;
  const gridColumns = useMemo(() => toGridColumns(columns), [columns]);
  const first = pages.failed().find(({ page }) => page === 0);
  if (first && pages.pagesHeld() === 1)
    return (
      <TableArea>
        <div>
          <FailureNote failure={first.failure} onRetry={() => pages.retry(0)} />
        </div>
      </TableArea>
    );

  const search =
    source.search && typed
      ? { label: `Search ${sanitizeText(place, 40)}`, run: () => setView(session.id, { search: typed }) }
      : null;
  const onSort = (column: string) => {
    const descending = view.sort?.column === column && !view.sort.descending;
    setView(session.id, { sort: { column, descending } });
  };
  return (
    <>
      <TableArea>
        {count === 0 ? (
          <Nobody narrowed={matches !== null} search={search} />
        ) : (
          <Grid<DirectoryRow>
            list={matches ? 'matches' : 'all'}
            label={sanitizeText(source.label, 60)}
            columns={gridColumns}
            count={count}
            rowAt={matches ? (index) => matches[index] : pages.rowAt}
            cell={cell}
            text={text}
            onEnter={(row) => onOpen(row.id)}
            sort={view.sort}
            onSort={onSort}
            {...(matches
              ? {}
              : { onSeen: pages.see, at: cellOf(session.id), onAt: (at) => rememberCell(session.id, at) })}
          >
            {!matches && <FailedPages pages={pages} count={count} />}
          </Grid>
        )}
      </TableArea>
      <TableFoot status={statusOf(people, view.search)} keys="Enter opens · Ctrl C copies the cell">
        {search && count > 0 && (
          <Button variant="link" size="small" icon={Search} onPress={search.run}>
            {search.label}
          </Button>
        )}
      </TableFoot>
    </>
  );
}

interface NobodyProps {
  /** What is typed leaves none of the rows that are loaded. */
  narrowed: boolean;
  /** The vendor's own search for what is typed, where it has one. */
  search: { label: string; run(): void } | null;
}

function Nobody({ narrowed, search }: NobodyProps) {
  return (
    <TableCentre>
      <EmptyState
        title={narrowed ? 'Nobody among what is loaded has these words' : 'Nobody is listed here'}
        {...(search
          ? {
              actions: (
                <Button icon={Search} variant="main" onPress={search.run}>
                  {search.label}
                </Button>
              ),
            }
          : {})}
      >
        {narrowed && !search
          ? 'Scroll the whole list to load more of it; the vendor has no search of its own here.'
          : null}
      </EmptyState>
    </TableCentre>
  );
}

/** How much of the directory is here, in words; `searched` is what the vendor was asked for. */
function statusOf({ pages, matches }: People, searched: string): string {
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
