import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const room = fileURLToPath(new URL('../../../main/platform/screen-lock.ts', import.meta.url));

/** What every script begins with: hears locks, and says on a bus of its own what it is told to. */
const listening = `
  const { watchScreenLock } = await import(${JSON.stringify(room)});
  const { execFileSync } = await import('node:child_process');
  const { setTimeout: wait } = await import('node:timers/promises');
  let locks = 0;
  watchScreenLock(() => (locks += 1));
  const heard = async (say) => {
    const before = locks;
    for (let again = 0; locks === before && again < 100; again += 1) {
      say();
      await wait(50);
    }
    await wait(300);
    return locks > before;
  };
  const hears = async (say) => {
    const before = locks;
    say();
    await wait(400);
    return locks > before;
  };`;

const saver = `${listening}
  const say = (name, value) => execFileSync('dbus-send', ['--session', '--type=signal', '/x', name, 'boolean:' + value]);
  const locked = await heard(() => say('org.gnome.ScreenSaver.ActiveChanged', true));
  const unlocked = await hears(() => say('org.gnome.ScreenSaver.ActiveChanged', false));
  const other = await hears(() => say('org.example.Other.ActiveChanged', true));
  console.log(JSON.stringify({ locked, unlocked, other }));
  process.exit();`;

/** Session 2 is this one; its path is written as logind writes it. */
const logind = `${listening}
  const at = (id) => '/org/freedesktop/login1/session/' + id;
  const emit = (path, signal, ...values) =>
    execFileSync('gdbus', ['emit', '--session', '-o', path, '-s', signal, ...values]);
  const lock = (path, name = 'Lock') => emit(path, 'org.freedesktop.login1.Session.' + name);
  const hint = (path, key, value) =>
    emit(path, 'org.freedesktop.DBus.Properties.PropertiesChanged', "'org.freedesktop.login1.Session'", "{'Active': <true>, '" + key + "': <" + value + ">}", '@as []');
  const ordered = await heard(() => lock(at('_32')));
  const hinted = await heard(() => hint(at('_32'), 'LockedHint', true));
  const unlocked = await hears(() => { lock(at('_32'), 'Unlock'); hint(at('_32'), 'LockedHint', false); });
  const idle = await hears(() => hint(at('_32'), 'IdleHint', true));
  const somebody = await hears(() => { lock(at('_33')); hint(at('c2'), 'LockedHint', true); });
  console.log(JSON.stringify({ ordered, hinted, unlocked, idle, somebody }));
  process.exit();`;

/** Runs a script on a bus of its own, which is the system's bus, too, where that is wanted. */
async function said(script: string, logindSession: string | null): Promise<unknown> {
  const node = [process.execPath, '--no-warnings', '--input-type=module', '-e', script];
  const system = 'DBUS_SYSTEM_BUS_ADDRESS="$DBUS_SESSION_BUS_ADDRESS" exec "$@"';
  const { stdout } = await promisify(execFile)(
    'dbus-run-session',
    ['--', 'sh', '-c', system, 'sh', ...node],
    {
      timeout: 25_000,
      env: { ...process.env, ...(logindSession ? { XDG_SESSION_ID: logindSession } : {}) },
    },
  );
  return JSON.parse(stdout);
}

const onLinux = process.platform === 'linux';

test.runIf(onLinux)('a screen that is locked is told of, and nothing else', async () => {
  expect(await said(saver, null)).toEqual({ locked: true, unlocked: false, other: false });
});

test.runIf(onLinux)(
  'a lock of which only logind knows is told of, and another session’s is not',
  async () => {
    expect(await said(logind, '2')).toEqual({
      ordered: true,
      hinted: true,
      unlocked: false,
      idle: false,
      somebody: false,
    });
  },
);
