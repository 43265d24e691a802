import { join } from 'node:path';
import { ensureBuilt } from './lib/build.mjs';
import { ensureDependencies, node24 } from './lib/dependencies.mjs';
import { hasDisplay, startDisplay } from './lib/display.mjs';
import { ensureHost } from './lib/host.mjs';
import { root, run, say } from './lib/run.mjs';

/* npm start: everything that a fresh clone needs, then the window; without a display, the tour on a virtual one. */

const args = process.argv.slice(2);
const wantsTour = args.includes('--tour');
const passed = args.filter((arg) => arg !== '--tour');
const quiet = ['--disable-warning=ExperimentalWarning'];

await ensureDependencies();
const { host, program, why } = await ensureHost();
say(`host: ${host === 'electron' ? 'Electron' : `Chromium (${program})`}, because ${why}`);
await ensureBuilt();
process.exit(await show());

async function show() {
  if (hasDisplay()) return wantsTour ? tour() : openWindow();
  say('there is no display: using a virtual one and playing the tour');
  const display = await startDisplay();
  process.env.DISPLAY = display.name;
  try {
    return await tour();
  } finally {
    await display.stop();
  }
}

function tour() {
  return run(node24, [...quiet, join(root, 'scripts/tour.ts'), ...passed]);
}

function openWindow() {
  if (host === 'electron') {
    const noSandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
    return run(program, [...noSandbox, root, ...passed]);
  }
  const register = join(root, 'stand-in/register.ts');
  return run(node24, [...quiet, '--import', register, join(root, 'out/main/index.js'), ...passed]);
}
