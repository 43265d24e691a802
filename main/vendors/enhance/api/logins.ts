import {
  type AuthMethod,
  login,
  loginMemberships,
  loginsListing,
  newResource,
  updateLoginResult,
} from './models.ts';
import type { Id, Send } from './request.ts';

export interface LoginPage {
  offset?: number;
  limit?: number;
  sortBy?: 'email' | 'name' | 'registrationDate';
  sortOrder?: 'asc' | 'desc';
}

export interface UpdateLogin {
  name?: string;
  email?: string;
  password?: string;
  locale?: string;
  authMethod?: AuthMethod;
  /** Due when the e-mail address or the password changes. */
  currentPassword?: string;
}

const unknownLogin = { kind: 'not-found', message: 'The panel does not know this login.' } as const;

/** Logins: one's own, and those that the caller may look after. */
export function loginOperations(send: Send) {
  const list = (operation: string, path: (string | Id)[], query: LoginPage, realmId?: string) =>
    send({
      operation,
      method: 'GET',
      path,
      query: { ...query },
      queryIds: { realmId },
      ok: [200],
      body: { kind: 'json', schema: loginsListing },
      safeToRetry: true,
      refusals: {
        403: {
          message: 'Your roles at the panel do not let you list these logins.',
          missingRight: 'Owner, SuperAdmin or Sysadmin',
        },
      },
    }).then(({ value }) => value);

  return {
    /** Returns the new login's id. */
    async createLogin(
      orgId: string,
      info: { email: string; password: string; name: string },
    ): Promise<string> {
      const { value } = await send({
        operation: 'createLogin',
        method: 'POST',
        path: ['logins'],
        queryIds: { orgId },
        json: info,
        ok: [201],
        body: { kind: 'json', schema: newResource },
        refusals: {
          403: {
            message: 'Your roles at the panel do not let you create logins in this organisation.',
            missingRight: 'admin or support rights in the organisation or one above it',
          },
          409: { message: 'A login with this e-mail address is already there.' },
        },
      });
      return value.id;
    },

    async getLogin() {
      const { value } = await send({
        operation: 'getLogin',
        method: 'GET',
        path: ['login'],
        ok: [200],
        body: { kind: 'json', schema: login },
        safeToRetry: true,
      });
      return value;
    },

    async getLoginMemberships() {
      const { value } = await send({
        operation: 'getLoginMemberships',
        method: 'GET',
        path: ['login', 'memberships'],
        ok: [200],
        body: { kind: 'json', schema: loginMemberships },
        safeToRetry: true,
      });
      return value.memberships;
    },

    getLogins: ({ realmId, ...page }: LoginPage & { realmId?: string } = {}) =>
      list('getLogins', ['logins'], page, realmId),

    getOrgLogins: (orgId: string, page: LoginPage = {}) =>
      list('getOrgLogins', ['orgs', { id: orgId }, 'logins'], page),

    getCustomerLogins: (orgId: string, page: LoginPage = {}) =>
      list('getCustomerLogins', ['v2', 'orgs', { id: orgId }, 'customers', 'logins'], page),

    async setCustomerLoginPassword(loginId: string, newPassword: string): Promise<void> {
      await send({
        operation: 'setCustomerLoginPassword',
        method: 'PUT',
        path: ['v2', 'logins', { id: loginId }, 'password'],
        json: { newPassword },
        refusals: {
          400: { kind: 'invalid', message: 'The panel did not accept this password.' },
          403: {
            message: 'Your roles at the panel do not let you set this login’s password.',
            missingRight: 'admin or support rights above every organisation that this login belongs to',
          },
          404: unknownLogin,
        },
      });
    },

    /** OpenAPI 12.21.3, updateLoginInfo: changing the method goes through `basic`; `otpUrl` is for the authenticator app. */
    async updateLoginInfo(change: UpdateLogin) {
      const { value } = await send({
        operation: 'updateLoginInfo',
        method: 'PATCH',
        path: ['login'],
        json: change,
        ok: [200],
        body: { kind: 'json', schema: updateLoginResult },
        refusals: {
          403: {
            kind: 'refused-credentials',
            message: 'The panel wants the current password for this change, and did not get the right one.',
          },
        },
      });
      return value;
    },

    /** At most 200 KiB of JPEG, PNG or ICO. */
    async setLoginAvatar(image: Blob): Promise<void> {
      const form = new FormData();
      form.append('avatar', image, 'avatar');
      await send({
        operation: 'setLoginAvatar',
        method: 'PUT',
        path: ['login', 'avatar'],
        form,
        timeout: 60_000,
        refusals: {
          400: { kind: 'invalid', message: 'The panel wants a JPEG, PNG or ICO picture of at most 200 KiB.' },
        },
      });
    },

    async deleteLoginAvatar(): Promise<void> {
      await send({ operation: 'deleteLoginAvatar', method: 'DELETE', path: ['login', 'avatar'] });
    },
  };
}
