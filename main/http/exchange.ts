import type { Agent } from 'node:http';
import fetch, { type Response } from 'node-fetch';
import { GatehouseError } from '#contract/failure.ts';
import type { Agents } from './agents.ts';
import {
  cancelledFailure,
  elsewhereFailure,
  networkFailure,
  noWayInTimeFailure,
  timeoutFailure,
  tooLargeFailure,
} from './failures.ts';
import { getWithBody } from './get-with-body.ts';
import type { Cookies, RawRequest, RawResponse } from './types.ts';
import { withUploadProgress } from './upload-progress.ts';

const maxRedirects = 3;
export const redirects = new Set([301, 302, 303, 307, 308]);

/**
 * Does the work of a parcel, and breaks it off when its time is over or its signal says so; `noHurry` stops the clock. Throws
 * GatehouseError for what went wrong: network, tls, timeout, cancelled, or what the work throws.
 */
export async function inTime<T>(
  { url, timeout, signal }: RawRequest,
  work: (stopped: AbortSignal, noHurry: () => void) => Promise<T>,
): Promise<T> {
  const stop = new AbortController();
  const cancel = () => stop.abort();
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    stop.abort();
  }, timeout);
  signal?.addEventListener('abort', cancel, { once: true });
  try {
    if (signal?.aborted) throw cancelledFailure(false);
    return await work(stop.signal, () => clearTimeout(timer));
  } catch (error) {
    if (error instanceof GatehouseError && signal?.aborted) throw cancelledFailure(error.mayHaveWorked);
    if (error instanceof GatehouseError) throw error;
    if (signal?.aborted) throw cancelledFailure(true);
    if (late) throw timeoutFailure(url, timeout);
    throw networkFailure(error, url);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', cancel);
  }
}

/**
 * Sends a parcel and reads the whole answer, whatever its status. Follows a GET's redirects within its own origin only.
 * Throws GatehouseError: network, tls, timeout, cancelled, wrong-place, or unexpected-answer for too large a body.
 */
export function exchange(parcel: RawRequest, agents: Agents, cookies: Cookies): Promise<RawResponse> {
  return inTime(parcel, async (stopped) =>
    parcel.method === 'GET' && typeof parcel.body === 'string'
      ? getWithBody(parcel, parcel.body, await wayTo(parcel.url, agents, stopped), stopped)
      : follow(parcel, agents, cookies, stopped),
  );
}

/** The agent for an address. A proxy script that does not answer must not hold up a request for longer than the request may take. */
export async function wayTo(url: URL, agents: Agents, signal: AbortSignal): Promise<Agent> {
  const stopped = Promise.withResolvers<never>();
  const stop = () => stopped.reject(noWayInTimeFailure(url));
  signal.addEventListener('abort', stop, { once: true });
  try {
    return await Promise.race([agents.for(url), stopped.promise]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

async function follow(
  parcel: RawRequest,
  agents: Agents,
  cookies: Cookies,
  signal: AbortSignal,
): Promise<RawResponse> {
  let url = parcel.url;
  const form =
    parcel.sent && parcel.body instanceof FormData
      ? await withUploadProgress(parcel.body, parcel.sent)
      : null;
  const headers = form ? { ...parcel.headers, ...form.headers } : parcel.headers;
  for (let hop = 0; ; hop += 1) {
    const agent = await wayTo(url, agents, signal);
    const cookie = cookies.header(url);
    const response = await fetch(url, {
      method: parcel.method,
      headers: cookie ? { ...headers, cookie } : headers,
      body: form?.body ?? parcel.body,
      agent,
      redirect: 'manual',
      signal,
    });
    if (response.headers.has('set-cookie')) cookies.take(url, response.headers.raw()['set-cookie'] ?? []);
    if (!redirects.has(response.status)) return replyOf(response, await readBody(response, parcel));
    drop(response);
    const target = targetOf(url, response.headers.get('location'));
    if (!target || target.origin !== url.origin || parcel.method !== 'GET' || hop === maxRedirects) {
      throw elsewhereFailure(parcel.url, target);
    }
    url = target;
  }
}

export function replyOf(response: Response, body: Buffer): RawResponse {
  let headers: Headers | undefined;
  return {
    status: response.status,
    contentType: response.headers.get('content-type') ?? '',
    // Made when they are asked for, which is seldom: this costs more than reading a small body.
    get headers() {
      headers ??= new Headers([...response.headers].filter(([name]) => name !== 'set-cookie'));
      return headers;
    },
    body,
  };
}

export function targetOf(url: URL, location: string | null): URL | null {
  return location !== null && URL.canParse(location, url.href) ? new URL(location, url) : null;
}

export async function readBody(response: Response, parcel: RawRequest): Promise<Buffer> {
  if (Number(response.headers.get('content-length')) > parcel.limit) {
    drop(response);
    throw tooLargeFailure(parcel.url, parcel.limit);
  }
  const { body } = response;
  if (!body) return Buffer.alloc(0);
  // Plain events: an async iterator costs as much as the rest of a short exchange.
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    body.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > parcel.limit) {
        drop(response);
        reject(tooLargeFailure(parcel.url, parcel.limit));
      } else chunks.push(chunk);
    });
    body.once('end', () => resolve(chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks)));
    body.on('error', reject);
  });
}

/** Closes the connection without reading what is still to come. */
export function drop(response: Response): void {
  const body = response.body;
  // node-fetch emits an error on this stream if the exchange is stopped later on.
  body?.on('error', () => {});
  if (body && 'destroy' in body && typeof body.destroy === 'function') body.destroy();
}
