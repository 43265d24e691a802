import { spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * Why Electron's own binary would end at its start for want of a sandbox, with the one command that mends it; null where it
 * would not. Chromium needs either its helper, owned by root and setuid, or user namespaces, which some systems
 * (Ubuntu since 23.10) keep from programs that they don't know.
 * @param {string} program Electron's binary
 * @returns {string | null}
 */
export function whyNoSandbox(program) {
  if (process.platform !== 'linux' || process.getuid?.() === 0) return null;
  const helper = join(dirname(program), 'chrome-sandbox');
  const found = statSync(helper, { throwIfNoEntry: false });
  if (found?.uid === 0 && (found.mode & 0o7777) === 0o4755) return null;
  if (spawnSync('unshare', ['-Ur', 'true'], { stdio: 'ignore' }).status === 0) return null;
  return `Electron finds no sandbox here; to give it one: sudo chown root:root '${helper}' && sudo chmod 4755 '${helper}'`;
}
