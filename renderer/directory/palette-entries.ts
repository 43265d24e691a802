import { ExternalLink, LifeBuoy, UserRound, Users } from 'lucide-react';
import { onEnter, type PaletteEntry } from '../palette/palette-entry.ts';
import type { AppState } from '../state/app-state.ts';
import { act } from '../state/call.ts';
import { goTo, openDialog, showPeople } from '../state/navigation.ts';
import { sanitizeText } from '../ui/sanitize-text.ts';

/** What the command palette offers of the directory: people, own logins, consoles, recovery. */
export function directoryEntries({ accounts, sessions, vendors }: AppState): PaletteEntry[] {
  const entries: PaletteEntry[] = [];
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
        group: 'actions',
        verb: true,
        title: `People of ${label}`,
        detail,
        icon: Users,
        commands: onEnter('open', () => showPeople(account.id, session.id)),
      });
    if (can.includes('own-login'))
      entries.push({
        id: `login ${session.id}`,
        group: 'actions',
        verb: true,
        title: `My login at ${label}`,
        detail,
        icon: UserRound,
        commands: onEnter('open', () => goTo({ at: 'own-login', ...route })),
      });
    if (can.includes('hand-over'))
      entries.push({
        id: `console ${session.id}`,
        group: 'actions',
        verb: true,
        title: `Open console of ${label}`,
        detail,
        icon: ExternalLink,
        commands: onEnter('open', () => void act('handover.open', { sessionId: session.id })),
      });
  }
  for (const account of Object.values(accounts))
    if (abilities.get(account.vendor)?.includes('recovery'))
      entries.push({
        id: `recovery ${account.id}`,
        group: 'actions',
        verb: true,
        title: `Recovery assistant for ${sanitizeText(account.label, 80)}`,
        detail: sanitizeText(account.baseUrl, 80),
        icon: LifeBuoy,
        commands: onEnter('open', () => openDialog({ what: 'recovery', accountId: account.id })),
      });
  return entries;
}
