import type { FastifyRequest } from 'fastify';
import { unauthorized } from './faults.ts';
import type { Caller } from './model.ts';
import { namedTypes } from './principals.ts';
import { checkSignIn } from './sign-in-check.ts';
import { type Place, userById } from './state.ts';
import { refuseUntilStep, type Step } from './steps.ts';

/** What of a request tells who sends it. */
type Sender = Pick<FastifyRequest, 'headers' | 'cookies'>;

const header = (request: Sender, name: string): string | undefined => {
  const value = request.headers[name];
  return Array.isArray(value) ? value[0] : value;
};

/** The caller, or null for a guest. Throws 401 when what was sent is not good (any more). */
export function callerOf(place: Place, request: Sender): Caller | null {
  const clientToken = header(request, 'access-client-token');
  if (clientToken !== undefined) return byClient(place, clientToken);
  const prefix = header(request, 'session-prefix');
  if (prefix !== undefined) return bySession(place, prefix, request.cookies['Session-Token'] ?? '');
  const token = header(request, 'session-token');
  if (token !== undefined) return bySession(place, token, '');
  const basic = basicOf(request);
  if (!basic) return null;
  const { user, type } = checkSignIn(
    place,
    basic.principal,
    basic.password,
    namedTypes(place, header(request, 'principal-type')),
  );
  return {
    user,
    session: null,
    sessionToken: null,
    client: null,
    principalType: type,
    principal: basic.principal,
  };
}

/** The caller of an operation that needs one and that waits for nothing before it. */
export function signedIn(place: Place, request: FastifyRequest): Caller {
  const caller = callerOf(place, request);
  if (!caller) throw unauthorized('missingAuthorization');
  refuseUntilStep(place, caller, null);
  return caller;
}

/** The caller of an operation that belongs to a step of the sign-in: only earlier steps refuse it. */
export function signingIn(place: Place, request: FastifyRequest, step: Step | 'any'): Caller {
  const caller = callerOf(place, request);
  if (!caller) throw unauthorized('missingAuthorization');
  if (step !== 'any') refuseUntilStep(place, caller, step);
  return caller;
}

/** Principal and password of a Basic header, UTF-8; null when there is none. */
function basicOf(request: Sender): { principal: string; password: string } | null {
  const encoded = /^Basic\s+(\S+)$/i.exec(header(request, 'authorization') ?? '')?.[1];
  if (encoded === undefined) return null;
  const text = Buffer.from(encoded, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  if (colon < 0) throw unauthorized('login');
  return { principal: text.slice(0, colon), password: text.slice(colon + 1) };
}

function byClient(place: Place, token: string): Caller {
  const { state, network } = place;
  const client = state.clients.find((each) => each.token === token && each.network === network.path);
  if (!client || client.status === 'unassigned') throw unauthorized('invalidAccessClient');
  if (client.status === 'blocked') {
    throw unauthorized(state.generation === '4.16' ? 'blockedAccessClient' : 'invalidAccessClient');
  }
  const user = userById(place, client.userId);
  if (!user) throw unauthorized('invalidAccessClient');
  return {
    user,
    session: null,
    sessionToken: null,
    client,
    principalType: 'accessClient',
    principal: client.name,
  };
}

function bySession(place: Place, shown: string, inCookie: string): Caller {
  const token = shown + inCookie;
  const { state, network } = place;
  const session = state.sessions.get(token);
  const now = state.clock.now();
  if (session && session.expiresAt <= now) state.sessions.delete(token);
  if (!session || session.expiresAt <= now) throw unauthorized('loggedOut');
  if (session.network !== network.path) throw unauthorized('invalidNetwork');
  const user = userById(place, session.userId);
  if (user?.status !== 'active') throw unauthorized('loggedOut');
  session.expiresAt = now + session.interval;
  const { principalType, principal } = session;
  return { user, session, sessionToken: shown, client: null, principalType, principal };
}
