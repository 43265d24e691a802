import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { upgradeFromTwoToThree } from '@scalar/openapi-upgrader/2.0-to-3.0';
import addFormats from 'ajv-formats';
import { load } from 'js-yaml';
import { type Document, OpenAPIBackend } from 'openapi-backend';
import { z } from 'zod';

/** Where the vendors' own documents are; they are not ours, so that no copy of them is kept with the tests. */
const folder = resolve(process.env.GATEHOUSE_SPECS ?? join(import.meta.dirname, '../../../shared/specs'));

export interface Held {
  file: string;
  /** Whose exchanges are held to it. */
  api: string;
  /** What a path starts with, before the document's own part. */
  prefix: RegExp;
  /** An older document of a vendor whose practice server follows the newer one: only requests are held to it. */
  requestsOnly?: true;
}

export const held: Held[] = [
  { file: 'enhance-12.21.3.yaml', api: 'enhance', prefix: /^/ },
  { file: 'enhance-12.3.0.yaml', api: 'enhance', prefix: /^/, requestsOnly: true },
  { file: 'cyclos-4.16.18.yaml', api: 'cyclos 4.16', prefix: /^(\/[^/]+)?\/api/ },
  { file: 'cyclos-4.11.1.json', api: 'cyclos 4.11', prefix: /^(\/[^/]+)?\/api/ },
  { file: 'koyeb-2026-07.json', api: 'koyeb', prefix: /^/ },
  { file: 'nextauth-2.2.json', api: 'nextauth', prefix: /^/ },
];

/** Why the documents can't be read, in one line; null when they are there. */
export function missing(): string | null {
  const gone = held.filter(({ file }) => !existsSync(join(folder, file))).map(({ file }) => file);
  if (gone.length === 0) return null;
  return `documents: skipped, ${folder} lacks ${gone.join(', ')}; GATEHOUSE_SPECS names their folder`;
}

/**
 * A document as OpenAPI 3, ready to validate. What Swagger 2 says by default is applied: lists are joined with commas, bodies are JSON where
 * nothing else is said.
 */
export async function readDocument(file: string): Promise<OpenAPIBackend> {
  const read: unknown = load(mended(readFileSync(join(folder, file), 'utf8')));
  const isSwagger = typeof read === 'object' && read !== null && 'swagger' in read;
  const definition = (isSwagger ? upgradeFromTwoToThree(read) : read) as Document;
  if (isSwagger) keepTypes(read, definition);
  markSlashes(definition);
  const backend = new OpenAPIBackend({
    definition,
    quick: true,
    coerceTypes: true,
    ajvOpts: { strict: false, logger: false, allErrors: true },
    customizeAjv: (ajv) => {
      addFormats(ajv);
      return ajv;
    },
  });
  await backend.init();
  return backend;
}

const swaggerPaths = z.object({
  paths: z.record(
    z.string(),
    z.record(
      z.string(),
      z
        .object({ produces: z.array(z.string()) })
        .nullable()
        .catch(null),
    ),
  ),
});
const answersOf = z.looseObject({
  responses: z.record(z.string(), z.looseObject({ content: z.record(z.string(), z.unknown()).optional() })),
});

/** The conversion drops the types that an operation states for its own answers (Swagger 2, produces). */
function keepTypes(swagger: object, { paths }: Document): void {
  for (const [path, operations] of Object.entries(swaggerPaths.parse(swagger).paths)) {
    for (const [method, stated] of Object.entries(operations)) {
      const operation: unknown = Reflect.get(paths?.[path] ?? {}, method);
      if (!stated || typeof operation !== 'object' || operation === null) continue;
      const { responses } = answersOf.parse(operation);
      for (const answer of Object.values(responses)) {
        const [schema] = Object.values(answer.content ?? {});
        for (const type of answer.content ? stated.produces : []) answer.content![type] ??= schema;
      }
      Object.assign(operation, { responses });
    }
  }
}

/** The validator takes a path with and without a slash at its end for the same; `hold` does not. */
function markSlashes({ paths }: Document): void {
  for (const [path, item] of Object.entries(paths ?? {})) {
    if (!path.endsWith('/') || !paths || !item) continue;
    for (const operation of Object.values(item)) Object.assign(operation, { 'x-slash': true });
    delete paths[path];
    paths[path.slice(0, -1)] = item;
  }
}

/** Cyclos' document breaks quoted texts over lines without indenting them, which YAML does not allow. */
const mended = (text: string) =>
  text.replace(/: "(?:[^"\\]|\\.)*"/g, (quoted) => quoted.replace(/\s*\n\s*/g, ' '));
