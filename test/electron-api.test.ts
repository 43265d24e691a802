import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { notTried } from './conformance/not-tried.ts';
import { type ElectronUses, readProject } from './electron-uses.ts';

/* What main and preload do with Electron, as the compiler sees it. Who else may is a rule of import-rules.test.ts. */

const desktop = ['main/index.ts', 'main/platform/*.ts', 'preload/index.ts'];
const suite = 'test/conformance/**/*.ts';
let project: ElectronUses;
let tried: Map<string, string[]>;
let used: Map<string, string[]>;

beforeAll(() => {
  project = readProject();
  tried = project.named(suite);
  used = project.named(...desktop);
}, 120_000);
afterAll(() => project.close());

test('nothing that Electron has deprecated is used, by the stand-in neither', () => {
  // The one behaviour that needs it shows that the check sees it.
  expect(project.deprecated(suite).join()).toContain("'safeStorage.encryptString' is deprecated");
  expect(project.deprecated(...desktop, 'stand-in/*.ts')).toEqual([]);
});

test('no promise is left to itself', () => {
  const fixture = 'test/fixture/floating.ts';
  const lines = readFileSync(resolve(import.meta.dirname, '..', fixture), 'utf8').split('\n');
  const marked = lines.flatMap((line, at) => (line.includes('// floats') ? [`${fixture}:${at + 1}`] : []));
  expect(project.floating(fixture)).toEqual(marked);
  expect(project.floating(...desktop, 'stand-in/*.ts')).toEqual([]);
});

/** The suite's preload is no TypeScript: what it names there is read as it stands. */
const inPreload = readFileSync(join(import.meta.dirname, 'conformance/preload.cjs'), 'utf8');
const triedThere = (name: string) => inPreload.includes(name[0]!.toLowerCase() + name.slice(1));

test('whatever is used of Electron is tried by a behaviour, or listed with the reason why not', () => {
  expect(used.size).toBeGreaterThan(100);
  const listed = Object.values(notTried).flat();
  const unknown = [...used].filter(
    ([name]) => !tried.has(name) && !triedThere(name) && !listed.includes(name),
  );
  expect(Object.fromEntries(unknown)).toEqual({});
});

test('nothing is listed as not tried that is not used, or that is tried', () => {
  const listed = Object.values(notTried).flat();
  expect(listed.filter((name) => !used.has(name) || tried.has(name))).toEqual([]);
});
