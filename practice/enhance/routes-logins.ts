import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { conflict, forbidden, missing } from './answers.ts';
import { ADMINS, callerOf, needRole, needRoleHereOrMaster, rolesIn, STAFF } from './caller.ts';
import { sortLogins } from './login-book.ts';
import { pageOf } from './paging.ts';
import { newPassword, password } from './rules.ts';
import type { EnhanceState } from './state.ts';
import type { Login } from './types.ts';
import { loginView } from './views.ts';

const order = z.object({ sortBy: z.enum(['email', 'name', 'registrationDate']).default('email') });
const info = z.object({ email: z.email(), password, name: z.string() });
interface OrgPath {
  Params: { org: string };
}

/** Other people's logins: list, create, set a password. */
export function addLoginRoutes(api: FastifyInstance, state: EnhanceState): void {
  const on = (operation: string) => ({ config: { operation } });

  api.post('/logins', on('createLogin'), async (request, reply) => {
    const caller = callerOf(state, request);
    const { orgId } = z.object({ orgId: z.guid() }).parse(request.query);
    const { email, password, name } = info.parse(request.body);
    const org = state.orgs.get(orgId);
    if (!org) throw forbidden();
    needRole(state, caller, orgId, STAFF);
    // A login lives in the namespace of the organisation's parent; the master organisation is its own.
    const realmId = org.parentId ?? org.id;
    if (state.book.byEmail(realmId, email)) throw conflict(email);
    const id = state.options.ids.nextUuid('login');
    state.book.add({
      ...{ id, realmId, email, name, password },
      colorCode: '#5b7083',
      registeredAt: state.now(),
      passwordChangedAt: null,
      authMethod: 'basic',
      totpSecret: null,
      locale: org.locale,
      avatar: null,
    });
    state.record(orgId, 'added', `Login ${email} was created`, caller.token ? null : caller.login.id, id);
    reply.code(201);
    return { id };
  });

  api.get('/logins', on('getLogins'), async (request) => {
    const caller = callerOf(state, request);
    const { realmId } = z.object({ realmId: z.guid().optional() }).parse(request.query);
    if (!rolesIn(state, caller, state.masterId).some((role) => ADMINS.includes(role))) throw forbidden();
    const { sortBy } = order.parse(request.query);
    return pageOf(state.book.inRealm(realmId ?? state.masterId, sortBy), request.query, loginView);
  });

  api.get<OrgPath>('/orgs/:org/logins', on('getOrgLogins'), async (request) => {
    const caller = callerOf(state, request);
    const { org } = request.params;
    if (!state.orgs.has(org)) throw forbidden();
    needRoleHereOrMaster(state, caller, org, ADMINS);
    const { sortBy } = order.parse(request.query);
    return pageOf(sortLogins(loginsOf(state, [org]), sortBy), request.query, loginView);
  });

  api.get<OrgPath>('/v2/orgs/:org/customers/logins', on('getCustomerLogins'), async (request) => {
    const caller = callerOf(state, request);
    const { org } = request.params;
    if (!state.orgs.has(org)) throw forbidden();
    needRole(state, caller, org, STAFF);
    const customers = [...state.orgs.values()].filter((candidate) => candidate.parentId === org);
    const { sortBy } = order.parse(request.query);
    const ids = customers.map((customer) => customer.id);
    return pageOf(sortLogins(loginsOf(state, ids), sortBy), request.query, loginView);
  });

  api.put<{ Params: { login: string } }>(
    '/v2/logins/:login/password',
    on('setCustomerLoginPassword'),
    async (request, reply) => {
      const caller = callerOf(state, request);
      const wanted = newPassword.parse(request.body).newPassword;
      const login = state.book.login(request.params.login);
      if (!login) throw missing('login');
      // A customer's login: every organisation it is in lies under one where the caller is staff.
      const members = state.book.membershipsOf(login.id);
      if (members.length === 0) needRole(state, caller, login.realmId, STAFF);
      for (const member of members) {
        const parent = state.orgs.get(member.orgId)?.parentId;
        if (!parent) throw forbidden('not a customer');
        needRole(state, caller, parent, STAFF);
      }
      login.password = wanted;
      login.passwordChangedAt = state.now();
      return reply.code(200).send();
    },
  );
}

function loginsOf(state: EnhanceState, orgIds: string[]): Login[] {
  const logins = new Map<string, Login>();
  for (const orgId of orgIds) {
    for (const member of state.book.allMembersOf(orgId)) {
      const login = state.book.login(member.loginId);
      if (login && !login.pending) logins.set(login.id, login);
    }
  }
  return [...logins.values()];
}
