import type { z } from 'zod';
import type { Json } from './vendor.ts';

/** One request as a vendor's client writes it. */
export interface Ask<T> {
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
  /** A body may be absent (empty) and that is fine: `value` is then undefined. */
  emptyAllowed?: boolean;
  /** Only for requests that do no harm when the server did the work and the answer was lost. */
  safeToRetry?: boolean;
  /** ms; default 15,000. */
  timeout?: number;
  /** Turns the vendor's error body into more than the status says (code, until, fields); undefined keeps the default. */
  explain?: (
    status: number,
    body: unknown,
    headers: Headers,
  ) => Partial<import('../../preload/contract/failure.ts').Failure> | undefined;
}

export interface Answered<T> {
  status: number;
  value: T;
  headers: Headers;
}

/** The one way out to the network, bound to a base URL, a cookie jar and a mark. */
export interface Door {
  ask<T = undefined>(request: Ask<T>): Promise<Answered<T>>;
  /** The jar as plain data, to be sealed; and the reverse. */
  saveCookies(): Json;
  loadCookies(cookies: Json): void;
  /** For vendor websockets: same address rules, same redaction; the caller owns the socket. */
  userAgent: string;
}
