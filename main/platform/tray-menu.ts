import { isOpen } from '#contract/session-states.ts';
import type { Account, Session } from '#contract/shapes.ts';
import { nativeText } from '#lib/native-text.ts';

type TrayItem =
  | { kind: 'action'; id: string; label: string; enabled: boolean }
  | { kind: 'note'; label: string }
  | { kind: 'separator' };

/** What the tray depends on, and nothing else. */
export interface TrayState {
  accounts: Account[];
  sessions: Session[];
  locked: boolean;
}

export type TrayIcon = 'idle' | 'active' | 'waiting' | 'attention';

/** A menu longer than a screen is no menu. */
const mostLines = 25;

const count = (n: number, one: string, many = one) => (n === 0 ? [] : [`${n} ${n === 1 ? one : many}`]);

function counts({ sessions }: TrayState) {
  return {
    active: sessions.filter((session) => session.state === 'active').length,
    waiting: sessions.filter((session) => session.state === 'waiting').length,
    unconfirmed: sessions.filter((session) => session.state === 'ending').length,
  };
}

/** The icon says the most pressing thing: an ending not confirmed, then a prompt, then open sessions. */
export function trayIcon(state: TrayState): TrayIcon {
  const { active, waiting, unconfirmed } = counts(state);
  return unconfirmed > 0 ? 'attention' : waiting > 0 ? 'waiting' : active > 0 ? 'active' : 'idle';
}

/** One line for the tooltip and the head of the menu. */
export function traySummary(state: TrayState): string {
  const { active, waiting, unconfirmed } = counts(state);
  const parts = [
    ...count(active, 'active'),
    ...count(waiting, 'waiting for you'),
    ...count(unconfirmed, 'ending not confirmed', 'endings not confirmed'),
  ];
  const summary = parts.length > 0 ? parts.join(' · ') : 'No open sessions';
  return state.locked ? `Locked · ${summary}` : summary;
}

/** The menu of the tray; action ids are what `tray.choose` takes, too. */
export function trayMenu(state: TrayState): TrayItem[] {
  const labels = new Map(state.accounts.map((account) => [account.id, account.label]));
  const lines: TrayItem[] = state.sessions
    .filter((session) => session.state === 'active')
    .map((session) => ({
      kind: 'action',
      id: `sign-out:${session.id}`,
      label: `Sign out ${[labels.get(session.accountId) ?? session.vendor, session.realm?.name]
        .flatMap((name) => (name ? nativeText(name, 60) : []))
        .join(' · ')}`,
      enabled: true,
    }));
  const more = lines.length - mostLines;
  const shown: TrayItem[] =
    more > 0
      ? [...lines.slice(0, mostLines), { kind: 'note', label: `and ${more} more in the window` }]
      : lines;
  const open = state.sessions.some((session) => isOpen(session.state));
  return [
    { kind: 'note', label: traySummary(state) },
    { kind: 'separator' },
    ...(state.locked || lines.length === 0 ? [] : [...shown, { kind: 'separator' } as const]),
    { kind: 'action', id: 'sign-out-everywhere', label: 'Sign out everywhere', enabled: open },
    { kind: 'action', id: 'lock', label: 'Lock', enabled: !state.locked },
    { kind: 'separator' },
    { kind: 'action', id: 'open', label: 'Open Gatehouse', enabled: true },
    { kind: 'action', id: 'quit', label: 'Quit', enabled: true },
  ];
}
