import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { Refusal } from './answers.ts';
import { ADMINS, callerOf, needRole } from './caller.ts';
import type { EnhanceState } from './state.ts';

/** The admin lockdown: from which addresses the master organisation lets its own people in. New in 12.21. */
export function addLockdownRoutes(api: FastifyInstance, state: EnhanceState): void {
  const on = (operation: string) => ({ config: { operation } });
  const needMaster = (request: FastifyRequest) =>
    needRole(state, callerOf(state, request), state.masterId, ADMINS);
  /** JSON that is no object; 404 while nothing was ever set. */
  const plain = (value: boolean | string | null) => {
    if (value === null) throw new Refusal(404, null);
    return JSON.stringify(value);
  };

  api.get('/settings/orchd/admin-lockdown/status', on('getAdminLockdownStatus'), async (request, reply) => {
    needMaster(request);
    return reply.type('application/json').send(plain(state.lockdown.enabled));
  });

  api.put('/settings/orchd/admin-lockdown/status', on('setAdminLockdownStatus'), async (request, reply) => {
    needMaster(request);
    state.lockdown.enabled = z.boolean().parse(request.body);
    return reply.code(204).send();
  });

  api.get('/settings/orchd/admin-lockdown/list', on('getAdminLockdownList'), async (request, reply) => {
    needMaster(request);
    return reply.type('application/json').send(plain(state.lockdown.list));
  });

  api.put('/settings/orchd/admin-lockdown/list', on('setAdminLockdownList'), async (request, reply) => {
    needMaster(request);
    state.lockdown.list = z.string().parse(request.body);
    return reply.code(204).send();
  });
}
