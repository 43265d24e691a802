import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

interface Keyring {
  /** Leads programs to it. */
  env: Record<string, string>;
  /** It answers nobody until `thaw`, as one that waits for a person. */
  freeze(): void;
  thaw(): void;
  stop(): Promise<void>;
}

/** A session bus and an unlocked keyring of their own, in `folder`; Linux only. */
export async function startKeyring(folder: string): Promise<Keyring> {
  const nothing = () => {};
  if (process.platform !== 'linux') return { env: {}, freeze: nothing, thaw: nothing, stop: async () => {} };
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const bus = spawn('dbus-daemon', ['--session', '--nofork', '--print-address'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const [address] = await once(bus.stdout, 'data');
  const env = { DBUS_SESSION_BUS_ADDRESS: String(address).trim(), XDG_DATA_HOME: join(folder, 'data') };
  const keyring = spawn('gnome-keyring-daemon', ['--foreground', '--unlock', '--components=secrets'], {
    env: { ...process.env, ...env, XDG_RUNTIME_DIR: folder, HOME: folder },
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  keyring.stdin.end('bench');
  await onBus('org.freedesktop.secrets', env);
  return {
    env,
    freeze: () => keyring.kill('SIGSTOP'),
    thaw: () => keyring.kill('SIGCONT'),
    async stop() {
      keyring.kill('SIGCONT');
      for (const child of [keyring, bus]) {
        const gone = once(child, 'exit');
        child.kill('SIGTERM');
        await gone;
      }
    },
  };
}

/** Waits until a program has taken this name on the bus; throws after five seconds. */
async function onBus(name: string, env: Record<string, string>): Promise<void> {
  const ask = ['--session', '--print-reply', '--dest=org.freedesktop.DBus', '/'];
  const until = Date.now() + 5_000;
  for (;;) {
    const question = [...ask, 'org.freedesktop.DBus.NameHasOwner', `string:${name}`];
    const { stdout } = await promisify(execFile)('dbus-send', question, { env: { ...process.env, ...env } });
    if (stdout.includes('boolean true')) return;
    if (Date.now() > until) throw new Error('The keyring of the bench did not start.');
  }
}
