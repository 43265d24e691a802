import { z } from 'zod';

/** The vendor documents no default and no maximum; these are ours. */
const DEFAULT_LIMIT = 100;
const MOST = 1000;

const paging = z.object({
  offset: z.coerce.number().int().min(0).default(0),
  limit: z.coerce
    .number()
    .int()
    .min(0)
    .default(DEFAULT_LIMIT)
    .transform((limit) => Math.min(limit, MOST)),
  sortOrder: z.enum(['asc', 'desc']).default('asc'),
});

/** One page of `sorted` (ascending) as the query asks: `items` through `view`, and the `total`. */
export function pageOf<T, V>(
  sorted: T[],
  query: unknown,
  view: (item: T) => V,
): { items: V[]; total: number } {
  const { offset, limit, sortOrder } = paging.parse(query);
  const total = sorted.length;
  const items = Array.from({ length: Math.max(0, Math.min(limit, total - offset)) }, (_, index) => {
    const place = offset + index;
    return view(sorted[sortOrder === 'asc' ? place : total - 1 - place]!);
  });
  return { items, total };
}

/** A sorted copy by one key, ascending. */
export function sortedBy<T>(items: T[], key: (item: T) => string | number): T[] {
  return [...items].sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0));
}
