import type { z } from 'zod';
import { activitiesListing, anyText, blocked, branding, emailList, ipList, loginPolicy } from './models.ts';
import type { Send } from './request.ts';

const policy = ['settings', 'orchd', 'login-policy'];

/** The panel itself: what it is, whom it blocks, and its record (OpenAPI 12.21.3). */
export function panelOperations(send: Send) {
  const read = <T>(
    operation: string,
    path: string[],
    schema: z.ZodType<T>,
    more: { query?: Record<string, string>; timeout?: number } = {},
  ) =>
    send({
      operation,
      method: 'GET',
      path,
      ...more,
      body: { kind: 'json', schema },
      safeToRetry: true,
    }).then(({ value }) => value);

  const list = <Name extends string, T>(name: Name, schema: z.ZodType<T>) => {
    const path = [...policy, name];
    return {
      get: () => read(`${name}.get`, path, schema),
      set: async (entries: T): Promise<void> => {
        await send({ operation: `${name}.set`, method: 'PUT', path, json: entries });
      },
      clear: async (): Promise<void> => {
        await send({ operation: `${name}.clear`, method: 'DELETE', path });
      },
    };
  };

  return {
    /** An organisation's record of one of its things, a login for instance. */
    async getActivities(orgId: string, entityId: string, limit: number) {
      const { value } = await send({
        operation: 'getActivities',
        method: 'GET',
        path: ['v2', 'orgs', orgId, 'activities'],
        query: { anyEntityId: [entityId], limit },
        body: { kind: 'json', schema: activitiesListing },
        safeToRetry: true,
      });
      return value;
    },

    getBlockedIps: () => read('getBlockedIps', ['reports', 'orchd', 'login-policy', 'blocked-ips'], blocked),
    getBlockedLogins: () =>
      read('getBlockedLogins', ['reports', 'orchd', 'login-policy', 'blocked-logins'], blocked),

    getLoginPolicy: () => read('getLoginPolicy', [...policy, 'settings'], loginPolicy),
    ipWhitelist: list('ip-whitelist', ipList),
    emailWhitelist: list('email-whitelist', emailList),
    emailBlacklist: list('email-blacklist', emailList),

    /** These three need no sign-in. `timeout` in ms. */
    getBranding: (orgId?: string, timeout?: number) =>
      read('getBranding', ['branding'], branding, { ...(orgId ? { query: { orgId } } : {}), timeout }),
    getVersion: () => read('getVersion', ['version'], anyText),
    getStatus: () => read('getStatus', ['status'], anyText),
  };
}
