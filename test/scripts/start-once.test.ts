import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startOnce } from '../../scripts/lib/start-once.mjs';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gatehouse-start-test-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Starts a program that does this with its data folder. */
function start(does: string) {
  const file = join(folder, 'program.mjs');
  writeFileSync(
    file,
    `import { mkdirSync, writeFileSync } from 'node:fs';
const data = process.argv.at(-1).split('=')[1];
const log = (event) => { mkdirSync(data + '/logs', { recursive: true }); writeFileSync(data + '/logs/gatehouse.log', JSON.stringify({ event })); };
const database = () => writeFileSync(data + '/gatehouse.db', '');
${does}`,
  );
  return startOnce(process.execPath, [file], { comes: 3_000, stays: 300 });
}

const stay = 'setInterval(() => {}, 1000);';

test('a program that comes up and stays has started', async () => {
  expect(await start(`log('start'); database(); ${stay}`)).toBeNull();
});

test.each([
  ['ends at once', 'console.error("no display"); process.exit(3);', /ended with 3[\s\S]*no display/],
  [
    'comes up and falls over',
    "log('start'); database(); setTimeout(() => process.exit(1), 100);",
    /ended with 1/,
  ],
  ['opens nothing', `log('start'); ${stay}`, /did not say that it had started/],
  [
    'has a fault',
    `log('start'); database(); setTimeout(() => { mkdirSync(data, { recursive: true }); writeFileSync(data + '/logs/gatehouse.log', '{"event":"start"}\\n{"event":"bug"}'); }, 50); ${stay}`,
    /a fault is in its log/,
  ],
])('one that %s has not', async (_what, does, why) => {
  expect(await start(does)).toMatch(why);
});

test('one that is not there is said to be missing', async () => {
  expect(await startOnce(join(folder, 'none'), [])).toMatch(/ENOENT/);
});
