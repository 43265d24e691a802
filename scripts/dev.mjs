// The window on a watched build: `npm run dev`; arguments go to Gatehouse. scripts/dev/run.ts says what it does.
import { join } from 'node:path';
import { ensureDependencies, node24 } from './lib/dependencies.mjs';
import { withDisplay } from './lib/display.mjs';
import { ensureHost } from './lib/host.mjs';
import { root, run, say } from './lib/run.mjs';

await ensureDependencies();
const { host, why } = await ensureHost();
say(`host: ${host}, because ${why}`);
process.exit(
  await withDisplay(() => run(node24, [join(root, 'scripts/dev/run.ts'), ...process.argv.slice(2)])),
);
