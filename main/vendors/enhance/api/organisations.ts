import {
  accessTokens,
  anyText,
  anyUrl,
  member,
  membersListing,
  newAccessToken,
  newResource,
  org,
  orgsListing,
} from './models.ts';
import type { Send } from './request.ts';

interface Page {
  offset?: number;
  limit?: number;
  sortOrder?: 'asc' | 'desc';
}

export interface CustomersPage extends Page {
  sortBy?: 'id' | 'name' | 'status' | 'subscriptionsCount' | 'websitesCount' | 'createdAt';
  recursive?: boolean;
  maxDepth?: number;
  status?: 'active' | 'suspended' | 'deleted';
  planId?: number;
}

export interface MembersPage extends Page {
  sortBy?: 'status' | 'joinedAt';
  role?: string;
  siteAccess?: string;
}

export interface AccessTokenInput {
  roles: string[];
  /** ISO 8601. */
  tokenExpires?: string;
  friendlyName?: string;
  allowedIps?: string[];
  ipRestricted?: boolean;
}

/** What is not named stays as it is. */
export type AccessTokenChange = Partial<AccessTokenInput>;

export interface NewInvite {
  email: string;
  name: string;
  roles: string[];
  siteAccesses?: string[];
  notifications?: string[];
  /** The panel mails the link unless this is false. */
  sendEmail?: boolean;
}

const unknownOrg = { kind: 'not-found', message: 'The panel does not know this organisation.' } as const;
const unknownMember = { kind: 'not-found', message: 'The panel does not know this member.' } as const;
const notYours = (what: string, missingRight = 'Owner, SuperAdmin or Sysadmin') => ({
  message: `Your roles at the panel do not let you ${what}.`,
  missingRight,
});

/** Organisations, their customers, members and access tokens (OpenAPI 12.21.3). */
export function organisationOperations(send: Send) {
  return {
    async getOrg(orgId: string) {
      const { value } = await send({
        operation: 'getOrg',
        method: 'GET',
        path: ['orgs', { id: orgId }],
        body: { kind: 'json', schema: org },
        safeToRetry: true,
        refusals: { 403: notYours('see this organisation'), 404: unknownOrg },
      });
      return value;
    },

    async getOrgCustomers(orgId: string, page: CustomersPage = {}) {
      const { value } = await send({
        operation: 'getOrgCustomers',
        method: 'GET',
        path: ['orgs', { id: orgId }, 'customers'],
        query: { ...page },
        body: { kind: 'json', schema: orgsListing },
        safeToRetry: true,
        refusals: { 403: notYours('see these customers'), 404: unknownOrg },
      });
      return value;
    },

    async getMembers(orgId: string, page: MembersPage = {}) {
      const { value } = await send({
        operation: 'getMembers',
        method: 'GET',
        path: ['orgs', { id: orgId }, 'members'],
        query: { ...page },
        body: { kind: 'json', schema: membersListing },
        safeToRetry: true,
        refusals: { 403: notYours('see these members'), 404: unknownOrg },
      });
      return value;
    },

    async getMember(orgId: string, memberId: string) {
      const { value } = await send({
        operation: 'getMember',
        method: 'GET',
        path: ['orgs', { id: orgId }, 'members', { id: memberId }],
        body: { kind: 'json', schema: member },
        safeToRetry: true,
        refusals: { 403: notYours('see this member'), 404: unknownMember },
      });
      return value;
    },

    /** Returns the new member's id. */
    async createMember(orgId: string, input: { loginId: string; roles: string[] }): Promise<string> {
      const { value } = await send({
        operation: 'createMember',
        method: 'POST',
        path: ['orgs', { id: orgId }, 'members'],
        json: input,
        ok: [201],
        body: { kind: 'json', schema: newResource },
        refusals: {
          403: notYours('add members'),
          404: unknownOrg,
          409: { message: 'This login is a member of the organisation already.' },
        },
      });
      return value.id;
    },

    /** Replaces all of the member's settings, not only those given. */
    async updateMember(
      orgId: string,
      memberId: string,
      settings: { roles?: string[]; siteAccesses?: string[]; notifications?: string[] },
    ): Promise<void> {
      await send({
        operation: 'updateMember',
        method: 'PUT',
        path: ['orgs', { id: orgId }, 'members', { id: memberId }],
        json: settings,
        refusals: { 403: notYours('change members'), 404: unknownMember },
      });
    },

    async deleteMember(orgId: string, memberId: string): Promise<void> {
      await send({
        operation: 'deleteMember',
        method: 'DELETE',
        path: ['orgs', { id: orgId }, 'members', { id: memberId }],
        refusals: { 403: notYours('remove members'), 404: unknownMember },
      });
    },

    /** A link that signs in as this member, once and soon; never kept, never retried. */
    async getOrgMemberLogin(orgId: string, memberId: string): Promise<string> {
      const { value } = await send({
        operation: 'getOrgMemberLogin',
        method: 'GET',
        path: ['orgs', { id: orgId }, 'members', { id: memberId }, 'sso'],
        body: { kind: 'json', schema: anyUrl },
        refusals: { 403: notYours('sign in as this member'), 404: unknownMember },
      });
      return value;
    },

    async updateOwner(orgId: string, memberId: string): Promise<void> {
      await send({
        operation: 'updateOwner',
        method: 'PUT',
        path: ['orgs', { id: orgId }, 'owner'],
        json: { memberId },
        refusals: {
          403: notYours(
            'change the owner',
            'Owner of this organisation, or at least SuperAdmin of the one above it',
          ),
          404: unknownMember,
        },
      });
    },

    /** The organisation then has no owner; who was it becomes a SuperAdmin. */
    async deleteOwner(orgId: string): Promise<void> {
      await send({
        operation: 'deleteOwner',
        method: 'DELETE',
        path: ['orgs', { id: orgId }, 'owner'],
        refusals: {
          403: notYours('take the ownership away', 'at least SuperAdmin of the organisation above this one'),
          404: { kind: 'not-found', message: 'The panel knows no owner of this organisation.' },
        },
      });
    },

    /**
     * Invites somebody by e-mail, again if they were before: the former link is void then (OpenAPI 12.21.3, createInvite).
     * Returns the link; whoever has it can accept.
     */
    async createInvite(orgId: string, invite: NewInvite): Promise<string> {
      const { value } = await send({
        operation: 'createInvite',
        method: 'POST',
        path: ['orgs', { id: orgId }, 'invites'],
        json: invite,
        ok: [201],
        body: { kind: 'json', schema: anyText },
        refusals: {
          400: {
            kind: 'invalid',
            message:
              'The panel did not take this invitation. Who is a member of the organisation already can’t be invited to it.',
          },
          403: notYours('invite anybody to this organisation', 'at least SuperAdmin in it or above it'),
          404: unknownOrg,
        },
      });
      return value;
    },

    async getAccessTokens(orgId: string) {
      const { value } = await send({
        operation: 'getAccessTokens',
        method: 'GET',
        path: ['orgs', { id: orgId }, 'access_tokens'],
        body: { kind: 'json', schema: accessTokens },
        safeToRetry: true,
        refusals: { 403: notYours('see access tokens'), 404: unknownOrg },
      });
      return value;
    },

    /** The only time that the panel shows the token itself. */
    async createAccessToken(orgId: string, input: AccessTokenInput) {
      const { value } = await send({
        operation: 'createAccessToken',
        method: 'POST',
        path: ['orgs', { id: orgId }, 'access_tokens'],
        json: input,
        ok: [201],
        body: { kind: 'json', schema: newAccessToken },
        refusals: {
          403: notYours('create access tokens'),
          404: unknownOrg,
          409: { message: 'The organisation has an access token of this name already.' },
        },
      });
      return value;
    },

    /** From 12.21 on. */
    async updateAccessToken(orgId: string, tokenId: string, change: AccessTokenChange): Promise<void> {
      await send({
        operation: 'updateAccessToken',
        method: 'PATCH',
        path: ['orgs', { id: orgId }, 'access_tokens', { id: tokenId }],
        json: change,
        refusals: {
          403: notYours('change access tokens'),
          404: {
            kind: 'not-found',
            message:
              'The panel does not know this access token, or is too old to change one (that came with 12.21).',
            advice: 'If it is on the list still, delete it and make another.',
          },
        },
      });
    },

    async deleteAccessToken(orgId: string, tokenId: string): Promise<void> {
      await send({
        operation: 'deleteAccessToken',
        method: 'DELETE',
        path: ['orgs', { id: orgId }, 'access_tokens', { id: tokenId }],
        refusals: { 403: notYours('delete access tokens') },
      });
    },
  };
}
