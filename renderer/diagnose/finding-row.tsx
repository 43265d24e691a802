import { CircleAlert, CircleCheck, Info, type LucideIcon } from 'lucide-react';
import { useState } from 'react';
import { ActionDialog } from '../directory/action-dialog.tsx';
import { showPeople } from '../state/navigation.ts';
import { useSession, useVendor } from '../state/store.ts';
import type { Finding } from '../state/types.ts';
import { Button } from '../ui/button.tsx';
import { sanitizeText } from '../ui/sanitize-text.ts';
import style from './why.module.css';

const looks: Record<Finding['weight'], { icon: LucideIcon; word: string }> = {
  cause: { icon: CircleAlert, word: 'Stops them' },
  hint: { icon: Info, word: 'Note' },
  fine: { icon: CircleCheck, word: 'Nothing stops them' },
};

interface Props {
  sessionId: string;
  email: string;
  finding: Finding;
  /** Whether their page is led to from here. */
  shows?: boolean;
  /** It was mended. */
  onDone(): void;
}

/** One thing that a session says of them, with what mends it. */
export function FindingRow({ sessionId, email, finding, shows = false, onDone }: Props) {
  const { weight, text, personId, mend } = finding;
  const { icon: Icon, word } = looks[weight];
  const [acting, setActing] = useState(false);
  const offered = mend && !mend.missingRight ? mend : undefined;
  return (
    <li className={`${style.finding} ${style[weight]}`}>
      <Icon size={16} strokeWidth={1.75} aria-hidden className={style.icon} />
      <div className={style.text}>
        <p className={style.word}>{word}</p>
        <p>
          <bdi>{sanitizeText(text, 400)}</bdi>
        </p>
        {mend?.missingRight && (
          <p className={style.where}>
            {sanitizeText(mend.label, 60)}: needs {sanitizeText(mend.missingRight, 200)}
          </p>
        )}
        {(offered || shows) && (
          <p className={style.actions}>
            {offered && (
              <Button
                size="small"
                variant={weight === 'cause' ? 'main' : 'plain'}
                onPress={() => setActing(true)}
              >
                {sanitizeText(offered.label, 60)}
              </Button>
            )}
            {shows && personId && <OpenPerson sessionId={sessionId} personId={personId} />}
          </p>
        )}
      </div>
      {acting && offered && (
        <ActionDialog
          action={offered}
          channel="people.act"
          sessionId={sessionId}
          target={personId}
          about={email}
          onClose={() => setActing(false)}
          onDone={onDone}
        />
      )}
    </li>
  );
}

/** Leads to their page, where the vendor has one. */
export function OpenPerson({ sessionId, personId }: { sessionId: string; personId: string }) {
  const session = useSession(sessionId);
  const vendor = useVendor(session?.vendor);
  if (!session || !vendor?.abilities.includes('people')) return null;
  return (
    <Button size="small" variant="link" onPress={() => showPeople(session.accountId, sessionId, personId)}>
      Open person
    </Button>
  );
}
