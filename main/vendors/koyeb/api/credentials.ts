import * as model from './models.ts';
import type { KoyebRequests, Page } from './request.ts';

/** API credentials. */
export function credentialOperations(ask: KoyebRequests) {
  return {
    listCredentials: (filter: Page & { type?: 'USER' | 'ORGANIZATION'; name?: string }) =>
      ask.json(
        {
          operation: 'listCredentials',
          method: 'GET',
          path: ['v1', 'credentials'],
          query: {
            limit: String(filter.limit),
            offset: String(filter.offset),
            type: filter.type,
            name: filter.name,
          },
          safeToRetry: true,
        },
        model.credentialsReply,
      ),

    /** The answer holds the credential's token, this once. */
    async createCredential(input: {
      name: string;
      description?: string;
      type: 'USER' | 'ORGANIZATION';
      organizationId?: string | undefined;
    }) {
      const { organizationId, ...rest } = input;
      const body = { ...rest, ...(organizationId ? { organization_id: organizationId } : {}) };
      const path = ['v1', 'credentials'];
      const request = { operation: 'createCredential', method: 'POST', path, json: body } as const;
      return (await ask.json(request, model.credentialReply)).credential;
    },

    /** Changes the name and the description, and nothing else. */
    updateCredential: (id: string, { name, description }: { name: string; description: string }) =>
      ask.empty({
        operation: 'updateCredential',
        method: 'PATCH',
        path: ['v1', 'credentials', id],
        query: { update_mask: 'name,description' },
        json: { name, description },
      }),

    /** Revokes an API credential. */
    deleteCredential: (id: string) =>
      ask.empty({ operation: 'deleteCredential', method: 'DELETE', path: ['v1', 'credentials', id] }),
  };
}
