import type { VendorHttp } from '#http/types.ts';
import { cyclosClient } from '../../main/vendors/cyclos/api/client.ts';
import { enhanceClient } from '../../main/vendors/enhance/api/client.ts';
import { koyebClient } from '../../main/vendors/koyeb/api/client.ts';
import { nextauthDirectory } from '../../main/vendors/nextauth/api/directory.ts';
import { nextauthSession } from '../../main/vendors/nextauth/api/sessions.ts';

const session = { kind: 'session', token: 'session-token' } as const;
const keys = { apiKey: 'key' };
const cyclos = (generation: '4.11' | '4.16') => (http: VendorHttp) => [
  cyclosClient(http, session, generation),
];

/** Every client that speaks an API, over one connection. */
export const clientsOf: Record<string, (http: VendorHttp) => object[]> = {
  enhance: (http) => [enhanceClient(http, 'a-bearer')],
  'cyclos 4.16': cyclos('4.16'),
  'cyclos 4.11': cyclos('4.11'),
  koyeb: (http) => [koyebClient(http, 'a-bearer')],
  nextauth: (http) => [nextauthSession(http, keys, 'c2VydmVy', 'nonce'), nextauthDirectory(http, keys)],
};

const uuid = '11111111-1111-4111-8111-111111111111';
const page = { page: 0, pageSize: 10 };
const password = { user: uuid, newPassword: 'x', newPasswordConfirmation: 'x', checkConfirmation: true };

/** What a method is called with where plain ids won't do. */
const inputs: Record<string, unknown[]> = {
  'enhance createSession': [{ email: 'a@b.example', password: 'x' }, uuid],
  'enhance verify2FA': [{ authMethod: 'email', pin: '123456' }],
  'enhance resendPin': ['email'],
  'enhance createLogin': [uuid, { email: 'a@b.example', password: 'x', name: 'A' }],
  'enhance updateLoginInfo': [{ name: 'A' }],
  'enhance setLoginAvatar': [new Blob(['x'])],
  'enhance createMember': [uuid, { loginId: uuid, roles: ['Support'] }],
  'enhance updateMember': [uuid, uuid, { roles: ['Support'] }],
  'enhance createAccessToken': [uuid, { roles: ['Support'] }],
  'enhance getOrgActivities': [uuid, uuid, 5],
  'enhance addOrchdLoginPolicyIpWhitelist': [{ ipList: ['203.0.113.7'] }],
  'enhance addOrchdLoginPolicyEmailWhitelist': [{ emailList: ['a@b.example'] }],
  'enhance addOrchdLoginPolicyEmailBlacklist': [{ emailList: ['a@b.example'] }],
  'enhance updateAccessToken': [uuid, uuid, { friendlyName: 'a' }],
  'enhance createInvite': [uuid, { email: 'a@b.example', name: 'A', roles: ['Support'] }],
  'enhance addOrchdLoginPolicyIpBlacklist': [{ ipList: ['203.0.113.7'] }],
  'enhance deleteOrchdLoginPolicyIpBlacklist': [{ ipList: ['203.0.113.7'] }],
  'enhance setAdminLockdownList': ['203.0.113.7'],
  'enhance getBranding': [uuid],
  'cyclos getCurrentAuth': [],
  'cyclos getDataForLogin': [],
  'cyclos newOtp': ['email'],
  'cyclos subscribeForPushNotifications': [
    { clientId: 'a', requestId: '1' },
    { opened() {}, event() {} },
  ],
  'cyclos forgottenPasswordRequest': [{ user: 'a', sendMedium: 'email' }],
  'cyclos getDataForChangeForgottenPassword': [{ user: 'a', code: '1' }],
  'cyclos changeForgottenPassword': [password],
  'cyclos disconnectCurrentClient': [],
  'cyclos changePassword': [{ user: uuid, type: uuid, oldPassword: 'y', newPassword: 'x' }],
  'cyclos getCaptchaImage': [uuid, { width: 200, height: 50 }],
  'cyclos acceptAgreements': [['1']],
  'cyclos searchSessions': [page],
  'cyclos searchUsers': [page],
  'cyclos searchUserAlerts': [page],
  'cyclos changeUserStatus': [uuid, 'blocked', ''],
  'cyclos resetAndSendPassword': [uuid, uuid, ['email']],
  'koyeb login': [{ email: 'a@b.example', password: 'x' }],
  'koyeb getOAuthOptions': [],
  'koyeb oauthCallback': [{ state: 'a', code: 'b' }],
  'koyeb createAccessToken': [uuid, 3600],
  'koyeb listUserOrganizations': [{ limit: 10, offset: 0 }],
  'koyeb listOrganizationMembers': [{ limit: 10, offset: 0 }],
  'koyeb listCredentials': [{ limit: 10, offset: 0 }],
  'koyeb createCredential': [{ name: 'a', type: 'USER' }],
  'koyeb updateCredential': [uuid, { name: 'a', description: '' }],
  'koyeb listOrganizationInvitations': [{ limit: 10, offset: 0 }],
  'nextauth getQrLogin': [],
  'nextauth getQrEnrol': [{ name: 'anna', userId: 'anna' }],
  'nextauth updateAccountUser': ['c2VydmVy', 1, 'anna'],
  'nextauth provokeLogin': [],
  'nextauth provokeLoginOnAccount': [1],
  'nextauth getServers': [],
  'nextauth getUsers': ['c2VydmVy'],
  'nextauth getUser': ['c2VydmVy', 'anna'],
  'nextauth getAccounts': ['c2VydmVy'],
  'nextauth getAccount': ['c2VydmVy', 1],
  'nextauth setBlocked': ['c2VydmVy', 1, true],
  'nextauth deleteAccount': ['c2VydmVy', 1],
};

export interface Method {
  name: string;
  call(): Promise<unknown>;
}

/** Every method of an API's clients, ready to be called. */
export function methodsOf(api: string, http: VendorHttp): Method[] {
  const vendor = api.split(' ')[0] ?? '';
  const found = (client: object, before: string): Method[] =>
    Object.entries(client).flatMap(([key, one]) => {
      const name = `${before}${key}`;
      if (typeof one === 'object' && one) return found(one, `${name}.`);
      const given =
        inputs[`${vendor} ${name}`] ??
        inputs[`${vendor} ${key}`] ??
        Array.from({ length: one.length }, () => uuid);
      return [{ name, call: async () => one(...given) }];
    });
  return (clientsOf[api]?.(http) ?? []).flatMap((client) => found(client, ''));
}
