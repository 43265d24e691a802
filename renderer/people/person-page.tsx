import { ArrowLeft } from 'lucide-react';
import { call } from '../state/call.ts';
import { showPeople } from '../state/navigation.ts';
import { Button } from '../ui/button.tsx';
import { FailureNote } from '../ui/failure-note.tsx';
import style from '../ui/room.module.css';
import { Skeleton } from '../ui/skeleton.tsx';
import { SourceTitle } from './desk-title.tsx';
import type { Live } from './people-place.tsx';
import { PersonView } from './person-view.tsx';
import { SessionTabs } from './session-tabs.tsx';
import { useAnswer } from './use-answer.ts';
import { refreshDirectory } from './views.ts';

/** One person of the directory: what the vendor knows and what may be done for them. */
export function PersonPage({ account, session, personId }: Live & { personId: string }) {
  const person = useAnswer(`${session.id} ${personId}`, () =>
    call('people.person', { sessionId: session.id, personId }),
  );
  return (
    <div className={`${style.scrollRoom} ${account.practice ? style.practice : ''}`}>
      <div className={style.content}>
        <SourceTitle account={account} session={session} />
        <SessionTabs
          account={account}
          session={session}
          tab="people"
          end={
            <Button
              variant="quiet"
              size="small"
              icon={ArrowLeft}
              onPress={() => showPeople(account.id, session.id)}
            >
              All people
            </Button>
          }
        />
        {person.failure && <FailureNote failure={person.failure} onRetry={person.again} />}
        {!person.value && !person.failure && <Skeleton rows={6} label="Loading this person" />}
        {person.value && (
          <PersonView
            page={person.value}
            busy={person.busy}
            channel="people.act"
            sessionId={session.id}
            target={personId}
            onDone={(outcome) => {
              refreshDirectory(session.id);
              if (outcome.personId && outcome.personId !== personId)
                showPeople(account.id, session.id, outcome.personId);
              else person.again();
            }}
          />
        )}
      </div>
    </div>
  );
}
