import type { FastifyInstance } from 'fastify';
import type { Generation } from './model.ts';

/** An answer that is not a success, in the shape of the vendor's error bodies. */
export class Fault extends Error {
  readonly status: number;
  readonly body: Record<string, unknown>;
  constructor(status: number, body: Record<string, unknown>) {
    super(`${status} ${String(body.code ?? body.kind ?? '')}`);
    this.status = status;
    this.body = body;
  }
}

export const unauthorized = (code: string, more: Record<string, unknown> = {}) =>
  new Fault(401, { code, ...more });

export const forbidden = (code: string, more: Record<string, unknown> = {}) =>
  new Fault(403, { code, ...more });

export const notFound = (entityType: string, key: string) => new Fault(404, { entityType, key });

/** InputError: the fields that are wrong, each with its sentences. */
export function invalid(errors: Record<string, string>): Fault {
  return new Fault(422, {
    code: 'validation',
    generalErrors: [],
    properties: Object.keys(errors),
    propertyErrors: Object.fromEntries(Object.entries(errors).map(([name, text]) => [name, [text]])),
  });
}

export const missingParameter = (name: string) => new Fault(422, { code: 'missingParameter', name });

export const notConvertible = (name: string, value: string) =>
  new Fault(422, { code: 'dataConversion', name, value });

/** Where 4.11 declares no 422 for an operation, its answer to bad input is a 500 of this kind. */
export function badInput(generation: Generation, kind: string, errors: Record<string, string>): Fault {
  if (generation === '4.16') return invalid(errors);
  return new Fault(500, {
    kind,
    ...(kind === 'forgottenPassword' ? { code: 'unexpected', keyInvalidated: false } : {}),
    exceptionType: 'org.cyclos.impl.utils.validation.ValidationException',
    exceptionMessage: Object.values(errors).join(' '),
  });
}

/** Answers faults as the vendor does; anything else is a 500 of kind `general`. */
export function answerFaults(api: FastifyInstance): void {
  api.setErrorHandler((error, _request, reply) => {
    if (error instanceof Fault) return reply.code(error.status).send(error.body);
    const problem = error as Error & { statusCode?: number };
    if (problem.statusCode === 400) {
      return reply.code(400).send({ code: 'json', message: problem.message, line: 1, column: 1 });
    }
    if (problem.statusCode && problem.statusCode < 500) return reply.code(problem.statusCode).send('');
    return reply.code(500).send({
      kind: 'general',
      exceptionType: problem.name,
      exceptionMessage: problem.message,
    });
  });
}
