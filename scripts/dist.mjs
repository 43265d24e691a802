import { join } from 'node:path';
import { ensureBuilt } from './lib/build.mjs';
import { ensureDependencies, node24 } from './lib/dependencies.mjs';
import { root, run } from './lib/run.mjs';

/* npm run dist: packs the app with electron-builder; arguments are passed on. */

await ensureDependencies();
await ensureBuilt();
process.exit(
  await run(node24, [join(root, 'node_modules/electron-builder/cli.js'), ...process.argv.slice(2)]),
);
