import { globSync, readFileSync } from 'node:fs';
import { join, resolve, sep } from 'node:path';
import { parseSync } from 'vite';
import { describe, expect, test } from 'vitest';

/** What is built first knows nothing of what is built after it: the two files that wire main are read for names that come too early. */

const main = resolve(import.meta.dirname, '../../main');

interface Node {
  type: string;
  start: number;
  [part: string]: unknown;
}

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && typeof Reflect.get(value, 'type') === 'string';

function walk(value: unknown, visit: (node: Node, parent: Node | null) => void, parent: Node | null = null) {
  if (Array.isArray(value)) for (const one of value) walk(one, visit, parent);
  else if (isNode(value)) {
    visit(value, parent);
    for (const part of Object.values(value)) if (typeof part === 'object') walk(part, visit, value);
  }
}

/** Names of the wiring function that it uses before the line that declares them, as in a callback that runs later. */
function usedTooEarly(text: string): string[] {
  const { program, errors } = parseSync('wiring.ts', text);
  if (errors.length > 0) throw new Error(errors[0]?.message);
  const bodies: Node[] = [];
  walk(program, (node, parent) => {
    const wires = node.type === 'FunctionDeclaration' && parent?.type === 'ExportNamedDeclaration';
    if (wires && isNode(node.body)) bodies.push(node.body);
  });
  const [body] = bodies;
  if (!body || bodies.length > 1) throw new Error('The file exports more than what wires it.');
  const statements = Array.isArray(body.body) ? body.body.filter(isNode) : [];
  const declared = new Map<string, number>();
  for (const statement of statements) {
    const made = statement.type === 'VariableDeclaration' ? statement.declarations : [statement];
    for (const one of Array.isArray(made) ? made.filter(isNode) : [])
      walk(one.id, (part) => {
        if (part.type === 'Identifier') declared.set(String(part.name), one.start);
      });
  }
  const early = new Set<string>();
  walk(body, (node, parent) => {
    if (node.type !== 'Identifier') return;
    const isKey =
      (parent?.type === 'Property' && parent.key === node && parent.value !== node) ||
      (parent?.type === 'MemberExpression' && parent.property === node && !parent.computed) ||
      parent?.type === 'TSPropertySignature' ||
      parent?.type === 'TSMethodSignature';
    const at = declared.get(String(node.name));
    if (!isKey && at !== undefined && node.start < at) early.add(String(node.name));
  });
  return [...early];
}

describe('the wiring', () => {
  test('a callback that names what is declared later is seen', () => {
    const text = `export function wire() {
      const low = build({ onDone: () => high.done(), low: 1 });
      const high = build({ low });
      return { low, high };
    }`;
    expect(usedTooEarly(text)).toEqual(['high']);
    expect(usedTooEarly(text.replace('high.done()', 'done.high'))).toEqual([]);
  });

  test.each(['core.ts', 'sessions/index.ts'])('main/%s calls no room that is built after', (file) => {
    expect(usedTooEarly(readFileSync(join(main, file), 'utf8'))).toEqual([]);
  });

  test('nobody reaches into sessions but by its index and the words of its states', () => {
    const outside = globSync('**/*.ts', { cwd: main })
      .map((path) => path.split(sep).join('/'))
      .filter((path) => !path.startsWith('sessions/'));
    const reaching = outside.flatMap((path) => {
      const text = readFileSync(join(main, path), 'utf8');
      return [...text.matchAll(/'[./]*\/sessions\/([^']+)'/g)].map(([, file]) => `${path} imports ${file}`);
    });
    expect(reaching.length).toBeGreaterThan(5);
    expect(reaching.filter((one) => !/ (index|states)\.ts$/.test(one))).toEqual([
      // It seals what an earlier Gatehouse stored in the clear.
      'upgrade.ts imports session-rows.ts',
    ]);
  });
});
