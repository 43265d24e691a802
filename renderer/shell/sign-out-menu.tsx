import { ListChecks, LogOut, Power } from 'lucide-react';
import { useState } from 'react';
import { isOpen } from '#contract/session-states.ts';
import { showChip } from '../live/live-view.ts';
import { endTogether, signOutEverywhere } from '../receipts/end-together.ts';
import { liveSessions } from '../shifts/members.ts';
import type { AppState } from '../state/app-state.ts';
import { act } from '../state/call.ts';
import { goTo } from '../state/navigation.ts';
import { useApp } from '../state/store.ts';
import type { Session } from '../state/types.ts';
import { Button } from '../ui/button.tsx';
import { Menu, type MenuEntry } from '../ui/menu.tsx';
import { sanitizeText } from '../ui/sanitize-text.ts';
import style from './top-bar.module.css';

/** Of each kind only so many are offered, those with the most sessions; the others are chosen in Live. */
const most = 8;

interface Lot {
  id: string;
  title: string;
  sessionIds: string[];
}

/** Sign out of everything, of a shift, realm or vendor, or choose; everything here can be undone for a few seconds. */
export function SignOutMenu() {
  const [open, setOpen] = useState(false);
  const app = useApp((state) => (open ? state : null));
  return (
    <Menu label="Sign out" entries={app ? entriesOf(app) : []} onOpenChange={setOpen} height={440}>
      <Button icon={LogOut} aria-label="Sign out…">
        <span className={style.word}>Sign out…</span>
      </Button>
    </Menu>
  );
}

function entriesOf(app: AppState): MenuEntry[] {
  const open = Object.values(app.sessions).filter(({ state }) => isOpen(state));
  const vendorNames = new Map(app.vendors.map(({ id, name }) => [id, name]));
  const shifts = Object.values(app.shifts).map(
    ({ id, name, members }): Lot => ({ id, title: name, sessionIds: liveSessions(app, members) }),
  );
  const realms = lots(open, ({ vendor, realm }) => realm && [`${vendor} ${realm.id}`, realm.name]);
  const byVendor = lots(open, ({ vendor }) => [vendor, vendorNames.get(vendor) ?? vendor]);
  return [
    {
      kind: 'action',
      id: 'everywhere',
      label: 'Sign out everywhere',
      icon: LogOut,
      danger: true,
      disabled: open.length === 0,
      keys: String(open.length),
      run: () => void signOutEverywhere(),
    },
    ...section('By shift', shifts),
    // One of them would be the same as everywhere.
    ...(realms.length > 1 ? section('By realm', realms) : []),
    ...(byVendor.length > 1 ? section('By vendor', byVendor) : []),
    { kind: 'separator' },
    {
      kind: 'action',
      id: 'choose',
      label: 'Choose in Live…',
      icon: ListChecks,
      disabled: open.length === 0,
      run: chooseInLive,
    },
    { kind: 'separator' },
    {
      kind: 'action',
      id: 'quit',
      label: 'Quit Gatehouse…',
      icon: Power,
      run: () => void act('tray.choose', { id: 'quit' }),
    },
  ];
}

function lots(sessions: readonly Session[], keyOf: (session: Session) => [string, string] | null): Lot[] {
  const found = new Map<string, Lot>();
  for (const session of sessions) {
    const key = keyOf(session);
    if (!key) continue;
    const [id, title] = key;
    const lot = found.get(id) ?? { id, title, sessionIds: [] };
    lot.sessionIds.push(session.id);
    found.set(id, lot);
  }
  return [...found.values()];
}

function section(title: string, all: readonly Lot[]): MenuEntry[] {
  const shown = all
    .filter(({ sessionIds }) => sessionIds.length > 0)
    .toSorted((a, b) => b.sessionIds.length - a.sessionIds.length || a.title.localeCompare(b.title))
    .slice(0, most);
  if (shown.length === 0) return [];
  return [
    { kind: 'separator' },
    { kind: 'note', label: title },
    ...shown.map(
      (lot): MenuEntry => ({
        kind: 'action',
        id: `${title} ${lot.id}`,
        label: sanitizeText(lot.title, 60),
        keys: String(lot.sessionIds.length),
        run: () => void endTogether(lot.title, lot.sessionIds),
      }),
    ),
  ];
}

function chooseInLive(): void {
  goTo({ at: 'live' });
  showChip('active');
  requestAnimationFrame(() => document.getElementById('live-table')?.focus());
}
