import { useEffect } from 'react';
import { useNavigation } from '../state/navigation.ts';

/** Where a page or a dialog takes what had the focus with it, the main pane has it, so that keys go on working. */
export function useKeptFocus(): void {
  const route = useNavigation((state) => state.route);
  const dialog = useNavigation((state) => state.dialog);
  const promptsOpen = useNavigation((state) => state.promptsOpen);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each of them may take the focus with it
  useEffect(() => {
    let frame = requestAnimationFrame(() => {
      // By the second frame a dialog has given the focus back, or a page has taken it.
      frame = requestAnimationFrame(() => {
        if (document.activeElement === document.body) document.getElementById('main-pane')?.focus();
      });
    });
    return () => cancelAnimationFrame(frame);
  }, [route, dialog, promptsOpen]);
}
