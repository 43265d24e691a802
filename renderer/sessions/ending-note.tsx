import { CircleHelp, Hourglass } from 'lucide-react';
import { act } from '../state/call.ts';
import { useTimed } from '../state/clock.ts';
import type { Session } from '../state/types.ts';
import { Button } from '../ui/button.tsx';
import { Note } from '../ui/note.tsx';
import { sanitizeText } from '../ui/sanitize-text.ts';
import { endingText, endingTitle } from './ending-text.ts';
import style from './sessions.module.css';

/** "Ended here", "possibly alive until T": told apart, each with what can be done. */
export function EndingNote({ session }: { session: Session }) {
  const words = useTimed((now) => endingText(session, now));
  const waiting = session.state === 'ending';
  return (
    <Note
      tone="wait"
      icon={waiting ? Hourglass : CircleHelp}
      actions={
        <Button
          size="small"
          onPress={() =>
            act(waiting ? 'sessions.tryEndingNow' : 'sessions.dismiss', { sessionId: session.id })
          }
        >
          {waiting ? 'Try now' : 'Dismiss'}
        </Button>
      }
    >
      <p className={style.strong}>{endingTitle(session)}</p>
      <p>{words}</p>
      {session.failure && <p>{sanitizeText(session.failure.message, 300)}</p>}
      {session.ending?.lastFailure && (
        <p className={style.secondary}>
          Last answer: {sanitizeText(session.ending.lastFailure.message, 300)}
        </p>
      )}
    </Note>
  );
}
