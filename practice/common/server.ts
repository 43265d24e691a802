import cookie from '@fastify/cookie';
import formbody from '@fastify/formbody';
import multipart from '@fastify/multipart';
import Fastify, { type FastifyInstance } from 'fastify';
import { addControl } from './control.ts';
import { addGuard } from './guard.ts';
import { addLog, type SeenRequest } from './log.ts';
import { addMisbehaviours, Misbehaviours } from './misbehave.ts';
import type { PracticeOptions, PracticePerson, PracticeServer, PracticeSession } from './types.ts';

/** What every practice server is started with. */
/** What a vendor's folder adds to the common server. */
export interface PracticeParts {
  vendor: string;
  /** '/api' or ''. */
  basePath: string;
  /** Largest body taken, bytes; 1 MiB when absent. */
  bodyLimit?: number;
  /** Registers the vendor's routes and its error handler; paths are relative to `basePath`. */
  routes(api: FastifyInstance): void | Promise<void>;
  /** Registers what the same server answers outside `basePath` (a panel's web pages, the phone page). */
  outside?(app: FastifyInstance): void | Promise<void>;
  /** Called once the address is known. */
  people(url: string): PracticePerson[];
  sessions(): PracticeSession[];
  /** Ends what the vendor started besides the server (timers, sockets). */
  close?(): void | Promise<void>;
}

/** Starts one vendor's practice server on 127.0.0.1. */
export async function openPracticeServer(
  options: PracticeOptions,
  parts: PracticeParts,
): Promise<PracticeServer> {
  const app = Fastify({
    forceCloseConnections: true,
    bodyLimit: parts.bodyLimit ?? 1024 * 1024,
    routerOptions: { ignoreTrailingSlash: false, maxParamLength: 2000 },
  });
  const rules = new Misbehaviours(() => options.ids.chance());
  let people: PracticePerson[] = [];
  let log: () => SeenRequest[] = () => [];

  addGuard(app);
  await app.register(cookie);
  await app.register(formbody);
  await app.register(multipart, { throwFileSizeLimit: false });
  takeEmptyJson(app);
  await app.register(
    async (api) => {
      log = addLog(api, () => options.clock.now());
      addMisbehaviours(api, rules);
      await parts.routes(api);
    },
    { prefix: parts.basePath },
  );
  await app.register(async (control) =>
    addControl(control, {
      rules,
      clock: options.clock,
      people: () => people,
      sessions: parts.sessions,
      log: () => log(),
    }),
  );
  await parts.outside?.(app);
  const origin = await app.listen({ host: '127.0.0.1', port: options.port ?? 0 });
  const url = origin + parts.basePath;
  people = parts.people(url);
  return {
    vendor: parts.vendor,
    url,
    origin,
    people,
    misbehave: (rule) => rules.add(rule),
    behave: () => rules.clear(),
    sessions: parts.sessions,
    log: () => log(),
    async close() {
      await parts.close?.();
      await app.close();
    },
  };
}

/** Servers take a JSON content type on an empty body (DELETE from many clients); fastify by itself refuses it. */
function takeEmptyJson(app: FastifyInstance): void {
  app.removeContentTypeParser('application/json');
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, body, done) => {
    if (body === '') return done(null, undefined);
    try {
      done(null, JSON.parse(String(body)));
    } catch {
      done(Object.assign(new Error('The body is not JSON.'), { statusCode: 400 }), undefined);
    }
  });
}
