import { GatehouseError } from '#contract/failure.ts';
import type { HttpRequest, HttpResponse, VendorHttp } from '#http/types.ts';
import { isUuid } from '#lib/uuid.ts';
import { explain, type Meaning } from './errors.ts';

/** A part of a path that is an id: the panel's are UUIDs (OpenAPI 12.21.3), so that anything else need not be asked for. */
export interface Id {
  id: string;
}

/** A request with what a status means for this operation in particular. */
type EnhanceRequest<T> = Omit<HttpRequest<T>, 'explain' | 'path'> & {
  path: (string | Id)[];
  /** The ids among the parameters of the query. */
  queryIds?: Record<string, string | undefined>;
  refusals?: Partial<Record<number, Meaning>>;
};

/** Throws GatehouseError: `not-found`, without a request, for an id that none of the panel's can be. */
export type Send = <T = undefined>(request: EnhanceRequest<T>) => Promise<HttpResponse<T>>;

function checked(id: string): string {
  if (isUuid(id)) return id;
  throw new GatehouseError({ kind: 'not-found', message: 'The panel knows nothing under this id.' });
}

/** Sends with an organisation's access token (bearer), or with the session's cookie when `token` is null. */
export function sender(http: VendorHttp, token: string | null): Send {
  return async ({ refusals, path, query, queryIds = {}, ...request }) => {
    const ids = Object.entries(queryIds).flatMap(([name, id]) =>
      id === undefined ? [] : [[name, checked(id)]],
    );
    return http.send({
      ...request,
      path: path.map((part) => (typeof part === 'string' ? part : checked(part.id))),
      query: { ...query, ...Object.fromEntries(ids) },
      ...(token ? { headers: { ...request.headers, authorization: `Bearer ${token}` } } : {}),
      explain: (status, body) => explain(refusals?.[status], body),
    });
  };
}
