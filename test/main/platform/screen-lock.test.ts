import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const room = fileURLToPath(new URL('../../../main/platform/screen-lock.ts', import.meta.url));

/** Says what it heard of a bus of its own, on which the screen is unlocked, locked, and something else is true. */
const script = `
  const { watchScreenLock } = await import(${JSON.stringify(room)});
  const { execFileSync } = await import('node:child_process');
  const { setTimeout: wait } = await import('node:timers/promises');
  let locks = 0;
  watchScreenLock(() => (locks += 1));
  const say = (name, value) => execFileSync('dbus-send', ['--session', '--type=signal', '/x', name, 'boolean:' + value]);
  const lockUntilHeard = async () => {
    for (let again = 0; locks === 0 && again < 100; again += 1) {
      say('org.gnome.ScreenSaver.ActiveChanged', true);
      await wait(50);
    }
  };
  await wait(300);
  say('org.gnome.ScreenSaver.ActiveChanged', false);
  say('org.example.Other.ActiveChanged', true);
  await wait(300);
  const before = locks;
  await lockUntilHeard();
  console.log(JSON.stringify({ before, heard: locks > 0 }));
  process.exit();`;

test.skipIf(process.platform !== 'linux')(
  'a screen that is locked is told of, and nothing else',
  async () => {
    const node = [process.execPath, '--no-warnings', '--input-type=module', '-e', script];
    const { stdout } = await promisify(execFile)('dbus-run-session', ['--', ...node], { timeout: 25_000 });
    expect(JSON.parse(stdout)).toEqual({ before: 0, heard: true });
  },
);
