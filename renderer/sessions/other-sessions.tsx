import { useTimed } from '../state/clock.ts';
import { showAccount } from '../state/navigation.ts';
import { useSessionsOf } from '../state/store.ts';
import type { Account, Session } from '../state/types.ts';
import { Badge } from '../ui/badge.tsx';
import { Button } from '../ui/button.tsx';
import { formatTimeTitle } from '../ui/format.ts';
import { Section } from '../ui/page.tsx';
import { type Column, Table } from '../ui/table.tsx';
import { VendorText } from '../ui/vendor-text.tsx';
import { isConfirmedEnded } from './chosen-session.ts';
import { sessionStatus } from './session-status.ts';
import style from './sessions.module.css';

const columns: Column<Session>[] = [
  { id: 'realm', title: 'Realm', width: '31%', cell: ({ realm }) => <VendorText text={realm?.name} /> },
  { id: 'state', title: 'State', cell: (session) => <State session={session} /> },
  { id: 'began', title: 'Signed in', minor: true, cell: (session) => <Began session={session} /> },
  {
    id: 'actions',
    title: '',
    width: '88px',
    fit: true,
    align: 'end',
    cell: (session) => (
      <Button variant="link" size="small" onPress={() => showAccount(session.accountId, session.id)}>
        Show
      </Button>
    ),
  },
];

/** The account's other sessions here that still have something to say. */
export function OtherSessions({ account, shown }: { account: Account; shown: Session | undefined }) {
  const others = useSessionsOf(account.id).filter(
    (session) => session.id !== shown?.id && !isConfirmedEnded(session),
  );
  if (others.length === 0) return null;
  return (
    <Section title="Also from this desk" count={others.length}>
      <Table label="Other sessions from this desk" columns={columns} rows={others} rowKey={({ id }) => id} />
    </Section>
  );
}

function State({ session }: { session: Session }) {
  const tone = useTimed((now) => sessionStatus(session, undefined, now).tone);
  const long = useTimed((now) => sessionStatus(session, undefined, now).long);
  return (
    <span className={style.where}>
      <Badge tone={tone}>{long}</Badge>
    </span>
  );
}

function Began({ session }: { session: Session }) {
  return useTimed((now) => formatTimeTitle(session.openedAt ?? session.startedAt, now));
}
