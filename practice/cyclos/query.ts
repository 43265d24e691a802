import { notConvertible } from './faults.ts';
import type { Place } from './state.ts';

export type Query = Record<string, unknown>;

/** The first value of a parameter, which is all that a server reads of one that is no array. */
export function textIn(query: Query, name: string): string | undefined {
  const value = Array.isArray(query[name]) ? query[name][0] : query[name];
  return value === undefined ? undefined : String(value);
}

/** A whole number of the query; throws `dataConversion`. */
export function wholeNumber(query: Query, name: string, absent: number): number {
  const text = textIn(query, name);
  if (text === undefined) return absent;
  if (!/^\d{1,9}$/.test(text)) throw notConvertible(text);
  return Number(text);
}

/** A yes or no of the query, false when absent; throws `dataConversion`. */
export function flag(query: Query, name: string): boolean {
  const text = textIn(query, name) ?? 'false';
  if (text !== 'true' && text !== 'false') throw notConvertible(text);
  return text === 'true';
}

/**
 * A parameter that is an array, in the one style that the generation's document declares: 4.11 repeats `fields` and joins all
 * others with commas, 4.16 joins `fields` and repeats all others. In the other style a comma is part of a value, and of
 * a repeated parameter the first value counts.
 */
export function listIn({ state }: Place, query: Query, name: string): string[] {
  const joined = (name === 'fields') === (state.generation === '4.16');
  const given = query[name];
  const values =
    given === undefined ? [] : joined ? splitAt(textIn(query, name)) : [given].flat().map(String);
  return values.map((each) => each.trim()).filter((each) => each !== '');
}

const splitAt = (text: string | undefined) => (text ?? '').split(',');

/** A list of which every value has to be known; throws `dataConversion` at the first that is not. */
export function knownIn<Value extends string>(
  place: Place,
  query: Query,
  name: string,
  known: readonly Value[],
): Value[] {
  return listIn(place, query, name).map((text) => {
    const value = known.find((each) => each === text);
    if (!value) throw notConvertible(text);
    return value;
  });
}

/**
 * Lower and upper bound, ms since 1970; null where there is none. Only an upper bound is written with a comma in front of it.
 * Throws `dataConversion`.
 */
export function periodIn(place: Place, query: Query, name: string): [number | null, number | null] {
  const instant = (text: string) => {
    const at = Date.parse(text);
    if (Number.isNaN(at)) throw notConvertible(text);
    return at;
  };
  const first = textIn(query, name);
  if (first?.startsWith(',')) return [null, instant(first.slice(1))];
  const [begin, end] = listIn(place, query, name).map(instant);
  return [begin ?? null, end ?? null];
}
