import { Activity, Bell, BookText, CircleHelp, type LucideIcon, Users } from 'lucide-react';
import { openDirectory } from '../directory/open-directory.ts';
import { goTo, type Route, showPrompts } from '../state/navigation.ts';

export interface Place {
  id: 'live' | 'needs-you' | 'directory' | 'why' | 'ledger';
  title: string;
  /** What it is for, beside its name in Ctrl K. */
  detail: string;
  icon: LucideIcon;
  /** The routes at which it is the place that is shown. */
  at: readonly Route['at'][];
  open(): void;
}

/** What is about all accounts, in the order in which the sidebar and Ctrl 1 to Ctrl 5 have them. */
export const places: readonly Place[] = [
  {
    id: 'live',
    title: 'Live',
    detail: 'Every session',
    icon: Activity,
    at: ['live'],
    open: () => goTo({ at: 'live' }),
  },
  {
    id: 'needs-you',
    title: 'Needs you',
    detail: 'Every prompt',
    icon: Bell,
    at: [],
    open: () => showPrompts(),
  },
  {
    id: 'directory',
    title: 'Directory',
    detail: 'The people that a session can look into',
    icon: Users,
    at: ['directory', 'people'],
    open: openDirectory,
  },
  {
    id: 'why',
    title: 'Why can’t they sign in?',
    detail: 'Looks someone up in every live session',
    icon: CircleHelp,
    at: ['why'],
    open: () => goTo({ at: 'why', email: '' }),
  },
  {
    id: 'ledger',
    title: 'Ledger and receipts',
    detail: 'Who did what, and how sessions ended',
    icon: BookText,
    at: ['ledger'],
    open: () => goTo({ at: 'ledger' }),
  },
];

export const placeKeys = (index: number): string => `Ctrl ${index + 1}`;
