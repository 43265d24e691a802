import { type Failure, GatehouseError } from '#contract/failure.ts';
import {
  nothingThereFailure,
  retryAfter,
  shapeFailure,
  statusFailure,
  unreadableFailure,
  webPageFailure,
} from './failures.ts';
import { readJson } from './read-json.ts';
import { blotted, codeWord } from './redact.ts';
import type { Blot, HttpRequest, HttpResponse, RawResponse } from './types.ts';

/** bytes; what is longer explains nothing to a person, and is not read through for secrets. */
const longestRefusal = 64 * 1024;

function isWebPage(reply: RawResponse, text: string): boolean {
  return /\bhtml\b/i.test(reply.contentType) || /^\s*<(!doctype|html)/i.test(text);
}

/**
 * Turns a reply into what the request asked for; throws GatehouseError for every status and body that it did not.
 * What such an error quotes of the reply has gone through `blot`.
 */
export function readResponse<T>(
  url: URL,
  request: HttpRequest<T>,
  reply: RawResponse,
  now: number,
  blot: Blot,
): HttpResponse<T> {
  const { status } = reply;
  if (!(request.ok ?? [200, 201, 204]).includes(status)) throw refusal(url, request, reply, now, blot);
  const answered = (value: unknown): HttpResponse<T> => ({
    status,
    get headers() {
      return reply.headers;
    },
    value: value as T,
  });

  const wanted = request.bodyByStatus?.[status] ?? request.body;
  if (!wanted) return answered(undefined);
  if (reply.body.length === 0 && request.emptyAllowed) return answered(undefined);
  if (wanted.kind === 'bytes') return answered(reply.body);

  const text = reply.body.toString('utf8');
  if (isWebPage(reply, text)) throw webPageFailure(url, status);
  if (wanted.kind === 'text') return answered(text);

  const json = readJson(reply.body);
  if (json.fault !== undefined) throw unreadableFailure(url, request.operation, json.fault);
  const checked = wanted.schema.safeParse(json.value);
  if (!checked.success) throw shapeFailure(url, request.operation, checked.error, blot);
  return answered(checked.data);
}

function refusal<T>(
  url: URL,
  request: HttpRequest<T>,
  reply: RawResponse,
  now: number,
  blot: Blot,
): GatehouseError {
  const { status, headers } = reply;
  const text = reply.body.toString('utf8');
  const passing = status === 429 || status >= 500;
  if (isWebPage(reply, text) && !passing) return webPageFailure(url, status);

  const body = reply.body.length <= longestRefusal ? reply.body : Buffer.alloc(0);
  const json = readJson(body);
  const read = json.fault === undefined;
  const quoted = blotted(read ? json.value : body.toString('utf8').trim() || undefined, blot);
  const said = explained(request.explain?.(status, quoted), blot);
  const bodies = [request.body, ...Object.values(request.bodyByStatus ?? {})];
  const jsonIsDue = bodies.some((body) => body?.kind === 'json');
  if (!said && status === 404 && jsonIsDue && !read) {
    return nothingThereFailure(url);
  }
  // A gateway that gave up, or a fault on the way back, says nothing of whether the work was done.
  const mayHaveWorked = status < 400 || status === 408 || status >= 500;
  return new GatehouseError(
    { ...statusFailure(url, status, retryAfter(headers, now)), ...said },
    { mayHaveWorked },
  );
}

/** A vendor's code stays only as a word; one that holds a secret, or is a sentence, is no code. */
function explained(said: Partial<Failure> | undefined, blot: Blot): Partial<Failure> | undefined {
  if (said?.vendorCode === undefined) return said;
  const { vendorCode, ...rest } = said;
  const word = codeWord(vendorCode, blot);
  return word === undefined ? rest : { ...rest, vendorCode: word };
}
