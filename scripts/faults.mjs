// The crash test: `npm run test:faults -- --kills 1000 --seed 7`. test/faults/run.ts says what it does.
import { join } from 'node:path';
import { root, run } from './lib/run.mjs';

const node = join(root, 'node_modules/node/bin', process.platform === 'win32' ? 'node.exe' : 'node');
process.exit(
  await run(node, [
    '--disable-warning=ExperimentalWarning',
    join(root, 'test/faults/run.ts'),
    ...process.argv.slice(2),
  ]),
);
