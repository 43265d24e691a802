import { asFailure, call } from './call.ts';
import { getApp } from './store.ts';
import { showToast } from './toasts.ts';
import type { Sidebar } from './types.ts';

/** What main was told and has not shown yet, so that of two quick changes the second builds on the first. */
let sent: Sidebar | null = null;

/** Returns how the account list is arranged, with what is on its way to main. */
export function sidebarNow(): Sidebar {
  const { sidebar } = getApp();
  if (sent && JSON.stringify(sent) === JSON.stringify(sidebar)) sent = null;
  return sent ?? sidebar;
}

/** Asks main to keep another arrangement; a failure becomes a toast. */
export async function changeSidebar(patch: Partial<Sidebar>): Promise<void> {
  const mine = { ...sidebarNow(), ...patch };
  sent = mine;
  try {
    await call('sidebar.change', patch);
  } catch (error) {
    if (sent === mine) sent = null;
    showToast({ tone: 'bad', failure: asFailure(error) });
  }
}

export const toggleCollapsed = (): void => void changeSidebar({ collapsed: !sidebarNow().collapsed });
