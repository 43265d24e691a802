import type { FastifyReply } from 'fastify';
import { notConvertible } from './faults.ts';
import { chosenFields, listOf } from './fields.ts';

export type Query = Record<string, unknown>;

/** A whole number of the query; throws 422 `dataConversion`. */
export function wholeNumber(query: Query, name: string, absent: number): number {
  const text = query[name];
  if (text === undefined) return absent;
  if (!/^\d{1,9}$/.test(String(text))) throw notConvertible(name, String(text));
  return Number(text);
}

/** One page of the rows, with the vendor's paging headers; `draw` is called for that page only. */
export function answerPage<Row>(
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
  if (String(query.skipTotalCount) !== 'true') reply.header('X-Total-Count', String(rows.length));
  return chosenFields(rows.slice(first, first + size).map(draw), listOf(query.fields));
}
