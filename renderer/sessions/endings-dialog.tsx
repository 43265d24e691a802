import { act } from '../state/call.ts';
import { useTimed } from '../state/clock.ts';
import { useAccount, useAppList, useVendor } from '../state/store.ts';
import type { Session } from '../state/types.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { sanitizeText } from '../ui/sanitize-text.ts';
import { endingText, endingTitle } from './ending-text.ts';
import style from './sessions.module.css';
import { unconfirmed } from './unconfirmed.ts';

/** Every ending that no vendor has confirmed, of removed accounts too. */
export function EndingsDialog({ onClose }: { onClose(): void }) {
  const sessions = useAppList(unconfirmed);
  return (
    <Dialog
      title="Endings not confirmed"
      subtitle="These sessions were given up here. Gatehouse keeps trying until the vendor confirms the end, or their tokens have run out."
      onClose={onClose}
      size="large"
    >
      {sessions.length === 0 ? (
        <p className={style.secondary}>Every ending is confirmed.</p>
      ) : (
        <ul className={style.realms}>
          {sessions.map((session) => (
            <EndingRow key={session.id} session={session} />
          ))}
        </ul>
      )}
    </Dialog>
  );
}

function EndingRow({ session }: { session: Session }) {
  const account = useAccount(session.accountId);
  const vendor = useVendor(session.vendor);
  const words = useTimed((now) => endingText(session, now));
  const who = account
    ? sanitizeText(account.label, 60)
    : `${sanitizeText(session.formerAccount ?? vendor?.name ?? session.vendor, 60)} (account not on the list)`;
  const waiting = session.state === 'ending';
  return (
    <li className={style.realm}>
      <span className={style.realmWho}>
        <span className={style.strong}>
          {[who, session.realm && sanitizeText(session.realm.name, 60)].filter(Boolean).join(' · ')}
        </span>
        <span className={style.secondary}>
          {endingTitle(session)}. {words}
        </span>
        {session.failure && (
          <span className={style.secondary}>{sanitizeText(session.failure.message, 200)}</span>
        )}
        {session.ending?.lastFailure && (
          <span className={style.secondary}>{sanitizeText(session.ending.lastFailure.message, 200)}</span>
        )}
      </span>
      <Button
        size="small"
        aria-label={`${waiting ? 'Try now' : 'Dismiss'}: ${who}`}
        onPress={() => act(waiting ? 'sessions.tryEndingNow' : 'sessions.dismiss', { sessionId: session.id })}
      >
        {waiting ? 'Try now' : 'Dismiss'}
      </Button>
    </li>
  );
}
