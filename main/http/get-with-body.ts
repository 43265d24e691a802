import { once } from 'node:events';
import http, { type Agent, type IncomingMessage } from 'node:http';
import https from 'node:https';
import { elsewhereFailure, tooLargeFailure } from './failures.ts';
import type { RawRequest, RawResponse } from './types.ts';

/**
 * Sends a GET that carries a body, which fetch refuses and nextAuth documents. Takes and sends no cookies and follows no redirect.
 * Throws `wrong-place` for one, `unexpected-answer` for too large a body, and what the socket throws.
 */
export async function getWithBody(
  request: RawRequest,
  body: string,
  agent: Agent,
  signal: AbortSignal,
): Promise<RawResponse> {
  const { url, headers, limit } = request;
  const { request: open } = url.protocol === 'https:' ? https : http;
  const sent = open(url, {
    method: 'GET',
    headers: { ...headers, 'content-length': Buffer.byteLength(body) },
    agent,
    signal,
  });
  sent.end(body);
  const [response]: IncomingMessage[] = await once(sent, 'response');
  const { statusCode: status = 0, headers: answered } = response!;
  if (status >= 300 && status < 400) {
    response!.destroy();
    const { location } = answered;
    throw elsewhereFailure(url, location && URL.canParse(location, url.href) ? new URL(location, url) : null);
  }
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response!) {
    size += chunk.length;
    if (size > limit) throw tooLargeFailure(url, limit);
    chunks.push(chunk);
  }
  const { 'set-cookie': _, ...rest } = answered;
  const pairs = Object.entries(rest).map(([name, value]): [string, string] => [name, String(value)]);
  return {
    status,
    contentType: answered['content-type'] ?? '',
    headers: new Headers(pairs),
    body: Buffer.concat(chunks),
  };
}
