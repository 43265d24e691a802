import type { Failure } from '#contract/failure.ts';
import { plainText } from '#http/redact.ts';

/** What a status means for one operation. */
export type Refusal = Pick<Failure, 'message'> & Partial<Failure>;

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

/** What a refusal means for the operation, with the panel's own words. */
export function explain(meaning: Refusal | undefined, body: unknown): Partial<Failure> | undefined {
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
