import {
  ArrowLeftRight,
  Copy,
  KeyRound,
  LifeBuoy,
  LogIn,
  LogOut,
  Pencil,
  RotateCw,
  Trash2,
  X,
} from 'lucide-react';
import { isOpen } from '#contract/session-states.ts';
import { act } from '../state/call.ts';
import { goTo, openDialog, showAccount, showPrompts, useNavigation } from '../state/navigation.ts';
import type { Account, Session, Vendor } from '../state/types.ts';
import type { MenuEntry } from '../ui/menu.tsx';
import { signOut } from './sign-out.ts';

/**
 * Signs in the ordinary way; the page follows to the new session if it still shows this account. Where one is open already that one is shown,
 * and the person is asked, unless it is known that they want another (`again`).
 */
export async function signIn(accountId: string, again = false): Promise<void> {
  const answer = await act('sessions.signIn', { accountId, ...(again ? { again } : {}) });
  if (!answer || !followTo(accountId, answer.sessionId)) return;
  if (answer.openAlready) openDialog({ what: 'open-already', sessionId: answer.sessionId, from: null });
}

/** Shows a new session, unless the person has gone elsewhere meanwhile; returns whether it is shown. */
export function followTo(accountId: string, sessionId: string): boolean {
  const { route } = useNavigation.getState();
  const stays = route.at === 'account' && route.accountId === accountId;
  if (stays) showAccount(accountId, sessionId);
  return stays;
}

export const canSwitchRealm = (vendor: Vendor | undefined): boolean =>
  vendor?.abilities.includes('switch-realm') ?? false;

/** Ways in beside the ordinary one; a way that asks nothing starts at once, others open a dialog. */
export function wayEntries(account: Account, vendor: Vendor | undefined): MenuEntry[] {
  return (vendor?.ways ?? []).map((way) => ({
    kind: 'action',
    id: `way ${way.id}`,
    label: way.label,
    icon: LogIn,
    run: () => openDialog({ what: 'way', accountId: account.id, way: way.id }),
  }));
}

/** Everything that can be done with a row of the list, in the order in which people need it. */
export function sessionMenuEntries(
  account: Account,
  session: Session | undefined,
  vendor: Vendor | undefined,
): MenuEntry[] {
  const entries: MenuEntry[] = [];
  const add = (entry: Omit<Extract<MenuEntry, { kind: 'action' }>, 'kind'>) =>
    entries.push({ kind: 'action', ...entry });
  const live = session && isOpen(session.state);

  if (session?.state === 'waiting')
    add({ id: 'prompt', label: 'Answer the prompt', icon: KeyRound, run: () => showPrompts() });
  if (session?.state === 'active' && canSwitchRealm(vendor))
    add({
      id: 'switch',
      label: `Switch ${vendor?.words.realm ?? 'realm'}…`,
      keys: 'Ctrl E',
      icon: ArrowLeftRight,
      run: () => openDialog({ what: 'switch-realm', sessionId: session.id }),
    });
  if (session?.state === 'ending')
    add({
      id: 'try',
      label: 'Try ending it now',
      icon: RotateCw,
      run: () => void act('sessions.tryEndingNow', { sessionId: session.id }),
    });
  add({
    id: 'sign-in',
    label: live ? 'Sign in once more' : session?.state === 'failed' ? 'Start again' : 'Sign in',
    icon: LogIn,
    run: () => void signIn(account.id, live),
  });
  entries.push(...wayEntries(account, vendor));
  if (session && (session.state === 'failed' || session.state === 'expired' || session.state === 'ended'))
    add({
      id: 'dismiss',
      label: 'Dismiss',
      icon: X,
      run: () => void act('sessions.dismiss', { sessionId: session.id }),
    });
  if (vendor?.abilities.includes('recovery'))
    add({
      id: 'recovery',
      label: 'Recovery assistant…',
      icon: LifeBuoy,
      run: () => openDialog({ what: 'recovery', accountId: account.id }),
    });
  entries.push({ kind: 'separator' });
  add({
    id: 'edit',
    label: 'Edit account',
    icon: Pencil,
    run: () => goTo({ at: 'edit-account', accountId: account.id }),
  });
  add({
    id: 'duplicate',
    label: 'Duplicate account',
    icon: Copy,
    run: () => goTo({ at: 'add-account', from: account.id }),
  });
  add({
    id: 'remove',
    label: 'Remove account…',
    icon: Trash2,
    danger: true,
    run: () => openDialog({ what: 'remove-account', accountId: account.id }),
  });
  if (live) {
    entries.push({ kind: 'separator' });
    add({
      id: 'sign-out',
      label: session.state === 'active' ? 'Sign out' : 'Cancel sign-in',
      icon: LogOut,
      danger: true,
      run: () => void signOut(session.id),
    });
  }
  return entries;
}
