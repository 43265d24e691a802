import { spawn } from 'node:child_process';

/** Who says on the session bus that the screen was locked. */
const savers = [
  'org.gnome.ScreenSaver',
  'org.freedesktop.ScreenSaver',
  'org.cinnamon.ScreenSaver',
  'org.mate.ScreenSaver',
];

/**
 * Tells when the screen is locked on Linux, where Electron has no event for it. Where there is no session bus, or nobody on it
 * locks screens, it is never told. It ends with this process.
 */
export function watchScreenLock(onLock: () => void): void {
  if (process.platform !== 'linux' || !process.env.DBUS_SESSION_BUS_ADDRESS) return;
  const rules = savers.map((name) => `type='signal',interface='${name}',member='ActiveChanged'`);
  const monitor = spawn('dbus-monitor', ['--session', ...rules], { stdio: ['ignore', 'pipe', 'ignore'] });
  // Not installed: nothing is told.
  monitor.on('error', () => {});
  monitor.stdout.setEncoding('utf8').on('data', (text: string) => {
    if (text.includes('boolean true')) onLock();
  });
  process.once('exit', () => monitor.kill());
}
