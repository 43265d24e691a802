import { globSync } from 'node:fs';
import { join, resolve, sep } from 'node:path';
import type { CallExpression, Expression, Node, SourceFile } from 'typescript/unstable/ast';
import {
  isBinaryExpression,
  isCallExpression,
  isExpressionStatement,
  isIdentifier,
  isObjectBindingPattern,
  isPropertyAccessExpression,
  isStringLiteral,
} from 'typescript/unstable/ast/is';
import {
  API,
  type Checker,
  type Diagnostic,
  type Program,
  SymbolFlags,
  type Symbol as TsSymbol,
} from 'typescript/unstable/sync';

const root = resolve(import.meta.dirname, '..');
const listens = new Set(['on', 'once', 'off', 'addListener', 'removeListener']);

/** What a file does with Electron, as the compiler sees it. */
export interface ElectronUses {
  /** `Class.member` and `Class#event`, each with the files that name it. */
  named(...patterns: string[]): Map<string, string[]>;
  /** Uses of what `electron.d.ts` marks as deprecated: file, line, and what it is. */
  deprecated(...patterns: string[]): string[];
  /** Statements that leave a promise to itself: file and line. */
  floating(...patterns: string[]): string[];
  close(): void;
}

/** Reads the whole project once; `close` ends the compiler. */
export function readProject(): ElectronUses {
  const api = new API({ cwd: root });
  const snapshot = api.updateSnapshot({ openProjects: [join(root, 'tsconfig.json')] });
  const [project] = snapshot.getProjects();
  if (!project) throw new Error('The compiler finds no project.');
  const { program, checker } = project;

  const filesOf = (patterns: string[]) =>
    globSync(patterns, { cwd: root }).map((path) => {
      const source = program.getSourceFile(join(root, path));
      if (!source) throw new Error(`${path} is not in the project.`);
      return { path: path.split(sep).join('/'), source };
    });

  return {
    named(...patterns) {
      const found = new Map<string, string[]>();
      for (const { path, source } of filesOf(patterns))
        for (const name of namesIn(source, checker)) found.set(name, [...(found.get(name) ?? []), path]);
      return found;
    },
    deprecated: (...patterns) =>
      filesOf(patterns).flatMap(({ path, source }) =>
        deprecatedIn(source, program).map(({ pos, text }) => `${place(path, source, pos)} ${text}`),
      ),
    floating: (...patterns) =>
      filesOf(patterns).flatMap(({ path, source }) =>
        floatingIn(source, checker).map((found) => place(path, source, found.getStart(source))),
      ),
    close: () => api.close(),
  };
}

const place = (path: string, { text }: SourceFile, pos: number) =>
  `${path}:${text.slice(0, pos).split('\n').length}`;

function all<T extends Node>(from: Node, wanted: (node: Node) => node is T): T[] {
  const found: T[] = [];
  const walk = (node: Node) => {
    if (wanted(node)) found.push(node);
    node.forEachChild(walk);
  };
  walk(from);
  return found;
}

const hasMethods = (type: TsSymbol) =>
  [...type.getMembers().values()].some(({ flags }) => flags & SymbolFlags.Method);

const isElectrons = (symbol: TsSymbol | undefined) =>
  symbol?.declarations.every(({ path }) => path.endsWith('/electron.d.ts')) ?? false;

function namesIn(source: SourceFile, checker: Checker): Set<string> {
  const names = new Set<string>();
  const add = (symbol: TsSymbol | undefined, call?: CallExpression) => {
    if (!symbol || !isElectrons(symbol)) return;
    const parent = symbol.getParent();
    // Values that go in or come out are their method's.
    if (!parent || !hasMethods(parent)) return;
    const owner = parent.name;
    // What is heard on ipcRenderer are channels of ours.
    const hears = owner !== 'IpcRenderer' && listens.has(symbol.name);
    const event = hears ? call?.arguments[0] : undefined;
    const name = event && (isStringLiteral(event) ? event.text : 'not spelt out');
    names.add(name ? `${owner}#${name}` : `${owner}.${symbol.name}`);
  };
  const calls = new Map(
    all(source, isCallExpression).map((call): [Node, CallExpression] => [call.expression, call]),
  );
  const members = all(source, isPropertyAccessExpression);
  const symbols = checker.getSymbolAtLocation(members.map(({ name }) => name));
  for (const [at, member] of members.entries()) add(symbols[at], calls.get(member));
  const patterns = all(source, isObjectBindingPattern);
  const types = checker.getTypeAtLocation(patterns);
  for (const [at, { elements }] of patterns.entries()) {
    const type = types[at];
    for (const { propertyName, name } of elements) {
      const taken = propertyName ?? name;
      if (type && taken && isIdentifier(taken)) add(checker.getPropertyOfType(type, taken.text));
    }
  }
  return names;
}

function deprecatedIn(source: SourceFile, program: Program): Diagnostic[] {
  return program
    .getSuggestionDiagnostics(source.fileName)
    .filter(
      ({ reportsDeprecated, relatedInformation }) =>
        reportsDeprecated && relatedInformation?.some(({ fileName }) => fileName?.endsWith('/electron.d.ts')),
    );
}

/** A statement is a promise that nobody waits for, unless it says `void` or what becomes of a rejection. */
function floatingIn(source: SourceFile, checker: Checker): Expression[] {
  const statements = all(source, isExpressionStatement).map(({ expression }) => expression);
  const types = checker.getTypeAtLocation(statements);
  return statements.filter((expression, at) => {
    const type = types[at];
    const kept = isBinaryExpression(expression);
    return type && checker.getPropertyOfType(type, 'then') && !kept && !isHandled(expression);
  });
}

function isHandled(expression: Expression): boolean {
  if (!isCallExpression(expression) || !isPropertyAccessExpression(expression.expression)) return false;
  const { name, expression: before } = expression.expression;
  const handlers = expression.arguments.length;
  if (name.text === 'catch' || (name.text === 'then' && handlers === 2)) return handlers > 0;
  return name.text === 'finally' && isHandled(before);
}
