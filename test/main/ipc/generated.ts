import fc from 'fast-check';
import { z } from 'zod';
import { type AccountInput, accountInput, type Channel, channels } from '#contract/channels.ts';

/** A message of the window to main, as the router gets it. */
export interface Message {
  channel: unknown;
  input: unknown;
}

/** Words that mean something at this moment: ids, names of fields, what a vendor's page offers. */
export interface Known {
  /** Texts that a member of this name may hold, in this channel. */
  texts(channel: Channel, member: string): readonly string[];
  /** Names for the members of a record. */
  names: readonly string[];
  /** Forms of accounts that a vendor would take. */
  accounts: readonly AccountInput[];
}

const magic = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  'length',
  'then',
  'toJSON',
];

const strangeText = fc.constantFrom(
  ...magic,
  '',
  ' ',
  '\u0000',
  '\u202Eevil',
  '\uD800',
  "'; DROP TABLE accounts; --",
  '../../../etc/passwd',
  '%2e%2e%2f',
  '<img src=x onerror=alert(1)>',
  'http://127.0.0.1:9/',
  'javascript:alert(1)',
  'user:',
  '=1+1',
  '\r\nX-Injected: 1',
  'x'.repeat(99),
  'x'.repeat(2_000),
);
const hugeText = fc.constantFrom(
  'x'.repeat(1_000_000),
  '\u200B;\t='.repeat(250_000),
  '{"a":'.repeat(100_000),
);

function deep(levels: number): unknown {
  let value: unknown = 'bottom';
  for (let level = 0; level < levels; level += 1) value = level % 2 ? [value] : { a: value };
  return value;
}
function loop(): unknown {
  const value: Record<string, unknown> = { id: 'x' };
  value.values = value;
  return value;
}

/** Anything that can cross the bridge, most of it in nobody's contract. */
const anything = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.anything({
      key: fc.oneof(fc.string({ maxLength: 8 }), fc.constantFrom(...magic, 'id', 'sessionId', 'values')),
      withBigInt: true,
      withDate: true,
      withMap: true,
      withSet: true,
      withNullPrototype: true,
      withTypedArray: true,
      withSparseArray: true,
    }),
  },
  { weight: 2, arbitrary: strangeText },
  {
    weight: 1,
    arbitrary: fc.constantFrom<unknown>(
      Number.NaN,
      Number.POSITIVE_INFINITY,
      -1e18,
      2 ** 53,
      deep(5_000),
      loop(),
      new Array(10_000).fill({ accountId: 'x', realm: null }),
      JSON.parse('{"__proto__":{"id":"x"},"constructor":{"prototype":{"id":"x"}}}'),
      new Uint8Array(300 * 1024),
    ),
  },
  { weight: 1, arbitrary: hugeText },
);

/** A value that the schema takes, now and then at the very edge of it. */
function fitting(
  schema: z.core.$ZodType,
  channel: Channel,
  member: string,
  known: Known,
  chosen = true,
): fc.Arbitrary<unknown> {
  const part = (inner: z.core.$ZodType, name = member) => fitting(inner, channel, name, known);
  if (schema instanceof z.ZodVoid) return fc.constant(undefined);
  if (schema instanceof z.ZodString) {
    const { minLength, maxLength } = schema;
    const least = minLength ?? 0;
    const most = Math.min(maxLength ?? 200, 12_000);
    const fits = (text: string) => (text.length < least ? text.padEnd(least, 'x') : text.slice(0, most));
    const texts = known.texts(channel, member);
    return fc.oneof(
      ...(texts.length > 0 ? [{ weight: 8, arbitrary: fc.constantFrom(...texts) }] : []),
      { weight: 1, arbitrary: strangeText.map(fits) },
      { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 20 }).map(fits) },
    );
  }
  if (schema instanceof z.ZodNumber) {
    const edge = (bound: number | null, other: number) =>
      bound === null || !Number.isFinite(bound) ? other : bound;
    const min = edge(schema.minValue, Number.MIN_SAFE_INTEGER);
    const max = edge(schema.maxValue, Number.MAX_SAFE_INTEGER);
    return fc.oneof(
      fc.maxSafeInteger().map((n) => Math.min(max, Math.max(min, n))),
      fc.integer({ min: Math.max(min, 0), max: Math.min(max, Math.max(min, 50)) }),
      fc.constantFrom(min, max),
    );
  }
  if (schema instanceof z.ZodBoolean) return fc.boolean();
  if (schema instanceof z.ZodEnum) return fc.constantFrom(...schema.options);
  if (schema instanceof z.ZodNullable)
    return fc.oneof(
      { weight: 1, arbitrary: fc.constant(null) },
      { weight: 2, arbitrary: part(schema.unwrap()) },
    );
  if (schema instanceof z.ZodOptional) return part(schema.unwrap());
  if (schema instanceof z.ZodArray) return fc.array(part(schema.element), { maxLength: 4 });
  if (schema instanceof z.ZodRecord) {
    const name = fc.oneof(
      { weight: 6, arbitrary: fc.constantFrom(...known.names) },
      { weight: 1, arbitrary: fc.constantFrom(...magic) },
      { weight: 1, arbitrary: fc.string({ maxLength: 12 }) },
    );
    const entry = name.chain((key) => part(schema.valueType, key).map((value) => [key, value] as const));
    return fc.array(entry, { maxLength: 8 }).map((entries) => Object.fromEntries(entries));
  }
  if (schema instanceof z.ZodUnion) return fc.oneof(...schema.options.map((option) => part(option)));
  if (schema === accountInput && known.accounts.length > 0 && chosen) {
    const whole = fc.constantFrom(...known.accounts);
    return fc.oneof(whole, fitting(schema, channel, member, known, false));
  }
  if (schema instanceof z.ZodObject) {
    const members = Object.entries(schema.shape as Record<string, z.core.$ZodType>);
    const required = members.filter(([, inner]) => !(inner instanceof z.ZodOptional)).map(([name]) => name);
    return fc.record(Object.fromEntries(members.map(([name, inner]) => [name, part(inner, name)])), {
      requiredKeys: required,
    });
  }
  if (schema instanceof z.ZodCustom) return fc.uint8Array({ maxLength: 400 });
  throw new Error(`There is no generator for the shape “${schema._zod.def.type}” (${channel}, ${member}).`);
}

/** The same message with one part of it, somewhere inside, exchanged for something else, taken away or added. */
const spoiled = (
  input: unknown,
  other: unknown,
  at: number,
  how: 'put' | 'drop' | 'add',
  name: string,
): unknown => {
  if (input === null || typeof input !== 'object' || ArrayBuffer.isView(input)) return other;
  const names = Object.keys(input);
  const chosen = names[at % Math.max(1, names.length)];
  if (how === 'add' || chosen === undefined)
    return Object.fromEntries([...Object.entries(input), [name, other]]);
  const rest = Object.entries(input).filter(([key]) => key !== chosen);
  if (how === 'drop') return Object.fromEntries(rest);
  const inner: unknown = Reflect.get(input, chosen);
  const deeper = inner !== null && typeof inner === 'object' && at % 2 === 0;
  const put = deeper ? spoiled(inner, other, at >> 1, how, name) : other;
  return Object.fromEntries([...rest, [chosen, put]]);
};

/** Scrypt is made to be slow, and without sessions there is little to ask: these are called seldom. */
const seldom: ReadonlySet<string> = new Set([
  'vault.create',
  'vault.unlock',
  'vault.lock',
  'vault.setPassphrase',
  'sessions.signOutEverywhere',
]);

/** Messages to every channel and to none: most as the contract has them, many almost, some nothing like it. */
export function messages(known: Known): fc.Arbitrary<Message> {
  const channel = fc.oneof(
    { weight: 60, arbitrary: fc.constantFrom(...names.filter((name) => !seldom.has(name))) },
    { weight: 1, arbitrary: fc.constantFrom(...names.filter((name) => seldom.has(name))) },
  );
  const good = new Map(names.map((name) => [name, fitting(channels[name].input, name, '', known)]));
  const fits = channel.chain((name) => good.get(name)!.map((input) => ({ channel: name, input })));
  const almost = fc
    .tuple(
      fits,
      anything,
      fc.nat(64),
      fc.constantFrom('put', 'drop', 'add'),
      fc.constantFrom(...magic, 'extra'),
    )
    .map(([message, other, at, how, name]) => ({
      ...message,
      input: spoiled(message.input, other, at, how, name),
    }));
  return fc.oneof(
    { weight: 10, arbitrary: fits },
    { weight: 6, arbitrary: almost },
    { weight: 2, arbitrary: fc.record({ channel, input: anything }) },
    { weight: 1, arbitrary: fc.record({ channel: fc.oneof(anything, strangeText), input: anything }) },
  );
}

const names = Object.keys(channels) as Channel[];
