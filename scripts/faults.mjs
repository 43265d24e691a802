// The crash test: `npm run test:faults -- --kills 1000 --seed 7`. test/faults/run.ts says what it does.
import { join } from 'node:path';
import { ensureDependencies, node24 } from './lib/dependencies.mjs';
import { root, run } from './lib/run.mjs';

await ensureDependencies();
process.exit(
  await run(node24, [
    '--disable-warning=ExperimentalWarning',
    join(root, 'test/faults/run.ts'),
    ...process.argv.slice(2),
  ]),
);
