import type { Agent } from 'node:http';
import type { z } from 'zod';
import type { Failure, FailureKind } from '#contract/failure.ts';
import type { Json } from '#lib/json.ts';
import type { UploadProgress } from './upload-progress.ts';

/** One request as a vendor's client writes it. */
export interface HttpRequest<T> {
  /** The operation's name, for errors and the log ("createSession"). */
  operation: string;
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Path segments under the base URL; each is percent-encoded. A trailing '' gives a trailing slash. */
  path: string[];
  query?: Record<string, string | number | boolean | string[] | undefined>;
  headers?: Record<string, string>;
  /** Exactly one of these, or none. */
  json?: unknown;
  text?: string;
  form?: FormData;
  /** Statuses that are answers and not failures; default [200, 201, 204]. */
  ok?: number[];
  /** What the body must be; absent means that the body is not read as anything. */
  body?: { kind: 'json'; schema: z.ZodType<T> } | { kind: 'text' } | { kind: 'bytes' };
  /** For operations whose answers differ by status: goes before `body` where it names the status. */
  bodyByStatus?: Record<number, HttpRequest<T>['body']>;
  /** A body may be absent (empty) and that is fine: `value` is then undefined. */
  emptyAllowed?: boolean;
  /** Only for requests that do no harm when the server did the work and the answer was lost. */
  safeToRetry?: boolean;
  /** ms; default 15,000. */
  timeout?: number;
  /** Turns the vendor's error body into more than the status says (code, fields); undefined keeps the default. */
  explain?: (status: number, body: unknown) => Partial<Failure> | undefined;
  /** Stops this request; the door's own signal works beside it. */
  signal?: AbortSignal;
  /** Told, for a `form`, how many bytes of how many the system has taken for sending. */
  sent?: UploadProgress;
}

export interface HttpResponse<T> {
  status: number;
  value: T;
  readonly headers: Headers;
}

/** A request that is answered by a stream of server-sent events. */
export type EventsRequest = Pick<
  HttpRequest<undefined>,
  'operation' | 'path' | 'query' | 'headers' | 'explain' | 'signal'
>;

/** What is told of a stream: that it has begun, and each event with its kind. What these throw ends it. */
export interface EventsHeard {
  opened(): void;
  event(event: { kind: string; data: string }): void;
}

/** The one way out to the network, bound to a base URL, a cookie jar and a mark. */
export interface VendorHttp {
  send<T = undefined>(request: HttpRequest<T>): Promise<HttpResponse<T>>;
  /**
   * Follows a stream of events until the server ends it. Throws as `send`; an event of more than 64 Ki characters, or a stream of
   * more than 1 MiB, is an unexpected answer.
   */
  follow(request: EventsRequest, heard: EventsHeard): Promise<void>;
  /** The jar as plain data, to be sealed; and the reverse. */
  saveCookies(): Json;
  loadCookies(cookies: Json): void;
  /** For vendor websockets: same address rules, same way out, same redaction; the caller owns the socket. */
  userAgent: string;
  agentFor(url: URL): Promise<Agent>;
  /** Takes this visit's secrets out of a text that came from the server. */
  blot: Blot;
}

/** What the log may know of a request: no address, query, header or body. */
export interface NetworkLine {
  operation: string;
  method: string;
  /** The session's mark; `no-session` for what belongs to none. */
  session: string;
  /** null when no answer came. */
  status: number | null;
  /** ms from the moment it left the queue. */
  ms: number;
  failure: FailureKind | null;
}

/** A request as it goes out, ready made. */
export interface RawRequest {
  url: URL;
  method: string;
  headers: Record<string, string>;
  body: string | FormData | undefined;
  /** ms, for the whole exchange: connect, redirects and body. */
  timeout: number;
  /** bytes of body that are read, after decompression. */
  limit: number;
  signal: AbortSignal | undefined;
  /** Told how much of a form has been sent. */
  sent: UploadProgress | undefined;
}

/** The cookies of one session: read before each request, fed after each answer (redirects included). */
export interface Cookies {
  header(url: URL): string;
  take(url: URL, setCookies: string[]): void;
}

export interface RawResponse {
  status: number;
  /** '' when the answer names none. */
  contentType: string;
  /** Without cookies. */
  readonly headers: Headers;
  body: Buffer;
}

/** Replaces secrets in a text that came from a server. */
export type Blot = (text: string) => string;
