import type { FastifyInstance, FastifyReply } from 'fastify';
import { userView } from './auth-view.ts';
import { signedIn } from './callers.ts';
import { forbidden, notFound, unauthorized } from './faults.ts';
import type { AccessClient, Caller } from './model.ts';
import { confirmationInput } from './password-input.ts';
import { mayReach, need, reachedUser } from './rights.ts';
import { empty } from './routes-auth.ts';
import { checkConfirmation } from './second-factor.ts';
import { type Place, userById } from './state.ts';

interface OfClient {
  Params: { key: string };
}

/** Access clients: one disconnects itself; administrators look at them and disconnect them. */
export function addClientRoutes(api: FastifyInstance, place: Place): void {
  const { state, network } = place;

  const disconnect = (client: AccessClient, reply: FastifyReply, status: number) => {
    client.status = 'unassigned';
    for (const session of state.sessions.values()) {
      if (session.clientId === client.id) state.sessions.delete(session.token);
    }
    return empty(reply, status);
  };

  api.delete(
    '/auth/access-client',
    { config: { operation: 'disconnectCurrentClient' } },
    async (request, reply) => {
      const caller = signedIn(place, request);
      if (!caller.client) throw unauthorized('invalidAccessClient');
      if (caller.client.needsConfirmation) {
        checkConfirmation(place, caller, request.headers.confirmationpassword);
      }
      return disconnect(caller.client, reply, 200);
    },
  );

  const clientOf = (caller: Caller, key: string) => {
    const client = state.clients.find(
      (each) => each.network === network.path && (each.id === key || each.token === key),
    );
    const owner = client ? userById(place, client.userId) : null;
    if (!client || !owner || !mayReach(caller, owner)) throw notFound('AccessClient', key);
    if (owner.id !== caller.user.id) need(caller, 'clients.manage');
    return { client, owner };
  };

  api.get<OfClient>('/clients/:key', { config: { operation: 'viewClient' } }, async (request) => {
    const caller = signedIn(place, request);
    const { client, owner } = clientOf(caller, request.params.key);
    return {
      id: client.id,
      name: client.name,
      status: client.status,
      ...(state.generation === '4.16' ? { user: userView(place, owner) } : {}),
      activationDate: new Date(client.activatedAt).toISOString(),
      confirmationPasswordInput: confirmationInput(place, caller),
      canUnassign: client.status !== 'unassigned',
      canBlock: false,
      canUnblock: false,
      canGetActivationCode: false,
    };
  });

  api.post<OfClient>(
    '/clients/:key/unassign',
    { config: { operation: 'unassignClient' } },
    async (request, reply) => {
      const caller = signedIn(place, request);
      const { client, owner } = clientOf(caller, request.params.key);
      if (client.status === 'unassigned') throw forbidden('illegalAction');
      if (owner.id === caller.user.id && client.needsConfirmation)
        checkConfirmation(place, caller, request.headers.confirmationpassword);
      return disconnect(client, reply, 204);
    },
  );

  api.get<{ Params: { user: string } }>(
    '/:user/client-types',
    { config: { operation: 'listClientTypesForUser' } },
    async (request) => {
      const caller = signedIn(place, request);
      const user = reachedUser(place, caller, request.params.user, 'clients.manage');
      const own = state.clients.filter((client) => client.userId === user.id);
      return network.clientTypes.map((type) => ({
        ...type,
        canManage: true,
        canCreateNew: false,
        ...(state.generation === '4.16' ? { canActivateNew: false } : {}),
        hasUnassigned: own.some(
          (client) => client.type === type.internalName && client.status === 'unassigned',
        ),
      }));
    },
  );
}
