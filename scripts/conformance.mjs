import { join } from 'node:path';
import { ensureDependencies, node24 } from './lib/dependencies.mjs';
import { ensureHost } from './lib/host.mjs';
import { root, run } from './lib/run.mjs';

/* npm run test:conformance: what Electron's documents say, tried on the host that is here (GATEHOUSE_HOST chooses). */

await ensureDependencies();
await ensureHost();
process.exit(
  await run(node24, ['--disable-warning=ExperimentalWarning', join(root, 'test/conformance/run.ts')]),
);
