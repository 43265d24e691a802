import { CircleCheck, Hourglass, Info, KeyRound, LoaderCircle, WifiOff } from 'lucide-react';
import { act } from '../state/call.ts';
import { useNow, useTimed } from '../state/clock.ts';
import { showPrompts } from '../state/navigation.ts';
import { useApp } from '../state/store.ts';
import type { Account, Session } from '../state/types.ts';
import { Button } from '../ui/button.tsx';
import { FailureNote } from '../ui/failure-note.tsx';
import { Note } from '../ui/note.tsx';
import { plain } from '../ui/plain.ts';
import { moment } from '../ui/words.ts';
import { EndingNote } from './ending-note.tsx';
import style from './sessions.module.css';
import { waitsFor } from './state-words.ts';

type Props = { account: Account; session: Session | undefined; last: Session | undefined };

/** What the person must know about the chosen session, in sentences. */
export function SessionNotes({ account, session, last }: Props) {
  const ask = useApp(
    (app) => Object.values(app.prompts).find((prompt) => prompt.sessionId === session?.id)?.ask,
  );
  const now = useNow(60_000);
  if (!session)
    return last?.endedAt ? (
      <Note icon={CircleCheck}>
        {last.endedHow === 'vendor'
          ? 'The vendor confirmed the end of the last session'
          : 'The last session ran out by itself'}
        , {moment(last.endedAt, now)}.
      </Note>
    ) : null;

  if (session.endedHow === 'possibly-alive') return <EndingNote session={session} />;
  const dismiss = () => void act('sessions.dismiss', { sessionId: session.id });
  switch (session.state) {
    case 'signing-in':
      return (
        <p className={style.busyLine} role="status">
          <LoaderCircle size={16} strokeWidth={1.75} aria-hidden className={style.spin} />
          Signing in as {plain(account.identity)}
        </p>
      );
    case 'waiting':
      return (
        <Note
          tone="wait"
          icon={KeyRound}
          actions={
            <Button size="small" onPress={() => showPrompts()}>
              Answer
            </Button>
          }
        >
          {ask
            ? `The vendor asks for something before the session opens: ${waitsFor(ask)}.`
            : 'Waiting for the vendor.'}
        </Note>
      );
    case 'active':
      return session.checkFailure ? <CheckNote session={session} /> : null;
    case 'failed':
    case 'expired':
      return session.failure ? (
        <FailureNote failure={session.failure} announce={false} onDismiss={dismiss} />
      ) : (
        <Note
          icon={Info}
          actions={
            <Button size="small" onPress={dismiss}>
              Dismiss
            </Button>
          }
        >
          This session has expired at the vendor.
        </Note>
      );
    case 'ending':
    case 'ended':
      return <EndingNote session={session} />;
  }
}

function CheckNote({ session }: { session: Session }) {
  const checked = useTimed((now) => (session.checkedAt ? moment(session.checkedAt, now) : null));
  return (
    <Note
      tone="wait"
      icon={session.checkFailure?.kind === 'network' ? WifiOff : Hourglass}
      actions={
        <Button size="small" onPress={() => act('sessions.check', { sessionId: session.id })}>
          Check now
        </Button>
      }
    >
      <p>{plain(session.checkFailure?.message ?? '', 300)}</p>
      <p className={style.secondary}>
        {checked
          ? `Last confirmed ${checked}; shown as it was then.`
          : 'Never confirmed since it was opened.'}
      </p>
    </Note>
  );
}
