import { ArrowLeftRight, ChevronDown, KeyRound, LogIn, LogOut, RotateCw, X } from 'lucide-react';
import { CopyMenu } from '../console/copy-menu.tsx';
import { OpenConsole } from '../console/open-console.tsx';
import { act } from '../state/call.ts';
import { openDialog, showPrompts } from '../state/navigation.ts';
import type { Account, Session, Vendor } from '../state/types.ts';
import { Button } from '../ui/button.tsx';
import { Menu } from '../ui/menu.tsx';
import { canSwitchRealm, signIn, wayEntries } from './session-actions.ts';
import { signOut } from './sign-out.ts';

interface Props {
  account: Account;
  session: Session | undefined;
  vendor: Vendor | undefined;
}

/** What can be done now, in words; the rest is in the menu behind it. */
export function HeaderActions({ account, session, vendor }: Props) {
  const ways = wayEntries(account, vendor);
  const id = session?.id ?? '';
  const signOutButton = (words: string) => (
    <Button variant="danger" icon={LogOut} onPress={() => signOut(id)}>
      {words}
    </Button>
  );
  const again = (words: string) => (
    <>
      <Button variant="main" icon={LogIn} onPress={() => signIn(account.id)}>
        {words}
      </Button>
      {ways.length > 0 && (
        <Menu label="Other ways to sign in" entries={ways}>
          <Button>
            Other ways
            <ChevronDown size={14} strokeWidth={2} aria-hidden />
          </Button>
        </Menu>
      )}
    </>
  );
  switch (session?.state) {
    case 'active':
      return (
        <>
          {canSwitchRealm(vendor) && (
            <Button icon={ArrowLeftRight} onPress={() => openDialog({ what: 'switch-realm', sessionId: id })}>
              Switch {vendor?.words.realm ?? 'realm'}
            </Button>
          )}
          <OpenConsole session={session} vendor={vendor} />
          <CopyMenu session={session} vendor={vendor} />
          {signOutButton('Sign out')}
        </>
      );
    case 'signing-in':
      return signOutButton('Cancel sign-in');
    case 'waiting':
      return (
        <>
          <Button variant="main" icon={KeyRound} onPress={() => showPrompts()}>
            Answer the prompt
          </Button>
          <Button icon={X} onPress={() => signOut(id)}>
            Cancel sign-in
          </Button>
        </>
      );
    case 'ending':
      // Nobody has asked for the end of what failed or ran out: they want to go on.
      if (session.failure) return again(session.openedAt === null ? 'Start again' : 'Sign in');
      return (
        <Button icon={RotateCw} onPress={() => act('sessions.tryEndingNow', { sessionId: id })}>
          Try now
        </Button>
      );
    default:
      return again(session?.state === 'failed' ? 'Start again' : 'Sign in');
  }
}
