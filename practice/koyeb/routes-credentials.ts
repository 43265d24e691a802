import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { forbidden, invalid, missing } from './answers.ts';
import { workingCallerOf } from './caller.ts';
import { pageOf } from './paging.ts';
import type { KoyebState } from './state.ts';
import type { Credential } from './types.ts';
import { credentialView } from './views.ts';

interface IdPath {
  Params: { id: string };
}

const type = z.enum(['INVALID', 'USER', 'ORGANIZATION']);
const listQuery = z.object({
  type: type.default('INVALID'),
  name: z.string().optional(),
  organization_id: z.string().optional(),
  user_id: z.string().optional(),
});
const credentialBody = z.object({
  name: z.string().min(1),
  description: z.string().default(''),
  type,
  organization_id: z.string().optional(),
});
const changeBody = z.object({ name: z.string().optional(), description: z.string().optional() });
const maskQuery = z.object({ update_mask: z.string().optional() });

/** API credentials: bearers that live until they are deleted. */
export function addCredentialRoutes(api: FastifyInstance, state: KoyebState): void {
  const on = (operation: string) => ({ config: { operation } });

  const visible = (request: FastifyRequest): Credential[] => {
    const { user } = workingCallerOf(state, request);
    return [...state.credentials.values()].filter((credential) =>
      credential.type === 'USER'
        ? credential.userId === user.id
        : state.membership(user.id, credential.organizationId ?? '') !== null,
    );
  };
  const credentialAt = (request: FastifyRequest, id: string): Credential => {
    const found = visible(request).find((credential) => credential.id === id);
    if (!found) throw missing('Credential');
    return found;
  };

  api.get('/v1/credentials', on('listCredentials'), async (request) => {
    const query = listQuery.parse(request.query);
    const found = visible(request).filter(
      (credential) =>
        (query.type === 'INVALID' || credential.type === query.type) &&
        (!query.name || credential.name === query.name) &&
        (!query.organization_id || credential.organizationId === query.organization_id) &&
        (!query.user_id || credential.userId === query.user_id),
    );
    const page = pageOf(found, request.query, (credential) => credentialView(credential));
    return { credentials: page.items, limit: page.limit, offset: page.offset, count: page.count };
  });

  api.post('/v1/credentials', on('createCredential'), async (request) => {
    const caller = workingCallerOf(state, request);
    const body = credentialBody.parse(request.body);
    if (body.type === 'INVALID') throw invalid([{ field: 'type', description: 'USER or ORGANIZATION' }]);
    const organizationId = body.organization_id || caller.organizationId;
    if (body.type === 'ORGANIZATION') {
      if (!organizationId) throw invalid([{ field: 'organization_id', description: 'required' }]);
      if (!state.membership(caller.user.id, organizationId))
        throw forbidden('You are not a member of this organization');
    }
    const { ids } = state.options;
    const id = ids.nextUuid('credential');
    const credential: Credential = {
      ...{ id, type: body.type, name: body.name, description: body.description, userId: caller.user.id },
      bearer: ids.nextToken('credential', 64),
      organizationId: body.type === 'ORGANIZATION' ? organizationId : null,
      createdAt: state.now(),
      updatedAt: state.now(),
    };
    state.credentials.set(id, credential);
    const object = { id, name: body.name, type: 'credential' };
    state.record(caller.user.id, credential.organizationId, 'created', object);
    return { credential: credentialView(credential, true) };
  });

  api.get<IdPath>('/v1/credentials/:id', on('getCredential'), async (request) => ({
    credential: credentialView(credentialAt(request, request.params.id)),
  }));

  // The document's body is a whole credential; `update_mask` names what of it counts. Without one, PUT replaces and PATCH changes what is sent.
  const update = (request: FastifyRequest<IdPath>, whole: boolean) => {
    const credential = credentialAt(request, request.params.id);
    const sent = changeBody.parse(request.body);
    const { update_mask: mask } = maskQuery.parse(request.query);
    const named = (field: 'name' | 'description') =>
      mask ? mask.split(',').includes(field) : whole || sent[field] !== undefined;
    if (named('name')) {
      if (!sent.name) throw invalid([{ field: 'name', description: 'required' }]);
      credential.name = sent.name;
    }
    if (named('description')) credential.description = sent.description ?? '';
    credential.updatedAt = state.now();
    return { credential: credentialView(credential) };
  };
  api.put<IdPath>('/v1/credentials/:id', on('updateCredential'), async (request) => update(request, true));
  api.patch<IdPath>('/v1/credentials/:id', on('updateCredential2'), async (request) =>
    update(request, false),
  );

  api.delete<IdPath>('/v1/credentials/:id', on('deleteCredential'), async (request) => {
    const credential = credentialAt(request, request.params.id);
    state.credentials.delete(credential.id);
    return {};
  });
}
