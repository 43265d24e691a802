import { useEffect, useRef, useState } from 'react';
import { useNow } from '../state/clock.ts';
import { useAppList } from '../state/store.ts';
import type { RemoteSession, Session, Vendor } from '../state/types.ts';
import { useKeptRead } from '../state/use-read.ts';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { formatFullTime, formatTime } from '../ui/format.ts';
import { Card } from '../ui/page.tsx';
import { sanitizeText } from '../ui/sanitize-text.ts';
import { type Column, Table } from '../ui/table.tsx';
import { VendorText } from '../ui/vendor-text.tsx';
import { endRemote, placeOf } from './end-remote.ts';
import { EndRemoteDialog, type EndRequest } from './end-remote-dialog.tsx';
import { ReadSection } from './read-section.tsx';
import { RowAction, Warnings, Where } from './remote-session-cells.tsx';
import style from './sessions.module.css';

/** The vendor's own list of sessions of this login, ours marked; end one, the others, all. */
export function RemoteSessionsSection({ session, vendor }: { session: Session; vendor: Vendor }) {
  const remotes = useKeptRead('sessions.remote', { sessionId: session.id });
  const [ending, setEnding] = useState<EndRequest | null>(null);
  const open = useAppList((app) =>
    Object.values(app.remoteEndings).flatMap(({ accountId, remoteId, failure }) =>
      accountId === session.accountId && !failure ? [remoteId] : [],
    ),
  );
  const ordered = new Set(open);
  const now = useNow(60_000);
  const { reload } = remotes;
  const orders = useRef(open.length);
  // An order was carried out: the vendor's list is another one.
  useEffect(() => {
    if (open.length < orders.current) reload();
    orders.current = open.length;
  }, [open.length, reload]);
  const can = (ability: Vendor['abilities'][number]) => vendor.abilities.includes(ability);
  const others = remotes.value?.filter(({ mark }) => mark !== 'this').length ?? 0;

  const columns: Column<RemoteSession>[] = [
    { id: 'where', title: 'Where', width: '31%', cell: (remote) => <Where remote={remote} /> },
    { id: 'browser', title: 'Browser', cell: ({ browser }) => <VendorText text={browser} length={60} /> },
    {
      id: 'address',
      title: 'Address',
      width: '160px',
      minor: true,
      cell: ({ address }) => <VendorText text={address} length={45} />,
    },
    {
      id: 'opened',
      title: 'Opened',
      width: '140px',
      cell: ({ openedAt }) =>
        openedAt === null ? '–' : <span title={formatFullTime(openedAt)}>{formatTime(openedAt, now)}</span>,
    },
    {
      id: 'actions',
      title: '',
      width: '88px',
      align: 'end',
      cell: (remote) => (
        <RowAction
          remote={remote}
          canEnd={can('end-remote-session')}
          ordered={ordered.has(remote.id)}
          onEnd={() => void endRemote(session.id, remote.id, placeOf(remote))}
        />
      ),
    },
  ];

  return (
    <ReadSection
      title={`Sessions ${sanitizeText(vendor.words.place, 40)}`}
      read={remotes}
      count={(list) => list.length}
      actions={
        <>
          {can('end-other-sessions') && others > 0 && (
            <Button onPress={() => setEnding({ what: 'others' })}>End the others</Button>
          )}
          {can('end-all-sessions') && (
            <Button variant="danger" onPress={() => setEnding({ what: 'all' })}>
              End all
            </Button>
          )}
        </>
      }
    >
      {(list) =>
        list.length === 0 ? (
          <Card>
            <EmptyState title="The vendor lists no session of this login." />
          </Card>
        ) : (
          <div className={style.stack}>
            <Warnings list={list} />
            <Table
              label={`Sessions ${vendor.words.place}`}
              columns={columns}
              rows={list}
              rowKey={({ id }) => id}
              strong={({ mark }) => mark === 'this'}
            />
            {ending && (
              <EndRemoteDialog
                request={ending}
                session={session}
                place={sanitizeText(vendor.words.place, 40)}
                others={others}
                onClose={() => setEnding(null)}
                onDone={remotes.reload}
              />
            )}
          </div>
        )
      }
    </ReadSection>
  );
}
