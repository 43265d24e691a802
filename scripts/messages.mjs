// Generated messages to every channel: `npm run test:messages -- 100000 7` (how many, seed). test/main/ipc/messages.test.ts sends them.
import { join } from 'node:path';
import { ensureDependencies, node24 } from './lib/dependencies.mjs';
import { root, run } from './lib/run.mjs';

const [count = '100000', seed = String(Date.now() % 2 ** 31)] = process.argv.slice(2);
await ensureDependencies();
process.exit(
  await run(
    node24,
    [
      join(root, 'node_modules/vitest/vitest.mjs'),
      ...['run', '--project', 'unit', 'test/main/ipc/messages.test.ts'],
    ],
    { env: { ...process.env, GATEHOUSE_MESSAGES: count, GATEHOUSE_SEED: seed } },
  ),
);
