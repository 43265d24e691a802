import { z } from 'zod';

/** A field that may be missing or null: both read as undefined. */
export function maybe<T extends z.ZodType>(schema: T) {
  return schema.nullish().transform((value) => value ?? undefined);
}

/** A list that may be missing or null: both read as empty. */
export function listOf<T extends z.ZodType>(item: T) {
  return z
    .array(item)
    .nullish()
    .transform((value) => value ?? []);
}

/** A date-time string as ms since 1970; missing, null and unreadable ones are undefined. */
export const moment = z
  .string()
  .nullish()
  .transform((value) => {
    const time = value ? Date.parse(value) : Number.NaN;
    return Number.isNaN(time) ? undefined : time;
  });
