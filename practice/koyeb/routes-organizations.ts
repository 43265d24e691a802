import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { forbidden, invalid, missing } from './answers.ts';
import { workingCallerOf } from './caller.ts';
import { listOf, pageOf } from './paging.ts';
import type { KoyebState } from './state.ts';
import { memberView } from './views.ts';

const HOUR = 3600;
const accessRequest = z.object({ validity: z.string().optional() });
const membersQuery = z.object({ organization_id: z.string().optional(), user_id: z.string().optional() });

/** Members of organisations, and short-lived access tokens. */
export function addOrganizationRoutes(api: FastifyInstance, state: KoyebState): void {
  const on = (operation: string) => ({ config: { operation } });

  api.get('/v1/organization_members', on('listOrganizationMembers'), async (request) => {
    const { user } = workingCallerOf(state, request);
    const query = membersQuery.parse(request.query);
    const statuses = listOf(request.query, 'organization_statuses');
    const mine = new Set(state.organizationsOf(user.id).map((organization) => organization.id));
    const found = [...state.members.values()].filter(
      (member) =>
        member.status === 'ACTIVE' &&
        mine.has(member.organizationId) &&
        (!query.organization_id || member.organizationId === query.organization_id) &&
        (!query.user_id || member.userId === query.user_id) &&
        (statuses.length === 0 ||
          statuses.includes(state.organizations.get(member.organizationId)?.status ?? '')),
    );
    const page = pageOf(found, request.query, (member) => memberView(state, member));
    return { members: page.items, limit: page.limit, offset: page.offset, count: page.count };
  });

  api.delete<{ Params: { id: string } }>(
    '/v1/organization_members/:id',
    on('removeOrganizationMember'),
    async (request) => {
      const { user } = workingCallerOf(state, request);
      const member = state.members.get(request.params.id);
      if (member?.status !== 'ACTIVE') throw missing('Organization member');
      if (!state.membership(user.id, member.organizationId))
        throw forbidden('You are not a member of this organization');
      member.status = 'DELETED';
      const name = state.users.get(member.userId)?.name ?? '';
      state.record(user.id, member.organizationId, 'deleted', {
        ...{ id: member.id, name, type: 'organization_member' },
      });
      return {};
    },
  );

  api.post<{ Params: { id: string } }>(
    '/v1/organizations/:id/access_token',
    on('createAccessToken'),
    async (request) => {
      const { user } = workingCallerOf(state, request);
      const { id } = request.params;
      const { validity = `${HOUR}s` } = accessRequest.parse(request.body);
      const seconds = Number(/^(\d+(?:\.\d+)?)s$/.exec(validity)?.[1] ?? Number.NaN);
      if (!(seconds > 0 && seconds <= 24 * HOUR))
        throw invalid([{ field: 'validity', description: 'a duration up to 86400s, such as 3600s' }]);
      if (!state.organizations.has(id)) throw missing('Organization');
      if (!state.membership(user.id, id)) throw forbidden('You are not a member of this organization');
      const { bearer } = state.issue(user.id, id, 'access', request.headers['user-agent'], seconds * 1000);
      return { token: bearer };
    },
  );
}
