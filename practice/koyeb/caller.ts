import type { FastifyRequest } from 'fastify';
import { forbidden, missing, unauthenticated } from './answers.ts';
import type { KoyebState } from './state.ts';
import type { Organization, Token, User } from './types.ts';

/** Who sent the request. `token` is null for an API credential. */
export interface Caller {
  user: User;
  organizationId: string | null;
  token: Token | null;
}

/** Throws 401 unless the bearer is a live token or a credential. Does not look at the organisation's state. */
export function callerOf(state: KoyebState, request: FastifyRequest): Caller {
  const bearer = /^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1];
  if (!bearer) throw unauthenticated('Missing authentication token');
  const token = state.tokens.get(bearer);
  if (token) {
    if (token.expiresAt <= state.now()) throw unauthenticated('Token has expired');
    return { user: userAt(state, token.userId), organizationId: token.organizationId, token };
  }
  for (const credential of state.credentials.values())
    if (credential.bearer === bearer)
      return {
        user: userAt(state, credential.userId),
        organizationId: credential.organizationId,
        token: null,
      };
  throw unauthenticated('Token is not valid');
}

/** As `callerOf`, and the token's organisation lets its people work. */
export function workingCallerOf(state: KoyebState, request: FastifyRequest): Caller {
  const caller = callerOf(state, request);
  if (caller.user.locked) throw forbidden('Account is locked');
  const organization = caller.organizationId && state.organizations.get(caller.organizationId);
  if (!organization) return caller;
  if (organization.status === 'DEACTIVATED' || organization.status === 'DELETED')
    throw unauthenticated('Token rejected');
  if (organization.status === 'LOCKED') throw forbidden('Account is locked');
  if (!state.membership(caller.user.id, organization.id))
    throw forbidden('You are not a member of this organization');
  return caller;
}

/** As `workingCallerOf`; 404 `not_found` when the token has no organisation. */
export function scopedCallerOf(
  state: KoyebState,
  request: FastifyRequest,
): Caller & { organization: Organization } {
  const caller = workingCallerOf(state, request);
  const organization = caller.organizationId && state.organizations.get(caller.organizationId);
  if (!organization) throw missing('Organization');
  return { ...caller, organization };
}

/** A credential is no session: it can't be ended, refreshed or switched. */
export function sessionOf(caller: Caller): Token {
  if (caller.token?.kind !== 'session') throw forbidden('This operation needs a session token');
  return caller.token;
}

function userAt(state: KoyebState, id: string): User {
  const user = state.users.get(id);
  if (!user) throw unauthenticated('Token is not valid');
  return user;
}
