import { act } from '../state/call.ts';
import { useNow } from '../state/clock.ts';
import { showReceipt } from '../state/navigation.ts';
import { useApp } from '../state/store.ts';
import type { ReceiptHead } from '../state/types.ts';
import { useRead } from '../state/use-read.ts';
import { Badge } from '../ui/badge.tsx';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { FailureNote } from '../ui/failure-note.tsx';
import { formatCount, formatFullTime, formatTimeTitle } from '../ui/format.ts';
import { sanitizeText } from '../ui/sanitize-text.ts';
import { Skeleton } from '../ui/skeleton.tsx';
import { type Column, Table } from '../ui/table.tsx';
import style from './ledger.module.css';

async function show({ id, doneAt }: ReceiptHead) {
  // One that the person was done with is not in the window.
  if (doneAt !== null) await act('receipts.show', { id });
  showReceipt(id);
}

/** Every receipt that is kept, newest first: what was ended together, and whether all of it has ended. */
export function ReceiptList() {
  const now = useNow(60_000);
  const { value, failure, reload } = useRead('receipts.list');
  // What is still open settles while one looks.
  const live = useApp((app) => app.receipts);
  if (failure) return <FailureNote failure={failure} onRetry={reload} />;
  if (!value) return <Skeleton rows={6} label="Loading the receipts" />;
  const settledOf = ({ id, settled }: ReceiptHead) =>
    live[id]?.lines.filter(({ how }) => how !== 'ending').length ?? settled;
  const columns: Column<ReceiptHead>[] = [
    {
      id: 'title',
      title: 'Ended together',
      cell: ({ title }) => <bdi>{sanitizeText(title, 120)}</bdi>,
    },
    {
      id: 'ordered',
      title: 'Ordered',
      width: '170px',
      cell: ({ orderedAt }) => (
        <span title={formatFullTime(orderedAt)}>{formatTimeTitle(orderedAt, now)}</span>
      ),
    },
    {
      id: 'sessions',
      title: 'Sessions',
      width: '120px',
      cell: ({ sessions }) => formatCount(sessions, 'session'),
    },
    {
      id: 'state',
      title: 'State',
      width: '170px',
      cell: (head) => {
        const settled = settledOf(head);
        return settled === head.sessions ? (
          <Badge tone="ok">All ended</Badge>
        ) : (
          <Badge tone="wait">{`${String(settled)} of ${String(head.sessions)} ended`}</Badge>
        );
      },
    },
    {
      id: 'show',
      title: '',
      width: '88px',
      align: 'end',
      cell: (head) => (
        <Button
          variant="link"
          size="small"
          aria-label={`Show the receipt ${sanitizeText(head.title, 60)}`}
          onPress={() => void show(head)}
        >
          Show
        </Button>
      ),
    },
  ];
  if (value.length === 0)
    return (
      <EmptyState title="No receipt yet">
        Signing out of several sessions together writes one, with how each end was confirmed.
      </EmptyState>
    );
  return (
    <div className={style.receipts}>
      <Table label="Receipts" columns={columns} rows={value} rowKey={({ id }) => id} />
    </div>
  );
}
