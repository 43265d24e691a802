import { cappedArray } from '../../kit/schema.ts';
import { type Generation, several } from './generation.ts';
import * as model from './models.ts';
import { type CyclosRequests, confirmed } from './request.ts';
import { type PageRange, search } from './search.ts';

const searchPeople = 'to search people';
const manageAuthenticators = 'to manage authenticators';
const manageDevices = 'to manage trusted devices';

/**
 * People, for those who may see them. `confirmation` is the caller's own password, or `totp:` and a code (header
 * confirmationPassword).
 */
export function userOperations(ask: CyclosRequests, generation: Generation) {
  const list = (values?: string[]) => (values?.length ? several(values, generation) : undefined);

  return {
    searchUsers: ({
      statuses,
      groups,
      roles,
      ...filter
    }: PageRange & { keywords?: string; statuses?: string[]; groups?: string[]; roles?: string[] }) =>
      search(
        ask,
        'searchUsers',
        ['users'],
        {
          ...filter,
          includeGroup: true,
          statuses: list(statuses),
          groups: list(groups),
          roles: list(roles),
        },
        model.user,
        searchPeople,
      ),

    getUserDataForSearch: () =>
      ask.read('getUserDataForSearch', ['users', 'data-for-search'], model.userDataForSearch, {
        right: searchPeople,
      }),

    viewUser: (user: string) =>
      ask.read('viewUser', ['users', user], model.userView, { right: 'to see this person' }),

    getUserStatus: (user: string) =>
      ask.read('getUserStatus', [user, 'status'], model.userStatus, {
        right: 'to see the status of people',
        newIn416: true,
      }),

    changeUserStatus: (user: string, status: string, comment?: string) =>
      ask.empty({
        operation: 'changeUserStatus',
        newIn416: true,
        method: 'POST',
        path: [user, 'status'],
        json: { status, ...(comment ? { comment } : {}) },
        right: 'to change the status of people',
      }),

    searchUserAlerts: ({ types, ...filter }: PageRange & { user?: string; types?: string[] }) =>
      search(
        ask,
        'searchUserAlerts',
        ['alerts', 'user'],
        { ...filter, types: list(types) },
        model.alert,
        'to see alerts',
        true,
      ),

    viewTotpSecret: (user: string) =>
      ask.read('viewUserTotpSecret', [user, 'totp-secret'], model.totpSecret, {
        right: manageAuthenticators,
        newIn416: true,
      }),

    deleteTotpSecret: (user: string, confirmation: string) =>
      ask.empty({
        operation: 'deleteUserTotpSecret',
        newIn416: true,
        method: 'DELETE',
        path: [user, 'totp-secret'],
        headers: confirmed(confirmation),
        right: manageAuthenticators,
      }),

    listDevices: (user: string) =>
      ask.read('listDevices', [user, 'devices'], cappedArray(model.device), {
        right: manageDevices,
        newIn416: true,
      }),

    deleteDevice: (id: string, confirmation: string) =>
      ask.empty({
        operation: 'deleteDevice',
        newIn416: true,
        method: 'DELETE',
        path: ['devices', id],
        headers: confirmed(confirmation),
        right: manageDevices,
      }),
  };
}
