import { TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import { call } from '../state/call.ts';
import { useNow, useTimed } from '../state/clock.ts';
import { showAccount } from '../state/navigation.ts';
import { useSession } from '../state/store.ts';
import { showToast } from '../state/toasts.ts';
import type { RemoteSession, Session, Vendor } from '../state/types.ts';
import { useKeptRead } from '../state/use-read.ts';
import { Badge } from '../ui/badge.tsx';
import { Button } from '../ui/button.tsx';
import { Confirm } from '../ui/confirm.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { formatCount, formatFullTime, formatTime } from '../ui/format.ts';
import { Note } from '../ui/note.tsx';
import { Card } from '../ui/page.tsx';
import { sanitizeText } from '../ui/sanitize-text.ts';
import { type Column, Table } from '../ui/table.tsx';
import { VendorText } from '../ui/vendor-text.tsx';
import { Loaded } from './loaded.tsx';
import { sessionStatus } from './session-status.ts';
import style from './sessions.module.css';

type Asking = { what: 'one'; remote: RemoteSession } | { what: 'others' } | { what: 'all' };

/** The vendor's own list of sessions of this login, ours marked; end one, the others, all. */
export function RemoteSessionsSection({ session, vendor }: { session: Session; vendor: Vendor }) {
  const remotes = useKeptRead('sessions.remote', { sessionId: session.id });
  const [asking, setAsking] = useState<Asking | null>(null);
  const now = useNow(60_000);
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
          onEnd={() => setAsking({ what: 'one', remote })}
        />
      ),
    },
  ];

  return (
    <Loaded
      title={`Sessions ${sanitizeText(vendor.words.place, 40)}`}
      read={remotes}
      count={(list) => list.length}
      actions={
        <>
          {can('end-other-sessions') && others > 0 && (
            <Button onPress={() => setAsking({ what: 'others' })}>End the others</Button>
          )}
          {can('end-all-sessions') && (
            <Button variant="danger" onPress={() => setAsking({ what: 'all' })}>
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
            {asking && (
              <EndConfirm
                asking={asking}
                session={session}
                place={sanitizeText(vendor.words.place, 40)}
                others={others}
                onClose={() => setAsking(null)}
                onDone={remotes.reload}
              />
            )}
          </div>
        )
      }
    </Loaded>
  );
}

/** What is suspicious about the rows that say so. */
function Warnings({ list }: { list: RemoteSession[] }) {
  const warnings = [...new Set(list.flatMap(({ warning }) => warning ?? []))];
  if (warnings.length === 0) return null;
  return (
    <Note tone="wait" icon={TriangleAlert}>
      {warnings.map((warning) => (
        <p key={warning}>
          <b className={style.strong}>Suspicious:</b> {warning}
        </p>
      ))}
    </Note>
  );
}

function Where({ remote }: { remote: RemoteSession }) {
  const own = useSession(remote.sessionId);
  const ending = useTimed((now) =>
    own?.state === 'ending' ? sessionStatus(own, undefined, now).long.toLowerCase() : null,
  );
  return (
    <span className={style.where}>
      <VendorText text={remote.where} empty="Unknown place" length={50} className={style.cut} />
      {remote.person && <VendorText text={remote.person} length={40} className={style.secondary} />}
      {ending ? (
        <Badge tone="wait">{ending}</Badge>
      ) : (
        <>
          {remote.mark === 'this' && <Badge tone="ok">this one</Badge>}
          {remote.mark === 'ours' && <Badge tone="accent">opened here</Badge>}
          {remote.warning && (
            <Badge tone="wait" icon={TriangleAlert}>
              suspicious
            </Badge>
          )}
        </>
      )}
    </span>
  );
}

interface RowActionProps {
  remote: RemoteSession;
  canEnd: boolean;
  onEnd(): void;
}

function RowAction({ remote, canEnd, onEnd }: RowActionProps) {
  const own = useSession(remote.sessionId);
  if (remote.mark === 'this' || own?.state === 'ending') return null;
  if (remote.mark === 'ours' && own)
    return (
      <Button variant="link" size="small" onPress={() => showAccount(own.accountId, own.id)}>
        Show
      </Button>
    );
  if (!canEnd || !remote.canEnd) return null;
  const where = sanitizeText(remote.where ?? 'an unknown place', 40);
  return (
    <Button variant="link" size="small" onPress={onEnd} aria-label={`End the session in ${where}`}>
      End
    </Button>
  );
}

interface EndConfirmProps {
  asking: Asking;
  session: Session;
  place: string;
  others: number;
  onClose(): void;
  onDone(): void;
}

function EndConfirm({ asking, session, place, others, onClose, onDone }: EndConfirmProps) {
  const sessionId = session.id;
  if (asking.what === 'one') {
    const { remote } = asking;
    const where = [remote.where, remote.browser]
      .flatMap((part) => (part ? [sanitizeText(part, 60)] : []))
      .join(', ');
    return (
      <Confirm
        title="End this session"
        action="End session"
        onClose={onClose}
        onConfirm={async () => {
          await call('sessions.endRemote', { sessionId, remoteId: remote.id });
          onDone();
        }}
      >
        {where ? `${where}: whoever` : 'Whoever'} works in it is signed out at once. {remote.warning}
      </Confirm>
    );
  }
  if (asking.what === 'others')
    return (
      <Confirm
        title="End the other sessions"
        action="End the others"
        onClose={onClose}
        onConfirm={async () => {
          const { ended } = await call('sessions.endOthers', { sessionId });
          showToast({ tone: 'ok', text: `${formatCount(ended, 'session')} ended ${place}.` });
          onDone();
        }}
      >
        Ends {formatCount(others, 'session')} of this login {place}, wherever they were opened. This one
        stays.
      </Confirm>
    );
  return (
    <Confirm
      title="End all sessions"
      action="End all"
      onClose={onClose}
      onConfirm={async () => {
        await call('sessions.endAll', { sessionId });
      }}
    >
      Ends every session of this login {place}, this one included.
    </Confirm>
  );
}
