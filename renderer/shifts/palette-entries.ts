import { CircleStop, Play, Plus, Sunrise } from 'lucide-react';
import { onEnter, type PaletteEntry } from '../palette/palette-entry.ts';
import { endTogether } from '../receipts/end-together.ts';
import type { AppState } from '../state/app-state.ts';
import { goTo, openDialog } from '../state/navigation.ts';
import { getApp } from '../state/store.ts';
import { formatCount } from '../ui/format.ts';
import { sanitizeText } from '../ui/sanitize-text.ts';
import { liveSessions } from './members.ts';
import { startMembers } from './start-members.ts';

/** What the command palette offers of the shifts. */
export function shiftEntries({ shifts }: AppState): PaletteEntry[] {
  const entries: PaletteEntry[] = Object.values(shifts).flatMap((shift): PaletteEntry[] => {
    const name = sanitizeText(shift.name, 80);
    const detail = formatCount(shift.members.length, 'account');
    const show = () => goTo({ at: 'shift', shiftId: shift.id });
    return [
      {
        id: `shift ${shift.id}`,
        group: 'accounts',
        title: name,
        detail: `Shift of ${detail}`,
        icon: Sunrise,
        commands: onEnter('show', show),
      },
      {
        id: `start ${shift.id}`,
        group: 'actions',
        title: `Start shift ${name}`,
        detail,
        icon: Play,
        commands: onEnter('start', () => {
          show();
          void startMembers(shift.members);
        }),
      },
      {
        id: `end ${shift.id}`,
        group: 'actions',
        title: `End shift ${name}`,
        detail,
        icon: CircleStop,
        verb: true,
        commands: onEnter('end', () => void endTogether(shift.name, liveSessions(getApp(), shift.members))),
      },
    ];
  });
  entries.push({
    id: 'new shift',
    title: 'New shift',
    detail: 'A set of accounts that are opened together',
    group: 'actions',
    icon: Plus,
    commands: onEnter('open', () => openDialog({ what: 'edit-shift', shift: { name: '', members: [] } })),
  });
  return entries;
}
