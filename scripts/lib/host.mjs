import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensurePackages } from './debian.mjs';
import { hasDisplay } from './display.mjs';
import { findChromium, findProgram } from './programs.mjs';
import { root, run, say, stop } from './run.mjs';
import { hashOf, setStamp, stampIs } from './stamp.mjs';

const downloadLimit = 120_000; // ms
const failed = 'out/.electron-not-available';

/** @typedef {{ host: 'electron' | 'chromium', program: string, why: string }} Host */

/**
 * Chooses the host and makes sure that it is there, with an X server program where no display is.
 * @returns {Promise<Host>}
 */
export async function ensureHost() {
  const chosen = await chooseHost();
  if (!hasDisplay() && !findProgram('Xvfb'))
    await ensurePackages(['xvfb'], 'There is no display and no Xvfb for a virtual one.');
  process.env.GATEHOUSE_HOST = chosen.host;
  if (chosen.host === 'chromium') process.env.GATEHOUSE_CHROMIUM = chosen.program;
  return chosen;
}

/** @returns {Promise<Host>} */
async function chooseHost() {
  const wish = process.env.GATEHOUSE_HOST;
  if (wish && wish !== 'electron' && wish !== 'chromium')
    stop(`GATEHOUSE_HOST is '${wish}'; it may be electron or chromium.`);
  if (wish !== 'chromium') {
    const program = await ensureElectron(wish === 'electron');
    if (program)
      return { host: 'electron', program, why: wish ? 'GATEHOUSE_HOST says so' : 'its binary is here' };
    if (wish === 'electron')
      stop("GATEHOUSE_HOST asks for Electron, but its binary can't be downloaded here.");
  }
  const why = wish ? 'GATEHOUSE_HOST says so' : "Electron's binary can't be downloaded here";
  return { host: 'chromium', program: await ensureChromium(), why };
}

/**
 * The Electron binary, downloaded once; null where it can't be had, which is remembered until Electron's version changes.
 * @param {boolean} insist tries again what is remembered as failed
 */
async function ensureElectron(insist) {
  const found = electronBinary();
  if (found) return found;
  const version = hashOf(['node_modules/electron/package.json']);
  if (!insist && stampIs(failed, version)) return null;
  say('downloading the Electron binary (up to two minutes)');
  // npm's proxy settings reach the downloader only under this name.
  const env = { ...process.env, ELECTRON_GET_USE_PROXY: '1' };
  await run(process.execPath, [join(root, 'node_modules/electron/install.js')], {
    timeout: downloadLimit,
    env,
    stdio: 'ignore',
  });
  const now = electronBinary();
  if (!now) setStamp(failed, version);
  return now;
}

function electronBinary() {
  const folder = join(root, 'node_modules/electron');
  try {
    const path = join(folder, 'dist', readFileSync(join(folder, 'path.txt'), 'utf8'));
    return existsSync(path) ? path : null;
  } catch {
    return null;
  }
}

async function ensureChromium() {
  const found = findChromium();
  if (found) return found;
  const display = hasDisplay() || findProgram('Xvfb') ? [] : ['xvfb'];
  await ensurePackages(['chromium', 'fonts-dejavu-core', ...display], 'No Chromium is installed.');
  return findChromium() ?? stop('Chromium was installed, but none was found under the usual names.');
}
