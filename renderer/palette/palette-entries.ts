import {
  ArrowLeftRight,
  FlaskConical,
  Keyboard,
  Lock,
  LogIn,
  LogOut,
  type LucideIcon,
  Plus,
  Settings,
} from 'lucide-react';
import { isListed } from '../accounts/list-items.ts';
import { directoryEntries } from '../directory/palette-entries.ts';
import { signOutEverywhere } from '../receipts/end-together.ts';
import { canSwitchRealm, sessionMenuEntries, signIn } from '../sessions/session-actions.ts';
import { sessionStatus } from '../sessions/session-status.ts';
import { signOut } from '../sessions/sign-out.ts';
import { placeKeys, places } from '../shell/place-list.ts';
import { startPractice } from '../shell/start-practice.ts';
import { shiftEntries } from '../shifts/palette-entries.ts';
import type { AppState } from '../state/app-state.ts';
import { act } from '../state/call.ts';
import { goTo, openDialog, showAccount, showPrompt, showPrompts } from '../state/navigation.ts';
import type { Account, Session, Vendor } from '../state/types.ts';
import { sanitizeText } from '../ui/sanitize-text.ts';
import { type Command, onEnter, type PaletteEntry } from './palette-entry.ts';

/** Everything that the command palette offers: what is live, then accounts, then what can be done. `now` in ms since 1970. */
export function paletteEntries(app: AppState, now: number): PaletteEntry[] {
  const vendors = new Map(app.vendors.map((vendor) => [vendor.id, vendor]));
  const listed = Object.values(app.sessions).filter(isListed);
  const byAccount = Map.groupBy(listed, ({ accountId }) => accountId);
  const asks = new Map(Object.values(app.prompts).map((prompt) => [prompt.sessionId, prompt]));
  const entries: PaletteEntry[] = [];
  for (const account of Object.values(app.accounts)) {
    const vendor = vendors.get(account.vendor);
    for (const session of byAccount.get(account.id) ?? []) {
      const prompt = asks.get(session.id);
      entries.push(liveEntry(account, session, vendor, { now, ask: prompt?.ask, promptId: prompt?.id }));
    }
    entries.push(accountEntry(account, byAccount.get(account.id) ?? [], vendor), signInEntry(account));
  }
  for (const session of listed) {
    const account = app.accounts[session.accountId];
    if (session.state === 'active' && account)
      entries.push(...verbs(account, session, vendors.get(account.vendor)));
  }
  entries.push(...shiftEntries(app), ...directoryEntries(app), ...appEntries(app));
  return entries;
}

interface Moment {
  now: number;
  ask: Parameters<typeof sessionStatus>[1];
  promptId: string | undefined;
}

function liveEntry(
  account: Account,
  session: Session,
  vendor: Vendor | undefined,
  { now, ask, promptId }: Moment,
): PaletteEntry {
  const { tone, short } = sessionStatus(session, ask, now);
  const show: Command = { keys: 'Enter', label: 'show', run: () => showAccount(account.id, session.id) };
  const answer: Command = {
    keys: 'Enter',
    label: 'answer',
    run: () => (promptId ? showPrompt(promptId) : showPrompts()),
  };
  const commands: [Command, ...Command[]] = [session.state === 'waiting' ? answer : show];
  if (session.state === 'active' && vendor?.abilities.includes('hand-over'))
    commands.push({
      keys: 'Alt Enter',
      label: 'console',
      run: () => void act('handover.open', { sessionId: session.id }),
    });
  if (session.state === 'active' || session.state === 'waiting' || session.state === 'signing-in')
    commands.push({
      keys: 'Ctrl Enter',
      label: 'sign out',
      run: () => void signOut(session.id),
    });
  return {
    id: session.id,
    group: 'live',
    title: sanitizeText(account.label, 80),
    detail: about([session.realm?.name, session.person ?? account.identity, vendor?.name, ...account.tags]),
    end: session.state === 'active' && session.expiresAt === null ? `open ${short}` : short,
    avatar: { label: account.label, colour: account.colour, tone },
    practice: account.practice,
    commands,
    more: () => sessionMenuEntries(account, session, vendor),
  };
}

function accountEntry(account: Account, own: readonly Session[], vendor: Vendor | undefined): PaletteEntry {
  const live = own.filter(({ state }) => state === 'active').length;
  return {
    id: account.id,
    group: 'accounts',
    title: sanitizeText(account.label, 80),
    detail: about([account.identity, account.realm?.name, vendor?.name, ...account.tags]),
    end: live > 0 ? `${live} open` : '',
    avatar: { label: account.label, colour: account.colour, tone: live > 0 ? 'ok' : 'off' },
    practice: account.practice,
    commands: [
      { keys: 'Enter', label: 'show', run: () => showAccount(account.id) },
      { keys: 'Ctrl Enter', label: 'sign in', run: () => signInTo(account.id) },
    ],
    more: () => sessionMenuEntries(account, undefined, vendor),
  };
}

function signInTo(accountId: string): void {
  showAccount(accountId);
  void signIn(accountId);
}

const signInEntry = ({ id, label, identity }: Account): PaletteEntry => ({
  id: `sign in ${id}`,
  group: 'actions',
  title: `Sign in to ${sanitizeText(label, 80)}`,
  detail: sanitizeText(identity),
  icon: LogIn,
  verb: true,
  commands: onEnter('sign in', () => signInTo(id)),
});

function verbs(account: Account, session: Session, vendor: Vendor | undefined): PaletteEntry[] {
  const label = sanitizeText(account.label, 80);
  const detail = sanitizeText(session.realm?.name ?? account.identity);
  const out: PaletteEntry = {
    id: `sign out ${session.id}`,
    group: 'actions',
    title: `Sign out of ${label}`,
    detail,
    icon: LogOut,
    verb: true,
    commands: onEnter('sign out', () => void signOut(session.id)),
  };
  if (!canSwitchRealm(vendor)) return [out];
  const change: PaletteEntry = {
    id: `switch ${session.id}`,
    group: 'actions',
    title: `Switch ${vendor?.words.realm ?? 'realm'} of ${label}`,
    detail,
    icon: ArrowLeftRight,
    verb: true,
    commands: onEnter('switch', () => openDialog({ what: 'switch-realm', sessionId: session.id })),
  };
  return [change, out];
}

const about = (parts: readonly (string | null | undefined)[]): string =>
  sanitizeText([...new Set(parts.filter(Boolean))].join(' · '), 160);

/** What is about no account in particular. */
function appEntries({ appInfo }: AppState): PaletteEntry[] {
  const entry = (
    group: PaletteEntry['group'],
    [id, title, icon, end = '', detail = '']: readonly [string, string, LucideIcon, string?, string?],
    run: () => void,
  ): PaletteEntry => ({ id: `do ${id}`, group, title, detail, end, icon, commands: onEnter('open', run) });
  const list = [
    entry('actions', ['everywhere', 'Sign out everywhere', LogOut], () => void signOutEverywhere()),
    ...places.map(({ id, title, icon, detail, open }, index) =>
      entry('actions', [id, title, icon, placeKeys(index), detail], open),
    ),
    entry('actions', ['add', 'Add account', Plus, 'Ctrl N'], () => goTo({ at: 'add-account' })),
    entry('actions', ['lock', 'Lock', Lock, 'Ctrl L'], () => void act('vault.lock')),
    entry('settings', ['settings', 'Settings', Settings, 'Ctrl ,'], () => goTo({ at: 'settings' })),
    entry('settings', ['keys', 'Keys', Keyboard, '?', 'Every key that works'], () =>
      openDialog({ what: 'keys' }),
    ),
  ];
  if (appInfo.practice.state === 'off')
    list.push(
      entry('settings', ['practice', 'Use the practice servers', FlaskConical], () => void startPractice()),
    );
  return list;
}
