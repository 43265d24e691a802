import { globalShortcut } from 'electron';
import type { AppInfo } from '#contract/shapes.ts';

const keys = 'CommandOrControl+Alt+Shift+O';

/**
 * Takes the keys that sign out everywhere from any program, or gives them back. Returns what came of it; on Wayland the desktop
 * may still refuse without a word.
 */
export function takeShortcut(wanted: boolean, act: () => void): AppInfo['signOutShortcut'] {
  if (!wanted) {
    globalShortcut.unregister(keys);
    return 'off';
  }
  return globalShortcut.isRegistered(keys) || globalShortcut.register(keys, act) ? 'on' : 'refused';
}
