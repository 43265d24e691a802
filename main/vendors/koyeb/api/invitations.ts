import * as model from './models.ts';
import type { KoyebRequests, Page } from './request.ts';

/** Invitations into the organisation that the bearer acts in. */
export function invitationOperations(ask: KoyebRequests) {
  const path = (...rest: string[]) => ['v1', 'organization_invitations', ...rest];
  return {
    listOrganizationInvitations: (filter: Page & { statuses?: string[] }) =>
      ask.json(
        {
          operation: 'listOrganizationInvitations',
          method: 'GET',
          path: path(),
          query: {
            limit: String(filter.limit),
            offset: String(filter.offset),
            statuses: filter.statuses,
          },
          safeToRetry: true,
        },
        model.invitationsReply,
      ),

    async getOrganizationInvitation(id: string) {
      const request = {
        operation: 'getOrganizationInvitation',
        method: 'GET',
        path: path(id),
        safeToRetry: true,
      } as const;
      return (await ask.json(request, model.invitationReply)).invitation;
    },

    /** Mails an invitation to somebody, whether or not Koyeb knows the address. */
    createOrganizationInvitation: (email: string) =>
      ask.empty({
        operation: 'createOrganizationInvitation',
        method: 'POST',
        path: path(),
        json: { email },
      }),

    /** Mails it once more. */
    resendOrganizationInvitation: (id: string) =>
      ask.empty({
        operation: 'resendOrganizationInvitation',
        method: 'POST',
        path: path(id, 'resend'),
        json: {},
      }),

    deleteOrganizationInvitation: (id: string) =>
      ask.empty({ operation: 'deleteOrganizationInvitation', method: 'DELETE', path: path(id) }),
  };
}
