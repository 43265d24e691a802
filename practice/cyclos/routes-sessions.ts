import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { authView, configuration, userView } from './auth-view.ts';
import { signedIn } from './callers.ts';
import { channelOf, channelRef, channelRefs } from './channels.ts';
import { invalid, notFound, unauthorized } from './faults.ts';
import { roles } from './model.ts';
import { answerPage } from './paging.ts';
import { findByPrincipal } from './principals.ts';
import { flag, knownIn, listIn, type Query, textIn } from './query.ts';
import { mayReach, need, reachedUser } from './rights.ts';
import { empty } from './routes-auth.ts';
import { endSessionsOf, liveSessions, openSession } from './sessions.ts';
import { type Place, userById } from './state.ts';

const loginUser = z.object({
  user: z.string().min(1),
  password: z.string().optional(),
  remoteAddress: z.string().optional(),
  channel: z.string().optional(),
  sessionTimeout: z.object({ amount: z.number().int().positive(), field: z.string() }).optional(),
});

const seconds: Record<string, number> = { millis: 0.001, seconds: 1, minutes: 60, hours: 3600, days: 86_400 };

/** Signing another person in (both generations); searching and disconnecting sessions (4.16 only). */
export function addSessionRoutes(api: FastifyInstance, place: Place): void {
  const { state, network } = place;

  api.post('/sessions', { config: { operation: 'loginUser' } }, async (request) => {
    const caller = signedIn(place, request);
    need(caller, 'sessions.login');
    const body = loginUser.safeParse(request.body);
    if (!body.success) throw invalid({ user: 'User is required' });
    const types = network.principalTypes;
    const found = findByPrincipal(place, body.data.user, types);
    const user = found?.user ?? userById(place, body.data.user);
    if (!user) throw notFound('User', body.data.user);
    const stored = user.passwords.find((password) => password.type === network.accessPassword);
    if (body.data.password !== undefined && stored?.value !== body.data.password) throw unauthorized('login');
    if (user.status !== 'active') throw unauthorized('login', { userStatus: user.status });
    const given = body.data.sessionTimeout;
    const as = {
      user,
      client: null,
      sessionToken: null,
      principalType: found?.type ?? 'username',
      principal: body.data.user,
    };
    const session = openSession(place, as, request, {
      channel: channelOf(body.data.channel ?? 'main'),
      timeout: given ? given.amount * (seconds[given.field] ?? 60) : null,
      secondPending: false,
      ...(body.data.remoteAddress ? { remoteAddress: body.data.remoteAddress } : {}),
    });
    const answer = {
      sessionToken: session.token,
      group: user.group,
      configuration: {
        ...configuration(place),
        name: network.name,
        internalName: network.internalName,
      },
    };
    // Who sees nothing of people's profiles is told these three only, in 4.16.
    if (state.generation === '4.16' && !caller.user.rights.includes('users.search')) return answer;
    return { ...authView(place, { ...as, session }), ...answer };
  });

  if (state.generation === '4.11') return;

  api.get(
    '/sessions/data-for-search',
    { config: { operation: 'getSessionDataForSearch' } },
    async (request) => {
      need(signedIn(place, request), 'sessions.view');
      return {
        roles,
        channels: channelRefs(place),
        query: { excludeCurrentSession: false, page: 0, pageSize: 40 },
      };
    },
  );

  api.get('/sessions', { config: { operation: 'searchSessions' } }, async (request, reply) => {
    const caller = signedIn(place, request);
    need(caller, 'sessions.view');
    const query = request.query as Query;
    const channels = listIn(place, query, 'channels');
    const ofRoles = knownIn(place, query, 'roles', roles);
    const named = (name: string, right: 'sessions.view' | 'users.search') => {
      const text = textIn(query, name);
      return text === undefined ? null : reachedUser(place, caller, text, right);
    };
    const wanted = named('user', 'sessions.view');
    const broker = named('broker', 'users.search');
    const owner = named('operatorsOf', 'users.search');
    const withoutOwn = flag(query, 'excludeCurrentSession');
    const rows = liveSessions(place).flatMap((session) => {
      const user = userById(place, session.userId);
      const own = session.token === caller.session?.token;
      if (!user || !mayReach(caller, user)) return [];
      if (wanted && user.id !== wanted.id) return [];
      if (broker && user.brokerId !== broker.id) return [];
      if (owner && user.ownerId !== owner.id) return [];
      if (channels.length > 0 && !channels.includes(session.channel)) return [];
      if (ofRoles.length > 0 && !ofRoles.includes(user.role)) return [];
      if (own && withoutOwn) return [];
      return [{ session, user, own }];
    });
    return answerPage(place, reply, query, rows, ({ session, user, own }) => ({
      sessionToken: session.token,
      creationDate: new Date(session.createdAt).toISOString(),
      remoteAddress: session.remoteAddress,
      user: userView(place, user),
      channel: channelRef(place, session.channel),
      currentSession: own,
    }));
  });

  api.delete<{ Params: { token: string } }>(
    '/sessions/:token',
    { config: { operation: 'disconnectSession' } },
    async (request, reply) => {
      const caller = signedIn(place, request);
      const session = state.sessions.get(request.params.token);
      const user = session?.network === network.path ? userById(place, session.userId) : null;
      if (session && user?.id === caller.user.id) {
        state.sessions.delete(session.token);
        return empty(reply, 204);
      }
      need(caller, 'sessions.disconnect');
      if (!session || !user || !mayReach(caller, user)) throw notFound('Session', request.params.token);
      state.sessions.delete(session.token);
      return empty(reply, 204);
    },
  );

  api.delete<{ Params: { user: string } }>(
    '/:user/sessions',
    { config: { operation: 'disconnectUserSessions' } },
    async (request, reply) => {
      const caller = signedIn(place, request);
      const user = reachedUser(place, caller, request.params.user, 'sessions.disconnect');
      return reply.type('text/plain; charset=utf-8').send(String(endSessionsOf(place, user)));
    },
  );
}
