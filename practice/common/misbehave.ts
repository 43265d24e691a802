import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import './log.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The vendor's own operation name, camelCase; misbehaviours and the log use it. */
    operation?: string;
  }
}

/** How a server is to misbehave. A rule with neither `times` nor `probability` holds until `behave()`. */
export interface Misbehaviour {
  /** The vendor's operation name, or '*' for all. */
  operation: string;
  /** How often it strikes before it is used up. */
  times?: number;
  /** 0 to 1, decided by the seeded generator. */
  probability?: number;
  /** ms of waiting before anything else. */
  latency?: number;
  /** Answer this instead of doing the work. */
  status?: number;
  headers?: Record<string, string>;
  /** Sent with `status`: a string as it is (text/html unless `headers` say otherwise), anything else as JSON. */
  body?: unknown;
  /** Sent with `status`: pads the body with spaces to this many bytes. */
  size?: number;
  /** Drop the connection before the work, or after it was done. */
  reset?: 'before' | 'after';
  /** Do the work, then cut the body in the middle. */
  truncate?: 'after';
}

/** The rules in force for one server. */
export class Misbehaviours {
  readonly #chance: () => number;
  #rules: Misbehaviour[] = [];

  constructor(chance: () => number) {
    this.#chance = chance;
  }

  add(rule: Misbehaviour): void {
    this.#rules.push({ ...rule });
  }

  clear(): void {
    this.#rules = [];
  }

  list(): Misbehaviour[] {
    return this.#rules.map((rule) => ({ ...rule }));
  }

  /** The first rule that strikes this call, counted down. */
  strike(operation: string | undefined): Misbehaviour | null {
    for (const rule of this.#rules) {
      if (rule.operation !== '*' && rule.operation !== operation) continue;
      if (rule.times !== undefined && rule.times <= 0) continue;
      if (rule.probability !== undefined && this.#chance() >= rule.probability) continue;
      if (rule.times !== undefined) rule.times -= 1;
      return rule;
    }
    return null;
  }
}

/** Makes every route of `app` obey the rules. Call before the routes are registered. */
export function addMisbehaviours(app: FastifyInstance, rules: Misbehaviours): void {
  const struck = new WeakMap<FastifyRequest, Misbehaviour>();

  app.addHook('onRequest', async (request, reply) => {
    const rule = rules.strike(request.routeOptions.config.operation);
    if (!rule) return;
    if (rule.latency) await new Promise((resolve) => setTimeout(resolve, rule.latency));
    if (rule.reset === 'before') {
      reply.hijack();
      request.raw.socket.destroy();
      return reply;
    }
    if (rule.status !== undefined) return answerInstead(reply, rule);
    struck.set(request, rule);
  });

  app.addHook('onSend', (request, reply, payload, done) => {
    const rule = struck.get(request);
    if (request.seen && (rule?.reset || rule?.truncate)) request.seen.status = null;
    if (rule?.reset === 'after') {
      request.raw.socket.destroy();
    } else if (rule?.truncate) {
      const body = Buffer.isBuffer(payload)
        ? payload
        : Buffer.from(typeof payload === 'string' ? payload : '');
      // The length promises the whole body; half of it and a closed connection follow.
      reply.raw.writeHead(reply.statusCode, {
        ...(reply.getHeaders() as Record<string, string | string[]>),
        'content-length': String(Math.max(body.length, 2)),
      });
      reply.raw.write(body.subarray(0, Math.floor(body.length / 2)), () => request.raw.socket.destroy());
    } else {
      done(null, payload);
    }
  });
}

function answerInstead(reply: FastifyReply, rule: Misbehaviour): FastifyReply {
  const plain = typeof rule.body === 'string';
  let body = plain ? String(rule.body) : rule.body === undefined ? '' : JSON.stringify(rule.body);
  if (rule.size !== undefined) body = body.padEnd(rule.size, ' ');
  reply.code(rule.status ?? 500);
  if (body) reply.type(plain ? 'text/html; charset=utf-8' : 'application/json');
  return reply.headers(rule.headers ?? {}).send(body);
}
