import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2019, type ValidateFunction } from 'ajv/dist/2019.js';
import addFormats from 'ajv-formats';
import { load } from 'js-yaml';

type Json = Record<string, unknown>;

/** One answer of a server, and the request that caused it. */
export interface Exchange {
  method: string;
  /** Under the base path, without the query. */
  path: string;
  status: number;
  contentType: string | null;
  text: string;
}

interface Operation {
  id: string;
  segments: string[];
  responses: Json;
  /** Media types of the whole operation; only Swagger 2 has them there. */
  produces: string[] | null;
}

/** What a vendor's own document says about answers. */
export interface VendorDocument {
  /** The operation's name in the document; null when the document has no such operation. */
  operationOf(method: string, path: string): string | null;
  /** What an answer has that the document does not say, one sentence each. */
  faultsOf(exchange: Exchange): string[];
}

/**
 * Answers that are not the application's but its web server's: the document declares none of them.
 * 404 without a body: no such path. 415: a body of a type that nobody reads.
 */
const beforeTheApplication = new Set([404, 415]);

/** Operations that answer 422 InputError though their list of statuses has none, each with the reason. */
const takesInput: Record<string, string> = {
  changePassword:
    'ChangePassword.checkConfirmation speaks of the validation exceptions of this very operation',
};

const folder = process.env.GATEHOUSE_SPECS ?? join(import.meta.dirname, '../../../../shared/specs');
const files = { '4.11': 'cyclos-4.11.1.json', '4.16': 'cyclos-4.16.18.yaml' };
const read = new Map<string, VendorDocument | null>();

/** The document of a generation; null, and said in one line, where the documents are not on this computer. */
export function documentOf(generation: keyof typeof files): VendorDocument | null {
  const known = read.get(generation);
  if (known !== undefined) return known;
  const file = join(folder, files[generation]);
  if (!existsSync(file)) console.warn(`documents: ${file} is not here; answers are not held to it.`);
  const document = existsSync(file)
    ? documentFrom(load(readFileSync(file, 'utf8'), { json: true }) as Json)
    : null;
  read.set(generation, document);
  return document;
}

function documentFrom(spec: Json): VendorDocument {
  const ajv = new Ajv2019({ strict: false, allErrors: true, validateFormats: true, logger: false });
  addFormats.default(ajv);
  ajv.addFormat('number', /^-?\d+(\.\d+)?$/);
  const schemas = (spec.definitions ?? (spec.components as Json).schemas) as Json;
  for (const [name, schema] of Object.entries(schemas))
    ajv.addSchema({ ...composed(schema), $id: `document:${name}` });
  const operations = operationsOf(spec);
  const schema = { $ref: '#/InputError' };
  const inputError = { schema, content: { 'application/json': { schema } } };
  const validators = new Map<unknown, ValidateFunction>();
  const validatorOf = (schema: Json) => {
    const known = validators.get(schema);
    if (known) return known;
    const made = ajv.compile(closed(schema));
    validators.set(schema, made);
    return made;
  };

  const find = (method: string, path: string) => {
    const segments = path.split('/');
    const fitting = (operations.get(method) ?? []).filter(
      (each) =>
        each.segments.length === segments.length &&
        each.segments.every((segment, at) => segment.startsWith('{') || segment === segments[at]),
    );
    // The one that names more of the path itself, from the left, is meant.
    const named = ({ segments: of }: Operation) => of.map((each) => (each.startsWith('{') ? 1 : 0)).join('');
    return fitting.sort((a, b) => named(a).localeCompare(named(b)))[0] ?? null;
  };

  return {
    operationOf: (method, path) => find(method, path)?.id ?? null,
    faultsOf({ method, path, status, contentType, text }) {
      if (beforeTheApplication.has(status) && text === '') return [];
      const operation = find(method, path);
      if (!operation) return ['the document has no such operation'];
      const isQuirk = status === 422 && operation.id in takesInput;
      const response = (operation.responses[String(status)] ?? (isQuirk ? inputError : undefined)) as
        | Json
        | undefined;
      if (!response) return [`${operation.id} declares no ${status}`];
      const [type, schema] = contentOf(response, operation.produces, contentType);
      if (!schema) return text === '' ? [] : [`${operation.id} ${status} has no body in the document`];
      if (type === null) return [`${operation.id} ${status} is never of the type ${contentType}`];
      if (!type.includes('json')) return [];
      const validate = validatorOf(schema);
      if (validate(text === '' ? undefined : JSON.parse(text))) return [];
      return (validate.errors ?? []).map(
        ({ instancePath, message, params }) =>
          `${operation.id} ${status} ${instancePath} ${message} ${JSON.stringify(params)}`,
      );
    },
  };
}

/** The media type of an answer and its schema; the type is null when the document has another. */
function contentOf(
  response: Json,
  produces: string[] | null,
  contentType: string | null,
): [string | null, Json | null] {
  const sent = contentType?.split(';')[0]?.trim().toLowerCase() ?? '';
  if (produces) {
    const schema = (response.schema as Json | undefined) ?? null;
    return [produces.includes(sent) ? sent : null, schema];
  }
  const content = response.content as Record<string, Json> | undefined;
  if (!content) return [null, null];
  const entry = content[sent];
  return entry ? [sent, entry.schema as Json] : [null, {}];
}

function operationsOf(spec: Json): Map<string, Operation[]> {
  const operations = new Map<string, Operation[]>();
  const everywhere = 'swagger' in spec ? (spec.produces as string[]) : null;
  for (const [path, methods] of Object.entries(spec.paths as Record<string, Record<string, Json>>)) {
    for (const [method, operation] of Object.entries(methods)) {
      if (!operation.operationId) continue;
      const name = method.toUpperCase();
      const known = operations.get(name) ?? [];
      operations.set(name, known);
      known.push({
        id: String(operation.operationId),
        segments: path.split('/'),
        responses: operation.responses as Json,
        produces: everywhere && ((operation.produces as string[] | undefined) ?? everywhere),
      });
    }
  }
  return operations;
}

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A schema that other schemas add to: only what lies inside it is closed. */
function composed(schema: unknown): Json {
  if (!isObject(schema)) return {};
  if (typeof schema.$ref === 'string') return { $ref: `document:${schema.$ref.split('/').at(-1)}` };
  const { discriminator: _, example: __, description: ___, ...rest } = schema;
  return {
    ...rest,
    ...(isObject(schema.properties)
      ? {
          properties: Object.fromEntries(
            Object.entries(schema.properties).map(([name, each]) => [name, closed(each)]),
          ),
        }
      : {}),
    ...(schema.items ? { items: closed(schema.items) } : {}),
    ...(isObject(schema.additionalProperties)
      ? { additionalProperties: closed(schema.additionalProperties) }
      : {}),
    ...(Array.isArray(schema.allOf) ? { allOf: schema.allOf.map(composed) } : {}),
    ...(Array.isArray(schema.anyOf) ? { anyOf: schema.anyOf.map(composed) } : {}),
  };
}

/** A schema for a value: fields that it does not name are refused. */
function closed(schema: unknown): Json {
  const whole = composed(schema);
  const named = '$ref' in whole || 'properties' in whole || 'allOf' in whole || 'anyOf' in whole;
  return named ? { ...whole, unevaluatedProperties: false } : whole;
}
