import { call } from '../state/call.ts';
import { showToast } from '../state/toasts.ts';
import type { Session } from '../state/types.ts';
import { Confirm } from '../ui/confirm.tsx';
import { formatCount } from '../ui/format.ts';

/** What is asked about before it is done: ending all sessions of the vendor's list but this one, or all. */
export interface EndRequest {
  what: 'others' | 'all';
}

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
