import { Download, RotateCw } from 'lucide-react';
import { useMemo, useState } from 'react';
import { act } from '../state/call.ts';
import { useApp } from '../state/store.ts';
import type { LedgerRow } from '../state/types.ts';
import { Badge } from '../ui/badge.tsx';
import { Button, IconButton } from '../ui/button.tsx';
import { CompactSelect } from '../ui/compact-select.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { FailureNote } from '../ui/failure-note.tsx';
import { Grid } from '../ui/grid.tsx';
import type { GridColumn } from '../ui/grid-columns.ts';
import { Menu } from '../ui/menu.tsx';
import { plain } from '../ui/plain.ts';
import room from '../ui/room.module.css';
import { SearchField } from '../ui/search-field.tsx';
import { fullMoment } from '../ui/words.ts';
import { actorWords, eventOf, events } from './events.ts';
import { Exported } from './exported.tsx';
import { useLedgerRows } from './use-rows.ts';
import { Verify } from './verify.tsx';

const columns: GridColumn[] = [
  { id: 'at', title: 'Time', least: 182, share: 0 },
  { id: 'event', title: 'Event', least: 154, share: 0 },
  { id: 'account', title: 'Account', least: 136, share: 2 },
  { id: 'vendor', title: 'Vendor', least: 86, share: 0 },
  { id: 'realm', title: 'Realm', least: 98, share: 1 },
  { id: 'actor', title: 'By', least: 78, share: 0 },
  { id: 'detail', title: 'Detail', least: 160, share: 5 },
];

/** The record of who opened, switched and ended what, and when; it can be searched, checked and taken along. */
export function LedgerPage() {
  const [event, setEvent] = useState('');
  const [text, setText] = useState('');
  const [exported, setExported] = useState<{ path: string; rows: number; head: string } | null>(null);
  const rows = useLedgerRows(event, text);
  const vendors = useApp((state) => state.vendors);

  const words = useMemo(() => {
    const names = new Map(vendors.map(({ id, name }) => [id, name]));
    return (row: LedgerRow, column: string): string => {
      switch (column) {
        case 'at':
          return fullMoment(row.at);
        case 'event':
          return eventOf(row.event).words;
        case 'account':
          return plain(row.accountLabel ?? '', 120);
        case 'vendor':
          return row.vendor ? plain(names.get(row.vendor) ?? row.vendor, 40) : '';
        case 'realm':
          return plain(row.realmName ?? '', 120);
        case 'actor':
          return plain(actorWords(row.actor), 40);
        default:
          return plain(row.detail ?? '', 400);
      }
    };
  }, [vendors]);
  const cell = useMemo(
    () => (row: LedgerRow, column: string) =>
      column === 'event' ? (
        <Badge tone={eventOf(row.event).tone}>{words(row, column)}</Badge>
      ) : (
        <bdi title={column === 'detail' ? words(row, column) : undefined}>{words(row, column)}</bdi>
      ),
    [words],
  );

  async function exportAs(format: 'csv' | 'jsonl') {
    const answer = await act('ledger.export', { format });
    if (answer?.path) setExported({ ...answer, path: answer.path });
  }

  const filtered = event !== '' || text.trim() !== '';
  return (
    <div className={room.room}>
      <header className={room.header}>
        <div className={room.titles}>
          <h1 className={room.title}>Ledger</h1>
          <p className={room.subtitle}>
            Who opened, switched and ended what, and when. Every row carries the mark of the row before it.
          </p>
        </div>
        <Verify />
        <Menu
          label="Export the ledger"
          entries={[
            { kind: 'action', id: 'csv', label: 'CSV, for a spreadsheet', run: () => void exportAs('csv') },
            {
              kind: 'action',
              id: 'jsonl',
              label: 'JSON Lines, for a program',
              run: () => void exportAs('jsonl'),
            },
          ]}
        >
          <Button icon={Download}>Export</Button>
        </Menu>
      </header>
      <div className={room.tools} role="toolbar" aria-label="Which rows">
        <CompactSelect
          label="Event"
          value={event}
          onChange={setEvent}
          options={[
            { value: '', label: 'All' },
            ...events.map(({ id, words: label }) => ({ value: id, label })),
          ]}
        />
        <div className={room.search}>
          <SearchField label="Search the ledger" value={text} onChange={setText} />
        </div>
        <span className={room.toolsEnd}>
          <IconButton icon={RotateCw} label="Read it anew" onPress={rows.again} isDisabled={rows.busy} />
        </span>
      </div>
      {rows.failure && <FailureNote failure={rows.failure} onRetry={rows.retry} />}
      <div className={room.table}>
        {rows.list.length === 0 && !rows.busy && !rows.failure ? (
          <div className={room.centre}>
            <EmptyState title={filtered ? 'No row has these words' : 'Nothing has happened yet'}>
              {filtered ? null : 'Each sign-in, switch and ending is written here.'}
            </EmptyState>
          </div>
        ) : (
          (rows.list.length > 0 || rows.busy) && (
            <Grid<LedgerRow>
              list={`${event} ${text}`}
              label="Ledger"
              columns={columns}
              count={rows.list.length + (rows.busy ? 12 : 0)}
              rowAt={(index) => rows.list[index]}
              cell={cell}
              text={words}
              onSeen={rows.seen}
            />
          )
        )}
      </div>
      {exported && <Exported {...exported} onClose={() => setExported(null)} />}
      <footer className={room.foot}>
        <span role="status">
          {rows.busy
            ? 'Loading'
            : `${rows.list.length.toLocaleString('en-GB')} rows${rows.end ? '' : ' so far, scroll for more'}`}
        </span>
        <span className={room.footEnd}>Ctrl C copies the cell</span>
      </footer>
    </div>
  );
}
