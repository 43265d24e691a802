import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { agreementView } from './agreements.ts';
import { userView } from './auth-view.ts';
import { signedIn } from './callers.ts';
import { forbidden, notFound } from './faults.ts';
import { roles, type User, type UserStatus, userStatuses } from './model.ts';
import { answerPage } from './paging.ts';
import { findByPrincipal, principalTypes } from './principals.ts';
import { flag, knownIn, listIn, periodIn, type Query, textIn } from './query.ts';
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

interface OfUser {
  Params: { user: string };
}

/** Finding people, looking at one, and (4.16) changing the status. */
export function addUserRoutes(api: FastifyInstance, place: Place): void {
  const { network, state } = place;
  const newer = state.generation === '4.16';

  api.get('/users/data-for-search', { config: { operation: 'getUserDataForSearch' } }, async (request) => {
    const caller = signedIn(place, request);
    need(caller, 'users.search');
    return {
      allowKeywords: true,
      fieldsInList: ['name', 'username', 'email', 'phone', 'accountNumber', 'town'],
      groups: network.groups,
      statuses: userStatuses,
      groupsForRegistration: [],
      query: {},
      ...(newer
        ? {
            agreements: network.agreements.map((agreement) => agreementView(place, agreement)),
            resultType: 'list',
          }
        : {}),
    };
  });

  api.get('/users', { config: { operation: 'searchUsers' } }, async (request, reply) => {
    const caller = signedIn(place, request);
    need(caller, 'users.search');
    const query = request.query as Query;
    const asked = knownIn(place, query, 'statuses', userStatuses);
    // Who is disabled, pending, removed or purged is invisible, unless asked for.
    const statuses: UserStatus[] = asked.length > 0 ? asked : ['active', 'blocked'];
    const ofRoles = knownIn(place, query, 'roles', roles);
    const groups = listIn(place, query, 'groups').map((key) => groupOf(place, key));
    const brokers = listIn(place, query, 'brokers').map((key) => brokerOf(place, key));
    const [begin, end] = periodIn(place, query, 'lastLoginPeriod');
    const wanted = {
      profileFields: !flag(query, 'ignoreProfileFieldsInList'),
      group: flag(query, 'includeGroup'),
    };
    const words = (textIn(query, 'keywords') ?? '').toLowerCase().split(/\s+/).filter(Boolean);
    const rows = network.users.filter((user) => {
      if (!mayReach(caller, user) || !statuses.includes(user.status)) return false;
      if (ofRoles.length > 0 && !ofRoles.includes(user.role)) return false;
      if (groups.length > 0 && !groups.includes(user.group)) return false;
      if (brokers.length > 0 && !brokers.some((broker) => user.brokerId === broker.id)) return false;
      if (begin !== null && (user.lastLogin ?? 0) < begin) return false;
      if (end !== null && (user.lastLogin ?? Number.POSITIVE_INFINITY) > end) return false;
      const text = `${user.name} ${user.username} ${user.email} ${user.accountNumber ?? ''}`.toLowerCase();
      return words.every((word) => text.includes(word));
    });
    rows.sort((a, b) => a.name.localeCompare(b.name) || a.username.localeCompare(b.username));
    return answerPage(place, reply, query, rows, (user) => userResult(place, user, wanted));
  });

  api.get<OfUser>('/users/:user', { config: { operation: 'viewUser' } }, async (request) => {
    const caller = signedIn(place, request);
    return fullView(place, caller, reachedUser(place, caller, request.params.user, 'users.search'));
  });

  if (!newer) return;

  api.get<OfUser>('/users/:user/locate', { config: { operation: 'locateUser' } }, async (request) => {
    const caller = signedIn(place, request);
    return userView(place, reachedUser(place, caller, request.params.user, 'users.search'));
  });

  api.get<OfUser>('/:user/status', { config: { operation: 'getUserStatus' } }, async (request) => {
    const caller = signedIn(place, request);
    const user = reachedUser(place, caller, request.params.user, 'users.status');
    const history = user.statusHistory.map((change, at) => {
      const after = user.statusHistory[at - 1];
      return {
        ...(change.by ? { by: userView(place, userById(place, change.by) ?? user) } : {}),
        status: change.status,
        period: {
          begin: new Date(change.from).toISOString(),
          ...(after ? { end: new Date(after.from).toISOString() } : {}),
        },
        comment: change.comment,
      };
    });
    const possible = user.id === caller.user.id ? {} : { possibleNewStatuses: next[user.status] };
    return { user: userView(place, user), status: user.status, ...possible, history };
  });

  api.post<OfUser>('/:user/status', { config: { operation: 'changeUserStatus' } }, async (request, reply) => {
    const caller = signedIn(place, request);
    need(caller, 'users.status');
    const user = reachedUser(place, caller, request.params.user, 'users.status');
    if (user.id === caller.user.id) throw forbidden('permissionDenied');
    const body = statusBody.safeParse(request.body);
    const status = next[user.status].find((each) => body.success && each === body.data.status);
    if (!body.success || !status) throw forbidden('illegalAction');
    user.status = status;
    user.statusHistory.unshift({
      by: caller.user.id,
      status,
      from: state.clock.now(),
      comment: body.data.comment ?? '',
    });
    if (status === 'active' && user.totp) user.totp.tries = 0;
    if (status !== 'active') endSessionsOf(place, user);
    return empty(reply, 204);
  });
}

function groupOf({ network }: Place, key: string) {
  const found = network.groups.find((each) => each.id === key || each.internalName === key);
  if (!found) throw notFound('Group', key);
  return found;
}

function brokerOf(place: Place, key: string): User {
  const found = userById(place, key) ?? findByPrincipal(place, key, Object.keys(principalTypes))?.user;
  if (!found) throw notFound('User', key);
  return found;
}
