import { Ellipsis, FlaskConical } from 'lucide-react';
import { SessionTabs } from '../people/session-tabs.tsx';
import { useAccount, useApp, useVendor } from '../state/store.ts';
import type { Account, Session } from '../state/types.ts';
import { Avatar } from '../ui/avatar.tsx';
import { Badge } from '../ui/badge.tsx';
import { IconButton } from '../ui/button.tsx';
import { Menu } from '../ui/menu.tsx';
import { Page } from '../ui/page.tsx';
import { plain } from '../ui/plain.ts';
import { rowEntries } from './actions.ts';
import { chosenSession, isOver } from './chosen-session.ts';
import { HeaderActions } from './header-actions.tsx';
import { OtherSessions } from './other-sessions.tsx';
import { SessionFacts } from './session-facts.tsx';
import { SessionNotes } from './session-notes.tsx';
import { SessionSections } from './session-sections.tsx';
import { SignedOut } from './signed-out.tsx';

/** An account and the session of it that is chosen: the middle of the window, most of the day. */
export function AccountPage({ accountId, sessionId }: { accountId: string; sessionId: string | null }) {
  const account = useAccount(accountId);
  const session = useApp((app) => chosenSession(app, accountId, sessionId));
  if (!account) return null;
  const shown = session && !isOver(session) ? session : undefined;
  return <Shown account={account} session={shown} last={session} />;
}

type ShownProps = { account: Account; session: Session | undefined; last: Session | undefined };

function Shown({ account, session, last }: ShownProps) {
  const vendor = useVendor(account.vendor);
  const label = plain(account.label, 80);
  const person = session?.person && session.person !== account.identity ? plain(session.person, 80) : null;
  return (
    <Page
      practice={account.practice}
      lead={<Avatar label={account.label} colour={account.colour} />}
      title={
        <>
          {label}
          {account.practice && (
            <Badge tone="practice" icon={FlaskConical}>
              Practice
            </Badge>
          )}
          {account.tags.map((tag) => (
            <Badge key={tag}>{plain(tag, 40)}</Badge>
          ))}
        </>
      }
      subtitle={[person, plain(account.identity, 120)].filter(Boolean).join(' · ')}
      actions={
        <>
          <HeaderActions account={account} session={session} vendor={vendor} />
          <Menu label={`More for ${label}`} entries={rowEntries(account, session, vendor)}>
            <IconButton icon={Ellipsis} label="More" variant="plain" />
          </Menu>
        </>
      }
    >
      {session && <SessionTabs account={account} session={session} tab="session" />}
      <SessionNotes account={account} session={session} last={last} />
      {session ? (
        <>
          <SessionFacts session={session} vendor={vendor} />
          {session.state === 'active' && vendor && (
            <SessionSections key={session.id} session={session} vendor={vendor} />
          )}
        </>
      ) : (
        <SignedOut account={account} vendor={vendor} />
      )}
      <OtherSessions account={account} shown={session} />
    </Page>
  );
}
