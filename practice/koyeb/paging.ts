import { z } from 'zod';

const paging = z.object({
  limit: z.coerce.number().int().min(1).max(100).default(20),
  offset: z.coerce.number().int().min(0).default(0),
});

/** One page of `all`, as the query asks; at most 100 (API introduction), 400 above. */
export function pageOf<T, V>(all: T[], query: unknown, view: (item: T) => V) {
  const { limit, offset } = paging.parse(query);
  const items = all.slice(offset, offset + limit).map(view);
  return { items, limit, offset, count: all.length, hasNext: offset + limit < all.length };
}

/** A list parameter, sent as `name=a&name=b`. */
export function listOf(query: unknown, name: string): string[] {
  const values = query as Record<string, unknown>;
  return [values[name] ?? []].flat().map(String);
}
