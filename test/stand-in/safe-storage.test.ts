import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const run = promisify(execFile);
const root = resolve(import.meta.dirname, '../..');
const node = join(root, 'node_modules/node/bin/node');
const program = join(import.meta.dirname, 'fixture/safe-storage.js');
const args = [
  '--disable-warning=ExperimentalWarning',
  '--import',
  join(root, 'stand-in/register.ts'),
  program,
];

function clean(extra: Record<string, string>): Record<string, string> {
  const { DBUS_SESSION_BUS_ADDRESS: _bus, XDG_RUNTIME_DIR: _runtime, ...env } = process.env;
  return { ...(env as Record<string, string>), ...extra };
}

test('seals with a key from the Secret Service, the same in the next run', async () => {
  const home = mkdtempSync(join(tmpdir(), 'gatehouse-keyring-'));
  const env = clean({ HOME: home, XDG_DATA_HOME: join(home, 'data'), XDG_CONFIG_HOME: join(home, 'config') });
  const start = 'printf secret | gnome-keyring-daemon --unlock --components=secrets >/dev/null';
  const script = `${start}; "$@" > "$HOME/first"; "$@" "$(cat "$HOME/first")"; cat "$HOME/first"`;
  try {
    const { stdout } = await run('dbus-run-session', ['--', 'sh', '-c', script, 'sh', node, ...args], {
      env,
      timeout: 30_000,
    });
    const [second, first] = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(first).toMatchObject({
      available: true,
      backend: 'gnome_libsecret',
      hidden: true,
      back: 'text to seal',
    });
    expect(second).toMatchObject({ available: true, again: 'text to seal' });
    expect(second.damaged).toContain('Error while decrypting');
    expect(second.sealed).not.toBe(first.sealed);
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}, 40_000);

test('says at once that it is not available where there is no Secret Service', async () => {
  const started = Date.now();
  const { stdout } = await run(node, args, { env: clean({}), timeout: 30_000 });
  expect(JSON.parse(stdout)).toMatchObject({ available: false, backend: 'basic_text' });
  expect(Date.now() - started).toBeLessThan(10_000);
}, 40_000);
