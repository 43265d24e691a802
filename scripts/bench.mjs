import { fork } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensureBuilt } from './lib/build.mjs';
import { ensureDependencies, node24 } from './lib/dependencies.mjs';
import { hasDisplay, startDisplay } from './lib/display.mjs';
import { ensureHost } from './lib/host.mjs';
import { root, say, stop } from './lib/run.mjs';

/* npm run bench [-- NAME …]: measures on this machine, prints a table and writes out/bench.json. It asserts nothing. */

const entries = ['start', 'client', 'end-all', 'idle', 'directory', 'unlock', 'ledger'];
const wanted = process.argv.slice(2);
const unknown = wanted.find((name) => !entries.includes(name));
if (unknown) stop(`There is no bench '${unknown}'; there are ${entries.join(', ')}.`);

await ensureDependencies();
await ensureHost();
await ensureBuilt();
const display = hasDisplay() ? null : await startDisplay();
if (display) process.env.DISPLAY = display.name;
const rows = [];
try {
  for (const name of wanted.length > 0 ? wanted : entries) {
    say(`measuring ${name}`);
    rows.push(...(await measure(name)));
  }
} finally {
  await display?.stop();
}
print(rows);
mkdirSync(join(root, 'out'), { recursive: true });
writeFileSync(join(root, 'out/bench.json'), `${JSON.stringify(rows, null, 2)}\n`);
process.exit(0);

/** Runs one entry under Node 24, in a process of its own so that none warms up another. */
function measure(name) {
  return new Promise((done, fail) => {
    const child = fork(join(root, 'test/bench/entry.ts'), [name], {
      cwd: root,
      execPath: node24,
      execArgv: ['--disable-warning=ExperimentalWarning', '--expose-gc'],
    });
    child.once('message', done);
    child.once('error', fail);
    child.once('exit', (code) => fail(new Error(`${name} ended with ${code} before it had a figure.`)));
  });
}

function print(lines) {
  const table = [
    ['name', 'value', 'unit', 'limit', 'ratio', 'aim', ''],
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
  const widths = table[0].map((_, column) => Math.max(...table.map((line) => line[column].length)));
  for (const line of table) {
    console.log(
      line
        .map((text, column) => text.padEnd(widths[column]))
        .join('  ')
        .trimEnd(),
    );
  }
}
