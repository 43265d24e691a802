import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { node24 } from './dependencies.mjs';
import { root, run, say, stop } from './run.mjs';
import { hashOf, setStamp, stampIs } from './stamp.mjs';

const stamp = 'out/.built';
const built = ['main', 'practice', 'chunks', 'preload', 'renderer'].map((name) => join(root, 'out', name));
const sources = [
  'main',
  'preload',
  'renderer',
  'practice',
  'assets',
  'electron.vite.config.ts',
  'package-lock.json',
  'package.json',
];

/** Builds out/ when a source differs from what it was made of. */
export async function ensureBuilt() {
  const hash = hashOf(sources);
  if (stampIs(stamp, hash) && existsSync(join(root, 'out/main/index.js'))) return;
  forgetBuild();
  say('building');
  const code = await run(node24, [
    join(root, 'node_modules/electron-vite/bin/electron-vite.js'),
    'build',
    '--logLevel',
    'warn',
  ]);
  if (code !== 0) stop(`The build failed with ${code}; its words are above.`);
  setStamp(stamp, hash);
}

/** Removes what is built in out/, so that nothing of another build stays among it. */
export function forgetBuild() {
  for (const path of [join(root, stamp), ...built]) rmSync(path, { recursive: true, force: true });
}
