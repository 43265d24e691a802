import type { FastifyRequest } from 'fastify';
import type { KoyebState } from './state.ts';
import type { User } from './types.ts';
import { loginReply } from './views.ts';

/** The answer to a sign-in that got through: a session in the organisation that is wanted, else in the first that works. */
export function signIn(state: KoyebState, user: User, request: FastifyRequest, wanted: string | null = null) {
  const first = state.organizationsOf(user.id).find((organization) => organization.status === 'ACTIVE');
  const organizationId = wanted ?? first?.id ?? null;
  user.lastLogin = state.now();
  user.lastLoginIp = request.ip;
  state.record(user.id, organizationId, 'logged_in', { id: user.id, name: user.name, type: 'user' });
  return loginReply(state.issue(user.id, organizationId, 'session', request.headers['user-agent']));
}
