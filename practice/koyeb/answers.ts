import type { FastifyInstance } from 'fastify';
import { ZodError } from 'zod';

/** A refusal in one of the vendor's three forms: Error, ErrorWithFields (400), google.rpc.Status (all else). */
export class Refusal extends Error {
  readonly status: number;
  readonly body: unknown;
  readonly headers: Record<string, string>;

  constructor(status: number, body: unknown, headers: Record<string, string> = {}) {
    super(`status ${status}`);
    this.status = status;
    this.body = body;
    this.headers = headers;
  }
}

function plain(status: number, code: string, message: string): Refusal {
  return new Refusal(status, { status, code, message });
}

/** 400 ErrorWithFields. */
export function invalid(
  fields: { field: string; description: string }[],
  code = 'invalid_argument',
  message = 'Validation error',
): Refusal {
  return new Refusal(400, { status: 400, code, message, fields });
}

export function unauthenticated(message: string): Refusal {
  return plain(401, 'authentication_error', message);
}

export function forbidden(message: string): Refusal {
  return plain(403, 'authorization_error', message);
}

export function missing(what: string): Refusal {
  return plain(404, 'not_found', `${what} not found`);
}

/** 429, in the default form; `seconds` goes into Retry-After. */
export function tooMany(seconds: number): Refusal {
  return rpc(429, 8, 'Too many requests', { 'retry-after': String(seconds) });
}

/** google.rpc.Status, with the gRPC code. */
function rpc(status: number, code: number, message: string, headers: Record<string, string> = {}): Refusal {
  return new Refusal(status, { code, message, details: [] }, headers);
}

/** Makes refusals, failed validation and the framework's own errors look like the vendor's. */
export function addErrors(api: FastifyInstance): void {
  api.setErrorHandler((error, _request, reply) => {
    const refusal = asRefusal(error);
    reply.code(refusal.status).headers(refusal.headers).type('application/json').send(refusal.body);
  });
  api.setNotFoundHandler((_request, reply) => {
    const refusal = rpc(404, 5, 'Not Found');
    reply.code(refusal.status).type('application/json').send(refusal.body);
  });
}

function asRefusal(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  if (error instanceof ZodError)
    return invalid(
      error.issues.map((issue) => ({ field: issue.path.join('.') || 'body', description: issue.message })),
    );
  const status = error instanceof Error && 'statusCode' in error ? Number(error.statusCode) : 500;
  if (status >= 400 && status < 500) return invalid([], 'invalid_argument', (error as Error).message);
  return plain(500, 'api_error', 'Internal server error');
}
