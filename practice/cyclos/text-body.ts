import type { FastifyRequest } from 'fastify';

/** A body that is one bare text. Whoever sends another media type is answered 415, as by the web server. */
export function textBody(request: FastifyRequest, type: 'application/json' | 'text/plain'): string {
  const sent = (request.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase();
  if (sent !== type || typeof request.body !== 'string')
    throw Object.assign(new Error('Unsupported media type'), { statusCode: 415 });
  return request.body;
}
