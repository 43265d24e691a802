// Pictures of every place of the window: `npm run screens -- live prompt` (how their names begin). test/screens/ draws them.
import { join } from 'node:path';
import { ensureDependencies, node24 } from './lib/dependencies.mjs';
import { root, run } from './lib/run.mjs';

await ensureDependencies();
process.exit(
  await run(node24, [
    '--disable-warning=ExperimentalWarning',
    join(root, 'test/screens/run.ts'),
    ...process.argv.slice(2),
  ]),
);
