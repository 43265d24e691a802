import { useEffect } from 'react';
import { isInPanel, leavePanel } from '../prompts/panel-focus.ts';
import { chosenSession } from '../sessions/chosen-session.ts';
import { canSwitchRealm } from '../sessions/session-actions.ts';
import { act } from '../state/call.ts';
import { goTo, openDialog, showPrompts, useNavigation } from '../state/navigation.ts';
import { getApp } from '../state/store.ts';
import { places } from './place-list.ts';

/** Keys that work anywhere in the window, with Ctrl (or Command on macOS). */
const keys: Record<string, () => void> = {
  ...Object.fromEntries(places.map(({ open }, index) => [index + 1, open])),
  k: () => openDialog({ what: 'palette' }),
  n: () => goTo({ at: 'add-account' }),
  p: () => (isInPanel(document.activeElement) ? leavePanel() : showPrompts()),
  l: () => void act('vault.lock'),
  f: () => document.getElementById('account-filter')?.querySelector('input')?.focus(),
  e: switchRealm,
  ',': () => goTo({ at: 'settings' }),
};

/** Switches the realm of the session that the main pane is about. */
function switchRealm(): void {
  const { route } = useNavigation.getState();
  if (!('sessionId' in route)) return;
  const app = getApp();
  const session = chosenSession(app, route.accountId, route.sessionId);
  const vendor = app.vendors.find(({ id }) => id === session?.vendor);
  if (session?.state === 'active' && canSwitchRealm(vendor))
    openDialog({ what: 'switch-realm', sessionId: session.id });
}

/** Behind a dialog nothing of the frame may move. */
const isBehindDialog = () => document.querySelector('[role="dialog"], [role="alertdialog"]') !== null;

/** F1 anywhere, or a question mark that is not typed into a field. */
function asksForKeys({ key, target, ctrlKey, altKey, metaKey }: KeyboardEvent): boolean {
  if (ctrlKey || altKey || metaKey || isBehindDialog()) return false;
  const isTyping =
    target instanceof HTMLInputElement ||
    target instanceof HTMLTextAreaElement ||
    target instanceof HTMLSelectElement;
  return key === 'F1' || (key === '?' && !isTyping);
}

export function useWindowKeys(): void {
  useEffect(() => {
    function onKeyDown(event: KeyboardEvent) {
      if (asksForKeys(event)) {
        event.preventDefault();
        return openDialog({ what: 'keys' });
      }
      if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
      const run = keys[event.key.toLowerCase()];
      if (!run || isBehindDialog()) return;
      event.preventDefault();
      run();
    }
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, []);
}
