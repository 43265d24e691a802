import type { LedgerRow } from '../state/types.ts';
import { Badge } from '../ui/badge.tsx';
import { formatFullTime } from '../ui/format.ts';
import type { GridColumn } from '../ui/grid-columns.ts';
import { sanitizeText } from '../ui/sanitize-text.ts';
import { actorName, eventOf } from './ledger-events.ts';

export const columns: GridColumn[] = [
  { id: 'at', title: 'Time', least: 178, share: 0 },
  { id: 'event', title: 'Event', least: 154, share: 0 },
  { id: 'by', title: 'By', least: 110, share: 1 },
  { id: 'subject', title: 'Person', least: 120, share: 2 },
  { id: 'account', title: 'Account', least: 110, share: 2 },
  { id: 'realm', title: 'Realm', least: 90, share: 1 },
  { id: 'signedInAs', title: 'Signed in as', least: 110, share: 2 },
  { id: 'detail', title: 'Detail', least: 160, share: 4 },
];

const fewer: ReadonlySet<string> = new Set(['at', 'event', 'subject', 'detail']);
/** Beside the panel, which says the rest. */
export const columnsBesidePanel = columns.filter(({ id }) => fewer.has(id));

/** Who used the computer, and which one; rows of earlier versions say only by what way it was done. */
export function byWhom({ actor, osUser, machine }: LedgerRow): string {
  if (!osUser) return sanitizeText(actorName(actor), 40);
  return sanitizeText(machine ? `${osUser} on ${machine}` : osUser, 120);
}

/** Whom it was done for: the name, or else the vendor's id. */
export const subjectOf = ({ subjectName, subjectId }: LedgerRow): string =>
  sanitizeText(subjectName ?? subjectId ?? '', 200);

/** A cell as text. */
export function cellText(row: LedgerRow, column: string): string {
  switch (column) {
    case 'at':
      return formatFullTime(row.at);
    case 'event':
      return eventOf(row.event).words;
    case 'by':
      return byWhom(row);
    case 'signedInAs':
      return sanitizeText(row.signedInAs ?? '', 120);
    case 'account':
      return sanitizeText(row.accountLabel ?? '', 120);
    case 'realm':
      return sanitizeText(row.realmName ?? '', 120);
    case 'subject':
      return subjectOf(row);
    default:
      return sanitizeText(row.detail ?? '', 400);
  }
}

/** A cell as it is drawn. */
export const cell = (row: LedgerRow, column: string) =>
  column === 'event' ? (
    <Badge tone={eventOf(row.event).tone}>{cellText(row, column)}</Badge>
  ) : (
    <bdi title={cellText(row, column)}>{cellText(row, column)}</bdi>
  );
