import { useEffect } from 'react';
import { act } from '../state/call.ts';
import { goTo, openDialog, showPrompts } from '../state/navigation.ts';

/** Keys that work anywhere in the window, with Ctrl (or Command on macOS). */
const keys: Record<string, () => void> = {
  k: () => openDialog({ what: 'quick-open' }),
  n: () => goTo({ at: 'add-account' }),
  p: () => showPrompts(),
  l: () => void act('vault.lock'),
  f: () => document.getElementById('account-filter')?.querySelector('input')?.focus(),
  ',': () => goTo({ at: 'settings' }),
};

export function useWindowKeys(): void {
  useEffect(() => {
    function onKeyDown(event: KeyboardEvent) {
      if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
      const run = keys[event.key.toLowerCase()];
      // Behind a dialog nothing of the frame may move.
      if (!run || document.querySelector('[role="dialog"], [role="alertdialog"]')) return;
      event.preventDefault();
      run();
    }
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, []);
}
