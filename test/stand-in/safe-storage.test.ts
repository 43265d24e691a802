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

/** Runs a shell script on a bus of its own, on which a keyring is unlocked; `$@` in it is the program. */
async function withKeyring<T>(script: string): Promise<T[]> {
  const home = mkdtempSync(join(tmpdir(), 'gatehouse-keyring-'));
  const env = clean({ HOME: home, XDG_DATA_HOME: join(home, 'data'), XDG_CONFIG_HOME: join(home, 'config') });
  const start = 'printf secret | gnome-keyring-daemon --unlock --components=secrets >/dev/null';
  try {
    const { stdout } = await run(
      'dbus-run-session',
      ['--', 'sh', '-c', `${start}; ${script}`, 'sh', node, ...args],
      { env, timeout: 30_000 },
    );
    return stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

interface Said {
  sealed: string;
  turns: number;
  again: unknown;
  damaged: string;
}

test('seals with a key from the Secret Service, the same in the next run, and blocks nothing', async () => {
  const [second, first] = await withKeyring<Said>(
    '"$@" > "$HOME/first"; "$@" "$(cat "$HOME/first")"; cat "$HOME/first"',
  );
  expect(first).toMatchObject({
    early: false,
    refused: 'safeStorage cannot be used before app is ready',
    available: true,
    backend: 'unknown',
    hidden: true,
    mark: 'v11',
    back: { result: 'text to seal', shouldReEncrypt: false },
  });
  expect(first?.turns).toBeGreaterThan(3);
  expect(second).toMatchObject({
    available: true,
    again: { result: 'text to seal', shouldReEncrypt: false },
  });
  expect(second?.damaged).toContain('Error while decrypting');
  expect(second?.sealed).not.toBe(first?.sealed);
}, 40_000);

test('what it sealed before it had Chromium’s marks is still readable, and should be sealed anew', async () => {
  const sealed = `
    const { execFileSync } = require('node:child_process');
    const { createCipheriv } = require('node:crypto');
    const key = Buffer.from(execFileSync(process.execPath, ['--no-warnings', process.argv[1]], { encoding: 'utf8' }), 'base64');
    const cipher = createCipheriv('aes-256-gcm', key, Buffer.alloc(12, 5)).setAAD(Buffer.from('gh1'));
    const body = Buffer.concat([cipher.update('an old text'), cipher.final()]);
    const sealed = Buffer.concat([Buffer.from('gh1'), Buffer.alloc(12, 5), cipher.getAuthTag(), body]);
    process.stdout.write(JSON.stringify({ sealed: sealed.toString('base64') }));`;
  const helper = join(root, 'stand-in/keyring-key.ts');
  const [said] = await withKeyring<Said>(
    `"$@" "$("$1" -e '${sealed.replaceAll("'", `'"'"'`)}' '${helper}')"`,
  );
  expect(said?.again).toEqual({ result: 'an old text', shouldReEncrypt: true });
}, 40_000);

test('where there is no Secret Service it seals with a key that everybody knows, as Electron does', async () => {
  const started = Date.now();
  const { stdout } = await run(node, args, { env: clean({}), timeout: 30_000 });
  expect(JSON.parse(stdout)).toMatchObject({ available: true, mark: 'v10', backend: 'unknown' });
  expect(Date.now() - started).toBeLessThan(10_000);
}, 40_000);
