import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { root, run, say, stop } from './run.mjs';
import { hashOf, setStamp, stampIs } from './stamp.mjs';

const stamp = 'node_modules/.gatehouse-lock';
export const node24 = join(root, 'node_modules/node/bin', process.platform === 'win32' ? 'node.exe' : 'node');

/** Installs what package-lock.json names, when that changed since the last time, and Node 24 with it. */
export async function ensureDependencies() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 19)) {
    stop(`Node ${process.versions.node} is too old. Install Node 20.19 or later and start again.`);
  }
  const lock = hashOf(['package-lock.json']);
  if (!stampIs(stamp, lock)) {
    say('installing the dependencies of package-lock.json (a few minutes the first time)');
    const code = await npm(['ci', '--no-fund', '--no-audit']);
    if (code !== 0)
      stop(
        `npm ci failed with ${code}. Its words above say why; most often the package registry can't be reached.`,
      );
  }
  if (!existsSync(node24)) await installNode();
  setStamp(stamp, lock);
  process.env.PATH = [
    join(root, 'node_modules/node/bin'),
    join(root, 'node_modules/.bin'),
    process.env.PATH,
  ].join(delimiter);
}

/** The `node` package fetches Node 24 in an install script, which npm may have been told not to run. */
async function installNode() {
  say('fetching Node 24');
  await run(process.execPath, ['installArchSpecificPackage.js'], { cwd: join(root, 'node_modules/node') });
  if (!existsSync(node24))
    stop('Node 24 could not be installed: node_modules/node has no binary after its install script ran.');
}

/**
 * npm of the Node that runs this, without a shell where that can be told.
 * @param {string[]} args
 */
function npm(args) {
  const program = process.env.npm_execpath;
  if (program?.endsWith('.js')) return run(process.execPath, [program, ...args]);
  return run(process.platform === 'win32' ? 'npm.cmd' : 'npm', args, { shell: process.platform === 'win32' });
}
