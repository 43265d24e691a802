import { createParser } from 'eventsource-parser';
import fetch, { type Response } from 'node-fetch';
import type { Agents } from './agents.ts';
import { drop, inTime, readBody, redirects, replyOf, targetOf, wayTo } from './exchange.ts';
import { elsewhereFailure, tooLargeFailure, webPageFailure } from './failures.ts';
import type { Cookies, EventsHeard, RawRequest, RawResponse } from './types.ts';

/** Characters of one event. */
const longestEvent = 64 * 1024;

/**
 * Follows a stream of server-sent events and tells of each as it comes. Returns when the server ends the stream, without a body; for
 * another status the whole answer. No redirect is followed. Throws as `exchange`, for the time until the stream begins.
 */
export function followEvents(
  parcel: RawRequest,
  agents: Agents,
  cookies: Cookies,
  heard: EventsHeard,
): Promise<RawResponse> {
  return inTime(parcel, async (stopped, noHurry) => {
    const { url, headers } = parcel;
    const agent = await wayTo(url, agents, stopped);
    const cookie = cookies.header(url);
    const response = await fetch(url, {
      headers: cookie ? { ...headers, cookie } : headers,
      agent,
      redirect: 'manual',
      signal: stopped,
    });
    if (response.headers.has('set-cookie')) cookies.take(url, response.headers.raw()['set-cookie'] ?? []);
    if (redirects.has(response.status)) {
      drop(response);
      throw elsewhereFailure(url, targetOf(url, response.headers.get('location')));
    }
    if (response.status !== 200) return replyOf(response, await readBody(response, parcel));
    if (!/^text\/event-stream\b/i.test(response.headers.get('content-type') ?? '')) {
      drop(response);
      throw webPageFailure(url, response.status);
    }
    noHurry();
    heard.opened();
    await readEvents(response, parcel, heard);
    return replyOf(response, Buffer.alloc(0));
  });
}

/** Reads until the stream ends; one that says more than `limit` bytes loses the connection. */
async function readEvents(response: Response, { url, limit }: RawRequest, heard: EventsHeard): Promise<void> {
  const tooLarge = () => {
    drop(response);
    throw tooLargeFailure(url, limit);
  };
  const parser = createParser({
    maxBufferSize: longestEvent,
    onEvent: ({ event, data }) => heard.event({ kind: event ?? 'message', data }),
    onError(error) {
      if (error.type === 'max-buffer-size-exceeded') tooLarge();
    },
  });
  const decoder = new TextDecoder();
  let size = 0;
  for await (const chunk of response.body ?? []) {
    const bytes = Buffer.from(chunk);
    size += bytes.length;
    if (size > limit) tooLarge();
    parser.feed(decoder.decode(bytes, { stream: true }));
  }
}
