// Every promise of docs/security.md with its tests: `npm run test:security`. With --doc it writes the table of that page.
import { join } from 'node:path';
import { ensureBuilt } from './lib/build.mjs';
import { ensureDependencies, node24 } from './lib/dependencies.mjs';
import { withDisplay } from './lib/display.mjs';
import { ensureHost } from './lib/host.mjs';
import { root, run } from './lib/run.mjs';

const args = process.argv.slice(2);
await ensureDependencies();
await ensureHost();
await ensureBuilt();
process.exit(await withDisplay(() => run(node24, [join(root, 'test/security/run.ts'), ...args])));
