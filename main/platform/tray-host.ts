import { execFile } from 'node:child_process';

const ask = [
  '--session',
  '--print-reply',
  '--dest=org.freedesktop.DBus',
  '/org/freedesktop/DBus',
  'org.freedesktop.DBus.NameHasOwner',
  'string:org.kde.StatusNotifierWatcher',
];

/** Whether somebody draws tray icons here. On Linux that is a program on the session bus, which GNOME by itself has not. */
export function traysAreDrawn(): Promise<boolean> {
  if (process.platform !== 'linux') return Promise.resolve(true);
  return new Promise((done) => {
    execFile('dbus-send', ask, { timeout: 2_000 }, (error, said) =>
      done(!error && /boolean true/.test(said)),
    );
  });
}
