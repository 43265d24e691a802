import { TriangleAlert } from 'lucide-react';
import { useTimed } from '../state/clock.ts';
import { showAccount } from '../state/navigation.ts';
import { useAccount, useSession } from '../state/store.ts';
import type { RemoteSession, Session } from '../state/types.ts';
import { Badge } from '../ui/badge.tsx';
import { Button } from '../ui/button.tsx';
import { Checkbox } from '../ui/choice.tsx';
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

interface WhereProps {
  remote: RemoteSession;
  /** The session whose page it is. */
  asking: Session;
  isNew: boolean;
}

/** Where a session was opened, by whom, and whether it is one of ours; our others go by their account's name. */
export function Where({ remote, asking, isNew }: WhereProps) {
  const own = useSession(remote.sessionId);
  const account = useAccount(remote.mark === 'ours' ? own?.accountId : null);
  const ending = useTimed((now) =>
    own?.state === 'ending' ? sessionStatus(own, undefined, now).long.toLowerCase() : null,
  );
  return (
    <span className={style.where}>
      {account && <VendorText text={account.label} length={60} className={style.cut} />}
      <VendorText
        text={remote.where}
        empty="Unknown place"
        length={50}
        className={account ? `${style.secondary} ${style.cut}` : style.cut}
      />
      {remote.person && remote.person !== asking.person && (
        <VendorText text={remote.person} length={40} className={`${style.secondary} ${style.cut}`} />
      )}
      {ending ? (
        <Badge tone="wait">{ending}</Badge>
      ) : (
        <>
          {remote.mark === 'this' && <Badge tone="ok">this one</Badge>}
          {remote.mark === 'ours' && <Badge tone="accent">opened here</Badge>}
          {isNew && (
            <Badge tone="wait">
              <span>
                new<span className={style.wide}> since you signed in</span>
              </span>
            </Badge>
          )}
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

/** Where it is, to be said in a sentence. */
export const placeOf = ({ where }: RemoteSession): string => sanitizeText(where ?? 'an unknown place', 40);

export const isTickable = ({ mark, canEnd }: RemoteSession): boolean => mark !== 'this' && canEnd;

interface TickProps {
  remote: RemoteSession;
  isTicked: boolean;
  onChange(on: boolean): void;
}

/** Chooses a session to be ended with others; none for this one, and for one that is being ended. */
export function Tick({ remote, isTicked, onChange }: TickProps) {
  const own = useSession(remote.sessionId);
  if (!isTickable(remote) || own?.state === 'ending') return null;
  return (
    <span className={style.tick}>
      <Checkbox
        aria-label={`Choose the session in ${placeOf(remote)}`}
        isSelected={isTicked}
        onChange={onChange}
      >
        {null}
      </Checkbox>
    </span>
  );
}

interface RowActionProps {
  remote: RemoteSession;
  canEnd: boolean;
  onEnd(): void;
}

/** Ends a session that is not ours, shows one that is. */
export function RowAction({ remote, canEnd, onEnd }: RowActionProps) {
  const own = useSession(remote.sessionId);
  if (remote.mark === 'this' || own?.state === 'ending') return null;
  if (remote.mark === 'ours' && own)
    return (
      <Button variant="link" size="small" onPress={() => showAccount(own.accountId, own.id)}>
        Show
      </Button>
    );
  if (!canEnd || !remote.canEnd) return null;
  return (
    <Button variant="link" size="small" onPress={onEnd} aria-label={`End the session in ${placeOf(remote)}`}>
      End
    </Button>
  );
}
