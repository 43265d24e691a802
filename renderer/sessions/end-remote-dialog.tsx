import { asFailure, CallFailed, call } from '../state/call.ts';
import { showToast } from '../state/toasts.ts';
import type { Failure, RemoteSession, Session } from '../state/types.ts';
import { Confirm } from '../ui/confirm.tsx';
import { formatCount } from '../ui/format.ts';
import { whereOf } from './remote-session-cells.tsx';

/** What is asked about before it is done: ending some sessions of the vendor's list, all but this one, or all. */
export type EndRequest =
  | { what: 'some'; remotes: readonly RemoteSession[] }
  | { what: 'others' }
  | { what: 'all' };

interface Props {
  request: EndRequest;
  session: Session;
  place: string;
  others: number;
  onClose(): void;
  onDone(): void;
}

/** Asks before sessions that the vendor lists are ended, and says whom that signs out. */
export function EndRemoteDialog({ request, session, place, others, onClose, onDone }: Props) {
  const sessionId = session.id;
  if (request.what === 'some') {
    const { remotes } = request;
    return (
      <Confirm
        title={`End ${formatCount(remotes.length, 'session')}`}
        action="End sessions"
        onClose={onClose}
        onConfirm={async () => {
          try {
            await endEach(sessionId, remotes);
            showToast({ tone: 'ok', text: `${formatCount(remotes.length, 'session')} ended ${place}.` });
          } finally {
            onDone();
          }
        }}
      >
        Whoever works in them is signed out at once: {remotes.map(whereOf).slice(0, 8).join(', ')}
        {remotes.length > 8 ? ` and ${formatCount(remotes.length - 8, 'other')}` : ''}.
      </Confirm>
    );
  }
  if (request.what === 'others')
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

/** Ends them one after the other; one that can't be ended does not keep the next from being ended. Throws the first failure, with how many were. */
async function endEach(sessionId: string, remotes: readonly RemoteSession[]): Promise<void> {
  const failures: Failure[] = [];
  for (const { id } of remotes) {
    try {
      await call('sessions.endRemote', { sessionId, remoteId: id });
    } catch (error) {
      failures.push(asFailure(error));
    }
  }
  const [first] = failures;
  if (!first) return;
  const ended = `${remotes.length - failures.length} of ${remotes.length} were ended.`;
  throw new CallFailed({ ...first, message: `${ended} ${first.message}` });
}
