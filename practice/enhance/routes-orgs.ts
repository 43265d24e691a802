import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { forbidden, invalid, missing } from './answers.ts';
import { ADMINS, type Caller, callerOf, needRole, rolesIn, SUPER_ADMINS } from './caller.ts';
import { pageOf, sortedBy } from './paging.ts';
import type { EnhanceState } from './state.ts';
import type { Org } from './types.ts';
import { activityView, orgView } from './views.ts';

interface OrgPath {
  Params: { org: string };
}

const flag = z.enum(['true', 'false']).default('false');
const customersQuery = z.object({
  sortBy: z
    .enum(['id', 'name', 'status', 'subscriptionsCount', 'websitesCount', 'createdAt'])
    .default('createdAt'),
  recursive: flag,
  maxDepth: z.coerce.number().int().min(1).optional(),
  status: z.enum(['active', 'suspended', 'deleted']).optional(),
});
const activitiesQuery = z.object({
  createdBefore: z.iso.datetime({ offset: true }).or(z.iso.date()).optional(),
  createdAfter: z.iso.datetime({ offset: true }).or(z.iso.date()).optional(),
  search: z.string().optional(),
});

/** Organisations, their customers, owner and audit trail. */
export function addOrgRoutes(api: FastifyInstance, state: EnhanceState): void {
  const on = (operation: string) => ({ config: { operation } });
  const orgAt = (id: string): Org => {
    const org = state.orgs.get(id);
    if (!org) throw missing('organisation');
    return org;
  };

  api.get<OrgPath>('/orgs/:org', on('getOrg'), async (request) => {
    const caller = callerOf(state, request);
    const org = orgAt(request.params.org);
    needRole(state, caller, org.id, ADMINS);
    return orgView(state, org);
  });

  api.get<OrgPath>('/orgs/:org/customers', on('getOrgCustomers'), async (request) => {
    const caller = callerOf(state, request);
    const org = orgAt(request.params.org);
    needRole(state, caller, org.id, ADMINS);
    const query = customersQuery.parse(request.query);
    const depth = query.recursive === 'true' ? (query.maxDepth ?? Number.POSITIVE_INFINITY) : 1;
    const found = customersOf(state, org.id, depth).filter((customer) => {
      if (query.status === 'suspended') return customer.suspendedBy !== null;
      if (query.status === 'active') return customer.status === 'active' && customer.suspendedBy === null;
      return query.status === undefined || customer.status === query.status;
    });
    return pageOf(
      sortedBy(found, (customer) => customer[query.sortBy]),
      request.query,
      (customer) => orgView(state, customer),
    );
  });

  api.put<OrgPath>('/orgs/:org/owner', on('updateOwner'), async (request, reply) => {
    const caller = callerOf(state, request);
    const org = orgAt(request.params.org);
    // "A superadmin of the organization's parent organization, or the owner of the organization."
    if (!rolesIn(state, caller, org.id).includes('Owner')) needSuperAdminAbove(state, caller, org);
    const { memberId } = z.object({ memberId: z.guid() }).parse(request.body);
    const next = state.book.member(memberId);
    if (next?.orgId !== org.id) throw invalid('memberId: not a member of this organisation');
    demoteOwner(state, org);
    next.roles = ['Owner', ...next.roles.filter((role) => role !== 'Owner')];
    org.ownerMemberId = next.id;
    return reply.code(200).send();
  });

  api.delete<OrgPath>('/orgs/:org/owner', on('deleteOwner'), async (request, reply) => {
    const caller = callerOf(state, request);
    const org = orgAt(request.params.org);
    needSuperAdminAbove(state, caller, org);
    if (!state.ownerOf(org)) throw missing('owner');
    demoteOwner(state, org);
    org.ownerMemberId = null;
    return reply.code(204).send();
  });

  api.get<OrgPath>('/v2/orgs/:org/activities', on('getOrgActivities'), async (request) => {
    const caller = callerOf(state, request);
    const org = orgAt(request.params.org);
    needRole(state, caller, org.id, ADMINS);
    const query = activitiesQuery.parse(request.query);
    const raw = request.query as Record<string, unknown>;
    const kinds: unknown[] = [raw.activityKinds ?? []].flat();
    const entities: unknown[] = [raw.anyEntityId ?? []].flat();
    const found = state.activities.filter(
      (activity) =>
        activity.orgId === org.id &&
        (!query.createdBefore || activity.createdAt < Date.parse(query.createdBefore)) &&
        (!query.createdAfter || activity.createdAt > Date.parse(query.createdAfter)) &&
        (kinds.length === 0 || kinds.includes(activity.kind)) &&
        (entities.length === 0 || entities.includes(activity.entityId)) &&
        (!query.search || activity.message.toLowerCase().includes(query.search.toLowerCase())),
    );
    // The newest first, as a trail is read.
    return pageOf(
      sortedBy(found, (activity) => -activity.createdAt),
      request.query,
      (activity) => activityView(state, activity),
    );
  });
}

/** Throws 403 unless the caller is at least a SuperAdmin of the organisation's parent. */
function needSuperAdminAbove(state: EnhanceState, caller: Caller, { parentId }: Org): void {
  const held = parentId ? rolesIn(state, caller, parentId) : [];
  if (!held.some((role) => SUPER_ADMINS.includes(role))) throw forbidden('needs SuperAdmin of the parent');
}

/** "The previous owner is demoted to SuperAdmin." */
function demoteOwner(state: EnhanceState, org: Org): void {
  const owner = state.ownerOf(org)?.member;
  if (!owner) return;
  const others = owner.roles.filter((role) => role !== 'Owner' && role !== 'SuperAdmin');
  owner.roles = ['SuperAdmin', ...others];
}

function customersOf(state: EnhanceState, orgId: string, depth: number): Org[] {
  const direct = [...state.orgs.values()].filter((org) => org.parentId === orgId);
  if (depth <= 1) return direct;
  return direct.flatMap((org) => [org, ...customersOf(state, org.id, depth - 1)]);
}
