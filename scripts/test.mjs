import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { ensureBuilt } from './lib/build.mjs';
import { ensurePackages } from './lib/debian.mjs';
import { ensureDependencies, node24 } from './lib/dependencies.mjs';
import { withDisplay } from './lib/display.mjs';
import { ensureHost } from './lib/host.mjs';
import { findProgram } from './lib/programs.mjs';
import { root, run, runAndHear, say } from './lib/run.mjs';

/*
 * npm test: types, lint, build, unit tests, crash test, e2e; arguments are passed on to both runs of Vitest. With --quick
 * (npm run check) it stops after the unit tests, with --e2e (npm run test:e2e) only those at the window are run.
 */

/**
 * What Vitest's JSON reporter says of one file.
 * @typedef {{ status: string, fullName: string, failureMessages: string[] }} TestReport
 * @typedef {{ name: string, status: string, message: string, assertionResults: TestReport[] }} FileReport
 */

const quick = process.argv.includes('--quick');
const windowOnly = process.argv.includes('--e2e');
const args = process.argv.slice(2).filter((arg) => arg !== '--quick' && arg !== '--e2e');
/** @param {string} path */
const tool = (path) => join(root, 'node_modules', path);
let passed = 0;
/**
 * What failed, in words: printed last, where a cut log still has it.
 * @type {string[]}
 */
const failures = [];

await ensureDependencies();
const { host, why } = await ensureHost();
say(`host: ${host}, because ${why}`);
if (process.platform === 'linux' && !windowOnly) await ensureKeyring();
await withDisplay(async () => {
  if (windowOnly) {
    await ensureBuilt();
    await vitest('e2e');
    return;
  }
  await check('types', tool('typescript/bin/tsc'), ['--noEmit']);
  await check('lint', tool('@biomejs/biome/bin/biome'), ['check', '--error-on-warnings', '.']);
  await check('unused code', tool('knip/bin/knip.js'), []);
  await ensureBuilt();
  await vitest('unit', ...(quick ? [] : ['documents']));
  if (quick) return;
  // Arguments choose tests of Vitest; the crash test is run when all are wanted.
  if (args.length === 0) await check('crash test', join(root, 'scripts/faults.mjs'), []);
  await vitest('e2e');
  if (args.length === 0) await promises();
});
for (const text of failures) console.log(`FAILED ${text}`);
console.log(`${passed} passed, ${failures.length} failed`);
process.exit(failures.length === 0 ? 0 : 1);

/** The keyring test starts a bus and a keyring of its own. */
async function ensureKeyring() {
  const missing = Object.entries({ 'dbus-run-session': 'dbus', 'gnome-keyring-daemon': 'gnome-keyring' })
    .filter(([name]) => !findProgram(name))
    .map(([, name]) => name);
  if (missing.length > 0) await ensurePackages(missing, `The keyring test needs ${missing.join(' and ')}.`);
}

/**
 * @param {string} name
 * @param {string} program
 * @param {string[]} options
 */
async function check(name, program, options) {
  say(name);
  const { code, said } = await runAndHear(node24, [program, ...options]);
  if (code === 0) passed += 1;
  else fail(`${name} failed with ${code}\n${said.trimEnd()}`);
}

/** Every promise of docs/security.md, by what the two runs of Vitest have just shown. */
async function promises() {
  say('promises of docs/security.md');
  const { code } = await runAndHear(node24, [join(root, 'test/security/run.ts'), '--reports']);
  if (code === 0) passed += 1;
  else fail('a promise of docs/security.md is broken; the table above names it');
}

/**
 * @param {'unit' | 'e2e'} project
 * @param {string[]} more projects of the same run, under the same name
 */
async function vitest(project, ...more) {
  say(`${project} tests`);
  const report = join(root, 'out', `test-${project}.json`);
  mkdirSync(join(root, 'out'), { recursive: true });
  rmSync(report, { force: true });
  const options = [
    'run',
    ...[project, ...more].flatMap((name) => ['--project', name]),
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
  ];
  const code = await run(node24, [tool('vitest/vitest.mjs'), ...options, '--passWithNoTests', ...args]);
  let failed;
  try {
    /** @type {{ numPassedTests: number, testResults: FileReport[] }} */
    const sums = JSON.parse(readFileSync(report, 'utf8'));
    passed += sums.numPassedTests;
    failed = sums.testResults.flatMap(failuresOf);
  } catch {
    return fail(`the ${project} tests left no report`);
  }
  failures.push(...failed);
  if (code !== 0 && failed.length === 0) fail(`the ${project} tests ended with ${code}`);
}

/**
 * @param {FileReport} file
 * @returns {string[]}
 */
function failuresOf(file) {
  const tests = file.assertionResults.filter((test) => test.status === 'failed');
  const place = relative(root, file.name);
  if (tests.length === 0) return file.status === 'failed' ? [`${place}\n${file.message}`] : [];
  return tests.map((test) => `${place}: ${test.fullName}\n${test.failureMessages.join('\n')}`);
}

/** @param {string} text */
function fail(text) {
  failures.push(text);
  console.error(`gatehouse: ${text}`);
}
