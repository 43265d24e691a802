import type { FastifyInstance } from 'fastify';
import { ZodError } from 'zod';

/** A refusal as the vendor words it: HttpError `{code, detail, message}`, or no body at all. */
export class Refusal extends Error {
  readonly status: number;
  readonly body: { code: string; detail: string; message: string } | null;
  readonly headers: Record<string, string>;

  constructor(status: number, body: Refusal['body'], headers: Record<string, string> = {}) {
    super(body?.message ?? `status ${status}`);
    this.status = status;
    this.body = body;
    this.headers = headers;
  }
}

/** 400 with HttpError; `detail` names the field. */
export function invalid(detail: string): Refusal {
  return new Refusal(400, { code: 'invalid_argument', detail, message: 'The request is not valid.' });
}

/** 401 without a body, as for a missing or dead session. */
export function noSession(): Refusal {
  return new Refusal(401, null);
}

/** 403; with a body only when there is something to say. */
export function forbidden(detail?: string): Refusal {
  return new Refusal(403, detail ? { code: 'forbidden', detail, message: 'You may not do this.' } : null);
}

export function missing(what: string): Refusal {
  return new Refusal(404, { code: 'not_found', detail: what, message: `There is no such ${what}.` });
}

export function conflict(detail: string): Refusal {
  return new Refusal(409, { code: 'already_exists', detail, message: 'It is already there.' });
}

/** Makes refusals, failed validation and the framework's own errors look like the vendor's. */
export function addErrors(api: FastifyInstance): void {
  api.setErrorHandler((error, _request, reply) => {
    const refusal = asRefusal(error);
    reply.code(refusal.status).headers(refusal.headers);
    if (refusal.body) reply.type('application/json').send(refusal.body);
    else reply.send();
  });
  api.setNotFoundHandler((_request, reply) => {
    reply.code(404).send();
  });
}

function asRefusal(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  if (error instanceof ZodError) {
    const issue = error.issues[0];
    return invalid(`${issue?.path.join('.') || 'body'}: ${issue?.message ?? 'invalid'}`);
  }
  const status = error instanceof Error && 'statusCode' in error ? Number(error.statusCode) : 500;
  if (status === 400 || status === 413 || status === 415) return invalid((error as Error).message);
  return new Refusal(500, { code: 'internal', detail: String(error), message: 'Something went wrong.' });
}
