import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { needGlobal, serverOf } from './access.ts';
import type { Query } from './lists.ts';
import type { Grant, Permission } from './model.ts';
import { Refusal } from './refuse.ts';
import { type NextAuthState, sameId } from './state.ts';

const known: Permission[] = ['sessions', 'users', 'accounts', 'servers', 'createserver', 'root', 'setrid'];
const permissionsBody = z.array(z.string());

/** API keys, and what roles may do on a server. */
export function addRoleRoutes(app: FastifyInstance, state: NextAuthState): void {
  app.get('/apikeys/', { config: { operation: 'getApiKeys' } }, async (request) => {
    needGlobal(state, request, ['servers']);
    return { apikeys: state.keys };
  });

  app.post('/apikeys/', { config: { operation: 'createApiKey' } }, async (request) => {
    needGlobal(state, request, ['servers']);
    const description = (request.query as Query).description ?? '';
    const role = Buffer.from(state.ids.nextUuid('nextauth role')).toString('base64');
    const key = { apikey: state.ids.nextToken('nextauth apikey', 32), description, role };
    state.keys.push(key);
    return key;
  });

  const view = (serverid: string, grants: Grant[]) => ({
    permissions: grants.map((grant) => ({
      acl: grant.permissions.join(','),
      role: grant.role,
      server: serverid,
    })),
  });
  const path = '/servers/:serverid/permissions/';
  const onServer = (serverid: string) => state.grants.filter((grant) => grant.server === serverid);
  const ofRole = (request: FastifyRequest, serverid: string) => {
    const { roleid } = request.params as { roleid: string };
    const role = state.keys.find((key) => sameId(key.role, roleid))?.role;
    if (!role) throw new Refusal(404, 'Unknown role');
    return { role, grants: onServer(serverid).filter((grant) => grant.role === role) };
  };

  app.get(path, { config: { operation: 'getPermissions' } }, async (request) => {
    const { serverid } = serverOf(state, request, ['servers']);
    return view(serverid, onServer(serverid));
  });

  app.get(`${path}:roleid`, { config: { operation: 'getRolePermissions' } }, async (request) => {
    const { serverid } = serverOf(state, request, ['servers']);
    return view(serverid, ofRole(request, serverid).grants);
  });

  app.post(`${path}:roleid`, { config: { operation: 'setRolePermissions' } }, async (request, reply) => {
    const { serverid } = serverOf(state, request, ['root']);
    const { role, grants } = ofRole(request, serverid);
    const body = permissionsBody.safeParse(request.body);
    if (!body.success) throw new Refusal(400, 'Permissions are a list of names');
    const permissions = known.filter((each) => body.data.includes(each));
    state.grants = state.grants.filter((grant) => !grants.includes(grant));
    state.grants.push({ role, server: serverid, permissions });
    return reply.send();
  });

  app.delete(`${path}:roleid`, { config: { operation: 'deleteRolePermissions' } }, async (request, reply) => {
    const { serverid } = serverOf(state, request, ['root']);
    const { grants } = ofRole(request, serverid);
    state.grants = state.grants.filter((grant) => !grants.includes(grant));
    return reply.send();
  });
}
