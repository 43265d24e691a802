import { asFailure, CallFailed, call } from '../state/call.ts';
import { showToast } from '../state/toasts.ts';
import type { Failure, RemoteSession, Session } from '../state/types.ts';
import { Confirm } from '../ui/confirm.tsx';
import { formatCount } from '../ui/format.ts';
import { sanitizeText } from '../ui/sanitize-text.ts';
import { placeOf } from './remote-session-cells.tsx';

/** What is asked before it is ended: one session of the vendor's list, some, all but this one, or all. */
export type EndRequest =
  | { what: 'one'; remote: RemoteSession }
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
  if (request.what === 'one') {
    const { remote } = request;
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
        Whoever works in them is signed out at once: {remotes.map(placeOf).slice(0, 8).join(', ')}
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
