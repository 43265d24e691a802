import { CircleStop, Play, Plus, Sunrise } from 'lucide-react';
import type { QuickEntry } from '../app/quick-entries.ts';
import { endTogether } from '../receipts/end-together.ts';
import type { AppState } from '../state/app-state.ts';
import { goTo, openDialog } from '../state/navigation.ts';
import { theApp } from '../state/store.ts';
import { plain } from '../ui/plain.ts';
import { count } from '../ui/words.ts';
import { liveSessions } from './members.ts';
import { startMembers } from './start.ts';

/** What quick open leads to of the shifts. */
export function shiftEntries({ shifts }: AppState): QuickEntry[] {
  const entries: QuickEntry[] = Object.values(shifts).flatMap((shift) => {
    const name = plain(shift.name, 80);
    const detail = count(shift.members.length, 'account');
    const show = () => goTo({ at: 'shift', shiftId: shift.id });
    return [
      { id: `shift ${shift.id}`, title: name, detail: `Shift of ${detail}`, icon: Sunrise, run: show },
      {
        id: `start ${shift.id}`,
        title: `Start shift ${name}`,
        detail,
        icon: Play,
        run() {
          show();
          void startMembers(shift.members);
        },
      },
      {
        id: `end ${shift.id}`,
        title: `End shift ${name}`,
        detail,
        icon: CircleStop,
        run: () => void endTogether(shift.name, liveSessions(theApp(), shift.members)),
      },
    ];
  });
  entries.push({
    id: 'new shift',
    title: 'New shift',
    detail: 'A set of accounts that are opened together',
    icon: Plus,
    run: () => openDialog({ what: 'edit-shift', shift: { name: '', members: [] } }),
  });
  return entries;
}
