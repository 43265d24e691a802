import type { FastifyReply } from 'fastify';
import { flag, type Query, wholeNumber } from './query.ts';
import type { Place } from './state.ts';

/** One page of the rows, with the vendor's paging headers; `draw` is called for that page only. */
export function answerPage<Row>(
  { state }: Place,
  reply: FastifyReply,
  query: Query,
  rows: Row[],
  draw: (row: Row) => Record<string, unknown>,
): unknown {
  const page = wholeNumber(query, 'page', 0);
  const size = wholeNumber(query, 'pageSize', 40) || rows.length || 1;
  const first = page * size;
  reply.header('X-Page-Size', String(size));
  reply.header('X-Current-Page', String(page));
  reply.header('X-Has-Next-Page', String(first + size < rows.length));
  const skipped = state.generation === '4.16' && flag(query, 'skipTotalCount');
  if (!skipped) reply.header('X-Total-Count', String(rows.length));
  return rows.slice(first, first + size).map(draw);
}
