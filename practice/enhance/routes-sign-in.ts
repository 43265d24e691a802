import type { FastifyInstance, FastifyReply } from 'fastify';
import { z } from 'zod';
import { invalid, noSession, Refusal } from './answers.ts';
import { callerOf, sessionOf } from './caller.ts';
import { confirmChange } from './mfa-change.ts';
import { activate, emptyCookie, mailPin, openSession, pinIsRight } from './sessions.ts';
import type { EnhanceState } from './state.ts';
import type { Session } from './types.ts';
import { membershipsView, sessionView } from './views.ts';

const creds = z.object({ email: z.email(), password: z.string(), deviceId: z.string().optional() });
const realmQuery = z.object({ realmId: z.guid().optional() });
const method = z.enum(['basic', 'email', 'otp']);
const proof = z.object({
  authMethod: method,
  pin: z.string(),
  rememberMe: z
    .object({ deviceId: z.string().length(32), ttl: z.number().int().min(3600).max(7_948_800) })
    .optional(),
});

/** The fifth resend in a row fails; a real server has such a limit too, its number is not public. */
const MOST_RESENDS = 4;

/** Signing in, the second factor, and the caller's sessions. */
export function addSignInRoutes(api: FastifyInstance, state: EnhanceState): void {
  const on = (operation: string) => ({ config: { operation } });

  api.post('/login/sessions', on('createSession'), async (request, reply) => {
    const { realmId } = realmQuery.parse(request.query);
    const { email, password, deviceId } = creds.parse(request.body);
    if (realmId !== undefined && !state.isRealm(realmId)) throw invalid('realmId: no such realm');
    const wait = state.lockout.waitFor(email, request.ip);
    if (wait > 0) throw lockedOut(state, wait);
    const login = state.find(email, realmId, request.hostname);
    if (!login || login.pending || login.password !== password) {
      state.lockout.failed(email, request.ip);
      throw new Refusal(401, {
        code: 'unauthorized',
        detail: 'credentials',
        message: 'Wrong e-mail address or password.',
      });
    }
    if (state.isShutOut(login.id)) throw suspended();
    if (state.isLockedDown(login.id, request.ip)) throw lockedDown();
    state.lockout.succeeded(email);
    const remembered = (state.devices.get(`${login.id}/${deviceId}`) ?? 0) > state.now();
    if (login.authMethod === 'basic' || remembered) {
      openSession(state, request, reply, login, null);
      return membershipsView(state, state.book.membershipsOf(login.id));
    }
    const session = openSession(state, request, reply, login, login.authMethod);
    if (login.authMethod === 'email') mailPin(state, session, login);
    reply.code(201);
    return { authMethod: login.authMethod };
  });

  api.get('/login/sessions/sso', on('createOtpSession'), async (request, reply) => {
    const { otp } = z.object({ otp: z.guid() }).parse(request.query);
    const link = state.links.get(otp);
    state.links.delete(otp);
    const login = link && link.until > state.now() ? state.book.login(link.loginId) : null;
    if (!login) throw noSession();
    if (state.isShutOut(login.id)) throw suspended();
    if (state.isLockedDown(login.id, request.ip)) throw lockedDown();
    openSession(state, request, reply, login, null);
    return membershipsView(state, state.book.membershipsOf(login.id));
  });

  api.post('/login/2fa', on('verify2FA'), async (request, reply) => {
    const session = sessionOf(state, request);
    const login = session && state.book.login(session.loginId);
    if (!session || !login) throw noSession();
    const { authMethod, pin, rememberMe } = proof.parse(request.body);
    if (session.state === 'active') {
      if (!session.change) throw noSession();
      if (!confirmChange(state, session, login, pin)) throw destroyed(state, reply, session);
      return reply.code(200).send();
    }
    if (state.isShutOut(login.id)) throw suspended();
    if (authMethod !== session.method || !pinIsRight(state, session, session.method, pin, login.totpSecret))
      throw destroyed(state, reply, session);
    if (rememberMe)
      state.devices.set(`${login.id}/${rememberMe.deviceId}`, state.now() + rememberMe.ttl * 1000);
    activate(state, reply, session);
    return reply.code(200).send();
  });

  api.post('/login/2fa/resend-pin', on('resendPin'), async (request, reply) => {
    const session = sessionOf(state, request);
    const login = session && state.book.login(session.loginId);
    if (!session || !login) throw noSession();
    const { authMethod } = z.object({ authMethod: method }).parse(request.body);
    const asked = session.state === 'pending' ? session.method : session.change?.provenBy;
    if (!asked) throw noSession();
    if (state.isShutOut(login.id)) throw suspended();
    if (authMethod !== 'email')
      throw new Refusal(400, {
        code: 'invalid_argument',
        detail: 'authMethod',
        message: 'Nothing to resend.',
      });
    session.resends += 1;
    if (asked !== 'email' || session.resends > MOST_RESENDS) throw destroyed(state, reply, session);
    mailPin(state, session, login);
    reply.setCookie('id0', session.token, { path: '/', httpOnly: true, sameSite: 'lax' });
    return reply.code(200).send();
  });

  // The document asks for no credentials here, yet lists 401: the caller's own sessions need the caller.
  api.get('/login/sessions', on('getSessions'), async (request) => {
    const { login } = callerOf(state, request);
    return { items: activeOf(state, login.id).map(sessionView) };
  });

  api.delete('/login/sessions/current', on('deleteCurrentSession'), async (request, reply) => {
    const caller = callerOf(state, request);
    if (caller.session) state.sessions.delete(caller.session.id);
    emptyCookie(reply);
    return reply.code(200).send();
  });

  api.delete('/login/sessions', on('deleteSessions'), async (request, reply) => {
    const { login } = callerOf(state, request);
    for (const session of [...state.sessions.values()])
      if (session.loginId === login.id) state.sessions.delete(session.id);
    emptyCookie(reply);
    return reply.code(200).send();
  });

  api.delete<{ Params: { id: string } }>(
    '/login/sessions/:id',
    on('deleteSession'),
    async (request, reply) => {
      const caller = callerOf(state, request);
      const session = state.sessions.get(request.params.id);
      // No 404 is declared: an unknown id, and another person's, is answered as if it were done.
      if (session?.loginId === caller.login.id) {
        state.sessions.delete(session.id);
        if (session === caller.session) emptyCookie(reply);
      }
      return reply.code(200).send();
    },
  );
}

/** "Any failure is 401 with an emptied cookie, and the pending session is destroyed" (OpenAPI 12.21.3, verify2FA). */
function destroyed(state: EnhanceState, reply: FastifyReply, session: Session): Refusal {
  state.sessions.delete(session.id);
  emptyCookie(reply);
  return noSession();
}

const suspended = () =>
  new Refusal(403, { code: 'suspended', detail: 'organisation', message: 'The account is suspended.' });

const lockedDown = () =>
  new Refusal(403, {
    code: 'forbidden',
    detail: 'admin lockdown',
    message: 'Sign-ins to the master organisation are not allowed from this address.',
  });

function lockedOut(state: EnhanceState, wait: number): Refusal {
  const retry: Record<string, string> =
    state.lockout.status === 429 && Number.isFinite(wait) ? { 'retry-after': String(wait) } : {};
  const body = { code: 'blocked', detail: 'login policy', message: 'Too many failed sign-ins.' };
  return new Refusal(state.lockout.status, body, retry);
}

function activeOf(state: EnhanceState, loginId: string): Session[] {
  return [...state.sessions.values()].filter(
    (session) => session.loginId === loginId && session.state === 'active' && session.until > state.now(),
  );
}
