import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensureBuilt } from './lib/build.mjs';
import { ensureDependencies, node24 } from './lib/dependencies.mjs';
import { releaseNotes } from './lib/release-notes.mjs';
import { root, runAndHear, stop } from './lib/run.mjs';
import { whyNotHere, whyNotPacked } from './lib/why-not-packed.mjs';

/* npm run dist: packs the app with electron-builder for this system; arguments are passed on. */

const args = process.argv.slice(2);
const notHere = whyNotHere(args, process.platform);
if (notHere) stop(notHere);

await ensureDependencies();
await ensureBuilt();
/** @param {string} path */
const read = (path) => readFileSync(join(root, path), 'utf8');
const notes = releaseNotes(read('CHANGELOG.md'), JSON.parse(read('package.json')).version);
const { code, said } = await runAndHear(node24, [
  join(root, 'node_modules/electron-builder/cli.js'),
  ...['--publish', 'never', `-c.releaseInfo.releaseNotes=${notes}`],
  ...args,
]);
const why = code === 0 ? null : whyNotPacked(said);
if (why) stop(why);
process.exit(code);
