import { join } from 'node:path';
import { ensureBuilt } from './lib/build.mjs';
import { ensureDependencies, node24 } from './lib/dependencies.mjs';
import { root, runAndHear, stop } from './lib/run.mjs';
import { whyNotPacked } from './lib/why-not-packed.mjs';

/* npm run dist: packs the app with electron-builder; arguments are passed on. */

await ensureDependencies();
await ensureBuilt();
const { code, said } = await runAndHear(node24, [
  join(root, 'node_modules/electron-builder/cli.js'),
  ...process.argv.slice(2),
]);
const why = code === 0 ? null : whyNotPacked(said);
if (why) stop(why);
process.exit(code);
