import { ArrowLeft } from 'lucide-react';
import { PersonLedger } from '../ledger/person-ledger.tsx';
import { showPeople } from '../state/navigation.ts';
import { useRead } from '../state/use-read.ts';
import { Button } from '../ui/button.tsx';
import { FailureNote } from '../ui/failure-note.tsx';
import { ScrollPage } from '../ui/page.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { refreshDirectory } from './held-pages.ts';
import type { LiveSession } from './live-session.tsx';
import { PersonView } from './person-view.tsx';
import { SessionTabs } from './session-tabs.tsx';
import { SessionTitle } from './session-title.tsx';

/** One person of the directory: what the vendor knows and what may be done for them. */
export function PersonPage({ account, session, personId }: LiveSession & { personId: string }) {
  const person = useRead('people.person', { sessionId: session.id, personId });
  return (
    <ScrollPage practice={account.practice} dense>
      <SessionTitle account={account} session={session} />
      <SessionTabs
        account={account}
        session={session}
        tab="people"
        end={
          <>
            <PersonLedger person={person.value} />
            <Button
              variant="quiet"
              size="small"
              icon={ArrowLeft}
              onPress={() => showPeople(account.id, session.id)}
            >
              All people
            </Button>
          </>
        }
      />
      {person.failure && <FailureNote failure={person.failure} onRetry={person.reload} />}
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
            else person.reload();
          }}
        />
      )}
    </ScrollPage>
  );
}
