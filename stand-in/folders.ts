import { mkdirSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

const prefix = '--user-data-dir=';
const home = homedir();
const config = process.env.XDG_CONFIG_HOME || join(home, '.config');

/** The user-data folder: the argument, else GATEHOUSE_USER_DATA, else ~/.config/Gatehouse. Absolute. */
export function userDataFolder(argv: string[] = process.argv): string {
  const argument = argv.find((text) => text.startsWith(prefix))?.slice(prefix.length);
  const chosen = argument || process.env.GATEHOUSE_USER_DATA;
  return resolve(chosen || join(config, 'Gatehouse'));
}

const folders = new Map<string, string>([
  ['home', home],
  ['appData', config],
  ['userData', userDataFolder()],
  ['temp', tmpdir()],
  ['downloads', join(home, 'Downloads')],
  ['documents', join(home, 'Documents')],
  ['desktop', join(home, 'Desktop')],
  ['exe', process.execPath],
]);

/** As Electron's app.getPath; `sessionData` and `logs` lie in the user-data folder. */
export function getFolder(name: string): string {
  const found = folders.get(name);
  if (found) return found;
  if (name === 'sessionData') return getFolder('userData');
  if (name === 'logs') return join(getFolder('userData'), 'logs');
  throw new Error(`host: app.getPath('${name}') is not offered by the stand-in host`);
}

export function setFolder(name: string, path: string): void {
  folders.set(name, resolve(path));
}

/** The host's own corner of the user-data folder (browser profiles, the instance lock), readable by this user only. */
export function hostFolder(...parts: string[]): string {
  const path = join(getFolder('userData'), 'host', ...parts);
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  return path;
}
