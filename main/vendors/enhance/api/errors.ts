import type { Failure } from '#contract/failure.ts';
import { plainText } from '#http/redact.ts';

/** What a status means for one operation. */
export type Refusal = Pick<Failure, 'message'> & Partial<Failure>;

/** The same where a status has several meanings: by the panel's own words. */
export type Meaning = Refusal | ((said: string) => Refusal);

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

/** What a refusal means for the operation, with the panel's own words; these may decide what it means. */
export function explain(meaning: Meaning | undefined, body: unknown): Partial<Failure> | undefined {
  const { code, sentence } = readHttpError(body);
  const words = sentence ? `The panel says: “${sentence.replace(/\.$/, '')}”.` : undefined;
  return worded(
    typeof meaning === 'function' ? meaning(`${code ?? ''} ${sentence ?? ''}`) : meaning,
    code,
    words,
  );
}

function worded(
  meaning: Refusal | undefined,
  code: string | undefined,
  words: string | undefined,
): Partial<Failure> | undefined {
  if (!meaning && !code && !words) return undefined;
  const message = meaning && words ? `${meaning.message} ${words}` : meaning?.message;
  return {
    ...meaning,
    ...(message ? { message } : words ? { advice: words } : {}),
    ...(code ? { vendorCode: code } : {}),
  };
}
