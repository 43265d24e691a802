import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { whyNoSandbox } from '../../scripts/lib/sandbox.mjs';

let folder: string;
let program: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gatehouse-sandbox-'));
  program = join(folder, 'electron');
  writeFileSync(join(folder, 'chrome-sandbox'), '');
  vi.spyOn(process, 'platform', 'get').mockReturnValue('linux');
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

/** A system whose user namespaces are open to everybody, or to nobody. */
function namespaces(open: boolean): void {
  mkdirSync(join(folder, 'bin'));
  const unshare = join(folder, 'bin', 'unshare');
  writeFileSync(unshare, `#!/bin/sh\nexit ${open ? 0 : 1}\n`);
  chmodSync(unshare, 0o755);
  vi.stubEnv('PATH', join(folder, 'bin'));
}
const as = (user: number) => vi.spyOn(process, 'getuid').mockReturnValue(user);

test('where neither helper nor namespaces give a sandbox, the one command is said', () => {
  as(1000);
  namespaces(false);
  const helper = join(folder, 'chrome-sandbox');
  expect(whyNoSandbox(program)).toContain(`sudo chown root:root '${helper}' && sudo chmod 4755 '${helper}'`);
});

test('where namespaces are open, nothing is said, nor to root, who starts without a sandbox', () => {
  as(1000);
  namespaces(true);
  expect(whyNoSandbox(program)).toBeNull();
  namespacesGone();
  as(0);
  expect(whyNoSandbox(program)).toBeNull();
});

function namespacesGone(): void {
  rmSync(join(folder, 'bin'), { recursive: true });
  namespaces(false);
}

test.skipIf(process.getuid?.() !== 0)('a helper of root’s that is setuid is enough', () => {
  chmodSync(join(folder, 'chrome-sandbox'), 0o4755);
  as(1000);
  namespaces(false);
  expect(whyNoSandbox(program)).toBeNull();
});
