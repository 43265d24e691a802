import { TriangleAlert } from 'lucide-react';
import { useTimed } from '../state/clock.ts';
import { showAccount } from '../state/navigation.ts';
import { useSession } from '../state/store.ts';
import type { RemoteSession } from '../state/types.ts';
import { Badge } from '../ui/badge.tsx';
import { Button } from '../ui/button.tsx';
import { Note } from '../ui/note.tsx';
import { sanitizeText } from '../ui/sanitize-text.ts';
import { VendorText } from '../ui/vendor-text.tsx';
import { sessionStatus } from './session-status.ts';
import style from './sessions.module.css';

/** What is suspicious about the rows that say so. */
export function Warnings({ list }: { list: RemoteSession[] }) {
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

/** Where a session was opened, by whom, and whether it is one of ours. */
export function Where({ remote }: { remote: RemoteSession }) {
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
  /** Its end is ordered and not carried out yet. */
  ordered: boolean;
  onEnd(): void;
}

/** Ends a session that is not ours, shows one that is. */
export function RowAction({ remote, canEnd, ordered, onEnd }: RowActionProps) {
  const own = useSession(remote.sessionId);
  if (remote.mark === 'this' || own?.state === 'ending') return null;
  if (remote.mark === 'ours' && own)
    return (
      <Button variant="link" size="small" onPress={() => showAccount(own.accountId, own.id)}>
        Show
      </Button>
    );
  if (ordered) return <Badge tone="wait">ending</Badge>;
  if (!canEnd || !remote.canEnd) return null;
  const where = sanitizeText(remote.where ?? 'an unknown place', 40);
  return (
    <Button variant="link" size="small" onPress={onEnd} aria-label={`End the session in ${where}`}>
      End
    </Button>
  );
}
