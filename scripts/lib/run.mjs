import { spawn } from 'node:child_process';
import { resolve } from 'node:path';

export const root = resolve(import.meta.dirname, '../..');

/** @type {Set<import('node:child_process').ChildProcess>} */
const children = new Set();
let interrupted = false;

for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
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
    /** @param {number} code */
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
  /** @param {NodeJS.WritableStream} stream */
  const hear = (stream) => (/** @type {Buffer} */ chunk) => {
    stream.write(chunk);
    said = (said + chunk).slice(-4_000);
  };
  const code = await run(program, args, {
    stdio: ['inherit', 'pipe', 'pipe'],
    started(child) {
      child.stdout?.on('data', hear(process.stdout));
      child.stderr?.on('data', hear(process.stderr));
    },
  });
  return { code, said };
}

/**
 * Prints a step with a mark that tells our lines from those of the programs we run.
 * @param {string} text
 */
export function say(text) {
  console.log(`gatehouse: ${text}`);
}

/**
 * Something a person must do first: printed without a stack, ends with 1.
 * @param {string} text
 * @returns {never}
 */
export function stop(text) {
  console.error(`gatehouse: ${text}`);
  process.exit(1);
}
