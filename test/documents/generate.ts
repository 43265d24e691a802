import { z } from 'zod';
import type { SeededRandom } from '../faults/seeded-random.ts';

const schemaShape = z.object({
  type: z.string().optional(),
  format: z.string().optional(),
  nullable: z.boolean().optional(),
  enum: z.array(z.unknown()).optional(),
  minimum: z.number().optional(),
  properties: z.record(z.string(), z.unknown()).optional(),
  required: z.array(z.string()).optional(),
  additionalProperties: z.unknown().optional(),
  items: z.unknown().optional(),
  allOf: z.array(z.unknown()).optional(),
  oneOf: z.array(z.unknown()).optional(),
  anyOf: z.array(z.unknown()).optional(),
});
type Schema = Omit<z.infer<typeof schemaShape>, 'allOf' | 'oneOf' | 'anyOf'>;

/** Deeper than any screen looks; documents refer to themselves. */
const deepest = 5;

const words = ['', 'x', 'Zoë Ångström', 'a b/c?d=e&f', '🙂', '0', 'null', '<b>bold</b>', 'x'.repeat(300)];

const texts: Record<string, (luck: SeededRandom) => string> = {
  uuid: (luck) => `${hex(luck, 8)}-${hex(luck, 4)}-4${hex(luck, 3)}-8${hex(luck, 3)}-${hex(luck, 12)}`,
  date: (luck) => `20${luck.between(10, 39)}-0${luck.between(1, 9)}-${luck.between(10, 28)}`,
  'date-time': (luck) =>
    `20${luck.between(10, 39)}-0${luck.between(1, 9)}-${luck.between(10, 28)}T10:00:00${luck.pick(['Z', '.123456Z', '+02:00'])}`,
  email: (luck) => `${hex(luck, 4)}@example.org`,
  ip: (luck) => luck.pick(['203.0.113.7', '2001:db8::1']),
  hostname: (luck) => `${hex(luck, 4)}.example.org`,
  byte: (luck) => Buffer.from(hex(luck, 9)).toString('base64'),
};

const hex = (luck: SeededRandom, length: number) =>
  Array.from({ length }, () => luck.between(0, 15).toString(16)).join('');

/**
 * A value that the schema allows: optional fields with the probability `full`, nullable ones null at times, and what a later version may add,
 * fields and enumeration values that no document knows yet.
 */
export function generate(schema: unknown, luck: SeededRandom, full: number, depth = 0): unknown {
  const { type, format, nullable, enum: values, minimum = 0, items, ...fields } = flat(schema, luck);
  if (nullable && luck.chance(0.3)) return null;
  if (values) return typeof values[0] === 'string' && luck.chance(0.1) ? 'LATER_VALUE' : luck.pick(values);
  if (type === 'array' || items) {
    const length = depth >= deepest ? 0 : luck.between(0, 3);
    return Array.from({ length }, () => generate(items, luck, full, depth + 1));
  }
  if (fields.properties || fields.additionalProperties || type === 'object')
    return object(fields, luck, full, depth);
  if (type === 'boolean') return luck.chance(0.5);
  if (type === 'integer') return minimum + luck.pick([0, 1, 7, 2 ** 31 - 1, format === 'int64' ? 1e12 : 9]);
  if (type === 'number') return minimum + luck.pick([0, 1, 0.5, 12_345.678]);
  if (type === 'string') return texts[format ?? '']?.(luck) ?? luck.pick([...words, hex(luck, 12)]);
  return luck.pick([null, 1, 'any', {}]);
}

function object(fields: Schema, luck: SeededRandom, full: number, depth: number): Record<string, unknown> {
  const { properties = {}, required = [], additionalProperties } = fields;
  // All fields of all fields would be megabytes.
  const rate = depth >= deepest ? 0 : full * 0.7 ** depth;
  const named = Object.entries(properties).flatMap(([name, one]) =>
    required.includes(name) || luck.chance(rate) ? [[name, generate(one, luck, full, depth + 1)]] : [],
  );
  const others = additionalProperties
    ? Array.from({ length: luck.between(0, 2) }, () => [
        hex(luck, 6),
        generate(additionalProperties, luck, full, depth + 1),
      ])
    : luck.chance(0.2)
      ? [['laterField', { more: [1, 'a'] }]]
      : [];
  return Object.fromEntries([...named, ...others]);
}

const read = new WeakMap<object, z.infer<typeof schemaShape>>();

/** A schema is read again and again. */
function readSchema(schema: unknown): z.infer<typeof schemaShape> {
  if (typeof schema !== 'object' || !schema) return {};
  const shape = read.get(schema) ?? schemaShape.parse(schema);
  read.set(schema, shape);
  return shape;
}

/** The schema with all that it is put together from; of alternatives one. */
function flat(schema: unknown, luck: SeededRandom): Schema {
  const { allOf = [], oneOf, anyOf, ...own } = readSchema(schema);
  if (allOf.length === 0 && !oneOf && !anyOf) return own;
  const chosen = [oneOf, anyOf].flatMap((some) => (some?.length ? [luck.pick(some)] : []));
  let all: Schema = own;
  for (const part of [...allOf, ...chosen].map((one) => flat(one, luck))) {
    const properties = { ...part.properties, ...all.properties };
    const required = [...(part.required ?? []), ...(all.required ?? [])];
    all = { ...part, ...all, required, ...(Object.keys(properties).length > 0 ? { properties } : {}) };
  }
  return all;
}
