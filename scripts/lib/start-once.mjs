import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Starts a packed Gatehouse on an empty data folder and ends it. It has started when its log says so, its database is there,
 * and it still runs, without a fault in its log, `stays` later. Nothing can be asked of a packed one: it refuses debuggers.
 * @param {string} program
 * @param {string[]} args
 * @param {{ comes?: number, stays?: number }} [times] ms
 * @returns {Promise<string | null>} why it has not started; null when it has
 */
export async function startOnce(program, args, { comes = 60_000, stays = 10_000 } = {}) {
  const data = mkdtempSync(join(tmpdir(), 'gatehouse-start-'));
  const child = spawn(program, [...args, `--user-data-dir=${data}`], { stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  let ended = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (text) => {
      said = (said + text).slice(-4_000);
    });
  }
  const gone = new Promise((done) => {
    /** @param {string} how */
    const end = (how) => {
      ended = how;
      done(null);
    };
    child.once('error', (error) => end(error.message));
    child.once('exit', (code, signal) => end(`it ended with ${code ?? signal}`));
  });
  const log = () => {
    const path = join(data, 'logs/gatehouse.log');
    return existsSync(path) ? readFileSync(path, 'utf8') : '';
  };
  const here = () => log().includes('"event":"start"') && existsSync(join(data, 'gatehouse.db'));
  /** @param {number} ms */
  const pause = (ms) => Promise.race([gone, new Promise((done) => setTimeout(done, ms))]);

  for (const until = Date.now() + comes; !here() && !ended && Date.now() < until; ) await pause(100);
  if (here()) await pause(stays);
  const why = ended || (here() ? '' : 'it did not say that it had started');
  const fault = log().includes('"event":"bug"') ? 'a fault is in its log' : '';
  const seen = `${log()}${said}`;
  if (!ended) {
    child.kill();
    await Promise.race([gone, new Promise((done) => setTimeout(done, 15_000))]);
    if (!ended) child.kill('SIGKILL');
    await gone;
  }
  rmSync(data, { recursive: true, force: true, maxRetries: 20, retryDelay: 200 });
  return why || fault ? `${program}: ${why || fault}\n${seen}` : null;
}
