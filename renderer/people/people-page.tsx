import { call } from '../state/call.ts';
import type { DirectorySource } from '../state/types.ts';
import { FailureNote } from '../ui/failure-note.tsx';
import style from '../ui/room.module.css';
import { Skeleton } from '../ui/skeleton.tsx';
import { SourceTitle } from './desk-title.tsx';
import { PeopleList } from './people-list.tsx';
import type { Live } from './people-place.tsx';
import { SessionTabs } from './session-tabs.tsx';
import { useAnswer } from './use-answer.ts';
import { useView } from './views.ts';

/** Everyone that this session can look up, one table a source. */
export function PeoplePage(live: Live) {
  const { account, session } = live;
  const sources = useAnswer(session.id, () => call('people.sources', { sessionId: session.id }));
  const view = useView(session.id);
  const source = sources.value && chosen(sources.value, view.source);
  return (
    <div className={`${style.room} ${account.practice ? style.practice : ''}`}>
      <SourceTitle account={account} session={session} />
      <SessionTabs account={account} session={session} tab="people" />
      {sources.failure && <FailureNote failure={sources.failure} onRetry={sources.again} />}
      {!sources.value && !sources.failure && <Skeleton rows={6} label="Loading the directory" />}
      {sources.value && source && (
        <PeopleList key={source.id} {...live} sources={sources.value} source={source} view={view} />
      )}
    </div>
  );
}

/** The source that was looked at last, else the first that this session may see. */
function chosen(sources: readonly DirectorySource[], id: string | null): DirectorySource | undefined {
  return sources.find((one) => one.id === id) ?? sources.find((one) => !one.missingRight) ?? sources[0];
}
