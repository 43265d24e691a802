import { fork } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensureBuilt } from './lib/build.mjs';
import { ensureDependencies, node24 } from './lib/dependencies.mjs';
import { withDisplay } from './lib/display.mjs';
import { ensureHost } from './lib/host.mjs';
import { root, say, stop } from './lib/run.mjs';

/* npm run bench [-- NAME …]: measures on this machine, prints a table and writes out/bench.json. It asserts nothing. */

const entries = ['start', 'client', 'end-all', 'idle', 'directory', 'live', 'unlock', 'ledger', 'endings'];
const wanted = process.argv.slice(2);
const unknown = wanted.find((name) => !entries.includes(name));
if (unknown) stop(`There is no bench '${unknown}'; there are ${entries.join(', ')}.`);

await ensureDependencies();
await ensureHost();
await ensureBuilt();
const rows = await withDisplay(async () => {
  const all = [];
  for (const name of wanted.length > 0 ? wanted : entries) {
    say(`measuring ${name}`);
    all.push(...(await measure(name)));
  }
  return all;
});
print(rows);
mkdirSync(join(root, 'out'), { recursive: true });
writeFileSync(join(root, 'out/bench.json'), `${JSON.stringify(rows, null, 2)}\n`);
process.exit(0);

/** @import { Row } from '../test/bench/row.ts' */

/**
 * Runs one entry under Node 24, in a process of its own so that none warms up another.
 * @param {string} name
 * @returns {Promise<Row[]>}
 */
function measure(name) {
  return new Promise((done, fail) => {
    const child = fork(join(root, 'test/bench/entry.ts'), [name], {
      cwd: root,
      execPath: node24,
      execArgv: ['--disable-warning=ExperimentalWarning', '--expose-gc'],
    });
    child.once('message', (rows) => done(/** @type {Row[]} */ (rows)));
    child.once('error', fail);
    child.once('exit', (code) => fail(new Error(`${name} ended with ${code} before it had a figure.`)));
  });
}

/** @param {Row[]} lines */
function print(lines) {
  const heads = ['name', 'value', 'unit', 'limit', 'ratio', 'aim', ''];
  const table = [
    heads,
    ...lines.map(({ name, value, unit, limit, ratio, aim, note }) => [
      name,
      String(value),
      unit,
      String(limit),
      ratio.toFixed(2),
      `${ratio <= aim ? '' : 'over '}${aim}`,
      note,
    ]),
  ];
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
