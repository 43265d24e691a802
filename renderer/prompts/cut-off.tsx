import { RotateCw } from 'lucide-react';
import { isOpen } from '#contract/session-states.ts';
import { act } from '../state/call.ts';
import { useAccount, useAppList } from '../state/store.ts';
import type { Session } from '../state/types.ts';
import { Avatar } from '../ui/avatar.tsx';
import { Button, RowButton } from '../ui/button.tsx';
import { sanitizeText } from '../ui/sanitize-text.ts';
import style from './prompts.module.css';

/** Of a list only so many are drawn. */
const most = 50;

/** Sign-ins that a lock or a stop of Gatehouse has cut off, and whose account has no session since. */
export const useCutOff = (): readonly Session[] =>
  useAppList((app) => {
    const all = Object.values(app.sessions);
    const cut = all.filter(
      ({ state, failure, accountId }) =>
        failure?.kind === 'cut-off' && state === 'failed' && app.accounts[accountId],
    );
    if (cut.length === 0) return cut;
    const open = new Set(all.filter(({ state }) => isOpen(state)).map(({ accountId }) => accountId));
    return cut.filter(({ accountId }) => !open.has(accountId)).toSorted((a, b) => a.startedAt - b.startedAt);
  });

const signInAgain = ({ id }: Session) => void act('sessions.signInAgain', { sessionId: id });
const dismiss = ({ id }: Session) => void act('sessions.dismiss', { sessionId: id });

/** What was cut off, each one press away from being asked for again. */
export function CutOff({ sessions }: { sessions: readonly Session[] }) {
  const several = sessions.length > 1;
  const more = sessions.length - most;
  return (
    <section className={style.cut} aria-labelledby="cut-off">
      <h3 className={style.headTitle} id="cut-off">
        Cut off
      </h3>
      <p className={style.cutWords}>
        A lock, or a stop of Gatehouse, ended {several ? 'these sign-ins' : 'this sign-in'} while you were
        asked for something.
      </p>
      <ul className={style.cutList}>
        {sessions.slice(0, most).map((session) => (
          <Line key={session.id} session={session} />
        ))}
      </ul>
      {more > 0 && <p className={style.cutWords}>and {more} more</p>}
      <div className={style.cutActions}>
        {several && (
          <Button icon={RotateCw} onPress={() => sessions.forEach(signInAgain)}>
            Sign in to all {sessions.length} again
          </Button>
        )}
        <Button variant="quiet" onPress={() => sessions.forEach(dismiss)}>
          {several ? 'Dismiss all' : 'Dismiss'}
        </Button>
      </div>
    </section>
  );
}

function Line({ session }: { session: Session }) {
  const account = useAccount(session.accountId);
  const label = sanitizeText(account?.label ?? 'An account', 60);
  return (
    <li className={style.cutRow}>
      <Avatar label={label} colour={account?.colour ?? 'slate'} size={24} />
      <span className={style.listName} dir="auto">
        {label}
      </span>
      <RowButton label={`Sign in again: ${label}`} onPress={() => signInAgain(session)}>
        Sign in again
      </RowButton>
    </li>
  );
}
