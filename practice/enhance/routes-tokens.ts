import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { conflict, missing } from './answers.ts';
import { ADMINS, callerOf, needRole } from './caller.ts';
import { roles } from './rules.ts';
import type { EnhanceState } from './state.ts';
import { tokenView } from './views.ts';

interface OrgPath {
  Params: { org: string };
}
interface TokenPath {
  Params: { org: string; token: string };
}

const settings = z.object({
  roles: roles.optional(),
  tokenExpires: z.iso.datetime({ offset: true }).optional(),
  friendlyName: z.string().optional(),
  allowedIps: z.array(z.string()).optional(),
  ipRestricted: z.boolean().optional(),
});

/** An organisation's access tokens (bearer). */
export function addTokenRoutes(api: FastifyInstance, state: EnhanceState): void {
  const on = (operation: string) => ({ config: { operation } });
  const tokensOf = (orgId: string) =>
    [...state.accessTokens.values()].filter((token) => token.orgId === orgId);
  const tokenAt = ({ org, token }: TokenPath['Params']) => {
    const found = state.accessTokens.get(token);
    if (found?.orgId !== org) throw missing('access token');
    return found;
  };

  api.get<OrgPath>('/orgs/:org/access_tokens', on('getAccessTokens'), async (request) => {
    const caller = callerOf(state, request);
    if (!state.orgs.has(request.params.org)) throw missing('organisation');
    needRole(state, caller, request.params.org, ADMINS);
    return tokensOf(request.params.org).map(tokenView);
  });

  api.post<OrgPath>('/orgs/:org/access_tokens', on('createAccessToken'), async (request, reply) => {
    const caller = callerOf(state, request);
    const { org } = request.params;
    if (!state.orgs.has(org)) throw missing('organisation');
    needRole(state, caller, org, ADMINS);
    const body = settings.required({ roles: true }).parse(request.body);
    if (body.friendlyName && tokensOf(org).some((token) => token.friendlyName === body.friendlyName))
      throw conflict('friendlyName');
    const id = state.options.ids.nextUuid('access-token');
    const token = state.options.ids.nextToken('access-token', 48);
    state.accessTokens.set(id, {
      ...{ id, orgId: org, token, roles: body.roles },
      tokenExpires: body.tokenExpires ?? null,
      friendlyName: body.friendlyName ?? null,
      allowedIps: body.allowedIps ?? [],
      ipRestricted: body.ipRestricted ?? false,
    });
    reply.code(201);
    return { id, firstFive: token.slice(0, 5), unencryptedToken: token };
  });

  api.patch<TokenPath>('/orgs/:org/access_tokens/:token', on('updateAccessToken'), async (request, reply) => {
    const caller = callerOf(state, request);
    const token = tokenAt(request.params);
    needRole(state, caller, token.orgId, ADMINS);
    Object.assign(token, settings.parse(request.body ?? {}));
    return reply.code(200).send();
  });

  api.delete<TokenPath>(
    '/orgs/:org/access_tokens/:token',
    on('deleteAccessToken'),
    async (request, reply) => {
      const caller = callerOf(state, request);
      const token = tokenAt(request.params);
      needRole(state, caller, token.orgId, ADMINS);
      state.accessTokens.delete(token.id);
      return reply.code(204).send();
    },
  );
}
