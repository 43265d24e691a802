import type { z } from 'zod';
import { cappedArray } from '../../kit/schema.ts';
import type { CyclosRequests } from './request.ts';

export interface PageRange {
  /** From 0. */
  page: number;
  pageSize: number;
}

/** One page of a search, and whether there are more (headers X-Has-Next-Page and X-Total-Count). */
export interface SearchPage<T> {
  rows: T[];
  more: boolean;
  total: number | null;
}

/** One page of a search; `right` is what a refusal names as missing. */
export async function search<T>(
  ask: CyclosRequests,
  operation: string,
  path: string[],
  filter: PageRange & Record<string, string | number | boolean | string[] | undefined>,
  row: z.ZodType<T>,
  right: string,
  newIn416 = false,
): Promise<SearchPage<T>> {
  const request = {
    operation,
    method: 'GET',
    path,
    query: filter,
    safeToRetry: true,
    right,
    newIn416,
  } as const;
  const { value, headers } = await ask.answer(request, cappedArray(row));
  const total = headers.get('x-total-count');
  return {
    rows: value,
    more: headers.get('x-has-next-page') === 'true',
    total: total && /^\d+$/.test(total) ? Number(total) : null,
  };
}
