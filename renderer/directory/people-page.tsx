import type { DirectorySource } from '../state/types.ts';
import { useRead } from '../state/use-read.ts';
import { FailureNote } from '../ui/failure-note.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { TablePage } from '../ui/table-page.tsx';
import type { LiveSession } from './live-session.tsx';
import { PeopleList } from './people-list.tsx';
import { SessionTabs } from './session-tabs.tsx';
import { SessionTitle } from './session-title.tsx';
import { useView } from './views.ts';

/** Everyone that this session can look up, one table a source. */
export function PeoplePage(live: LiveSession) {
  const { account, session } = live;
  const sources = useRead('people.sources', { sessionId: session.id });
  const view = useView(session.id);
  const source = sources.value && chosen(sources.value, view.source);
  return (
    <TablePage practice={account.practice}>
      <SessionTitle account={account} session={session} />
      <SessionTabs account={account} session={session} tab="people" />
      {sources.failure && <FailureNote failure={sources.failure} onRetry={sources.reload} />}
      {!sources.value && !sources.failure && <Skeleton rows={6} label="Loading the directory" />}
      {sources.value && source && (
        <PeopleList key={source.id} {...live} sources={sources.value} source={source} view={view} />
      )}
    </TablePage>
  );
}

/** The source that was looked at last, else the first that this session may see. */
function chosen(sources: readonly DirectorySource[], id: string | null): DirectorySource | undefined {
  return sources.find((one) => one.id === id) ?? sources.find((one) => !one.missingRight) ?? sources[0];
}
