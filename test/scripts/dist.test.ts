import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { whyNotHere, whyNotPacked } from '../../scripts/lib/why-not-packed.mjs';

test('packages that can’t be made here are refused in a sentence, before anything is downloaded', () => {
  for (const arg of ['--mac', '--macos=dmg', '-m']) {
    expect(whyNotHere([arg], 'linux')).toBe('Packages for macOS can be made on macOS only.');
    expect(whyNotHere([arg], 'darwin')).toBeNull();
  }
  expect(whyNotHere(['--linux', '--win'], 'linux')).toBeNull();
  const { status, stderr } = spawnSync(process.execPath, ['scripts/dist.mjs', '--mac'], {
    cwd: join(import.meta.dirname, '../..'),
    encoding: 'utf8',
    timeout: 20_000,
  });
  if (process.platform !== 'darwin')
    expect({ status, stderr }).toEqual({
      status: 1,
      stderr: 'gatehouse: Packages for macOS can be made on macOS only.\n',
    });
});

test('packing that fails for want of a network or a tool is told in a sentence', () => {
  expect(whyNotPacked('⨯ getaddrinfo ENOTFOUND github.example  failedTask=build\n    at x')).toMatch(
    /could not be downloaded \(ENOTFOUND\)/,
  );
  expect(whyNotPacked('⨯ Build for macOS is supported only on macOS, please see')).toMatch(/on macOS only/);
  expect(whyNotPacked('⨯ spawn wine ENOENT')).toMatch(/needs wine, which is not installed/);
  expect(whyNotPacked('⨯ Application entry file "out/main/index.js" does not exist')).toBeNull();
});
