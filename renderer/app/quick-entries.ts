import {
  ArrowLeftRight,
  BookText,
  FlaskConical,
  KeyRound,
  Lock,
  LogIn,
  LogOut,
  type LucideIcon,
  Plus,
  Settings,
} from 'lucide-react';
import { appEntries } from '../people/quick.ts';
import { canSwitchRealm, signIn } from '../sessions/actions.ts';
import { shiftEntries } from '../shifts/quick.ts';
import type { AppState } from '../state/app-state.ts';
import { act } from '../state/call.ts';
import { goTo, openDialog, showAccount, showPrompts } from '../state/navigation.ts';
import { plain } from '../ui/plain.ts';
import { isListed } from './rows.ts';

export type QuickEntry = {
  id: string;
  title: string;
  detail: string;
  /** An account's colour and label for its avatar, or an icon. */
  avatar?: { label: string; colour: string };
  icon?: LucideIcon;
  practice?: boolean;
  run(): void;
};

/** Everything that quick open can lead to: accounts and their realms first, then what can be done. */
export function quickEntries(app: AppState): QuickEntry[] {
  const entries: QuickEntry[] = [];
  const sessions = Object.values(app.sessions).filter(isListed);
  for (const account of Object.values(app.accounts)) {
    const vendor = app.vendors.find((one) => one.id === account.vendor);
    const avatar = { label: account.label, colour: account.colour };
    const { practice } = account;
    const own = sessions.filter((session) => session.accountId === account.id);
    const tags = account.tags.join(' ');
    const title = plain(account.label, 80);
    const base = { avatar, practice, title };
    const about = (realm: string | undefined) =>
      plain([account.identity, realm, vendor?.name, tags].filter(Boolean).join(' · '), 160);
    if (own.length === 0)
      entries.push({
        ...base,
        id: account.id,
        detail: about(account.realm?.name),
        run: () => showAccount(account.id),
      });
    for (const session of own) {
      const person = session.person && session.person !== account.identity ? session.person : undefined;
      entries.push({
        ...base,
        id: session.id,
        detail: plain([person, about(session.realm?.name)].filter(Boolean).join(' · '), 200),
        run: () => showAccount(account.id, session.id),
      });
    }
  }
  for (const account of Object.values(app.accounts)) {
    const title = plain(account.label, 80);
    entries.push({
      id: `sign in ${account.id}`,
      title: `Sign in to ${title}`,
      detail: plain(account.identity),
      icon: LogIn,
      run: () => {
        showAccount(account.id);
        void signIn(account.id);
      },
    });
  }
  for (const session of sessions) {
    const account = app.accounts[session.accountId];
    if (session.state !== 'active' || !account) continue;
    const vendor = app.vendors.find((one) => one.id === account.vendor);
    if (canSwitchRealm(vendor))
      entries.push({
        id: `switch ${session.id}`,
        title: `Switch ${vendor?.words.realm ?? 'realm'} of ${plain(account.label, 80)}`,
        detail: plain(session.realm?.name ?? account.identity),
        icon: ArrowLeftRight,
        run: () => openDialog({ what: 'switch-realm', sessionId: session.id }),
      });
    entries.push({
      id: `sign out ${session.id}`,
      title: `Sign out ${plain(account.label, 80)}`,
      detail: plain(session.realm?.name ?? account.identity),
      icon: LogOut,
      run: () => void act('sessions.signOut', { sessionId: session.id }),
    });
  }
  entries.push(...shiftEntries(app), ...appEntries(app));
  const action = (id: string, title: string, icon: LucideIcon, run: () => void, detail = '') =>
    entries.push({ id: `do ${id}`, title, detail, icon, run });
  action('add', 'Add account', Plus, () => goTo({ at: 'add-account' }), 'Ctrl N');
  action('prompts', 'Show prompts', KeyRound, () => showPrompts(), 'Ctrl P');
  action('everywhere', 'Sign out everywhere', LogOut, () => openDialog({ what: 'sign-out-everywhere' }));
  action('lock', 'Lock', Lock, () => void act('vault.lock'), 'Ctrl L');
  action('settings', 'Settings', Settings, () => goTo({ at: 'settings' }), 'Ctrl ,');
  action('ledger', 'Ledger', BookText, () => goTo({ at: 'ledger' }));
  if (app.appInfo.practice.state === 'off')
    action('practice', 'Use the practice servers', FlaskConical, () => void act('practice.start'));
  return entries;
}

const rankOf = (entry: QuickEntry, words: readonly string[]): number => {
  const title = entry.title.toLowerCase();
  const text = `${title} ${entry.detail.toLowerCase()}`;
  if (!words.every((word) => text.includes(word))) return -1;
  const first = words[0] ?? '';
  if (title.startsWith(first)) return 3;
  return title.includes(` ${first}`) ? 2 : title.includes(first) ? 1 : 0;
};

/** The entries that hold every word of the query, the best first, at most `limit`. */
export function findEntries(entries: readonly QuickEntry[], query: string, limit = 40): QuickEntry[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) {
    // Nothing typed: what is there, without a verb for every account.
    return entries
      .filter((entry) => !/^(sign (in|out)|switch|recovery|login|console|start|end) /.test(entry.id))
      .slice(0, limit);
  }
  return entries
    .map((entry) => ({ entry, rank: rankOf(entry, words) }))
    .filter(({ rank }) => rank >= 0)
    .toSorted((a, b) => b.rank - a.rank)
    .slice(0, limit)
    .map(({ entry }) => entry);
}
