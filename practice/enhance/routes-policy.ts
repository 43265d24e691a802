import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { Refusal } from './answers.ts';
import { ADMINS, callerOf, needRole } from './caller.ts';
import { POLICY_LISTS } from './lockout.ts';
import type { EnhanceState } from './state.ts';

const whole = z.number().int().min(0).optional();
const positive = z.number().int().min(1).optional();
const settings = z.object({
  enabled: z.boolean().optional(),
  emailQuota: whole,
  emailAutoBlockEnabled: z.boolean().optional(),
  emailAutoBlockThreshold: positive,
  emailAutoBlockDuration: positive,
  ipQuota: whole,
  ipAutoBlockEnabled: z.boolean().optional(),
  ipAutoBlockThreshold: positive,
  ipAutoBlockDuration: positive,
});

/** The login policy: who is blocked, the settings, the white and black lists. For admins of the master organisation. */
export function addPolicyRoutes(api: FastifyInstance, state: EnhanceState): void {
  const on = (operation: string) => ({ config: { operation } });
  const needMaster = (request: Parameters<typeof callerOf>[1]) =>
    needRole(state, callerOf(state, request), state.masterId, ADMINS);

  api.get('/reports/orchd/login-policy/blocked-ips', on('getLoginPolicyBlockedIps'), async (request) => {
    needMaster(request);
    return state.lockout.report('ips');
  });

  api.get(
    '/reports/orchd/login-policy/blocked-logins',
    on('getLoginPolicyBlockedLogins'),
    async (request) => {
      needMaster(request);
      return state.lockout.report('logins');
    },
  );

  api.get('/settings/orchd/login-policy/settings', on('getOrchdLoginPolicySettings'), async (request) => {
    needMaster(request);
    return state.lockout.settings;
  });

  api.put(
    '/settings/orchd/login-policy/settings',
    on('addOrchdLoginPolicySettings'),
    async (request, reply) => {
      needMaster(request);
      Object.assign(state.lockout.settings, settings.parse(request.body ?? {}));
      return reply.code(204).send();
    },
  );

  for (const list of POLICY_LISTS) {
    const path = `/settings/orchd/login-policy/${list}`;
    const field = list.startsWith('ip') ? 'ipList' : 'emailList';
    // "ip-whitelist" is getOrchdLoginPolicyIpWhitelist, and so on.
    const entriesIn = (body: unknown) => z.object({ [field]: z.array(z.string()).optional() }).parse(body);
    const named = list.replace(/(^|-)(\w)/g, (_, __, letter: string) => letter.toUpperCase());

    api.get(path, on(`getOrchdLoginPolicy${named}`), async (request) => {
      needMaster(request);
      const entries = state.lockout.lists.get(list);
      // Nothing was ever set, or it was deleted (OpenAPI 12.21.3: 404).
      if (!entries) throw new Refusal(404, null);
      return { [field]: entries };
    });

    api.put(path, on(`addOrchdLoginPolicy${named}`), async (request, reply) => {
      needMaster(request);
      state.lockout.lists.set(list, entriesIn(request.body)[field] ?? []);
      return reply.code(204).send();
    });

    api.delete(path, on(`deleteOrchdLoginPolicy${named}`), async (request, reply) => {
      needMaster(request);
      // The body is required, and what it is for is not said: the list goes as a whole.
      entriesIn(request.body);
      state.lockout.lists.delete(list);
      return reply.code(204).send();
    });
  }
}
