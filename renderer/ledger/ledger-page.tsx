import { RotateCw } from 'lucide-react';
import { useState } from 'react';
import type { LedgerRow } from '../state/types.ts';
import { IconButton } from '../ui/button.tsx';
import { CompactSelect } from '../ui/compact-select.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { FailureNote } from '../ui/failure-note.tsx';
import { Grid } from '../ui/grid.tsx';
import { PageHeader } from '../ui/page.tsx';
import { SearchField } from '../ui/search-field.tsx';
import { TableArea, TableCentre, TableFoot, TablePage, Toolbar, ToolbarSearch } from '../ui/table-page.tsx';
import { ExportMenu } from './export-menu.tsx';
import { cell, cellText, columns } from './ledger-cells.tsx';
import { events } from './ledger-events.ts';
import { useLedgerRows } from './use-ledger-rows.ts';
import { Verify } from './verify.tsx';

const eventOptions = [
  { value: '', label: 'All' },
  ...events.map(({ id, words: label }) => ({ value: id, label })),
];

/** The record of who opened, switched and ended what, and when; it can be searched, checked and taken along. */
export function LedgerPage() {
  const [event, setEvent] = useState('');
  const [search, setSearch] = useState('');
  const rows = useLedgerRows(event, search);
  const isEmpty = rows.list.length === 0 && !rows.busy && !rows.failure;
  return (
    <TablePage>
      <PageHeader
        oneLine
        title="Ledger"
        subtitle="Who opened, switched and ended what, and when. Every row carries the mark of the row before it."
        actions={
          <>
            <Verify />
            <ExportMenu />
          </>
        }
      />
      <Toolbar
        label="Which rows"
        end={<IconButton icon={RotateCw} label="Read it anew" onPress={rows.reload} isDisabled={rows.busy} />}
      >
        <CompactSelect label="Event" value={event} onChange={setEvent} options={eventOptions} />
        <ToolbarSearch>
          <SearchField label="Search the ledger" value={search} onChange={setSearch} />
        </ToolbarSearch>
      </Toolbar>
      {rows.failure && <FailureNote failure={rows.failure} onRetry={rows.retry} />}
      <TableArea>
        {isEmpty && <NoRows isFiltered={event !== '' || search.trim() !== ''} />}
        {(rows.list.length > 0 || rows.busy) && (
          <Grid<LedgerRow>
            list={`${event} ${search}`}
            label="Ledger"
            columns={columns}
            count={rows.list.length + (rows.busy ? 12 : 0)}
            rowAt={(index) => rows.list[index]}
            cell={cell}
            text={cellText}
            onSeen={rows.seen}
          />
        )}
      </TableArea>
      <TableFoot
        keys="Ctrl C copies the cell"
        status={
          rows.busy
            ? 'Loading'
            : `${rows.list.length.toLocaleString('en-GB')} rows${rows.end ? '' : ' so far, scroll for more'}`
        }
      />
    </TablePage>
  );
}

function NoRows({ isFiltered }: { isFiltered: boolean }) {
  return (
    <TableCentre>
      <EmptyState title={isFiltered ? 'No row has these words' : 'Nothing has happened yet'}>
        {isFiltered ? null : 'Each sign-in, switch and ending is written here.'}
      </EmptyState>
    </TableCentre>
  );
}
