import { execFile } from 'node:child_process';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { generate } from 'selfsigned';
import { expect, test } from 'vitest';
import {
  dropWeakening,
  refusedEnvironment,
  refusedSwitches,
  whyNotStart,
} from '../../../main/platform/start-guard.ts';

const start = (argv: string[], change: object = {}) =>
  whyNotStart({ argv, env: {}, packed: true, root: false, ...change });

test('a packed Gatehouse names the switch with which it does not start', () => {
  const weak = [
    '--remote-debugging-port=9222',
    '--remote-debugging-pipe',
    '--ignore-certificate-errors',
    '--ignore-certificate-errors-spki-list=abc',
    '--proxy-server=http://evil.example',
    '--proxy-pac-url=http://evil.example/p',
    '--host-resolver-rules=MAP * 127.0.0.1',
    '--host-rules=MAP * 127.0.0.1',
    '--no-sandbox',
    '--disable-web-security',
    '--disable-site-isolation-trials',
    '--js-flags=--expose-gc',
    '--inspect',
    '--inspect-brk=0.0.0.0:9229',
    '--load-extension=/tmp/x',
    '--ssl-key-log-file=/tmp/keys',
    '--log-net-log=/tmp/net',
    '--enable-logging',
    '--auth-server-allowlist=*',
  ];
  for (const given of weak) {
    const name = given.split('=')[0];
    expect(refusedSwitches([given]), given).toEqual([name]);
    expect(start(['.', given]), given).toContain(`Gatehouse does not start with ${name}, because `);
    expect(start([given], { packed: false }), given).toBeNull();
  }
});

test('however it is spelt, and not what only looks like one', () => {
  expect(refusedSwitches(['-No-Sandbox', '--REMOTE-debugging-port=1', '-no-sandbox'])).toEqual([
    '--no-sandbox',
    '--remote-debugging-port',
  ]);
  expect(refusedSwitches(['/no-sandbox'], 'win32')).toEqual(['--no-sandbox']);
  expect(refusedSwitches(['/no-sandbox'], 'linux')).toEqual([]);
  const harmless = ['--user-data-dir=/home/x', '--ozone-platform-hint=auto', 'no-sandbox', '--', '--inspect'];
  expect(refusedSwitches(harmless)).toEqual([]);
  expect(start(harmless)).toBeNull();
});

test('as root, and from an AppImage that found no sandbox, it says why it can’t be started', () => {
  expect(start(['--no-sandbox'], { root: true })).toMatch(/does not start as root.*ordinary user/);
  expect(start(['--no-sandbox'])).toMatch(/AppImage.*install the \.deb/);
});

test('a variable that Node or Electron has read by then is refused, everywhere or where it is packed', () => {
  const env = { NODE_DEBUG: 'http,tls', ELECTRON_ENABLE_LOGGING: '1', PATH: '/bin' };
  expect(refusedEnvironment(env, false)).toEqual(['NODE_DEBUG']);
  expect(refusedEnvironment(env, true)).toEqual(['NODE_DEBUG', 'ELECTRON_ENABLE_LOGGING']);
  expect(refusedEnvironment({ NODE_DEBUG: '', NODE_OPTIONS: '--inspect' }, true)).toEqual([]);
  expect(start([], { env, packed: false })).toMatch(/environment variable NODE_DEBUG/);
});

test('a variable that is read later is taken away in time: certificates are checked, keys are not written', async () => {
  const env = { NODE_TLS_REJECT_UNAUTHORIZED: '0', SSLKEYLOGFILE: '/tmp/keys', PATH: '/bin' };
  dropWeakening(env);
  expect(env).toEqual({ PATH: '/bin' });

  const { private: key, cert } = await generate([{ name: 'commonName', value: 'localhost' }]);
  const server = createServer({ key, cert }, (_request, response) => response.end('answered'));
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const guard = join(import.meta.dirname, '../../../main/platform/start-guard.ts');
  const ask = async (drop: boolean) => {
    const script = `
      import { get } from 'node:https';
      ${drop ? `const { dropWeakening } = await import(${JSON.stringify(guard)}); dropWeakening(process.env);` : ''}
      get('https://localhost:${(server.address() as AddressInfo).port}/', { family: 4 }, (answer) => answer.pipe(process.stdout))
        .on('error', ({ code }) => console.log(code));`;
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ['--no-warnings', '--input-type=module', '-e', script],
      { env: { ...process.env, NODE_TLS_REJECT_UNAUTHORIZED: '0' } },
    );
    return stdout.trim();
  };
  expect(await ask(false)).toBe('answered');
  expect(await ask(true)).toMatch(/SELF_SIGNED/);
  server.close();
});
