import { useMemo } from 'react';
import { useApp } from '../state/store.ts';
import type { LedgerRow } from '../state/types.ts';
import { Badge } from '../ui/badge.tsx';
import { formatFullTime } from '../ui/format.ts';
import type { GridColumn } from '../ui/grid-columns.ts';
import { sanitizeText } from '../ui/sanitize-text.ts';
import { actorName, eventOf } from './ledger-events.ts';

export const columns: GridColumn[] = [
  { id: 'at', title: 'Time', least: 182, share: 0 },
  { id: 'event', title: 'Event', least: 154, share: 0 },
  { id: 'account', title: 'Account', least: 136, share: 2 },
  { id: 'vendor', title: 'Vendor', least: 86, share: 0 },
  { id: 'realm', title: 'Realm', least: 98, share: 1 },
  { id: 'actor', title: 'By', least: 78, share: 0 },
  { id: 'detail', title: 'Detail', least: 160, share: 5 },
];

/** The cells of a ledger row: as text for the clipboard, and as they are drawn. */
export function useLedgerCells() {
  const vendors = useApp((app) => app.vendors);
  return useMemo(() => {
    const names = new Map(vendors.map(({ id, name }) => [id, name]));
    const text = (row: LedgerRow, column: string): string => {
      switch (column) {
        case 'at':
          return formatFullTime(row.at);
        case 'event':
          return eventOf(row.event).words;
        case 'account':
          return sanitizeText(row.accountLabel ?? '', 120);
        case 'vendor':
          return row.vendor ? sanitizeText(names.get(row.vendor) ?? row.vendor, 40) : '';
        case 'realm':
          return sanitizeText(row.realmName ?? '', 120);
        case 'actor':
          return sanitizeText(actorName(row.actor), 40);
        default:
          return sanitizeText(row.detail ?? '', 400);
      }
    };
    const cell = (row: LedgerRow, column: string) =>
      column === 'event' ? (
        <Badge tone={eventOf(row.event).tone}>{text(row, column)}</Badge>
      ) : (
        <bdi title={column === 'detail' ? text(row, column) : undefined}>{text(row, column)}</bdi>
      );
    return { text, cell };
  }, [vendors]);
}
