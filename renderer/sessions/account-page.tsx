import { Ellipsis, FlaskConical } from 'lucide-react';
import { SessionTabs } from '../directory/session-tabs.tsx';
import { useAccount, useApp, useVendor } from '../state/store.ts';
import type { Account, Session } from '../state/types.ts';
import { Avatar } from '../ui/avatar.tsx';
import { Badge } from '../ui/badge.tsx';
import { IconButton } from '../ui/button.tsx';
import { Menu } from '../ui/menu.tsx';
import { Page } from '../ui/page.tsx';
import { sanitizeText } from '../ui/sanitize-text.ts';
import { AccountSections, SignedOut } from './account-sections.tsx';
import { chosenSession, isConfirmedEnded } from './chosen-session.ts';
import { HeaderActions } from './header-actions.tsx';
import { NotesSection } from './notes-section.tsx';
import { OtherSessions } from './other-sessions.tsx';
import { sessionMenuEntries } from './session-actions.ts';
import { SessionFacts } from './session-facts.tsx';
import { SessionNotes } from './session-notes.tsx';
import { SessionSections } from './session-sections.tsx';

/** An account and the session of it that is chosen; people look at this page most of the day. */
export function AccountPage({ accountId, sessionId }: { accountId: string; sessionId: string | null }) {
  const account = useAccount(accountId);
  const session = useApp((app) => chosenSession(app, accountId, sessionId));
  if (!account) return null;
  const shown = session && !isConfirmedEnded(session) ? session : undefined;
  return <AccountDetails account={account} session={shown} last={session} />;
}

interface AccountDetailsProps {
  account: Account;
  session: Session | undefined;
  last: Session | undefined;
}

function AccountDetails({ account, session, last }: AccountDetailsProps) {
  const vendor = useVendor(account.vendor);
  const label = sanitizeText(account.label, 80);
  const person =
    session?.person && session.person !== account.identity ? sanitizeText(session.person, 80) : null;
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
            <Badge key={tag}>{sanitizeText(tag, 40)}</Badge>
          ))}
        </>
      }
      subtitle={[person, sanitizeText(account.identity, 120)].filter(Boolean).join(' · ')}
      actions={
        <>
          <HeaderActions account={account} session={session} vendor={vendor} />
          <Menu label={`More for ${label}`} entries={sessionMenuEntries(account, session, vendor)}>
            <IconButton icon={Ellipsis} label="More" variant="plain" />
          </Menu>
        </>
      }
    >
      {session && <SessionTabs account={account} session={session} tab="session" />}
      <SessionNotes account={account} session={session} last={last} />
      {session ? <SessionFacts session={session} vendor={vendor} /> : <SignedOut account={account} />}
      {session?.state === 'active' && vendor && (
        <SessionSections key={session.id} session={session} vendor={vendor} />
      )}
      <OtherSessions account={account} shown={session} />
      <NotesSection key={account.id} account={account} />
      {(!session || isOver(session)) && <AccountSections account={account} vendor={vendor} />}
    </Page>
  );
}

/** Whether nobody works in it any more. */
const isOver = ({ state }: Session): boolean =>
  state === 'failed' || state === 'expired' || state === 'ended' || state === 'ending';
