import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { forbidden, invalid, missing, tooMany, unauthenticated } from './answers.ts';
import { callerOf, sessionOf, workingCallerOf } from './caller.ts';
import { signIn } from './sign-in.ts';
import type { KoyebState } from './state.ts';
import { loginReply } from './views.ts';

const loginRequest = z.object({
  email: z.email(),
  password: z.string().min(1),
  organization_id: z.string().optional(),
});
const emptyObject = z.object({});

/** Wrong passwords for one e-mail within a minute before 429; a real limit exists, its number is not public. */
const MOST_FAILURES = 10;
const MINUTE = 60_000;

/** Sign in and out, a token without organisation, refresh, and changing the token's organisation. */
export function addSessionRoutes(api: FastifyInstance, state: KoyebState): void {
  const on = (operation: string) => ({ config: { operation } });

  api.post('/v1/account/login', on('login'), async (request) => {
    const body = loginRequest.parse(request.body);
    limit(state, body.email);
    const user = state.userByEmail(body.email);
    if (user?.method === 'WORKOS')
      throw invalid([], 'failed_precondition', 'This account signs in with its single sign-on provider');
    if (user?.password !== body.password) {
      countFailure(state, body.email);
      throw unauthenticated('There is no account for this email or the password is wrong');
    }
    if (user.locked) throw forbidden('Account is locked');
    state.failures.delete(body.email.toLowerCase());
    const wanted = body.organization_id || null;
    if (wanted && !state.membership(user.id, wanted))
      throw forbidden('You are not a member of this organization');
    return signIn(state, user, request, wanted);
  });

  api.delete('/v1/account/logout', on('logout'), async (request) => {
    const token = sessionOf(callerOf(state, request));
    state.tokens.delete(token.bearer);
    return {};
  });

  api.post('/v1/account/session', on('newSession'), async (request) => {
    const { user } = callerOf(state, request);
    sessionOf(callerOf(state, request));
    return loginReply(state.issue(user.id, null, 'session', request.headers['user-agent']));
  });

  // The old token stays good until it expires: whether the vendor ends it is not public.
  api.put('/v1/account/refresh', on('refreshToken'), async (request) => {
    const caller = workingCallerOf(state, request);
    const { organizationId } = sessionOf(caller);
    return loginReply(state.issue(caller.user.id, organizationId, 'session', request.headers['user-agent']));
  });

  api.post<{ Params: { id: string } }>(
    '/v1/organizations/:id/switch',
    on('switchOrganization'),
    async (request) => {
      const caller = callerOf(state, request);
      sessionOf(caller);
      emptyObject.parse(request.body);
      const { id } = request.params;
      if (!state.organizations.has(id)) throw missing('Organization');
      if (!state.membership(caller.user.id, id)) throw forbidden('You are not a member of this organization');
      return loginReply(state.issue(caller.user.id, id, 'session', request.headers['user-agent']));
    },
  );

  api.post('/v1/unscope_organization_token', on('unscopeOrganizationToken'), async (request) => {
    const caller = callerOf(state, request);
    sessionOf(caller);
    emptyObject.parse(request.body);
    return loginReply(state.issue(caller.user.id, null, 'session', request.headers['user-agent']), true);
  });
}

function limit(state: KoyebState, email: string): void {
  const failed = state.failures.get(email.toLowerCase());
  if (!failed || failed.count < MOST_FAILURES) return;
  const wait = failed.since + MINUTE - state.now();
  if (wait > 0) throw tooMany(Math.ceil(wait / 1000));
  state.failures.delete(email.toLowerCase());
}

function countFailure(state: KoyebState, email: string): void {
  const failed = state.failures.get(email.toLowerCase());
  if (failed && failed.since + MINUTE > state.now()) failed.count += 1;
  else state.failures.set(email.toLowerCase(), { count: 1, since: state.now() });
}
