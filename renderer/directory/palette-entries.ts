import { CircleHelp, ExternalLink, LifeBuoy, UserRound, Users } from 'lucide-react';
import type { PaletteEntry } from '../palette/palette-entry.ts';
import type { AppState } from '../state/app-state.ts';
import { act } from '../state/call.ts';
import { goTo, openDialog, showPeople } from '../state/navigation.ts';
import { sanitizeText } from '../ui/sanitize-text.ts';

/** What the command palette offers of the directory: people, own logins, consoles, recovery. */
export function directoryEntries({ accounts, sessions, vendors }: AppState): PaletteEntry[] {
  const entries: PaletteEntry[] = [
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
    const label = sanitizeText(account.label, 80);
    const detail = sanitizeText(session.realm?.name ?? account.identity);
    const route = { accountId: account.id, sessionId: session.id };
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
        run: () => goTo({ at: 'own-login', ...route }),
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
        title: `Recovery assistant for ${sanitizeText(account.label, 80)}`,
        detail: sanitizeText(account.baseUrl, 80),
        icon: LifeBuoy,
        run: () => openDialog({ what: 'recovery', accountId: account.id }),
      });
  return entries;
}
