import { chmodSync, existsSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { app } from 'electron';
import Store from 'electron-store';
import { z } from 'zod';
import { defaultSettings, type Settings, settings as shape } from '#contract/shapes.ts';
import type { Place } from './window-place.ts';

interface Stored {
  settings: Settings;
  window: Place;
  /** The person was asked what closing the window is to do where no tray is shown. */
  askedAboutTray: boolean;
}

const usualPlace: Place = { width: 1280, height: 800 };
const px = z.number().int().min(-100_000).max(100_000);
const place = z.object({
  width: px.min(1),
  height: px.min(1),
  x: px.exactOptional(),
  y: px.exactOptional(),
  maximized: z.boolean().exactOptional(),
});

function open() {
  const store = new Store<Stored>({
    name: 'settings',
    clearInvalidConfig: false,
    configFileMode: 0o600,
    defaults: { settings: defaultSettings, window: usualPlace, askedAboutTray: false },
  });
  // A file that was there before keeps its mode until the next change.
  if (existsSync(store.path)) chmodSync(store.path, 0o600);
  return store;
}

/** A file that can't be read is kept aside, and the settings begin anew. */
function openOrBeginAnew(report: (error: unknown) => void): {
  store: Store<Stored>;
  keptAside: string | null;
} {
  try {
    return { store: open(), keptAside: null };
  } catch (error) {
    report(error);
    const file = join(app.getPath('userData'), 'settings.json');
    const keptAside = `${file}.damaged`;
    renameSync(file, keptAside);
    return { store: open(), keptAside };
  }
}

/**
 * Settings and the window's place, in electron-store. A value that no longer fits is replaced by its default, the others
 * stay; `report` hears of what can't be read or written.
 */
export function openSettings(report: (error: unknown) => void) {
  const { store, keptAside } = openOrBeginAnew(report);

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
    /** Where a file is now that could not be read; null when it could. */
    keptAside,
    change(patch: Partial<Settings>): Settings {
      const next = { ...get(), ...patch };
      store.set('settings', next);
      return next;
    },
    place(): Place {
      const kept = place.safeParse(store.get('window'));
      return kept.success ? kept.data : usualPlace;
    },
    askedAboutTray: () => store.get('askedAboutTray') === true,
    noteAskedAboutTray() {
      try {
        store.set('askedAboutTray', true);
      } catch (error) {
        report(error);
      }
    },
    /** A full disk must not keep a window from closing. */
    keepPlace(kept: Place) {
      try {
        store.set('window', kept);
      } catch (error) {
        report(error);
      }
    },
  };
}
