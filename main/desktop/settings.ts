import { chmodSync, existsSync } from 'node:fs';
import Store from 'electron-store';
import { type Settings, settings as shape } from '../../preload/contract/shapes.ts';

export const defaultSettings: Settings = {
  theme: 'system',
  closeToTray: true,
  autoLockMinutes: 15,
  lockOnSuspend: true,
  notifications: true,
  warnBeforeExpiryMinutes: [30, 5],
  onQuit: 'ask',
};

interface Stored {
  settings: Settings;
  window: { width: number; height: number; x?: number; y?: number };
}

/** Settings and the window's place, in electron-store. A value that no longer fits is replaced by its default, the others stay. */
export function openSettings() {
  const store = new Store<Stored>({
    name: 'settings',
    clearInvalidConfig: false,
    configFileMode: 0o600,
    defaults: { settings: defaultSettings, window: { width: 1280, height: 800 } },
  });
  // A file that was there before keeps its mode until the next change.
  if (existsSync(store.path)) chmodSync(store.path, 0o600);

  function get(): Settings {
    const stored: Partial<Record<keyof Settings, unknown>> = store.get('settings');
    const entries = Object.entries(shape.shape).map(([name, field]) => {
      const key = name as keyof Settings;
      const parsed = field.safeParse(stored[key]);
      return [key, parsed.success ? parsed.data : defaultSettings[key]];
    });
    return shape.parse(Object.fromEntries(entries));
  }

  return {
    get,
    change(patch: Partial<Settings>): Settings {
      const next = { ...get(), ...patch };
      store.set('settings', next);
      return next;
    },
    window: () => store.get('window'),
    keepWindow: (bounds: Stored['window']) => store.set('window', bounds),
  };
}
