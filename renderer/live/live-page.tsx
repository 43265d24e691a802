import { Plus } from 'lucide-react';
import { useEffect, useMemo, useRef } from 'react';
import { useNow } from '../state/clock.ts';
import { openDialog } from '../state/navigation.ts';
import { useApp } from '../state/store.ts';
import { Boundary } from '../ui/boundary.tsx';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { PageHeader } from '../ui/page.tsx';
import { TableArea, TableCentre, TablePage } from '../ui/table-page.tsx';
import style from './live.module.css';
import { type Chip, liveItems, liveSessions } from './live-rows.ts';
import { LiveSummary } from './live-summary.tsx';
import { LiveTable } from './live-table.tsx';
import { LiveTools } from './live-tools.tsx';
import { markSessions, setLiveFilter, showChip, useLiveView } from './live-view.ts';
import { Rail } from './rail.tsx';

const minute = 60_000;

/** The home of the window: every session that lives or is not confirmed as ended, what needs the person, what ends next. */
export function LivePage() {
  return (
    <div className={style.page}>
      <div className={style.parts}>
        <Boundary what="The table of sessions">
          <Sessions />
        </Boundary>
        <Boundary what="What needs you">
          <Rail />
        </Boundary>
      </div>
    </div>
  );
}

function Sessions() {
  const filter = useRef<HTMLInputElement>(null);
  const vendors = useApp((app) => app.vendors);
  const accounts = useApp((app) => app.accounts);
  const all = useApp((app) => app.sessions);
  const shifts = useApp((app) => app.shifts);
  const view = useLiveView();
  const now = useNow(minute);
  const sessions = useMemo(() => liveSessions(all), [all]);
  const { chip, grouping, sort, folded, marked } = view;
  const items = useMemo(
    () =>
      liveItems({
        vendors,
        accounts,
        sessions,
        shifts,
        chip,
        filter: view.filter,
        grouping,
        sort,
        folded,
        now,
      }),
    [vendors, accounts, sessions, shifts, chip, view.filter, grouping, sort, folded, now],
  );

  // What is gone can't be among what something will be done with.
  useEffect(() => {
    if (![...marked].every((id) => all[id])) markSessions([...marked].filter((id) => all[id]));
  }, [all, marked]);

  return (
    <TablePage>
      <PageHeader
        title="Live"
        subtitle={<LiveSummary sessions={sessions} />}
        actions={
          <Button icon={Plus} onPress={() => openDialog({ what: 'palette' })}>
            Sign in…
          </Button>
        }
      />
      <LiveTools sessions={sessions} now={now} filter={filter} />
      {items.length > 0 ? (
        <TableArea>
          <LiveTable items={items} filter={filter} />
        </TableArea>
      ) : (
        <TableCentre>
          <Nothing chip={chip} filter={view.filter} />
        </TableCentre>
      )}
    </TablePage>
  );
}

const none: Record<Chip, string> = {
  all: 'Nothing is open',
  active: 'No session is active',
  soon: 'No session ends soon',
  waiting: 'No sign-in waits for you',
  unconfirmed: 'Every end is confirmed',
  failed: 'No sign-in has failed',
};

function Nothing({ chip, filter }: { chip: Chip; filter: string }) {
  if (filter !== '')
    return (
      <EmptyState title="No session matches">
        <Button onPress={() => setLiveFilter('')}>Clear the filter</Button>
      </EmptyState>
    );
  return (
    <EmptyState title={none[chip]}>
      {chip === 'all' ? (
        <Button icon={Plus} onPress={() => openDialog({ what: 'palette' })}>
          Sign in…
        </Button>
      ) : (
        <Button onPress={() => showChip('all')}>Show all</Button>
      )}
    </EmptyState>
  );
}
