// Starts the practice servers: `npm run practice -- --cyclos both --port-enhance 41000`.
import { ensureDependencies, node24 } from './lib/dependencies.mjs';
import { run } from './lib/run.mjs';

await ensureDependencies();
process.exit(await run(node24, ['practice/index.ts', ...process.argv.slice(2)]));
