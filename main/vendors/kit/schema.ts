import { z } from 'zod';
import { mostListed } from '#contract/most-listed.ts';
import { validMoment } from '#lib/valid-moment.ts';

/** A list for people is read page by page before it is as long. */
export const mostRows = mostListed;

/** A field that may be missing or null: both read as undefined. */
export function optional<T extends z.ZodType>(schema: T) {
  return schema.nullish().transform((value) => value ?? undefined);
}

const cutTo = (most: number) => (list: unknown) => (Array.isArray(list) ? list.slice(0, most) : list);

/** A list of which the first `most` are kept, whatever the server sends. Not for lists that are written back. */
export function cappedArray<T extends z.ZodType>(item: T, most = mostRows) {
  return z.preprocess(cutTo(most), z.array(item));
}

/** The same of a list that may be missing or null: both read as empty. */
export function cappedArrayOrEmpty<T extends z.ZodType>(item: T, most = mostRows) {
  return z.preprocess(cutTo(most), z.array(item).nullish()).transform((value) => value ?? []);
}

/** A date-time string as ms since 1970; missing, null and unreadable ones are undefined. */
export const timestamp = z.string().nullish().transform(validMoment);
