import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');

test.each(['main', 'preload', 'renderer', 'practice', 'stand-in', 'scripts', 'test'])(
  'the README of %s/ names every folder in it, and no other',
  (room) => {
    const folders = readdirSync(join(root, room), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name);
    const rows = read(`${room}/README.md`).matchAll(/^\| `([\w-]+)\/` /gm);
    expect(Array.from(rows, ([, name]) => name!).toSorted()).toEqual(folders.toSorted());
  },
);

/** The files that a walk changes, each with the lines of its diff that stand there before the change. */
function walkedFiles(): { path: string; before: string[] }[] {
  const diffs = Array.from(read('CONTRIBUTING.md').matchAll(/^```diff\n(.*?)^```/gms), ([, diff]) => diff!);
  const files = diffs.flatMap((diff) => diff.split(/^# /m).slice(1));
  return files.map((file) => {
    const [path = '', ...lines] = file.split('\n');
    const before = lines.filter((line) => /^[ -]/.test(line)).map((line) => line.slice(1).trim());
    return { path, before: before.filter((line) => line !== '' && line !== '…') };
  });
}

test.each(walkedFiles())('CONTRIBUTING.md walks through $path as it is', ({ path, before }) => {
  if (before.length === 0) return expect(existsSync(join(root, path)), 'a walk makes this file').toBe(false);
  const text = read(path);
  expect(before.filter((line) => !text.includes(line))).toEqual([]);
});
