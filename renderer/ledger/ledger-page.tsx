import { useRef, useState } from 'react';
import type { LedgerRow } from '../state/types.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { FailureNote } from '../ui/failure-note.tsx';
import { Grid } from '../ui/grid.tsx';
import { PageHeader } from '../ui/page.tsx';
import { TableArea, TableCentre, TableFoot, TablePage } from '../ui/table-page.tsx';
import { ExportMenu } from './export-menu.tsx';
import style from './ledger.module.css';
import { cell, cellText, columns, columnsBesidePanel } from './ledger-cells.tsx';
import { isFiltered, keyOf, type LedgerQuery } from './ledger-query.ts';
import { LedgerTools } from './ledger-tools.tsx';
import { RowPanel } from './row-panel.tsx';
import { useLedgerRows } from './use-ledger-rows.ts';
import { Verify } from './verify.tsx';

/** The record of who did what for whom, and when; it can be searched, checked and taken along. `person`: whom to begin with. */
export function LedgerPage({ person }: { person?: string | undefined }) {
  const [query, setQuery] = useState<LedgerQuery>(person ? { person } : {});
  const rows = useLedgerRows(query);
  /** The row under the cursor, and whether its panel is open. */
  const [at, setAt] = useState(0);
  const [whole, setWhole] = useState(false);
  const area = useRef<HTMLDivElement>(null);
  const isEmpty = rows.list.length === 0 && !rows.busy && !rows.failure;
  const shown = whole ? rows.list[at] : undefined;
  const toRows = () => area.current?.querySelector<HTMLElement>('[role="grid"]')?.focus();
  const close = () => {
    setWhole(false);
    toRows();
  };

  return (
    <TablePage>
      <PageHeader
        oneLine
        title="Ledger"
        subtitle="Who did what for whom, and when. Every row carries the mark of the row before it."
        actions={
          <>
            <Verify />
            <ExportMenu />
          </>
        }
      />
      <LedgerTools
        query={query}
        onChange={setQuery}
        busy={rows.busy}
        onReload={rows.reload}
        onDown={toRows}
      />
      {rows.failure && <FailureNote failure={rows.failure} onRetry={rows.retry} />}
      <TableArea>
        {isEmpty && <NoRows isFiltered={isFiltered(query)} />}
        {(rows.list.length > 0 || rows.busy) && (
          // biome-ignore lint/a11y/noStaticElementInteractions: Escape closes what stands beside the rows
          <div
            ref={area}
            className={`${style.body} ${shown ? style.withPanel : ''}`}
            onKeyDown={({ key }) => key === 'Escape' && whole && close()}
          >
            <Grid<LedgerRow>
              list={keyOf(query)}
              label="Ledger"
              columns={shown ? columnsBesidePanel : columns}
              count={rows.list.length + (rows.busy ? 12 : 0)}
              rowAt={(index) => rows.list[index]}
              cell={cell}
              text={cellText}
              onSeen={rows.seen}
              onAt={(place) => setAt(place.row)}
              onEnter={() => setWhole(true)}
            />
            {shown && (
              <RowPanel
                row={shown}
                onClose={close}
                onPerson={(name) => {
                  setQuery({ person: name });
                  toRows();
                }}
              />
            )}
          </div>
        )}
      </TableArea>
      <TableFoot
        keys="Enter shows the whole row, Ctrl C copies the cell"
        status={
          rows.busy
            ? 'Loading'
            : `${rows.list.length.toLocaleString('en-GB')} rows${rows.end ? '' : ' so far, scroll for more'}`
        }
      />
    </TablePage>
  );
}

function NoRows({ isFiltered: filtered }: { isFiltered: boolean }) {
  return (
    <TableCentre>
      <EmptyState title={filtered ? 'No row fits' : 'Nothing has happened yet'}>
        {filtered ? null : 'Each sign-in, switch and ending is written here.'}
      </EmptyState>
    </TableCentre>
  );
}
