import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';

const root = resolve(import.meta.dirname, '..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');

const lock = z
  .object({
    packages: z.record(
      z.string(),
      z.object({
        version: z.string().optional(),
        integrity: z.string().optional(),
        resolved: z.string().optional(),
        hasInstallScript: z.boolean().optional(),
        dev: z.boolean().optional(),
        optional: z.boolean().optional(),
      }),
    ),
  })
  .parse(JSON.parse(read('package-lock.json')));
const packages = Object.entries(lock.packages)
  .filter(([path]) => path !== '')
  .map(([path, entry]) => ({ name: path.replace(/^.*node_modules\//, ''), path, ...entry }));
const manifest = z
  .object({ allowScripts: z.record(z.string(), z.boolean()) })
  .parse(JSON.parse(read('package.json')));

/** The first cells of a table in docs/dependencies.md, under the heading. */
function rowsUnder(heading: string): string[][] {
  const part = read('docs/dependencies.md').split(`### ${heading}\n`)[1]?.split('\n### ')[0] ?? '';
  return part
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .slice(2)
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
}

describe('install scripts', () => {
  const named = rowsUnder('Install scripts');

  test('each package that brings one is named, with whether it runs and why', () => {
    const bring = packages.filter(({ hasInstallScript }) => hasInstallScript).map(({ name }) => name);
    expect(bring.sort()).toEqual(named.map(([name]) => name).sort());
    for (const [name, , why] of named) expect(why, name).not.toBe('');
  });

  test('only what is said to run may run', () => {
    const run = named.filter(([, runs]) => runs === 'yes').map(([name]) => name);
    const allowed = Object.entries(manifest.allowScripts).flatMap(([name, may]) => (may ? [name] : []));
    expect(allowed).toEqual(run);
    expect(read('.npmrc')).not.toMatch(/dangerously-allow-all-scripts|ignore-scripts\s*=\s*false/);
  });
});

describe('the lock file', () => {
  test('has a strong checksum of every package but those that are named, which are binaries for other platforms', () => {
    const bare = packages.filter(({ integrity }) => !integrity?.startsWith('sha512-'));
    const named = rowsUnder('Entries without a checksum').flatMap(([names]) =>
      [...names!.matchAll(/`([^`]+)`/g)].map(([, name]) => name),
    );
    expect(bare.map(({ name }) => name).sort()).toEqual(named.sort());
    expect(bare.filter(({ dev, optional }) => !dev || !optional)).toEqual([]);
  });

  test('names no place to fetch from, so that none can be slipped in', () => {
    expect(packages.filter(({ resolved }) => resolved !== undefined)).toEqual([]);
  });
});

test('every action of the workflows is pinned by the whole hash of a commit, its version beside it', () => {
  const folder = join('.github', 'workflows');
  const uses = readdirSync(join(root, folder)).flatMap((file) =>
    [...read(join(folder, file)).matchAll(/uses:\s*(.+)/g)].map(([, what]) => what!.trim()),
  );
  expect(uses.length).toBeGreaterThan(3);
  for (const one of uses) expect(one).toMatch(/^[\w-]+\/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
});
