import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ensureBuilt } from './lib/build.mjs';
import { ensurePackages } from './lib/debian.mjs';
import { ensureDependencies, node24 } from './lib/dependencies.mjs';
import { hasDisplay, startDisplay } from './lib/display.mjs';
import { ensureHost } from './lib/host.mjs';
import { findProgram, root, run, say } from './lib/run.mjs';

/* npm test: types, lint, build, unit tests, crash test, e2e; arguments are passed on to both runs of Vitest. */

const args = process.argv.slice(2);
const tool = (path) => join(root, 'node_modules', path);
const count = { passed: 0, failed: 0 };

await ensureDependencies();
const { host, why } = await ensureHost();
say(`host: ${host}, because ${why}`);
if (process.platform === 'linux') await ensureKeyring();
const display = hasDisplay() ? null : await startDisplay();
if (display) process.env.DISPLAY = display.name;
try {
  await check('types', tool('typescript/bin/tsc'), ['--noEmit']);
  await check('lint', tool('@biomejs/biome/bin/biome'), ['check', '--error-on-warnings', '.']);
  await check('unused code', tool('knip/bin/knip.js'), []);
  await ensureBuilt();
  await vitest('unit');
  // Arguments choose tests of Vitest; the crash test is run when all are wanted.
  if (args.length === 0) await check('crash test', join(root, 'scripts/faults.mjs'), []);
  await vitest('e2e');
} finally {
  await display?.stop();
}
console.log(`${count.passed} passed, ${count.failed} failed`);
process.exit(count.failed === 0 ? 0 : 1);

/** The keyring test starts a bus and a keyring of its own. */
async function ensureKeyring() {
  const missing = Object.entries({ 'dbus-run-session': 'dbus', 'gnome-keyring-daemon': 'gnome-keyring' })
    .filter(([name]) => !findProgram(name))
    .map(([, name]) => name);
  if (missing.length > 0) await ensurePackages(missing, `The keyring test needs ${missing.join(' and ')}.`);
}

async function check(name, program, options) {
  say(name);
  const code = await run(node24, [program, ...options]);
  if (code === 0) count.passed += 1;
  else fail(`${name} failed with ${code}`);
}

async function vitest(project) {
  say(`${project} tests`);
  const report = join(root, 'out', `test-${project}.json`);
  mkdirSync(join(root, 'out'), { recursive: true });
  rmSync(report, { force: true });
  const options = [
    'run',
    '--project',
    project,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
  ];
  const code = await run(node24, [tool('vitest/vitest.mjs'), ...options, '--passWithNoTests', ...args]);
  let failed = 0;
  try {
    const sums = JSON.parse(readFileSync(report, 'utf8'));
    failed =
      sums.numFailedTests +
      sums.testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0)
        .length;
    count.passed += sums.numPassedTests;
    count.failed += failed;
  } catch {
    return fail(`the ${project} tests left no report`);
  }
  if (code !== 0 && failed === 0) fail(`the ${project} tests ended with ${code}`);
}

function fail(text) {
  count.failed += 1;
  console.error(`gatehouse: ${text}`);
}
