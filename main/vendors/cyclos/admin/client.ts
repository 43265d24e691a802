import type { z } from 'zod';
import type { VendorHttp } from '#http/types.ts';
import { rowsOf } from '../../kit/schema.ts';
import type { Access } from '../access.ts';
import { cyclosRequests } from '../request.ts';
import * as model from './models.ts';

/**
 * What only the admin desk asks of Cyclos, beside people-client.ts. Every method throws GatehouseError; what 4.11 lacks throws
 * `not-found`. `confirmation` is the caller's own password, or `totp:` and a code (header confirmationPassword).
 */
export function adminClient(http: VendorHttp, access: Access) {
  const ask = cyclosRequests(http, access);
  const read = <T>(
    operation: string,
    path: string[],
    schema: z.ZodType<T>,
    more: { right?: string; newIn416?: boolean } = {},
  ) => ask.json({ operation, method: 'GET', path, safeToRetry: true, ...more }, schema);
  const confirmed = (confirmation: string): Record<string, string> =>
    confirmation ? { confirmationpassword: confirmation } : {};

  return {
    getCurrentAuth: () => read('getCurrentAuth', ['auth'], model.auth),

    viewUser: (user: string) =>
      read('viewUser', ['users', user], model.userView, { right: 'to see this person' }),

    getUserStatus: (user: string) =>
      read('getUserStatus', [user, 'status'], model.userStatus, {
        right: 'to see the status of people',
        newIn416: true,
      }),

    getPasswords: (user: string) =>
      read('getUserPasswordsListData', [user, 'passwords', 'list-data'], model.passwordsData, {
        right: 'to manage passwords',
      }),

    viewTotpSecret: (user: string) =>
      read('viewTotpSecret', [user, 'totp-secret'], model.totpSecret, {
        right: 'to manage authenticators',
        newIn416: true,
      }),

    deleteTotpSecret: (user: string, confirmation: string) =>
      ask.empty({
        operation: 'deleteTotpSecret',
        newIn416: true,
        method: 'DELETE',
        path: [user, 'totp-secret'],
        headers: confirmed(confirmation),
        right: 'to manage authenticators',
      }),

    listDevices: (user: string) =>
      read('listDevices', [user, 'devices'], rowsOf(model.device), {
        right: 'to manage trusted devices',
        newIn416: true,
      }),

    deleteDevice: (id: string, confirmation: string) =>
      ask.empty({
        operation: 'deleteDevice',
        newIn416: true,
        method: 'DELETE',
        path: ['devices', id],
        headers: confirmed(confirmation),
        right: 'to manage trusted devices',
      }),
  };
}
