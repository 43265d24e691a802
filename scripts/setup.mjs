// What package-lock.json names, and Node 24: `npm run setup`, for those who want to do that alone. The other scripts do it by themselves.
import { ensureDependencies } from './lib/dependencies.mjs';

await ensureDependencies();
