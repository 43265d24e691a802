import { spawn } from 'node:child_process';

/** @import { Socket } from 'node:net' */

/** True where a window can be shown to a person. */
export const hasDisplay = () =>
  process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);

/* Ends Xvfb when this process ends, however it ends: the shell's input closes with it. */
const keeper =
  'Xvfb -displayfd 3 -screen 0 "$1" -nolisten tcp -noreset </dev/null & exec 3>&-; read -r _; kill $!; wait $!';

/**
 * Starts Xvfb on a free display, which Xvfb itself finds and tells on a pipe. It ends with this process.
 * @param {string} [size] width x height x depth
 * @returns {Promise<{ name: string, stop: () => Promise<void> }>} its name for DISPLAY
 */
export function startDisplay(size = '1440x900x24') {
  return new Promise((done, fail) => {
    const child = spawn('sh', ['-c', keeper, 'sh', size], {
      stdio: ['pipe', 'ignore', 'pipe', 'pipe'],
      detached: true,
    });
    const gone = new Promise((end) => child.once('exit', end));
    const [input, , errors, told] = /** @type {[Socket, null, Socket, Socket, undefined]} */ (child.stdio);
    let words = '';
    errors.on('data', (text) => {
      words = (words + text).slice(-2_000);
    });
    const failed = () => {
      input.end();
      fail(new Error(`Xvfb did not start. ${words.trim()}`));
    };
    child.once('error', failed);
    let number = '';
    told.once('end', failed).on('data', (text) => {
      number += text;
      if (!number.includes('\n')) return;
      told.off('end', failed);
      for (const each of [child, input, errors, told]) each.unref();
      done({
        name: `:${number.trim()}`,
        async stop() {
          child.ref();
          input.end();
          await gone;
        },
      });
    });
  });
}

/**
 * Does what needs a display: on the one that is there, else on a virtual one, which ends with it.
 * @template T
 * @param {() => Promise<T>} work
 */
export async function withDisplay(work) {
  if (hasDisplay()) return work();
  const display = await startDisplay();
  process.env.DISPLAY = display.name;
  try {
    return await work();
  } finally {
    await display.stop();
  }
}
