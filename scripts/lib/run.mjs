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
 * @param {import('node:child_process').SpawnOptions & { started?: (child: import('node:child_process').ChildProcess) => void }} [options]
 * @returns {Promise<number>} the exit code; 1 for a signal, 127 when it could not be started
 */
export function run(program, args, { started, ...options } = {}) {
  if (interrupted) process.exit(130);
  return new Promise((done) => {
    const child = spawn(program, args, { cwd: root, stdio: 'inherit', killSignal: 'SIGKILL', ...options });
    children.add(child);
    started?.(child);
    const end = (code) => {
      children.delete(child);
      done(code);
    };
    child.once('error', () => end(127));
    child.once('close', (code) => end(code ?? 1));
  });
}

/**
 * Runs a program to its end, its output on ours, and keeps the end of what it said.
 * @param {string} program
 * @param {string[]} args
 * @returns {Promise<{ code: number, said: string }>} the code as `run` gives it; the last 4,000 characters
 */
export async function runAndHear(program, args) {
  let said = '';
  const hear = (stream) => (chunk) => {
    stream.write(chunk);
    said = (said + chunk).slice(-4_000);
  };
  const code = await run(program, args, {
    stdio: ['inherit', 'pipe', 'pipe'],
    started(child) {
      child.stdout.on('data', hear(process.stdout));
      child.stderr.on('data', hear(process.stderr));
    },
  });
  return { code, said };
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
