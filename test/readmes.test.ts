import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '..');

/** The first cells of the tables that name a folder, as in a row that begins with `lib/`. */
function foldersIn(readme: string): string[] {
  return [...readme.matchAll(/^\| `([\w-]+)\/` /gm)].map(([, name]) => name!);
}

test.each(['main', 'preload', 'renderer', 'practice', 'stand-in', 'scripts', 'test'])(
  'the README of %s/ names every folder in it, and no other',
  (room) => {
    const folders = readdirSync(join(root, room), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name);
    const named = foldersIn(readFileSync(join(root, room, 'README.md'), 'utf8'));
    expect(named.toSorted()).toEqual(folders.toSorted());
  },
);
