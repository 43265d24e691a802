import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const browsers = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'microsoft-edge'];
const places = [
  '/usr/lib/chromium/chromium',
  '/opt/google/chrome/chrome',
  '/snap/bin/chromium',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/**
 * Returns the path of an installed program, or null.
 * @param {string} name
 */
export function findProgram(name) {
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    const path = join(folder, name);
    try {
      accessSync(path, constants.X_OK);
      return path;
    } catch {
      // not here
    }
  }
  return null;
}

/**
 * Returns the installed Chromium, or null: GATEHOUSE_CHROMIUM, else the usual names and places.
 * @returns {string | null}
 */
export function findChromium() {
  const chosen = process.env.GATEHOUSE_CHROMIUM;
  if (chosen && existsSync(chosen)) return chosen;
  for (const name of browsers) {
    const path = findProgram(name);
    if (path) return path;
  }
  return places.find((path) => existsSync(path)) ?? null;
}
