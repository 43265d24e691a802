import * as model from './models.ts';
import type { KoyebRequests, Page } from './request.ts';

/** Organizations and their members. */
export function organizationOperations(ask: KoyebRequests) {
  return {
    /** A new token in another organisation. */
    async switchOrganization(id: string) {
      const path = ['v1', 'organizations', id, 'switch'];
      const request = { operation: 'switchOrganization', method: 'POST', path, json: {} } as const;
      return (await ask.json(request, model.loginReply)).token;
    },

    /** A new token without an organisation, meant for whoever deletes the organisation. */
    async unscopeOrganizationToken() {
      const path = ['v1', 'unscope_organization_token'];
      const request = { operation: 'unscopeOrganizationToken', method: 'POST', path, json: {} } as const;
      return (await ask.json(request, model.loginReply)).token;
    },

    /** A short-lived token of an organisation; `validity` in seconds, at most 86,400. It can't be revoked. */
    async createAccessToken(organizationId: string, validity: number) {
      const path = ['v1', 'organizations', organizationId, 'access_token'];
      const body = { validity: `${validity}s` };
      const request = { operation: 'createAccessToken', method: 'POST', path, json: body } as const;
      return (await ask.json(request, model.accessTokenReply)).token;
    },

    /** The organisation of the token; throws `not-found` when it has none. */
    async getCurrentOrganization() {
      const path = ['v1', 'account', 'organization'];
      const request = {
        operation: 'getCurrentOrganization',
        method: 'GET',
        path,
        safeToRetry: true,
      } as const;
      return (await ask.json(request, model.organizationReply)).organization;
    },

    listUserOrganizations: ({ limit, offset, search }: Page & { search?: string }) =>
      ask.json(
        {
          operation: 'listUserOrganizations',
          method: 'GET',
          path: ['v1', 'account', 'organizations'],
          query: { limit: String(limit), offset: String(offset), search },
          safeToRetry: true,
        },
        model.organizationsReply,
      ),

    listOrganizationMembers: (filter: Page & { organizationId?: string; userId?: string }) =>
      ask.json(
        {
          operation: 'listOrganizationMembers',
          method: 'GET',
          path: ['v1', 'organization_members'],
          query: {
            limit: String(filter.limit),
            offset: String(filter.offset),
            organization_id: filter.organizationId,
            user_id: filter.userId,
          },
          safeToRetry: true,
        },
        model.membersReply,
      ),

    removeOrganizationMember: (id: string) =>
      ask.empty({
        operation: 'removeOrganizationMember',
        method: 'DELETE',
        path: ['v1', 'organization_members', id],
      }),
  };
}
