import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promises } from './promises/list.ts';
import { withTable } from './promises/table.ts';

/*
 * Prints threat, promise, test and result. `run.ts` runs the tests that promises name; `run.ts --reports` takes what the runs of
 * npm test have left in out/; `run.ts --doc` writes the table of docs/security.md.
 */

const root = resolve(import.meta.dirname, '../..');
const [mode] = process.argv.slice(2);
const reportOf = (project: string) => join(root, 'out', `test-${project}.json`);
const projects = ['unit', 'e2e'];

interface Report {
  testResults: { name: string; assertionResults: { fullName: string; status: string }[] }[];
}

if (mode === '--doc') writeTable();
else {
  if (mode !== '--reports') runTests();
  print(resultsIn(projects.map(reportOf)));
}

function runTests() {
  const files = [...new Set(promises.flatMap(({ tests }) => tests.map(({ file }) => file)))];
  mkdirSync(join(root, 'out'), { recursive: true });
  for (const project of projects) {
    rmSync(reportOf(project), { force: true });
    const wanted = files.filter((file) => (project === 'e2e') === /^test\/(e2e|security)\//.test(file));
    if (wanted.length === 0) continue;
    const options = ['run', '--project', project, '--reporter=dot', '--reporter=json'];
    spawnSync(
      process.execPath,
      [
        join(root, 'node_modules/vitest/vitest.mjs'),
        ...options,
        `--outputFile.json=${reportOf(project)}`,
        ...wanted,
      ],
      { cwd: root, stdio: 'inherit' },
    );
  }
}

/** What became of each test, by file and name. */
function resultsIn(reports: string[]): Map<string, string> {
  const found = new Map<string, string>();
  for (const path of reports.filter(existsSync)) {
    const { testResults } = JSON.parse(readFileSync(path, 'utf8')) as Report;
    for (const { name, assertionResults } of testResults) {
      for (const { fullName, status } of assertionResults) {
        found.set(`${resolve(name)} ${fullName}`, status);
      }
    }
  }
  return found;
}

function print(results: Map<string, string>) {
  const counts = { kept: 0, broken: 0, 'not shown here': 0 };
  const lines = promises.flatMap(({ threat, promise, tests }) => {
    const states = tests.map(
      ({ file, name }) => results.get(`${join(root, file)} ${name}`) ?? 'no such test',
    );
    const verdict = states.every((state) => state === 'passed')
      ? 'kept'
      : states.every((state) => state === 'passed' || state === 'skipped' || state === 'pending')
        ? 'not shown here'
        : 'broken';
    counts[verdict] += 1;
    return tests.map(({ file, name }, at) => [
      at === 0 ? threat : '',
      at === 0 ? promise : '',
      `${file.replace(/^test\//, '')}: ${name}`,
      states[at] === 'passed' ? 'passed' : (states[at] ?? '').toUpperCase(),
    ]);
  });
  const widths = [26, 64, 78, 12];
  for (const line of [['threat', 'promise', 'test', 'result'], ...lines]) console.log(row(line, widths));
  console.log(
    `promises: ${counts.kept} kept, ${counts.broken} broken, ${counts['not shown here']} not shown on this system`,
  );
  process.exit(counts.broken === 0 ? 0 : 1);
}

function row(cells: string[], widths: number[]): string {
  return cells
    .map((text, at) =>
      (text.length > widths[at]! ? `${text.slice(0, widths[at]! - 1)}…` : text).padEnd(widths[at]!),
    )
    .join('  ')
    .trimEnd();
}

/** The table between the marks, a line a promise. */
function writeTable() {
  const path = join(root, 'docs/security.md');
  const text = readFileSync(path, 'utf8');
  writeFileSync(path, withTable(text));
}
