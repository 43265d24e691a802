import type { ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { forgetBuild } from '../lib/build.mjs';
import { ensureHost } from '../lib/host.mjs';
import { root, run, say } from '../lib/run.mjs';
import { windowCommand } from '../lib/window.mjs';
import { watchBuilds } from './builds.ts';
import { reloadPage } from './page.ts';

/*
 * Builds out/ with source maps as often as a source changes. A change of renderer/ reloads the page; one of main/, preload/ or
 * practice/ restarts Gatehouse, whose data folder is out/dev-data. Debuggers find main on port 9229 of this computer, the
 * page on 9222.
 */

const dataFolder = join(root, 'out/dev-data');
/** ms that Gatehouse gets to quit by itself. */
const patience = 10_000;

const given = process.argv.slice(2);
const port = '--remote-debugging-port';
const args = [
  `--user-data-dir=${dataFolder}`,
  ...(given.some((arg) => arg.startsWith(`${port}=`)) ? [] : [`${port}=9222`]),
  ...given,
];
const [program, ...rest] = windowCommand(await ensureHost(), args, ['--inspect=9229']);

let app: ChildProcess | null = null;
let restarting = false;
let mayStart = Promise.withResolvers<void>();

forgetBuild();
await watchBuilds((parts) => {
  if (!app) mayStart.resolve();
  else if (parts.has('main') || parts.has('preload')) restart(app);
  else reload();
});

for (;;) {
  await mayStart.promise;
  mayStart = Promise.withResolvers();
  restarting = false;
  const code = await run(program, rest, {
    // The channel closes with this process, which ends Gatehouse, however this process ends.
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    started(child) {
      app = child;
    },
  });
  app = null;
  if (restarting) mayStart.resolve();
  else if (code === 0) process.exit(0);
  else say(`Gatehouse ended with ${code}; it starts again after the next change`);
}

function restart(child: ChildProcess) {
  if (restarting) return;
  restarting = true;
  say('restarting');
  child.kill('SIGTERM');
  const overdue = setTimeout(() => child.kill('SIGKILL'), patience);
  child.once('exit', () => clearTimeout(overdue));
}

function reload() {
  say('reloading the page');
  reloadPage(dataFolder).catch((error) => say(`the page was not reloaded: ${error.message}`));
}
