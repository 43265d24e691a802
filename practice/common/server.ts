import cookie from '@fastify/cookie';
import formbody from '@fastify/formbody';
import multipart from '@fastify/multipart';
import Fastify, { type FastifyInstance } from 'fastify';
import type { PracticeClock } from './clock.ts';
import { addControl } from './control.ts';
import { addGuard } from './guard.ts';
import type { Inbox } from './inbox.ts';
import { addLog, type SeenRequest } from './log.ts';
import { addMisbehaviours, type Misbehaviour, Misbehaviours } from './misbehave.ts';
import type { PracticeIds } from './seed.ts';

/** What every practice server is started with. */
export interface PracticeOptions {
  /** 0 or absent: the system chooses. */
  port?: number;
  ids: PracticeIds;
  clock: PracticeClock;
  inbox: Inbox;
}

/** A person whom one can sign in as. */
export interface PracticePerson {
  label: string;
  identity: string;
  password?: string;
  totpSecret?: string;
  apiKey?: string;
  realm?: { id: string; name: string };
  /** What is special about this person, in one sentence. */
  note: string;
  /** Worth having on a new desk; the others are there for whoever looks for a special case. */
  typical?: true;
  /** What to type into Gatehouse's account form. */
  account: { values: Record<string, string>; realm?: { id: string; name: string } | null };
}

/** A row of the server's own session table. */
export interface PracticeSession {
  id: string;
  person: string;
  realm: string | null;
  state: 'pending' | 'active';
  userAgent: string | null;
  /** ms since 1970. */
  createdAt: number;
  /** ms since 1970; null where the vendor states none. */
  expiresAt: number | null;
  /** ms since 1970, where a session is there before anybody is signed in on it. */
  signedInAt?: number;
}

/** A practice server that listens. */
export interface PracticeServer {
  vendor: string;
  /** The base URL to type into Gatehouse. */
  url: string;
  /** Scheme, host and port: where the control paths (/__practice/…) are. */
  origin: string;
  people: PracticePerson[];
  misbehave(rule: Misbehaviour): void;
  behave(): void;
  sessions(): PracticeSession[];
  log(): SeenRequest[];
  /** Where people approve scans and pushes; only nextAuth has one. */
  phoneUrl?: string;
  /** Where people approve with trusted devices; only Cyclos has one. */
  devicesUrl?: string;
  close(): Promise<void>;
}

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
