import { join } from 'node:path';
import { node24 } from './dependencies.mjs';
import { root } from './run.mjs';

/**
 * The command that opens the window of what is built in out/: the program, then its arguments.
 * @param {import('./host.mjs').Host} host
 * @param {string[]} args of Gatehouse
 * @param {string[]} [forNode] of Node, which main runs in
 * @returns {[string, ...string[]]}
 */
export function windowCommand({ host, program }, args, forNode = []) {
  if (host === 'electron') {
    const noSandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
    return [program, ...forNode, ...noSandbox, root, ...args];
  }
  const quiet = '--disable-warning=ExperimentalWarning';
  const register = join(root, 'stand-in/register.ts');
  return [node24, quiet, ...forNode, '--import', register, join(root, 'out/main/index.js'), ...args];
}
