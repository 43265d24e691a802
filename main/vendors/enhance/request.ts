import type { Failure } from '#contract/failure.ts';
import { plainText } from '#http/redact.ts';
import type { HttpRequest, HttpResponse, VendorHttp } from '#http/types.ts';

/** A request of this vendor: the door's, with what a status means for this operation in particular. */
type EnhanceAsk<T> = Omit<HttpRequest<T>, 'explain'> & {
  refusals?: Partial<Record<number, Pick<Failure, 'message'> & Partial<Failure>>>;
};

export type Send = <T = undefined>(request: EnhanceAsk<T>) => Promise<HttpResponse<T>>;

/** Sends with an organisation's access token (bearer), or with the door's cookie when `token` is null. */
export function sender(http: VendorHttp, token: string | null): Send {
  return ({ refusals, ...request }) =>
    http.send({
      ...request,
      ...(token ? { headers: { ...request.headers, authorization: `Bearer ${token}` } } : {}),
      explain: (status, body) => explain(refusals?.[status], body),
    });
}

interface HttpError {
  code?: string;
  sentence?: string;
}

/** The panel's own words. HttpError (`code`, `message`, `detail`) is documented, but for no login operation: read what is there. */
function readHttpError(body: unknown): HttpError {
  if (typeof body === 'string') return { sentence: plainText(body) };
  if (!body || typeof body !== 'object') return {};
  const text = (name: string) => {
    const value: unknown = Reflect.get(body, name);
    return typeof value === 'string' && value.trim() ? plainText(value) : undefined;
  };
  return { code: text('code'), sentence: text('message') ?? text('detail') ?? text('details') };
}

function explain(
  meaning: (Pick<Failure, 'message'> & Partial<Failure>) | undefined,
  body: unknown,
): Partial<Failure> | undefined {
  const { code, sentence } = readHttpError(body);
  const words = sentence ? `The panel says: “${sentence}”.` : undefined;
  if (!meaning && !code && !words) return undefined;
  const message = meaning && words ? `${meaning.message} ${words}` : meaning?.message;
  return {
    ...meaning,
    ...(message ? { message } : words ? { advice: words } : {}),
    ...(code ? { vendorCode: code } : {}),
  };
}
