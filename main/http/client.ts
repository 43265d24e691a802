import { ExponentialBackoff, handleWhen, retry } from 'cockatiel';
import { CookieJar } from 'tough-cookie';
import { type FailureKind, GatehouseError } from '#contract/failure.ts';
import { createConcurrencyLimit } from '#lib/concurrency-limit.ts';
import type { Json } from '#lib/json.ts';
import { parseSessionTag } from '#lib/session-tag.ts';
import { createAgents, type Proxies } from './agents.ts';
import { checkBaseUrl } from './base-url.ts';
import { type Download, download } from './download.ts';
import { followEvents } from './events.ts';
import { exchange } from './exchange.ts';
import { cancelledFailure } from './failures.ts';
import { readResponse } from './read-response.ts';
import { blotAll, blotFor, secretsOf } from './redact.ts';
import type {
  Blot,
  Cookies,
  EventsHeard,
  EventsRequest,
  HttpRequest,
  HttpResponse,
  NetworkLine,
  RawRequest,
  RawResponse,
  VendorHttp,
} from './types.ts';

export interface NetworkOptions {
  /** Requests that run at once to one host; default 6. */
  perHost?: number;
  /** ms to connect; default 10,000. */
  connectTimeout?: number;
  /** bytes of an answer's body that are read; default 8 MiB. */
  bodyLimit?: number;
  /** PEM of one more certificate authority to trust (tests). */
  extraCa?: string;
  /** Absent: every way is straight. */
  proxies?: Proxies;
  log?: (line: NetworkLine) => void;
  /** ms since 1970. */
  now?: () => number;
}

interface VendorHttpOptions {
  baseUrl: string;
  userAgent: string;
  /** From an earlier door's `saveCookies`. */
  cookies?: Json;
  /** Stops every request of this door. */
  signal?: AbortSignal;
  /** Whether a request that is safe to send again is, when a passing fault meets it; absent: yes. */
  retries?: boolean;
  /** What the server must not bring back in a text. Asked for only then; when it throws, nothing of the server is quoted. */
  secrets?: () => string[];
}

export interface Network {
  /** Throws `invalid` when the address is not one that Gatehouse may speak to (address.ts). */
  open(options: VendorHttpOptions): VendorHttp;
  /** Writes a file of known length and hash; throws as `download` does. */
  download(wanted: Download): Promise<void>;
  /** The proxy, its sign-in or the authorities have changed: what comes now makes its connection anew. */
  renew(): void;
  /** Closes the connections that are kept alive. */
  close(): void;
}

/** bytes of a stream of events. */
const streamLimit = 1024 * 1024;

const passingStatuses = new Set([502, 503, 504]);

function mayPass(error: Error): boolean {
  if (!(error instanceof GatehouseError)) return false;
  const { kind, status, until } = error.failure;
  if (until !== undefined) return false;
  return kind === 'network' || kind === 'timeout' || (status !== undefined && passingStatuses.has(status));
}

/** Everything that leaves for a vendor goes through here: connections, limits, retries, cookies, redaction. */
export function createNetwork(options: NetworkOptions = {}): Network {
  const { perHost = 6, connectTimeout = 10_000, bodyLimit = 8 * 1024 * 1024, now = Date.now } = options;
  const { extraCa, proxies } = options;
  const agents = createAgents({ connectTimeout, extraCa, proxies });
  const slots = createConcurrencyLimit(perHost);
  const retrying = retry(handleWhen(mayPass), {
    maxAttempts: 2,
    backoff: new ExponentialBackoff({ initialDelay: 200, maxDelay: 2_000 }),
  });

  async function once<T>(
    request: HttpRequest<T>,
    parcel: RawRequest,
    cookies: DoorCookies,
    door: VendorHttpOptions,
    work: () => Promise<RawResponse> = () => exchange(parcel, agents, cookies),
  ): Promise<HttpResponse<T>> {
    const started = performance.now();
    let status: number | null = null;
    let kind: FailureKind | null = null;
    try {
      const sent = cookies.header(parcel.url);
      const reply = await work();
      status = reply.status;
      // An answer may have put another cookie in the place of the sent one.
      const blot = blotOnce(() => [
        ...secretsOf(request, `${sent}; ${cookies.header(parcel.url)}`),
        ...(door.secrets?.() ?? []),
      ]);
      return readResponse(parcel.url, request, reply, now(), blot);
    } catch (error) {
      if (error instanceof GatehouseError) kind = error.failure.kind;
      throw error;
    } finally {
      options.log?.({
        operation: request.operation,
        method: request.method,
        session: parseSessionTag(door.userAgent)?.sessionId ?? 'no-session',
        status,
        ms: Math.round(performance.now() - started),
        failure: kind,
      });
    }
  }

  function open(door: VendorHttpOptions): VendorHttp {
    const baseUrl = checkBaseUrl(door.baseUrl);
    let cookies = cookiesOf(door.cookies);

    async function send<T>(request: HttpRequest<T>): Promise<HttpResponse<T>> {
      const signal = eitherOf(door.signal, request.signal);
      const parcel = pack(request, baseUrl, door.userAgent, bodyLimit, signal);
      const attempt = () => slots.run(parcel.url.host, () => once(request, parcel, cookies, door), signal);
      try {
        return await (request.safeToRetry && door.retries !== false
          ? retrying.execute(attempt, signal)
          : attempt());
      } catch (error) {
        if (!signal?.aborted) throw error;
        throw cancelledFailure(error instanceof GatehouseError && error.mayHaveWorked);
      }
    }

    /** Takes no turn of the host's: it lasts, and others would wait for it. */
    async function follow(request: EventsRequest, heard: EventsHeard): Promise<void> {
      const headers = { ...request.headers, accept: 'text/event-stream' };
      const asked: HttpRequest<undefined> = { ...request, headers, method: 'GET', ok: [200] };
      const signal = eitherOf(door.signal, request.signal);
      const parcel = pack(asked, baseUrl, door.userAgent, streamLimit, signal);
      await once(asked, parcel, cookies, door, () => followEvents(parcel, agents, cookies, heard));
    }

    return {
      send,
      follow,
      userAgent: door.userAgent,
      agentFor: agents.for,
      blot: blotOnce(() => door.secrets?.() ?? []),
      saveCookies: () => cookies.save(),
      loadCookies: (saved) => {
        cookies = cookiesOf(saved);
      },
    };
  }

  return {
    open,
    download: (wanted) => download(wanted, agents),
    renew: agents.renew,
    close: agents.close,
  };
}

/** Worked out when something is quoted, which is seldom. */
function blotOnce(secrets: () => string[]): Blot {
  let blot: Blot | null = null;
  return (text) => {
    if (blot) return blot(text);
    try {
      blot = blotFor(secrets());
    } catch {
      return blotAll(text);
    }
    return blot(text);
  };
}

function pack<T>(
  request: HttpRequest<T>,
  baseUrl: string,
  userAgent: string,
  limit: number,
  signal: AbortSignal | undefined,
): RawRequest {
  checkHead(request);
  const headers: Record<string, string> = { accept: 'application/json', 'user-agent': userAgent };
  for (const [name, value] of Object.entries(request.headers ?? {})) headers[name.toLowerCase()] = value;
  let body: RawRequest['body'] = request.form ?? request.text;
  if (request.json !== undefined) {
    body = JSON.stringify(request.json);
    headers['content-type'] ??= 'application/json';
  } else if (request.text !== undefined) {
    headers['content-type'] ??= 'text/plain; charset=utf-8';
  }
  return {
    url: urlOf(request, baseUrl),
    method: request.method,
    headers,
    body,
    timeout: request.timeout ?? 15_000,
    limit,
    signal,
    sent: request.sent,
  };
}

/** Characters of what a request says in its address and headers; servers take half of this. Ids and tokens are the server's own. */
const mostHead = 16 * 1024;

/** Throws for an id or a token that no server would take, before it is worked on. */
function checkHead<T>({ operation, path, query, headers }: HttpRequest<T>): void {
  const texts = [...path, ...Object.values(query ?? {}).flat(), ...Object.values(headers ?? {})];
  if (texts.reduce((sum: number, text) => sum + String(text ?? '').length, 0) <= mostHead) return;
  throw new GatehouseError({
    kind: 'unexpected-answer',
    message: `The server uses ids or tokens so long that ${operation} can’t be asked with them.`,
    advice: 'Ask whoever runs the server.',
  });
}

function urlOf<T>(request: HttpRequest<T>, baseUrl: string): URL {
  for (const segment of request.path) {
    // URLs drop these even when they are percent-encoded, so such an id would reach another operation.
    if (segment === '.' || segment === '..') {
      throw new GatehouseError({ kind: 'invalid', message: `“${segment}” can’t be an id.` });
    }
  }
  const url = new URL(
    [baseUrl, ...request.path.map((part) => encodeURIComponent(part.toWellFormed()))].join('/'),
  );
  for (const [name, value] of Object.entries(request.query ?? {})) {
    if (value === undefined) continue;
    for (const item of Array.isArray(value) ? value : [value]) url.searchParams.append(name, String(item));
  }
  return url;
}

function eitherOf(one: AbortSignal | undefined, two: AbortSignal | undefined): AbortSignal | undefined {
  return one && two ? AbortSignal.any([one, two]) : (one ?? two);
}

interface DoorCookies extends Cookies {
  save(): Json;
}

/** Cookies that one session keeps, and characters of one: more is no session but a store on somebody else's disk. */
const mostCookies = 50;
const longestCookie = 4096;

/** A jar of cookies; made when the first one comes, as many vendors give none and most requests go before it. */
function cookiesOf(saved?: Json): DoorCookies {
  let jar = saved ? CookieJar.fromJSON(JSON.stringify(saved)) : null;
  return {
    header: (url) => jar?.getCookieStringSync(url) ?? '',
    take(url, setCookies) {
      jar ??= new CookieJar();
      for (const cookie of setCookies) {
        if (cookie.length > longestCookie || (jar.toJSON()?.cookies.length ?? 0) >= mostCookies) continue;
        jar.setCookieSync(cookie, url, { ignoreError: true });
      }
    },
    save: () => JSON.parse(JSON.stringify((jar ?? new CookieJar()).toJSON())) as Json,
  };
}
