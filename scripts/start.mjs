import { join } from 'node:path';
import { ensureBuilt } from './lib/build.mjs';
import { ensureDependencies, node24 } from './lib/dependencies.mjs';
import { hasDisplay, withDisplay } from './lib/display.mjs';
import { ensureHost } from './lib/host.mjs';
import { root, run, say } from './lib/run.mjs';
import { windowCommand } from './lib/window.mjs';

/* npm start: everything that a fresh clone needs, then the window; without a display, the tour on a virtual one. */

const args = process.argv.slice(2);
const passed = args.filter((arg) => arg !== '--tour');

await ensureDependencies();
const chosen = await ensureHost();
const { host, program, why } = chosen;
say(`host: ${host === 'electron' ? 'Electron' : `Chromium (${program})`}, because ${why}`);
await ensureBuilt();
if (hasDisplay() && !args.includes('--tour')) {
  const [command, ...rest] = windowCommand(chosen, passed);
  process.exit(await run(command, rest));
}
if (!hasDisplay()) say('there is no display: using a virtual one and playing the tour');
const tour = ['--disable-warning=ExperimentalWarning', join(root, 'scripts/tour.ts'), ...passed];
process.exit(await withDisplay(() => run(node24, tour)));
