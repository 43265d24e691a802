import { chmodSync, existsSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { app } from 'electron';
import Store from 'electron-store';
import { defaultSettings, type Settings, settings as shape } from '#contract/shapes.ts';

interface Stored {
  settings: Settings;
  window: { width: number; height: number; x?: number; y?: number };
}

function open() {
  const store = new Store<Stored>({
    name: 'settings',
    clearInvalidConfig: false,
    configFileMode: 0o600,
    defaults: { settings: defaultSettings, window: { width: 1280, height: 800 } },
  });
  // A file that was there before keeps its mode until the next change.
  if (existsSync(store.path)) chmodSync(store.path, 0o600);
  return store;
}

/** A file that can't be read is kept aside, and the settings begin anew. */
function openOrBeginAnew(report: (error: unknown) => void) {
  try {
    return open();
  } catch (error) {
    report(error);
    const file = join(app.getPath('userData'), 'settings.json');
    renameSync(file, `${file}.damaged`);
    return open();
  }
}

/**
 * Settings and the window's place, in electron-store. A value that no longer fits is replaced by its default, the others
 * stay; `report` hears of what can't be read or written.
 */
export function openSettings(report: (error: unknown) => void) {
  const store = openOrBeginAnew(report);

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
    /** A full disk must not keep a window from closing. */
    keepWindow(bounds: Stored['window']) {
      try {
        store.set('window', bounds);
      } catch (error) {
        report(error);
      }
    },
  };
}
