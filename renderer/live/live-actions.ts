import { isOpen } from '#contract/session-states.ts';
import { endTogether } from '../receipts/end-together.ts';
import { canSwitchRealm } from '../sessions/session-actions.ts';
import { signOut } from '../sessions/sign-out.ts';
import { act } from '../state/call.ts';
import { openDialog, showAccount, showPrompts } from '../state/navigation.ts';
import { getApp } from '../state/store.ts';
import type { Session, Vendor } from '../state/types.ts';
import { formatCount } from '../ui/format.ts';

const vendorOf = ({ vendor }: Session): Vendor | undefined =>
  getApp().vendors.find(({ id }) => id === vendor);

export const canOpenConsole = (session: Session | undefined, vendor: Vendor | undefined): boolean =>
  session?.state === 'active' && (vendor?.abilities.includes('hand-over') ?? false);

export const canSwitch = (session: Session | undefined, vendor: Vendor | undefined): boolean =>
  session?.state === 'active' && canSwitchRealm(vendor);

/** Goes to the session's page, or to what it waits for. */
export function showSession(session: Session): void {
  if (session.state === 'waiting') showPrompts();
  else if (getApp().accounts[session.accountId]) showAccount(session.accountId, session.id);
  else openDialog({ what: 'endings' });
}

export function openConsole(session: Session): void {
  if (canOpenConsole(session, vendorOf(session))) void act('handover.open', { sessionId: session.id });
}

export function switchRealm(session: Session): void {
  if (canSwitch(session, vendorOf(session))) openDialog({ what: 'switch-realm', sessionId: session.id });
}

/** Signs out of these sessions: of one by itself, of several together with a receipt. What is not open is left alone. */
export function signOutOf(ids: Iterable<string>): void {
  const { sessions } = getApp();
  const open = [...ids].filter((id) => sessions[id] && isOpen(sessions[id].state));
  const [only] = open;
  if (!only) return;
  if (open.length === 1) void signOut(only);
  else void endTogether(formatCount(open.length, 'session'), open);
}
