import { cappedArray } from '../../kit/schema.ts';
import type { Medium } from '../medium.ts';
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

    /** Sends oneself the code that has to be typed before an authenticator is set up. `mobilePhone` is a phone's id, for `sms`. */
    sendTotpActivationCode: (to: { medium: Medium; mobilePhone?: string }) =>
      ask.json(
        {
          operation: 'sendTotpSecretActivationCode',
          newIn416: true,
          method: 'POST',
          // Spelt so by the vendor.
          path: ['totp-secret', 'send-activaction-code'],
          json: to,
          right: manageAuthenticators,
        },
        model.otpResult,
      ),

    /** Takes that code; returns the secret's `otpauth:` address, which is `pending` from then on. */
    verifyTotpActivationCode: (code: string) =>
      ask.text({
        operation: 'verifyTotpSecretActivationCode',
        newIn416: true,
        method: 'POST',
        path: ['totp-secret', 'verify-activation-code'],
        text: code,
        right: manageAuthenticators,
      }),

    /** Takes a code that the app shows; the authenticator is `active` from then on. */
    activateTotp: (code: string) =>
      ask.empty({
        operation: 'activateTotpSecret',
        newIn416: true,
        method: 'POST',
        path: ['totp-secret', 'activate'],
        text: code,
        right: manageAuthenticators,
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

    listIdentityProviders: (user: string) =>
      ask.read(
        'getUserIdentityProvidersListData',
        [user, 'identity-providers', 'list-data'],
        model.identityLinks,
        { right: 'to see identity providers', newIn416: true },
      ),

    /** By id or internal name. With `disable` the provider can't be linked again by signing in. */
    unlinkIdentityProvider: (user: string, provider: string, disable: boolean) =>
      ask.empty({
        operation: 'deleteUserIdentityProvider',
        newIn416: true,
        method: 'DELETE',
        path: [user, 'identity-providers', provider],
        query: { disable },
        right: 'to unlink identity providers',
      }),

    getAgreements: (user: string) =>
      ask.read('getUserAgreements', [user, 'agreements'], model.userAgreements, {
        right: 'to see agreements',
        newIn416: true,
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
