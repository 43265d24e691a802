import type { FastifyInstance } from 'fastify';

/** One request as the server received it. */
export interface SeenRequest {
  /** The vendor's operation name; null for a path that the server does not have. */
  operation: string | null;
  method: string;
  /** As sent, still encoded, without the query. */
  path: string;
  query: Record<string, unknown>;
  headers: Record<string, string | string[] | undefined>;
  /** Parsed body; undefined when there was none or it could not be parsed. */
  body: unknown;
  /** Null while the answer is under way, and when the connection was dropped. */
  status: number | null;
  /** The caller closed the connection before it was answered. */
  left: boolean;
  /** ms since 1970. */
  at: number;
  /** When the work was done and the answer was on its way, ms since 1970; null before, and when it never was. */
  answeredAt: number | null;
}

declare module 'fastify' {
  interface FastifyRequest {
    seen: SeenRequest | null;
  }
}

const KEPT = 20_000;

/** Records every request of `app`. Call before the routes and the misbehaviours are registered. */
export function addLog(app: FastifyInstance, now: () => number): () => SeenRequest[] {
  let seen: SeenRequest[] = [];
  app.decorateRequest('seen', null);
  app.addHook('onRequest', async (request) => {
    request.seen = {
      operation: request.routeOptions.config.operation ?? null,
      method: request.method,
      path: request.raw.url?.split('?')[0] ?? '',
      query: { ...(request.query as Record<string, unknown>) },
      headers: { ...request.headers },
      body: undefined,
      status: null,
      left: false,
      at: now(),
      answeredAt: null,
    };
    seen.push(request.seen);
    if (seen.length > KEPT) seen = seen.slice(-KEPT / 2);
  });
  app.addHook('onRequestAbort', async (request) => {
    if (request.seen) request.seen.left = true;
  });
  app.addHook('preHandler', async (request) => {
    if (request.seen) request.seen.body = request.body;
  });
  app.addHook('onSend', async (request, reply) => {
    if (!request.seen) return;
    request.seen.status = reply.statusCode;
    request.seen.answeredAt = now();
  });
  return () => [...seen];
}
