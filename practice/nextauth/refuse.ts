import type { FastifyInstance } from 'fastify';

/** The vendor documents no error schema: a status and at most a plain sentence. */
export class Refusal extends Error {
  readonly status: number;
  constructor(status: number, text = '') {
    super(text);
    this.status = status;
  }
}

/** Answers refusals as plain text, and bodies that can't be read as an empty 400. */
export function answerRefusals(app: FastifyInstance): void {
  app.setErrorHandler((error, _request, reply) => {
    const status =
      error instanceof Refusal ? error.status : ((error as { statusCode?: number }).statusCode ?? 500);
    const text = error instanceof Refusal ? error.message : '';
    return reply.code(status).type('text/plain; charset=utf-8').send(text);
  });
  app.setNotFoundHandler((_request, reply) => reply.code(404).send());
}
