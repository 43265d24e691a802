import { CircleAlert, CircleCheck, Info, type LucideIcon } from 'lucide-react';
import { useState } from 'react';
import { ActionDialog } from '../directory/action-dialog.tsx';
import { showPeople } from '../state/navigation.ts';
import { useAccount, useSession, useVendor } from '../state/store.ts';
import type { Action, Finding } from '../state/types.ts';
import { useRead } from '../state/use-read.ts';
import { Avatar } from '../ui/avatar.tsx';
import { Button } from '../ui/button.tsx';
import { FailureNote } from '../ui/failure-note.tsx';
import { sanitizeText } from '../ui/sanitize-text.ts';
import { Skeleton } from '../ui/skeleton.tsx';
import style from './why.module.css';

const looks: Record<Finding['weight'], { icon: LucideIcon; word: string }> = {
  cause: { icon: CircleAlert, word: 'Stops them' },
  hint: { icon: Info, word: 'Worth knowing' },
  fine: { icon: CircleCheck, word: 'In order' },
};

/** What one live session knows about them. */
export function WhyCard({ sessionId, email }: { sessionId: string; email: string }) {
  const session = useSession(sessionId);
  const account = useAccount(session?.accountId);
  const vendor = useVendor(session?.vendor);
  const answer = useRead('people.why', { sessionId, email });
  const [acting, setActing] = useState<{ action: Action; personId: string | undefined } | null>(null);
  if (!session || !account) return null;
  const where = [vendor?.name, session.realm?.name].filter((part): part is string => Boolean(part));
  return (
    <section
      className={style.card}
      aria-label={[account.label, ...where].map((part) => sanitizeText(part, 60)).join(', ')}
      aria-busy={answer.busy}
    >
      <header className={style.head}>
        <Avatar label={account.label} colour={account.colour} size={32} />
        <div className={style.who}>
          <h2 className={style.name}>{sanitizeText(account.label, 60)}</h2>
          <p className={style.where}>{where.map((part) => sanitizeText(part, 60)).join(' · ')}</p>
        </div>
      </header>
      {answer.failure && <FailureNote failure={answer.failure} onRetry={answer.reload} announce={false} />}
      {!answer.value && !answer.failure && <Skeleton rows={2} label="Asking" />}
      {answer.value && (
        <ul className={style.findings}>
          {answer.value.length === 0 && (
            <li className={style.where}>This session knows nobody of that name.</li>
          )}
          {answer.value.map((finding) => (
            <FindingRow
              key={`${finding.text} ${finding.personId ?? ''}`}
              finding={finding}
              onMend={setActing}
              onShow={(personId) => showPeople(account.id, session.id, personId)}
              canShow={
                (vendor?.abilities.includes('people') ?? false) &&
                finding.personId !== undefined &&
                answer.value?.find(({ personId }) => personId === finding.personId) === finding
              }
            />
          ))}
        </ul>
      )}
      {acting && (
        <ActionDialog
          action={acting.action}
          channel="people.act"
          sessionId={sessionId}
          target={acting.personId}
          about={email}
          onClose={() => setActing(null)}
          onDone={answer.reload}
        />
      )}
    </section>
  );
}

interface FindingProps {
  finding: Finding;
  canShow: boolean;
  /** A mend for somebody whom the vendor does not know has no person. */
  onMend(mend: { action: Action; personId: string | undefined }): void;
  onShow(personId: string): void;
}

function FindingRow({ finding, canShow, onMend, onShow }: FindingProps) {
  const { weight, text, personId, mend } = finding;
  const { icon: Icon, word } = looks[weight];
  return (
    <li className={`${style.finding} ${style[weight]}`}>
      <Icon size={16} strokeWidth={1.75} aria-hidden className={style.icon} />
      <div className={style.text}>
        <p className={style.word}>{word}</p>
        <p>
          <bdi>{sanitizeText(text, 400)}</bdi>
        </p>
        {mend?.missingRight && (
          <p className={style.where}>Mending it needs {sanitizeText(mend.missingRight, 200)}.</p>
        )}
        {(canShow || (mend && !mend.missingRight)) && (
          <p className={style.actions}>
            {mend && !mend.missingRight && (
              <Button size="small" onPress={() => onMend({ action: mend, personId })}>
                {sanitizeText(mend.label, 60)}
              </Button>
            )}
            {personId && canShow && (
              <Button size="small" variant="link" onPress={() => onShow(personId)}>
                Show person
              </Button>
            )}
          </p>
        )}
      </div>
    </li>
  );
}
