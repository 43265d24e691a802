import { copyFileSync, existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { app } from 'electron';

/**
 * Puts Chromium's profile into a folder of its own, `browser`, beside the data that Gatehouse keeps itself. What an earlier
 * version left in the data folder stays there; the file with the key that safeStorage uses on Windows is brought along, as
 * without it the vault could not be opened by the keyring. Must run before the app is ready. Throws where the folder can't be made.
 */
export function separateProfile() {
  const dataFolder = app.getPath('userData');
  const folder = join(dataFolder, 'browser');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const [old, own] = [dataFolder, folder].map((path) => join(path, 'Local State')) as [string, string];
  if (existsSync(old) && !existsSync(own)) copyFileSync(old, own);
  app.setPath('sessionData', folder);
}
