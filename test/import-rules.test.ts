import { globSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { parseSync } from 'vite';
import { describe, expect, test } from 'vitest';

/** Who may import whom, and who may name a vendor: the rules of docs/architecture.md, over every source file. */
const root = resolve(import.meta.dirname, '..');
const rooms = ['main', 'preload', 'renderer', 'practice', 'stand-in'];

const aliases = { '#contract/': 'preload/contract/', '#http/': 'main/http/', '#lib/': 'main/lib/' };

interface Source {
  path: string;
  /** Files of ours as paths from the root, packages by their bare name. */
  imports: string[];
  /** Those of them that are run with it: no types, and none that is read later. */
  run: string[];
  /** Every string and every property name that the file spells out. */
  words: Set<string>;
}

const sources = globSync(`{${rooms.join(',')}}/**/*.{ts,tsx}`, { cwd: root })
  .map((path) => path.split(sep).join('/'))
  .map((path) => read(path, readFileSync(join(root, path), 'utf8')));
const within = (...folders: string[]) =>
  sources.filter(({ path }) => folders.some((folder) => path === folder || path.startsWith(folder)));

function read(path: string, text: string): Source {
  const { program, errors } = parseSync(path, text);
  if (errors.length > 0) throw new Error(`${path}: ${errors[0]?.message}`);
  const found = new Set<string>();
  const run = new Set<string>();
  const words = new Set<string>();
  walk(program, (node) => {
    const { type, source, key, value } = node;
    const name = /^(Import|Export(Named|All))Declaration$/.test(type) ? literal(source) : undefined;
    if (name && !onlyTypes(node)) run.add(name);
    if (/^(Import|Export(Named|All))Declaration$|^ImportExpression$|^TSImportType$/.test(type)) {
      const name = literal(source) ?? literal(node.argument);
      if (name) found.add(name);
      else if (type === 'ImportExpression') found.add('an address that is not spelt out');
    }
    const asked = required(node);
    if (asked) found.add(asked);
    if (type === 'Literal' && typeof value === 'string') words.add(value);
    if (type === 'Property' && is(key) && typeof key.name === 'string') words.add(key.name);
  });
  const all = (names: Set<string>) => [...names].map((name) => named(path, name));
  return { path, imports: all(found), run: all(run), words };
}

function onlyTypes({ importKind, exportKind, specifiers }: Node): boolean {
  if (importKind === 'type' || exportKind === 'type') return true;
  if (!Array.isArray(specifiers) || specifiers.length === 0) return false;
  return specifiers.every((one) => is(one) && (one.importKind === 'type' || one.exportKind === 'type'));
}

interface Node {
  type: string;
  [part: string]: unknown;
}

function is(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && typeof Reflect.get(value, 'type') === 'string';
}

/** The name that a call of require asks for. */
function required({ type, callee, arguments: given }: Node): string | undefined {
  if (type !== 'CallExpression' || !is(callee) || callee.name !== 'require' || !Array.isArray(given))
    return undefined;
  return literal(given[0]) ?? 'an address that is not spelt out';
}

function literal(node: unknown): string | undefined {
  if (!is(node)) return undefined;
  if (node.type === 'TSLiteralType') return literal(node.literal);
  return node.type === 'Literal' && typeof node.value === 'string' ? node.value : undefined;
}

function walk(value: unknown, visit: (node: Node) => void): void {
  if (Array.isArray(value)) for (const one of value) walk(one, visit);
  else if (is(value)) {
    visit(value);
    for (const part of Object.values(value)) if (typeof part === 'object') walk(part, visit);
  }
}

function named(from: string, name: string): string {
  for (const [alias, folder] of Object.entries(aliases))
    if (name.startsWith(alias)) return folder + name.slice(alias.length);
  if (name.startsWith('.'))
    return relative(root, join(root, dirname(from), name))
      .split(sep)
      .join('/');
  return name;
}

/** The files of `from` whose imports are refused, as "file imports what". */
function refused(from: Source[], mayImport: (name: string, source: Source) => boolean): string[] {
  return from.flatMap((source) =>
    source.imports.filter((name) => !mayImport(name, source)).map((name) => `${source.path} imports ${name}`),
  );
}

const isNode = (name: string) => name.startsWith('node:');
const isElectron = (name: string) => /^(electron|electron\/.*|electron-store)$/.test(name);
const isOurs = (name: string) => rooms.some((room) => name.startsWith(`${room}/`));
const vendorIds = globSync('main/vendors/*/index.ts', { cwd: root }).map((path) => path.split(sep).at(-2)!);

test('reads every room, and sees each kind of import', () => {
  for (const room of rooms) expect(within(`${room}/`).length, room).toBeGreaterThan(1);
  expect(vendorIds).toEqual(expect.arrayContaining(['cyclos', 'enhance', 'koyeb', 'nextauth']));
  const text = `import a from './a.ts'; import type { B } from '../b.ts'; import h from '#http/h.ts'; export * from './c.ts'; export { d } from 'd';
    type E = import('./e.ts').E; const f = () => import('node:fs'); const g = require('electron'); if (v === 'enhance') x;`;
  const seen = read('main/ipc/sample.ts', text);
  expect(seen.imports.toSorted()).toEqual(
    [
      ...['d', 'electron', 'node:fs', 'main/b.ts', 'main/http/h.ts'],
      ...['main/ipc/a.ts', 'main/ipc/c.ts', 'main/ipc/e.ts'],
    ].toSorted(),
  );
  expect(seen.words.has('enhance')).toBe(true);
});

describe('who may import whom', () => {
  test('the renderer: the contract and itself, no Node, no Electron', () => {
    expect(
      refused(within('renderer/'), (name) => {
        if (isNode(name) || isElectron(name)) return false;
        return !isOurs(name) || name.startsWith('renderer/') || name.startsWith('preload/contract/');
      }),
    ).toEqual([]);
  });

  test('the contract: itself and no room of any process', () => {
    expect(
      refused(
        within('preload/contract/'),
        (name) =>
          !isNode(name) && !isElectron(name) && (!isOurs(name) || name.startsWith('preload/contract/')),
      ),
    ).toEqual([]);
  });

  test('Electron: only main/platform/, the two entry files, and stand-in/', () => {
    const mayUse = ['main/platform/', 'main/index.ts', 'preload/index.ts', 'stand-in/'];
    expect(
      refused(
        sources,
        (name, { path }) => !isElectron(name) || mayUse.some((place) => path.startsWith(place)),
      ),
    ).toEqual([]);
  });

  test('main: nothing of the window, the practice servers or the stand-in; the platform only from the entry file', () => {
    expect(
      refused(
        within('main/'),
        (name) => !/^(renderer|practice|stand-in)\//.test(name) && name !== 'preload/index.ts',
      ),
    ).toEqual([]);
    const inner = within('main/').filter(({ path }) => !/^main\/(platform\/|index\.ts)/.test(path));
    expect(refused(inner, (name) => !name.startsWith('main/platform/'))).toEqual([]);
  });

  test('lib/: itself and the contract; http/: these and itself', () => {
    const shared = ['main/lib/', 'preload/contract/'];
    const only = (places: string[]) => (name: string) =>
      !isOurs(name) || places.some((place) => name.startsWith(place));
    expect(refused(within('main/lib/'), only(shared))).toEqual([]);
    expect(refused(within('main/http/'), only([...shared, 'main/http/']))).toEqual([]);
  });

  test('a vendor: what lies directly in vendors/, its kit, http/, lib/, the contract, and itself', () => {
    for (const id of vendorIds) {
      const own = `main/vendors/${id}/`;
      expect(
        refused(within(own), (name) => {
          if (!isOurs(name)) return true;
          return (
            name.startsWith(own) ||
            /^main\/(vendors\/(kit\/)?[^/]+|http\/[^/]+|lib\/[^/]+)$/.test(name) ||
            name.startsWith('preload/contract/')
          );
        }),
        id,
      ).toEqual([]);
    }
  });

  test('a vendor’s folder: its index, and only from the list', () => {
    const inVendor = (path: string) => vendorIds.some((id) => path.startsWith(`main/vendors/${id}/`));
    const outside = sources.filter(({ path }) => !inVendor(path));
    expect(
      refused(outside, (name, { path }) => {
        if (!inVendor(name)) return true;
        return path === 'main/vendors/registry.ts' && name.endsWith('/index.ts');
      }),
    ).toEqual([]);
  });

  test('the practice servers: nothing of the app, and no practice server another’s', () => {
    expect(refused(within('practice/'), (name) => !isOurs(name) || name.startsWith('practice/'))).toEqual([]);
    for (const id of vendorIds) {
      const others = vendorIds.filter((other) => other !== id).map((other) => `practice/${other}/`);
      expect(
        refused(within(`practice/${id}/`), (name) => !others.some((other) => name.startsWith(other))),
        id,
      ).toEqual([]);
    }
  });

  test('the stand-in: nothing of the app', () => {
    expect(refused(within('stand-in/'), (name) => !isOurs(name) || name.startsWith('stand-in/'))).toEqual([]);
  });
});

/** Every file that is run when this one is. */
function runWith(path: string, seen = new Set<string>()): Set<string> {
  if (seen.has(path)) return seen;
  seen.add(path);
  const source = sources.find((one) => one.path === path);
  for (const name of source?.run ?? []) runWith(name, seen);
  return seen;
}

describe('what the window reads', () => {
  const later = 'renderer/shell/later.ts';

  test('before its first screen: nothing of what it reads later', () => {
    const first = runWith('renderer/main.tsx');
    const parts = sources.find(({ path }) => path === later)?.run ?? [];
    expect(first.has('renderer/live/live-page.tsx')).toBe(true);
    expect(parts.length).toBeGreaterThan(5);
    expect([later, ...parts].filter((path) => first.has(path))).toEqual([]);
  });

  test('at all: no schema, as main has checked what it is told', () => {
    for (const path of ['renderer/main.tsx', later]) expect(runWith(path).has('zod'), path).toBe(false);
  });
});

test('no vendor is named outside its own folder and the list', () => {
  const places = within('main/', 'renderer/', 'preload/', 'stand-in/').filter(
    ({ path }) => !path.startsWith('main/vendors/'),
  );
  const naming = places.flatMap(({ path, words }) =>
    vendorIds.filter((id) => words.has(id)).map((id) => `${path} names ${id}`),
  );
  expect(naming).toEqual([]);
});
