import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { userView } from './auth-view.ts';
import { signedIn } from './callers.ts';
import { forbidden, invalid } from './faults.ts';
import { chosenFields, listOf } from './fields.ts';
import type { User, UserStatus } from './model.ts';
import { answerPage, type Query } from './paging.ts';
import { mayReach, need, reachedUser } from './rights.ts';
import { empty } from './routes-auth.ts';
import { endSessionsOf } from './sessions.ts';
import { type Place, userById } from './state.ts';
import { fullView, userResult } from './user-view.ts';

const next: Record<UserStatus, UserStatus[]> = {
  active: ['blocked', 'disabled', 'removed'],
  blocked: ['active', 'disabled', 'removed'],
  disabled: ['active', 'blocked', 'removed'],
  pending: ['active', 'removed'],
  removed: ['purged'],
  purged: [],
};

const statusBody = z.object({ status: z.string(), comment: z.string().optional() });

/** Finding people, looking at one, and (4.16) changing the status. */
export function addUserRoutes(api: FastifyInstance, place: Place): void {
  const { network, state } = place;

  api.get('/users', { config: { operation: 'searchUsers' } }, async (request, reply) => {
    const caller = signedIn(place, request);
    need(caller, 'users.search');
    const query = request.query as Query;
    const statuses = listOf(query.statuses);
    const roles = listOf(query.roles);
    const groups = listOf(query.groups);
    const brokers = listOf(query.brokers);
    const period = listOf(query.lastLoginPeriod).map((text) => Date.parse(text));
    const words = String(query.keywords ?? '')
      .toLowerCase()
      .split(/\s+/)
      .filter(Boolean);
    const rows = network.users.filter((user) => {
      if (!mayReach(caller, user) || user.status === 'purged') return false;
      if (!(statuses.length > 0 ? statuses : ['active']).includes(user.status)) return false;
      if (roles.length > 0 && !roles.includes(user.role)) return false;
      if (groups.length > 0 && !groups.includes(user.group.id) && !groups.includes(user.group.internalName))
        return false;
      if (brokers.length > 0 && !brokers.some((broker) => isBroker(user, broker))) return false;
      if (period[0] && (user.lastLogin ?? 0) < period[0]) return false;
      if (period[1] && (user.lastLogin ?? Number.POSITIVE_INFINITY) > period[1]) return false;
      const text = `${user.name} ${user.username} ${user.email} ${user.accountNumber ?? ''}`.toLowerCase();
      return words.every((word) => text.includes(word));
    });
    rows.sort((a, b) => a.name.localeCompare(b.name) || a.username.localeCompare(b.username));
    return answerPage(reply, query, rows, (user) => userResult(place, user));
  });

  const isBroker = (user: User, broker: string) =>
    user.brokerId === broker ||
    (user.brokerId !== null && userById(place, user.brokerId)?.username === broker);

  api.get<{ Params: { user: string } }>(
    '/users/:user',
    { config: { operation: 'viewUser' } },
    async (request) => {
      const caller = signedIn(place, request);
      const user = reachedUser(place, caller, request.params.user, 'users.search');
      return chosenFields(fullView(place, caller, user), listOf((request.query as Query).fields));
    },
  );

  api.get<{ Params: { user: string } }>(
    '/users/:user/locate',
    { config: { operation: 'locateUser' } },
    async (request) => {
      const caller = signedIn(place, request);
      const user = reachedUser(place, caller, request.params.user, 'users.search');
      return chosenFields(userView(place, user), listOf((request.query as Query).fields));
    },
  );

  if (state.generation === '4.11') return;

  api.get<{ Params: { user: string } }>(
    '/:user/status',
    { config: { operation: 'getUserStatus' } },
    async (request) => {
      const caller = signedIn(place, request);
      const user = reachedUser(place, caller, request.params.user, 'users.status');
      return {
        user: userView(place, user),
        status: user.status,
        possibleNewStatuses: user.id === caller.user.id ? [] : next[user.status],
        history: user.statusHistory.map((change, at) => ({
          ...(change.by ? { by: userView(place, userById(place, change.by) ?? user) } : {}),
          status: change.status,
          period: {
            begin: new Date(change.from).toISOString(),
            ...(user.statusHistory[at - 1]
              ? { end: new Date(user.statusHistory[at - 1]!.from).toISOString() }
              : {}),
          },
          comment: change.comment,
        })),
      };
    },
  );

  api.post<{ Params: { user: string } }>(
    '/:user/status',
    { config: { operation: 'changeUserStatus' } },
    async (request, reply) => {
      const caller = signedIn(place, request);
      need(caller, 'users.status');
      const user = reachedUser(place, caller, request.params.user, 'users.status');
      if (user.id === caller.user.id) throw forbidden('permissionDenied');
      const body = statusBody.safeParse(request.body);
      const status = next[user.status].find((each) => body.success && each === body.data.status);
      if (!body.success || !status)
        throw invalid({ status: `The status can't be changed from ${user.status} to that` });
      user.status = status;
      user.statusHistory.unshift({
        by: caller.user.id,
        status,
        from: state.clock.now(),
        comment: body.data.comment ?? '',
      });
      if (status !== 'active') endSessionsOf(place, user);
      return empty(reply, 204);
    },
  );
}
