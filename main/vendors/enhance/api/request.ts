import type { HttpRequest, HttpResponse, VendorHttp } from '#http/types.ts';
import { explain, type Refusal } from './errors.ts';

/** A request with what a status means for this operation in particular. */
type EnhanceRequest<T> = Omit<HttpRequest<T>, 'explain'> & {
  refusals?: Partial<Record<number, Refusal>>;
};

export type Send = <T = undefined>(request: EnhanceRequest<T>) => Promise<HttpResponse<T>>;

/** Sends with an organisation's access token (bearer), or with the session's cookie when `token` is null. */
export function sender(http: VendorHttp, token: string | null): Send {
  return ({ refusals, ...request }) =>
    http.send({
      ...request,
      ...(token ? { headers: { ...request.headers, authorization: `Bearer ${token}` } } : {}),
      explain: (status, body) => explain(refusals?.[status], body),
    });
}
