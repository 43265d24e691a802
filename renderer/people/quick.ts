import { CircleHelp, ExternalLink, LifeBuoy, UserRound, Users } from 'lucide-react';
import type { QuickEntry } from '../app/quick-entries.ts';
import type { AppState } from '../state/app-state.ts';
import { act } from '../state/call.ts';
import { goTo, openDialog, showPeople } from '../state/navigation.ts';
import { plain } from '../ui/plain.ts';

/** What quick open leads to of the admin desk: people, own logins, consoles, recovery. */
export function appEntries({ accounts, sessions, vendors }: AppState): QuickEntry[] {
  const entries: QuickEntry[] = [
    {
      id: 'why',
      title: 'Why can’t they sign in?',
      detail: 'Looks someone up in every live session',
      icon: CircleHelp,
      run: () => goTo({ at: 'why', email: '' }),
    },
  ];
  const abilities = new Map(vendors.map((vendor) => [vendor.id, vendor.abilities]));
  for (const session of Object.values(sessions)) {
    const account = accounts[session.accountId];
    const can = abilities.get(session.vendor) ?? [];
    if (session.state !== 'active' || !account) continue;
    const label = plain(account.label, 80);
    const detail = plain(session.realm?.name ?? account.identity);
    const place = { accountId: account.id, sessionId: session.id };
    if (can.includes('people'))
      entries.push({
        id: `people ${session.id}`,
        title: `People of ${label}`,
        detail,
        icon: Users,
        run: () => showPeople(account.id, session.id),
      });
    if (can.includes('own-login'))
      entries.push({
        id: `login ${session.id}`,
        title: `My login at ${label}`,
        detail,
        icon: UserRound,
        run: () => goTo({ at: 'own-login', ...place }),
      });
    if (can.includes('hand-over'))
      entries.push({
        id: `console ${session.id}`,
        title: `Open console of ${label}`,
        detail,
        icon: ExternalLink,
        run: () => void act('handover.open', { sessionId: session.id }),
      });
  }
  for (const account of Object.values(accounts))
    if (abilities.get(account.vendor)?.includes('recovery'))
      entries.push({
        id: `recovery ${account.id}`,
        title: `Recovery assistant for ${plain(account.label, 80)}`,
        detail: plain(account.baseUrl, 80),
        icon: LifeBuoy,
        run: () => openDialog({ what: 'recovery', accountId: account.id }),
      });
  return entries;
}
