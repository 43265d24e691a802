import { useMemo, useState } from 'react';
import { useNow } from '../state/clock.ts';
import type { RemoteSession, Session, Vendor } from '../state/types.ts';
import { useKeptRead } from '../state/use-read.ts';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { formatCount, formatFullTime, formatTime } from '../ui/format.ts';
import { Card } from '../ui/page.tsx';
import { sanitizeText } from '../ui/sanitize-text.ts';
import { type Column, Table } from '../ui/table.tsx';
import { VendorText } from '../ui/vendor-text.tsx';
import { EndRemoteDialog, type EndRequest } from './end-remote-dialog.tsx';
import { ReadSection } from './read-section.tsx';
import { newestFirst, openedSince } from './remote-rows.ts';
import { isTickable, RowAction, Tick, Warnings, Where } from './remote-session-cells.tsx';
import style from './sessions.module.css';

/** The vendor's own list of sessions of this login, the newest first, ours named; end one, several, the others, all. */
export function RemoteSessionsSection({ session, vendor }: { session: Session; vendor: Vendor }) {
  const remotes = useKeptRead('sessions.remote', { sessionId: session.id });
  const [ending, setEnding] = useState<EndRequest | null>(null);
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set());
  const can = (ability: Vendor['abilities'][number]) => vendor.abilities.includes(ability);
  const list = useMemo(() => newestFirst(remotes.value ?? []), [remotes.value]);
  const place = sanitizeText(vendor.words.place, 40);
  const others = list.filter(({ mark }) => mark !== 'this').length;
  const chosen = list.filter(({ id }) => ticked.has(id));
  const tick = (id: string, on: boolean) =>
    setTicked((before) => new Set(on ? [...before, id] : [...before].filter((one) => one !== id)));

  return (
    <ReadSection
      title={`Sessions ${place}`}
      read={remotes}
      count={({ length }) => length}
      actions={
        <>
          {chosen.length > 0 && (
            <Button variant="danger" onPress={() => setEnding({ what: 'some', remotes: chosen })}>
              End {formatCount(chosen.length, 'session')}
            </Button>
          )}
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
      {() =>
        list.length === 0 ? (
          <Card>
            <EmptyState title="The vendor lists no session of this login." />
          </Card>
        ) : (
          <div className={style.stack}>
            <Warnings list={list} />
            <RemoteTable
              label={`Sessions ${place}`}
              session={session}
              list={list}
              canEnd={can('end-remote-session')}
              ticked={ticked}
              onTick={tick}
              onEnd={(remote) => setEnding({ what: 'one', remote })}
            />
            {ending && (
              <EndRemoteDialog
                request={ending}
                session={session}
                place={place}
                others={others}
                onClose={() => setEnding(null)}
                onDone={() => {
                  setTicked(new Set());
                  remotes.reload();
                }}
              />
            )}
          </div>
        )
      }
    </ReadSection>
  );
}

interface TableProps {
  label: string;
  session: Session;
  list: readonly RemoteSession[];
  canEnd: boolean;
  ticked: ReadonlySet<string>;
  onTick(id: string, on: boolean): void;
  onEnd(remote: RemoteSession): void;
}

function RemoteTable({ label, session, list, canEnd, ticked, onTick, onEnd }: TableProps) {
  const now = useNow(60_000);
  const fresh = useMemo(() => openedSince(session, list), [session, list]);
  const canTick = canEnd && list.some(isTickable);
  const columns: Column<RemoteSession>[] = [
    ...(canTick
      ? [
          {
            id: 'tick',
            title: '',
            hiddenTitle: 'Choose',
            width: '46px',
            fit: true,
            cell: (remote: RemoteSession) => (
              <Tick
                remote={remote}
                isTicked={ticked.has(remote.id)}
                onChange={(on) => onTick(remote.id, on)}
              />
            ),
          },
        ]
      : []),
    {
      id: 'where',
      title: 'Where',
      width: '66%',
      cell: (remote) => <Where remote={remote} asking={session} isNew={fresh.has(remote.id)} />,
    },
    {
      id: 'browser',
      title: 'Browser',
      width: '34%',
      spare: true,
      cell: ({ browser }) => <VendorText text={browser} length={60} />,
    },
    {
      id: 'address',
      title: 'Address',
      width: '160px',
      fit: true,
      minor: true,
      cell: ({ address }) => (
        <span className={style.address} title={address ? sanitizeText(address, 45) : undefined}>
          <VendorText text={address} length={45} />
        </span>
      ),
    },
    {
      id: 'opened',
      title: 'Opened',
      width: '140px',
      fit: true,
      cell: ({ openedAt }) =>
        openedAt === null ? '–' : <span title={formatFullTime(openedAt)}>{formatTime(openedAt, now)}</span>,
    },
    {
      id: 'actions',
      title: '',
      width: '88px',
      fit: true,
      align: 'end',
      cell: (remote) => <RowAction remote={remote} canEnd={canEnd} onEnd={() => onEnd(remote)} />,
    },
  ];
  return (
    <Table
      label={label}
      columns={columns}
      rows={list}
      rowKey={({ id }) => id}
      strong={({ mark }) => mark === 'this'}
    />
  );
}
