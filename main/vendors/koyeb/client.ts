import type { z } from 'zod';
import type { HttpRequest, VendorHttp } from '#http/types.ts';
import { explain, explainSignIn } from './failures.ts';
import * as model from './models.ts';

/** The operations of Koyeb's Sessions API; everything else here is related. */
export const operations = ['login', 'logout', 'newSession', 'refreshToken'] as const;

export interface Page {
  limit: number;
  offset: number;
}

/**
 * Koyeb over one door. `bearer` is a session token, an API credential or an organisation access token; null before sign-in.
 * Every method throws GatehouseError. Shapes: the vendor's OpenAPI document, v1.
 */
export function koyebClient(http: VendorHttp, bearer: string | null) {
  const headers: Record<string, string> = bearer ? { authorization: `Bearer ${bearer}` } : {};

  async function json<T>(request: Omit<HttpRequest<T>, 'body'>, schema: z.ZodType<T>): Promise<T> {
    const asked: HttpRequest<T> = { headers, explain, ok: [200], ...request, body: { kind: 'json', schema } };
    return (await http.send(asked)).value;
  }

  async function empty(request: HttpRequest<undefined>): Promise<void> {
    await http.send({ headers, explain, ok: [200, 204], ...request });
  }

  return {
    /** Opens a session; sent without a bearer, as the vendor's own front end does. */
    async login(input: { email: string; password: string; organizationId?: string }) {
      const { email, password, organizationId } = input;
      const reply = await json(
        {
          operation: 'login',
          method: 'POST',
          path: ['v1', 'account', 'login'],
          headers: {},
          json: { email, password, ...(organizationId ? { organization_id: organizationId } : {}) },
          explain: explainSignIn,
        },
        model.loginReply,
      );
      return reply.token;
    },

    /** Ends the session of the presented token; a dead token is answered with 401. */
    logout: () => empty({ operation: 'logout', method: 'DELETE', path: ['v1', 'account', 'logout'] }),

    /** A new token of the same person without an organisation. */
    async newSession() {
      const path = ['v1', 'account', 'session'];
      return (await json({ operation: 'newSession', method: 'POST', path }, model.loginReply)).token;
    },

    /** A new token in place of the presented one. */
    async refreshToken() {
      const path = ['v1', 'account', 'refresh'];
      return (await json({ operation: 'refreshToken', method: 'PUT', path }, model.loginReply)).token;
    },

    /** A new token in another organisation. */
    async switchOrganization(id: string) {
      const path = ['v1', 'organizations', id, 'switch'];
      const request = { operation: 'switchOrganization', method: 'POST', path, json: {} } as const;
      return (await json(request, model.loginReply)).token;
    },

    /** A new token without an organisation, meant for whoever deletes the organisation. */
    async unscopeOrganizationToken() {
      const path = ['v1', 'unscope_organization_token'];
      const request = { operation: 'unscopeOrganizationToken', method: 'POST', path, json: {} } as const;
      return (await json(request, model.loginReply)).token;
    },

    /** A short-lived token of an organisation; `validity` in seconds, at most 86,400. It can't be revoked. */
    async createAccessToken(organizationId: string, validity: number) {
      const path = ['v1', 'organizations', organizationId, 'access_token'];
      const body = { validity: `${validity}s` };
      const request = { operation: 'createAccessToken', method: 'POST', path, json: body } as const;
      return (await json(request, model.accessTokenReply)).token;
    },

    async getCurrentUser() {
      const path = ['v1', 'account', 'profile'];
      const request = { operation: 'getCurrentUser', method: 'GET', path, safeToRetry: true } as const;
      return (await json(request, model.userReply)).user;
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
      return (await json(request, model.organizationReply)).organization;
    },

    listUserOrganizations: ({ limit, offset, search }: Page & { search?: string }) =>
      json(
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
      json(
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
      empty({
        operation: 'removeOrganizationMember',
        method: 'DELETE',
        path: ['v1', 'organization_members', id],
      }),

    listCredentials: (filter: Page & { type?: 'USER' | 'ORGANIZATION'; name?: string }) =>
      json(
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
      return (await json(request, model.credentialReply)).credential;
    },

    /** Revokes an API credential. */
    deleteCredential: (id: string) =>
      empty({ operation: 'deleteCredential', method: 'DELETE', path: ['v1', 'credentials', id] }),

    /** Mails a link to set a new password; the same answer for people it does not know. Deprecated by Koyeb. */
    resetPassword: (email: string) =>
      empty({
        operation: 'resetPassword',
        method: 'POST',
        path: ['v1', 'account', 'reset_password'],
        headers: {},
        json: { email },
      }),

    /** Sets the password by the id out of that mail; the answer is a new session of the person. Deprecated by Koyeb. */
    async updatePassword(id: string, password: string) {
      const path = ['v1', 'account', 'update_password'];
      const request = { operation: 'updatePassword', method: 'POST', path, json: { id, password } } as const;
      return (await json({ ...request, headers: {} }, model.loginReply)).token;
    },

    /** How a person signs in: KOYEB (password) or WORKOS. */
    async getLoginMethod(email: string) {
      const path = ['v1', 'account', 'login_method'];
      const request = { operation: 'getLoginMethod', method: 'GET', path, query: { email } } as const;
      return (await json({ ...request, headers: {}, safeToRetry: true }, model.loginMethodReply)).method;
    },
  };
}

export type KoyebClient = ReturnType<typeof koyebClient>;
