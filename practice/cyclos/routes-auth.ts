import type { FastifyInstance, FastifyReply } from 'fastify';
import { authView } from './auth-view.ts';
import { callerOf, signingIn } from './callers.ts';
import { channelOf } from './channels.ts';
import { confirmationView, decide, newConfirmation, ownerOfDevice } from './confirmations.ts';
import { dataForLogin } from './data-for-login.ts';
import { Fault, forbidden, invalid, unauthorized } from './faults.ts';
import { link, requestOf } from './identity.ts';
import type { Caller, User } from './model.ts';
import { flag, type Query, textIn, wholeNumber } from './query.ts';
import { needUsableSecond } from './second-factor.ts';
import { halves, openSession } from './sessions.ts';
import { type Place, userById } from './state.ts';

const COOKIE = 'Session-Token';

/** Who am I, sign in, sign out, and what a sign-in page needs to know. */
export function addAuthRoutes(api: FastifyInstance, place: Place): void {
  const { state } = place;

  api.get('/auth', { config: { operation: 'getCurrentAuth' } }, async (request) =>
    authView(place, callerOf(place, request)),
  );

  api.post('/auth/session', { config: { operation: 'login' } }, async (request, reply) => {
    const query = request.query as Query;
    const channel = channelOf(request.headers.channel);
    const timeout = wholeNumber(query, 'timeoutInSeconds', 0) || null;
    const split = flag(query, 'cookie');
    const caller = callerOf(place, request) ?? byDevice(place, query);
    if (!caller || caller.session) throw unauthorized('missingAuthorization');
    if (channel === 'webServices') throw unauthorized('invalidChannelUsage');
    const deviceId = trustedDevice(place, caller.user, query);
    if (!caller.client && !deviceId) needUsableSecond(place, caller.user);
    const linked = linkIdentity(place, caller.user, query);
    const secondPending = caller.user.second !== null && !caller.client && !deviceId;
    const session = openSession(place, caller, request, { channel, timeout, secondPending, deviceId });
    const { first, second } = halves(session.token);
    if (split) reply.setCookie(COOKIE, second, cookieOptions(place));
    const sessionToken = split ? first : session.token;
    return { ...authView(place, { ...caller, session, sessionToken }), sessionToken, ...linked };
  });

  api.delete('/auth/session', { config: { operation: 'logout' } }, async (request, reply) => {
    const { session } = signingIn(place, request, 'any');
    if (!session) throw unauthorized('missingAuthorization');
    state.sessions.delete(session.token);
    if (flag(request.query as Query, 'cookie')) reply.clearCookie(COOKIE, cookieOptions(place));
    return empty(reply, 200);
  });

  api.get('/auth/data-for-login', { config: { operation: 'getDataForLogin' } }, async (request, reply) => {
    if (callerOf(place, request)) return empty(reply, 204);
    return { ...dataForLogin(place), ...deviceData(place, request.query as Query) };
  });

  if (state.generation === '4.16') addSessionProperties(api, place);
}

/** What a sign-in page is told about a trusted device: what to approve, so that the session needs no second credential. */
function deviceData(place: Place, query: Query): Record<string, unknown> {
  const deviceId = textIn(query, 'deviceId');
  if (place.state.generation === '4.11' || deviceId === undefined) return {};
  const owner = ownerOfDevice(place, deviceId);
  if (!owner?.devices.find((device) => device.id === deviceId)?.active) return {};
  return { deviceConfirmation: confirmationView(newConfirmation(place, owner, 'secondaryLogin')) };
}

/** The owner of a trusted device, who needs no password when the device approves; null when the query names none. */
function byDevice(place: Place, query: Query): Caller | null {
  const deviceId = textIn(query, 'deviceId');
  if (place.state.generation === '4.11' || deviceId === undefined) return null;
  const user = ownerOfDevice(place, deviceId);
  if (!user) throw unauthorized('login', { invalidDeviceConfirmation: 'invalidDevice' });
  if (user.status !== 'active') throw unauthorized('login', { userStatus: user.status });
  return {
    user,
    session: null,
    sessionToken: null,
    client: null,
    principalType: 'username',
    principal: user.username,
  };
}

/** The device by whose approval this sign-in is trusted, or null. Throws 401 `login` when it does not approve. */
function trustedDevice(place: Place, user: User, query: Query): string | null {
  const deviceId = textIn(query, 'deviceId');
  if (place.state.generation === '4.11' || deviceId === undefined) return null;
  const confirmation = place.state.confirmations.get(textIn(query, 'deviceConfirmationId') ?? '');
  try {
    if (confirmation?.userId !== user.id || confirmation.network !== place.network.path)
      throw forbidden('invalidDeviceConfirmation', { invalidDeviceConfirmation: 'invalidConfirmation' });
    decide(place, confirmation, { deviceId, hmac: textIn(query, 'hmac') ?? '' }, 'approved');
    place.state.confirmations.delete(confirmation.id);
    return deviceId;
  } catch (fault) {
    if (!(fault instanceof Fault)) throw fault;
    const { invalidDeviceConfirmation } = fault.body;
    throw unauthorized('login', { invalidDeviceConfirmation });
  }
}

/** Links whom an identity provider named before and nobody here matched. Throws 422 for a request that is not known. */
function linkIdentity(place: Place, user: User, query: Query): Record<string, unknown> {
  const id = textIn(query, 'identityProviderRequestId');
  if (place.state.generation === '4.11' || id === undefined) return {};
  const asked = requestOf(place, id);
  if (!asked?.unmatched) throw invalid({ identityProviderRequestId: 'There is no such request' });
  place.state.identityRequests.delete(id);
  if (!place.network.users.includes(user))
    return { identityProviderNotLinkReason: 'globalUserNetworkIdpIgnored' };
  const isOff = user.identityLinks.some((each) => each.provider === asked.provider && each.identity === null);
  if (isOff) return { identityProviderNotLinkReason: 'userDisabled' };
  link(place, user, asked.provider, asked.unmatched);
  return {};
}

/** Since 4.12: what the session itself is like, and a fresh token for one that came by another way. */
function addSessionProperties(api: FastifyInstance, place: Place): void {
  const { state } = place;

  api.get('/auth/session', { config: { operation: 'getSessionProperties' } }, async (request, reply) => {
    const { session } = signingIn(place, request, 'any');
    if (!session) return empty(reply, 204);
    const device = userById(place, session.userId)?.devices.find((each) => each.id === session.deviceId);
    return {
      createdAt: new Date(session.createdAt).toISOString(),
      expiresAt: new Date(session.expiresAt).toISOString(),
      expirationInterval: { amount: Math.round(session.interval / 1000), field: 'seconds' },
      source: session.source,
      ...(device ? { device: { id: device.id, name: device.name } } : {}),
    };
  });

  api.put('/auth/session', { config: { operation: 'setSessionProperties' } }, async (request, reply) => {
    const { session } = signingIn(place, request, 'any');
    if (!session?.deviceId) throw forbidden('permissionDenied');
    const { source } = (request.body ?? {}) as { source?: unknown };
    if (source !== 'device' && source !== 'login') throw invalid({ source: 'Unknown source' });
    session.source = source;
    return empty(reply, 204);
  });

  api.post<{ Params: { token: string } }>(
    '/auth/session/replace/:token',
    { config: { operation: 'replaceSession' } },
    async (request, reply) => {
      if (callerOf(place, request)) throw forbidden('illegalAction');
      const split = flag(request.query as Query, 'cookie');
      const old = state.sessions.get(request.params.token);
      if (!old || old.expiresAt <= state.clock.now() || old.network !== place.network.path) {
        throw unauthorized('loggedOut');
      }
      state.sessions.delete(old.token);
      const token = state.ids.nextToken('cyclos session', old.token.length);
      state.sessions.set(token, { ...old, token });
      if (split) reply.setCookie(COOKIE, halves(token).second, cookieOptions(place));
      return reply.type('text/plain; charset=utf-8').send(split ? halves(token).first : token);
    },
  );
}

/** Sends nothing with this status. */
export const empty = (reply: FastifyReply, status: number) => reply.code(status).send();

const cookieOptions = ({ network }: Place) => ({
  path: network.path ? `/${network.path}` : '/',
  httpOnly: true,
  sameSite: 'strict' as const,
});
