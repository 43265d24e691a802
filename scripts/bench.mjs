import { fork } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ensureBuilt } from './lib/build.mjs';
import { ensureDependencies, node24 } from './lib/dependencies.mjs';
import { withDisplay } from './lib/display.mjs';
import { ensureHost } from './lib/host.mjs';
import { buildOther } from './lib/other-build.mjs';
import { root, say, stop } from './lib/run.mjs';

/*
 * npm run bench [-- NAME …]: measures on this machine, prints a table and writes out/bench.json. It asserts nothing.
 * With --compare REF another commit is built beside this one, both take turns, and the table has the ratio of the two.
 */

const entries = [
  'start',
  'start-many',
  'client',
  'end-all',
  'idle',
  'directory',
  'live',
  'unlock',
  'ledger',
  'endings',
];
/** Turns that each of two builds has. */
const turns = 3;
const { values, positionals: wanted } = parseArgs({
  options: { compare: { type: 'string' } },
  allowPositionals: true,
});
const unknown = wanted.find((name) => !entries.includes(name));
if (unknown) stop(`There is no bench '${unknown}'; there are ${entries.join(', ')}.`);
const names = wanted.length > 0 ? wanted : entries;

await ensureDependencies();
await ensureHost();
await ensureBuilt();
if (values.compare === undefined) {
  const rows = await withDisplay(async () => {
    const all = [];
    for (const name of names) {
      say(`measuring ${name}`);
      all.push(...(await measure(name, root)));
    }
    return all;
  });
  print(
    ['name', 'value', 'unit', 'limit', 'ratio', 'aim', ''],
    rows.map(({ name, value, unit, limit, ratio, aim, note }) => [
      name,
      String(value),
      unit,
      String(limit),
      ratio.toFixed(2),
      `${ratio <= aim ? '' : 'over '}${aim}`,
      note,
    ]),
  );
  mkdirSync(join(root, 'out'), { recursive: true });
  writeFileSync(join(root, 'out/bench.json'), `${JSON.stringify(rows, null, 2)}\n`);
} else {
  const folders = [await buildOther(values.compare), root];
  const lines = await withDisplay(() => compare(folders));
  print(['name', values.compare, 'here', 'unit', 'here over there', 'to the limit', ''], lines);
}
process.exit(0);

/** @import { Row } from '../test/bench/row.ts' */

/**
 * Measures each entry in both folders, which take turns; of each figure the median counts.
 * @param {string[]} folders the other build, and this one
 * @returns {Promise<string[][]>} the cells of a line a figure
 */
async function compare(folders) {
  const lines = [];
  for (const name of names) {
    /** @type {Map<string, Row[][]>} */
    const found = new Map();
    for (let turn = 0; turn < turns; turn += 1) {
      for (const side of turn % 2 === 0 ? [0, 1] : [1, 0]) {
        say(`measuring ${name}, ${side === 0 ? values.compare : 'here'}, ${turn + 1} of ${turns}`);
        for (const row of await measure(name, folders[side] ?? root)) {
          const both = found.get(row.name) ?? [[], []];
          both[side]?.push(row);
          found.set(row.name, both);
        }
      }
    }
    for (const [figure, [there = [], here = []]] of found) {
      const [before, after] = [middle(there, 'value'), middle(here, 'value')];
      const ratios = `${middle(there, 'ratio').toFixed(2)} → ${middle(here, 'ratio').toFixed(2)}`;
      const { unit = '', note = '' } = here[0] ?? {};
      lines.push([figure, String(before), String(after), unit, (after / before).toFixed(2), ratios, note]);
    }
  }
  return lines;
}

/**
 * @param {Row[]} rows
 * @param {'value' | 'ratio'} of
 */
const middle = (rows, of) => rows.map((row) => row[of]).sort((a, b) => a - b)[rows.length >> 1] ?? Number.NaN;

/**
 * Runs one entry under Node 24, in a process of its own so that none warms up another.
 * @param {string} name
 * @param {string} folder of the build that is measured
 * @returns {Promise<Row[]>}
 */
function measure(name, folder) {
  return new Promise((done, fail) => {
    const child = fork(join(folder, 'test/bench/entry.ts'), [name], {
      cwd: folder,
      execPath: node24,
      execArgv: ['--disable-warning=ExperimentalWarning', '--expose-gc'],
    });
    child.once('message', (rows) => done(/** @type {Row[]} */ (rows)));
    child.once('error', fail);
    child.once('exit', (code) => fail(new Error(`${name} ended with ${code} before it had a figure.`)));
  });
}

/**
 * @param {string[]} heads
 * @param {string[][]} lines
 */
function print(heads, lines) {
  const table = [heads, ...lines];
  const widths = heads.map((_, column) => Math.max(...table.map((line) => line[column]?.length ?? 0)));
  for (const line of table) {
    console.log(
      line
        .map((text, column) => text.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    );
  }
}
