import { spawn } from 'node:child_process';

/** Who says on the session bus that the screen was locked. */
const savers = [
  'org.gnome.ScreenSaver',
  'org.freedesktop.ScreenSaver',
  'org.cinnamon.ScreenSaver',
  'org.mate.ScreenSaver',
];

/** Characters of a signal in which what is looked for stands. */
const longest = 2_000;

/** Where logind keeps a session: letters and digits stay but for a digit that comes first. */
function logindPath(sessionId: string): string {
  const label = sessionId.replace(/^[0-9]|[^A-Za-z0-9]/g, (sign) => `_${Buffer.from(sign).toString('hex')}`);
  return `/org/freedesktop/login1/session/${label}`;
}

/** What is heard of logind: its order to lock this session, and its note that the session is locked. */
function logindRules(sessionId: string | undefined): string[] {
  const where = sessionId
    ? `path='${logindPath(sessionId)}'`
    : "path_namespace='/org/freedesktop/login1/session'";
  const session = 'org.freedesktop.login1.Session';
  return [
    `type='signal',${where},interface='${session}',member='Lock'`,
    `type='signal',${where},interface='org.freedesktop.DBus.Properties',member='PropertiesChanged',arg0='${session}'`,
  ];
}

/**
 * Tells when the screen is locked on Linux, where Electron has no event for it: by a screen saver on the session bus, or by
 * logind on the system's. Where neither says so, it is never told. It ends with this process.
 */
export function watchScreenLock(onLock: () => void): void {
  if (process.platform !== 'linux') return;
  if (process.env.DBUS_SESSION_BUS_ADDRESS) {
    const rules = savers.map((name) => `type='signal',interface='${name}',member='ActiveChanged'`);
    hear('--session', rules, /^ *boolean true$/, onLock);
  }
  const ordered = /^signal .*; interface=org\.freedesktop\.login1\.Session; member=Lock$/;
  const hinted = /^ *string "LockedHint"\n *variant +boolean true$/;
  hear(
    '--system',
    logindRules(process.env.XDG_SESSION_ID),
    new RegExp(`${ordered.source}|${hinted.source}`),
    onLock,
  );
}

/** Runs dbus-monitor, which prints a line for each signal and each of its values. Where it is not installed, nothing is told. */
function hear(bus: string, rules: string[], words: RegExp, onHeard: () => void): void {
  const monitor = spawn('dbus-monitor', [bus, ...rules], { stdio: ['ignore', 'pipe', 'ignore'] });
  monitor.on('error', () => {});
  const wanted = new RegExp(words.source, 'm');
  let last = '';
  monitor.stdout.setEncoding('utf8').on('data', (text: string) => {
    // A signal may come in two pieces.
    last = (last + text).slice(-longest);
    if (!wanted.test(last)) return;
    last = '';
    onHeard();
  });
  process.once('exit', () => monitor.kill());
}
