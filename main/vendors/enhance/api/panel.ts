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

  /** Part of the login policy; null where the panel answers 404, which it does while nothing was ever set. */
  const readPolicy = async <T>(operation: string, name: string, schema: z.ZodType<T>): Promise<T | null> => {
    const { status, value } = await send<T>({
      operation,
      method: 'GET',
      path: [...policy, name],
      ok: [200, 404],
      bodyByStatus: { 200: { kind: 'json', schema }, 404: { kind: 'text' } },
      safeToRetry: true,
    });
    return status === 404 ? null : value;
  };

  const list = <Name extends string, T>(name: Name, schema: z.ZodType<T>) => {
    const path = [...policy, name];
    return {
      get: () => readPolicy(`${name}.get`, name, schema),
      set: async (entries: T): Promise<void> => {
        await send({ operation: `${name}.set`, method: 'PUT', path, json: entries });
      },
    };
  };

  return {
    /** An organisation's record of one of its things, a login for instance. */
    async getActivities(orgId: string, entityId: string, limit: number) {
      const { value } = await send({
        operation: 'getActivities',
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

    getBlockedIps: () => read('getBlockedIps', ['reports', 'orchd', 'login-policy', 'blocked-ips'], blocked),
    getBlockedLogins: () =>
      read('getBlockedLogins', ['reports', 'orchd', 'login-policy', 'blocked-logins'], blocked),

    getLoginPolicy: () => readPolicy('getLoginPolicy', 'settings', loginPolicy),
    ipWhitelist: list('ip-whitelist', ipList),
    emailWhitelist: list('email-whitelist', emailList),
    emailBlacklist: list('email-blacklist', emailList),

    /** These three need no sign-in. `timeout` in ms. */
    getBranding: (orgId?: string, timeout?: number) =>
      read('getBranding', ['branding'], branding, { queryIds: { orgId }, timeout }),
    getVersion: () => read('getVersion', ['version'], anyText),
    getStatus: () => read('getStatus', ['status'], anyText),
  };
}
