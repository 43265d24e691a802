import { spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';

export const root = resolve(import.meta.dirname, '../..');

const children = new Set();
let interrupted = false;

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => {
    interrupted = true;
    for (const child of children) child.kill(signal);
    if (children.size === 0) process.exit(130);
  });
}

/**
 * Runs a program to its end, its output on ours.
 * @param {string} program
 * @param {string[]} args
 * @param {import('node:child_process').SpawnOptions & { timeout?: number }} [options]
 * @returns {Promise<number>} the exit code; 1 for a signal, 127 when it could not be started
 */
export function run(program, args, options = {}) {
  if (interrupted) process.exit(130);
  return new Promise((done) => {
    const child = spawn(program, args, { cwd: root, stdio: 'inherit', killSignal: 'SIGKILL', ...options });
    children.add(child);
    const end = (code) => {
      children.delete(child);
      done(code);
    };
    child.once('error', () => end(127));
    child.once('exit', (code) => end(code ?? 1));
  });
}

/** The path of an installed program, or null. */
export function findProgram(name) {
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    const path = join(folder, name);
    try {
      accessSync(path, constants.X_OK);
      return path;
    } catch {
      // not here
    }
  }
  return null;
}

/** Prints a step with a mark that tells our lines from those of the programs we run. */
export function say(text) {
  console.log(`gatehouse: ${text}`);
}

/** Something a person must do first: printed without a stack, ends with 1. */
export function stop(text) {
  console.error(`gatehouse: ${text}`);
  process.exit(1);
}
