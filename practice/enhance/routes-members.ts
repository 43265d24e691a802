import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { conflict, invalid, missing } from './answers.ts';
import { ADMINS, callerOf, needRole, needRoleHereOrMaster } from './caller.ts';
import { pageOf, sortedBy } from './paging.ts';
import { roles } from './rules.ts';
import type { EnhanceState } from './state.ts';
import { type Member, ROLES } from './types.ts';
import { memberView } from './views.ts';

interface OrgPath {
  Params: { org: string };
}
interface MemberPath {
  Params: { org: string; member: string };
}

/** A one-time link lives this long, ms; the vendor does not say how long. */
const LINK_LIFE = 5 * 60_000;

const listQuery = z.object({
  sortBy: z.enum(['status', 'joinedAt']).default('joinedAt'),
  role: z.enum(ROLES).optional(),
  siteAccess: z.guid().optional(),
});
const settings = z.object({
  roles: roles.optional(),
  siteAccesses: z.array(z.string()).optional(),
  notifications: z.array(z.string()).optional(),
});

/** Members of an organisation, and the one-time link that signs in as one of them. */
export function addMemberRoutes(api: FastifyInstance, state: EnhanceState): void {
  const on = (operation: string) => ({ config: { operation } });
  const memberAt = ({ org, member }: MemberPath['Params']): Member => {
    if (!state.orgs.has(org)) throw missing('organisation');
    const found = state.book.member(member);
    if (found?.orgId !== org) throw missing('member');
    return found;
  };

  api.get<OrgPath>('/orgs/:org/members', on('getMembers'), async (request) => {
    const caller = callerOf(state, request);
    const { org } = request.params;
    if (!state.orgs.has(org)) throw missing('organisation');
    needRole(state, caller, org, ADMINS);
    const query = listQuery.parse(request.query);
    const found = state.book
      .allMembersOf(org)
      .filter((member) => !query.role || member.roles.includes(query.role))
      .filter((member) => !query.siteAccess || member.siteAccesses.includes(query.siteAccess));
    const sorted = sortedBy(found, (member) =>
      query.sortBy === 'joinedAt' ? member.joinedAt : Number(member.isActive),
    );
    return pageOf(sorted, request.query, (member) => memberView(state, member));
  });

  api.get<MemberPath>('/orgs/:org/members/:member', on('getMember'), async (request) => {
    const caller = callerOf(state, request);
    const member = memberAt(request.params);
    if (member.loginId !== caller.login.id) needRole(state, caller, member.orgId, ADMINS);
    return memberView(state, member);
  });

  api.post<OrgPath>('/orgs/:org/members', on('createMember'), async (request, reply) => {
    const caller = callerOf(state, request);
    const { org } = request.params;
    if (!state.orgs.has(org)) throw missing('organisation');
    needRole(state, caller, org, ADMINS);
    const body = z.object({ loginId: z.guid(), roles }).parse(request.body);
    if (!state.book.login(body.loginId)) throw invalid('loginId: unknown');
    if (state.book.membershipsOf(body.loginId).some((member) => member.orgId === org))
      throw conflict('loginId');
    const id = state.options.ids.nextUuid('member');
    state.book.addMember({
      ...{ id, loginId: body.loginId, orgId: org, roles: body.roles, isActive: true },
      siteAccesses: [],
      notifications: [],
      joinedAt: state.now(),
    });
    state.record(org, 'added', 'A member was added', caller.token ? null : caller.login.id, body.loginId);
    reply.code(201);
    return { id };
  });

  // The body replaces all settings: what is left out is emptied.
  api.put<MemberPath>('/orgs/:org/members/:member', on('updateMember'), async (request, reply) => {
    const caller = callerOf(state, request);
    const member = memberAt(request.params);
    needRole(state, caller, member.orgId, ADMINS);
    const body = settings.parse(request.body ?? {});
    member.roles = body.roles ?? [];
    member.siteAccesses = body.siteAccesses ?? [];
    member.notifications = body.notifications ?? [];
    return reply.code(200).send();
  });

  api.delete<MemberPath>('/orgs/:org/members/:member', on('deleteMember'), async (request, reply) => {
    const caller = callerOf(state, request);
    const member = memberAt(request.params);
    needRole(state, caller, member.orgId, ADMINS);
    if (state.orgs.get(member.orgId)?.ownerMemberId === member.id)
      throw invalid('member: the owner cannot be removed');
    state.book.removeMember(member);
    state.record(
      member.orgId,
      'removed',
      'A member was removed',
      caller.token ? null : caller.login.id,
      member.loginId,
    );
    return reply.code(204).send();
  });

  api.get<MemberPath>('/orgs/:org/members/:member/sso', on('getOrgMemberLogin'), async (request, reply) => {
    const caller = callerOf(state, request);
    const member = memberAt(request.params);
    needRoleHereOrMaster(state, caller, member.orgId, ADMINS);
    const otp = state.options.ids.nextUuid('link');
    state.links.set(otp, { loginId: member.loginId, until: state.now() + LINK_LIFE });
    const url = `http://${request.host}${api.prefix}/login/sessions/sso?otp=${otp}`;
    return reply.code(201).type('application/json').send(JSON.stringify(url));
  });
}
