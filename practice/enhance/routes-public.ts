import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { callerOf } from './caller.ts';
import type { EnhanceState } from './state.ts';

/** What needs no sign-in (version, status, branding), and a person's settings of the web interface. */
export function addPublicRoutes(api: FastifyInstance, state: EnhanceState): void {
  const on = (operation: string) => ({ config: { operation } });
  const preferences = new Map<string, Record<string, unknown>>();

  api.get('/version', on('orchdVersion'), (_request, reply) => {
    reply.type('application/json').send(JSON.stringify('12.21.3'));
  });

  api.get('/status', on('orchdStatus'), (_request, reply) => {
    reply.type('application/json').send(JSON.stringify('ready'));
  });

  api.get('/branding', on('getBranding'), async (request) => {
    const { orgId } = z.object({ orgId: z.guid().optional() }).parse(request.query);
    const asked = orgId ?? state.realmAtHost(request.hostname);
    // A customer has the branding of whose customer it is: "the branding of that organization's realm's reseller".
    const realmId = state.isRealm(asked) ? asked : state.orgs.get(asked)?.parentId;
    const org = state.orgs.get(realmId ?? state.masterId)!;
    return {
      orgName: org.name,
      ...(org.parentId && { parent: org.parentId }),
      ...(org.panelHost && { controlPanelDomain: org.panelHost }),
      settings: [],
      locale: org.locale,
    };
  });

  api.get('/logins/ui-preferences', on('getUiPreferences'), async (request) => {
    return preferences.get(callerOf(state, request).login.id) ?? {};
  });

  for (const method of ['POST', 'PATCH'] as const) {
    api.route({
      method,
      url: '/logins/ui-preferences',
      config: { operation: method === 'POST' ? 'setUiPreferences' : 'updateUiPreferences' },
      handler: async (request, reply) => {
        const { id } = callerOf(state, request).login;
        const body = z.record(z.string(), z.unknown()).parse(request.body);
        preferences.set(id, method === 'POST' ? body : { ...preferences.get(id), ...body });
        return reply.code(200).send();
      },
    });
  }
}
