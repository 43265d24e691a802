import type { z } from 'zod';
import {
  activitiesListing,
  anyText,
  blocked,
  branding,
  emailList,
  ipList,
  lockdownStatus,
  loginPolicy,
} from './models.ts';
import type { Send } from './request.ts';

type IpList = z.infer<typeof ipList>;
type EmailList = z.infer<typeof emailList>;

const settings = ['settings', 'orchd'];
const policy = [...settings, 'login-policy'];
const lockdown = [...settings, 'admin-lockdown'];

/** The panel itself: what it is, whom it blocks, and its record (OpenAPI 12.21.3). */
export function panelOperations(send: Send) {
  const read = <T>(
    operation: string,
    path: string[],
    schema: z.ZodType<T>,
    more: { queryIds?: Record<string, string | undefined>; timeout?: number } = {},
  ) =>
    send({
      operation,
      method: 'GET',
      path,
      ...more,
      body: { kind: 'json', schema },
      safeToRetry: true,
    }).then(({ value }) => value);

  /** A setting; null where the panel answers 404, which it does while nothing was ever set, and before it had the setting. */
  const readSetting = async <T>(
    operation: string,
    path: string[],
    schema: z.ZodType<T>,
  ): Promise<T | null> => {
    const { status, value } = await send<T>({
      operation,
      method: 'GET',
      path,
      ok: [200, 404],
      bodyByStatus: { 200: { kind: 'json', schema }, 404: { kind: 'text' } },
      safeToRetry: true,
    });
    return status === 404 ? null : value;
  };

  const readPolicy = <T>(operation: string, name: string, schema: z.ZodType<T>) =>
    readSetting(operation, [...policy, name], schema);
  const writePolicy = async (operation: string, name: string, json: object): Promise<void> => {
    await send({ operation, method: 'PUT', path: [...policy, name], json });
  };

  return {
    /** An organisation's record of one of its things, a login for instance. */
    async getOrgActivities(orgId: string, entityId: string, limit: number) {
      const { value } = await send({
        operation: 'getOrgActivities',
        method: 'GET',
        path: ['v2', 'orgs', { id: orgId }, 'activities'],
        query: { limit },
        queryIds: { anyEntityId: entityId },
        body: { kind: 'json', schema: activitiesListing },
        safeToRetry: true,
        refusals: {
          404: { kind: 'not-found', message: 'The panel keeps no record for this organisation.' },
        },
      });
      return value;
    },

    getLoginPolicyBlockedIps: () =>
      read('getLoginPolicyBlockedIps', ['reports', 'orchd', 'login-policy', 'blocked-ips'], blocked),
    getLoginPolicyBlockedLogins: () =>
      read('getLoginPolicyBlockedLogins', ['reports', 'orchd', 'login-policy', 'blocked-logins'], blocked),

    getOrchdLoginPolicySettings: () => readPolicy('getOrchdLoginPolicySettings', 'settings', loginPolicy),

    /** The lists of the policy. “Add” sets a list as a whole. */
    getOrchdLoginPolicyIpWhitelist: () =>
      readPolicy('getOrchdLoginPolicyIpWhitelist', 'ip-whitelist', ipList),
    addOrchdLoginPolicyIpWhitelist: (list: IpList) =>
      writePolicy('addOrchdLoginPolicyIpWhitelist', 'ip-whitelist', list),
    getOrchdLoginPolicyIpBlacklist: () =>
      readPolicy('getOrchdLoginPolicyIpBlacklist', 'ip-blacklist', ipList),
    addOrchdLoginPolicyIpBlacklist: (list: IpList) =>
      writePolicy('addOrchdLoginPolicyIpBlacklist', 'ip-blacklist', list),
    /** The panel wants a list here, and does not say whether that or all goes: give it the whole list. */
    async deleteOrchdLoginPolicyIpBlacklist(list: IpList): Promise<void> {
      const path = [...policy, 'ip-blacklist'];
      await send({ operation: 'deleteOrchdLoginPolicyIpBlacklist', method: 'DELETE', path, json: list });
    },
    getOrchdLoginPolicyEmailWhitelist: () =>
      readPolicy('getOrchdLoginPolicyEmailWhitelist', 'email-whitelist', emailList),
    addOrchdLoginPolicyEmailWhitelist: (list: EmailList) =>
      writePolicy('addOrchdLoginPolicyEmailWhitelist', 'email-whitelist', list),
    getOrchdLoginPolicyEmailBlacklist: () =>
      readPolicy('getOrchdLoginPolicyEmailBlacklist', 'email-blacklist', emailList),
    addOrchdLoginPolicyEmailBlacklist: (list: EmailList) =>
      writePolicy('addOrchdLoginPolicyEmailBlacklist', 'email-blacklist', list),

    /** From 12.21 on: whether the master organisation lets its own people in from listed addresses only. */
    getAdminLockdownStatus: () =>
      readSetting('getAdminLockdownStatus', [...lockdown, 'status'], lockdownStatus),
    /** The addresses, a line each. */
    getAdminLockdownList: () => readSetting('getAdminLockdownList', [...lockdown, 'list'], anyText),
    async setAdminLockdownList(list: string): Promise<void> {
      const path = [...lockdown, 'list'];
      await send({ operation: 'setAdminLockdownList', method: 'PUT', path, json: list });
    },

    /** These three need no sign-in. `timeout` in ms. */
    getBranding: (orgId?: string, timeout?: number) =>
      read('getBranding', ['branding'], branding, { queryIds: { orgId }, timeout }),
    orchdVersion: () => read('orchdVersion', ['version'], anyText),
    orchdStatus: () => read('orchdStatus', ['status'], anyText),
  };
}
