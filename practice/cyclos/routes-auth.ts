import type { FastifyInstance, FastifyReply } from 'fastify';
import { authView } from './auth-view.ts';
import { callerOf, signingIn } from './callers.ts';
import { channelOf } from './channels.ts';
import { dataForLogin } from './data-for-login.ts';
import { badInput, forbidden, unauthorized } from './faults.ts';
import { chosenFields, listOf } from './fields.ts';
import { type Query, wholeNumber } from './paging.ts';
import { needUsableSecond } from './second-factor.ts';
import { halves, openSession } from './sessions.ts';
import type { Place } from './state.ts';

const COOKIE = 'Session-Token';

/** Who am I, sign in, sign out, and what a sign-in page needs to know. */
export function addAuthRoutes(api: FastifyInstance, place: Place): void {
  const { state } = place;

  api.get('/auth', { config: { operation: 'getCurrentAuth' } }, async (request) => {
    const query = request.query as Query;
    return chosenFields(authView(place, callerOf(place, request)), listOf(query.fields));
  });

  api.post('/auth/session', { config: { operation: 'login' } }, async (request, reply) => {
    const query = request.query as Query;
    const channel = channelOf(request.headers.channel);
    const timeout = timeoutOf(place, query);
    const caller = callerOf(place, request);
    if (!caller || caller.session) throw unauthorized('missingAuthorization');
    if (channel === 'webServices') throw unauthorized('invalidChannelUsage');
    if (!caller.client) needUsableSecond(place, caller.user);
    const secondPending = caller.user.second !== null && !caller.client;
    const session = openSession(place, caller, request, { channel, timeout, secondPending });
    const split = String(query.cookie) === 'true';
    const { first, second } = halves(session.token);
    if (split) reply.setCookie(COOKIE, second, cookieOptions(place));
    return chosenFields(
      { ...authView(place, { ...caller, session }), sessionToken: split ? first : session.token },
      listOf(query.fields),
    );
  });

  api.delete('/auth/session', { config: { operation: 'logout' } }, async (request, reply) => {
    const { session } = signingIn(place, request, 'any');
    if (!session) throw unauthorized('missingAuthorization');
    state.sessions.delete(session.token);
    if (String((request.query as Query).cookie) === 'true') reply.clearCookie(COOKIE, cookieOptions(place));
    return empty(reply, 200);
  });

  api.get('/auth/data-for-login', { config: { operation: 'getDataForLogin' } }, async (request, reply) => {
    if (callerOf(place, request)) return empty(reply, 204);
    return chosenFields(dataForLogin(place), listOf((request.query as Query).fields));
  });

  if (state.generation === '4.16') addSessionProperties(api, place);
}

/** Since 4.12: what the session itself is like, and a fresh token for one that came by another way. */
function addSessionProperties(api: FastifyInstance, place: Place): void {
  const { state } = place;

  api.get('/auth/session', { config: { operation: 'getSessionProperties' } }, async (request, reply) => {
    const { session } = signingIn(place, request, 'any');
    if (!session) return empty(reply, 204);
    return {
      createdAt: new Date(session.createdAt).toISOString(),
      expiresAt: new Date(session.expiresAt).toISOString(),
      expirationInterval: { amount: Math.round(session.interval / 1000), field: 'seconds' },
      source: session.source,
    };
  });

  api.put('/auth/session', { config: { operation: 'setSessionProperties' } }, async (request, reply) => {
    const { session } = signingIn(place, request, 'any');
    if (!session?.trusted) throw forbidden('permissionDenied');
    const { source } = (request.body ?? {}) as { source?: unknown };
    if (source !== 'device' && source !== 'login')
      throw badInput('4.16', 'general', { source: 'Unknown source' });
    session.source = source;
    return empty(reply, 204);
  });

  api.post<{ Params: { token: string } }>(
    '/auth/session/replace/:token',
    { config: { operation: 'replaceSession' } },
    async (request, reply) => {
      const old = state.sessions.get(request.params.token);
      if (!old || old.expiresAt <= state.clock.now() || old.network !== place.network.path) {
        throw unauthorized('loggedOut');
      }
      state.sessions.delete(old.token);
      const token = state.ids.nextToken('cyclos session', old.token.length);
      state.sessions.set(token, { ...old, token });
      const split = String((request.query as Query).cookie) === 'true';
      if (split) reply.setCookie(COOKIE, halves(token).second, cookieOptions(place));
      return reply.type('text/plain; charset=utf-8').send(split ? halves(token).first : token);
    },
  );
}

/** Sends nothing with this status. */
export const empty = (reply: FastifyReply, status: number) => reply.code(status).send();

function timeoutOf(place: Place, query: Query): number | null {
  try {
    return wholeNumber(query, 'timeoutInSeconds', 0) || null;
  } catch (fault) {
    if (place.state.generation === '4.16') throw fault;
    throw badInput('4.11', 'general', { timeoutInSeconds: 'Not a number' });
  }
}

const cookieOptions = ({ network }: Place) => ({
  path: network.path ? `/${network.path}` : '/',
  httpOnly: true,
  sameSite: 'strict' as const,
});
