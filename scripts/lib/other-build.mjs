import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { node24 } from './dependencies.mjs';
import { root, run, say, stop } from './run.mjs';

/**
 * Another commit, built in a folder of its own, with the bench of this one, so that both are measured in the same way.
 * @param {string} ref
 * @returns {Promise<string>} its folder
 */
export async function buildOther(ref) {
  const commit = git(['rev-parse', '--verify', '--end-of-options', `${ref}^{commit}`])
    .toString()
    .trim();
  const folder = join(root, 'out/compare', commit);
  if (!existsSync(join(folder, 'out/main/index.js'))) {
    say(`building ${ref}`);
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    execFileSync('tar', ['-x', '-C', folder], { input: git(['archive', commit]) });
    if (!same(folder, 'package-lock.json')) stop(`${ref} has other dependencies, so it is not built here.`);
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'), 'junction');
    const vite = join(root, 'node_modules/electron-vite/bin/electron-vite.js');
    const code = await run(node24, [vite, 'build', '--logLevel', 'warn'], { cwd: folder });
    if (code !== 0) stop(`${ref} could not be built; the words above say why.`);
  }
  cpSync(join(root, 'test/bench'), join(folder, 'test/bench'), { recursive: true });
  return folder;
}

/** @param {string[]} args */
function git(args) {
  try {
    return execFileSync('git', args, { cwd: root, maxBuffer: 2 ** 30, stdio: ['ignore', 'pipe', 'inherit'] });
  } catch {
    return stop('There is no such commit here; git’s words are above.');
  }
}

/**
 * @param {string} folder
 * @param {string} name
 */
const same = (folder, name) =>
  readFileSync(join(folder, name), 'utf8') === readFileSync(join(root, name), 'utf8');
