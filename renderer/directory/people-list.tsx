import { useMemo, useRef, useState } from 'react';
import { showPeople } from '../state/navigation.ts';
import type { Action, DirectorySource } from '../state/types.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { sanitizeText } from '../ui/sanitize-text.ts';
import { TableArea, TableCentre } from '../ui/table-page.tsx';
import { ActionDialog } from './action-dialog.tsx';
import { refreshDirectory } from './held-pages.ts';
import type { LiveSession } from './live-session.tsx';
import { PeopleTable, type PeopleTableHandle } from './people-table.tsx';
import { PeopleTools } from './people-tools.tsx';
import { queryOf, type View } from './views.ts';

interface Props extends LiveSession {
  sources: readonly DirectorySource[];
  source: DirectorySource;
  view: View;
}

/** One source of people with its tools, and the action on the whole of it that is under way. */
export function PeopleList({ account, session, vendor, sources, source, view }: Props) {
  const [acting, setActing] = useState<Action | null>(null);
  const table = useRef<PeopleTableHandle>(null);
  const query = queryOf(view, source);
  const columns = useMemo(
    () => source.columns.filter(({ id }) => !view.hidden.includes(id)),
    [source.columns, view.hidden],
  );
  return (
    <>
      <PeopleTools
        session={session}
        sources={sources}
        source={source}
        view={view}
        query={query}
        columns={columns}
        onAct={setActing}
        onEnter={() => table.current?.enter()}
      />
      {query ? (
        <PeopleTable
          ref={table}
          session={session}
          place={vendor.words.place}
          source={source}
          columns={columns}
          query={query}
          view={view}
          onOpen={(personId) => showPeople(account.id, session.id, personId)}
        />
      ) : (
        <NoQuery source={source} />
      )}
      {acting && (
        <ActionDialog
          action={acting}
          channel="people.act"
          sessionId={session.id}
          onClose={() => setActing(null)}
          onDone={(outcome) => {
            refreshDirectory(session.id);
            if (outcome.personId) showPeople(account.id, session.id, outcome.personId);
          }}
          {...(view.organisation ? { organisation: view.organisation } : {})}
        />
      )}
    </>
  );
}

/** In place of the table while nothing can be asked of the vendor. */
function NoQuery({ source }: { source: DirectorySource }) {
  return (
    <TableArea>
      <TableCentre>
        {source.missingRight ? (
          <EmptyState title="This session may not see these people">
            Missing right: {sanitizeText(source.missingRight, 200)}
          </EmptyState>
        ) : (
          <EmptyState title="Choose an organisation">Its people are listed here.</EmptyState>
        )}
      </TableCentre>
    </TableArea>
  );
}
