import type { FastifyInstance } from 'fastify';
import { signedIn } from './callers.ts';
import { notFound } from './faults.ts';
import { mayReach, need, reachedUser } from './rights.ts';
import { empty } from './routes-auth.ts';
import { checkConfirmation } from './second-factor.ts';
import { type Place, usersOf } from './state.ts';

interface OfUser {
  Params: { user: string };
}

/** Authenticators and trusted devices; neither is in 4.11. */
export function addCredentialRoutes(api: FastifyInstance, place: Place): void {
  if (place.state.generation === '4.11') return;

  api.get<OfUser>('/:user/totp-secret', { config: { operation: 'viewTotpSecret' } }, async (request) => {
    const caller = signedIn(place, request);
    const user = reachedUser(place, caller, request.params.user, 'devices.manage');
    return {
      user: { id: user.id, display: user.name },
      ...(user.totp ? { status: user.totp.status } : {}),
      edit: user.totp !== null,
    };
  });

  api.delete<OfUser>(
    '/:user/totp-secret',
    { config: { operation: 'deleteTotpSecret' } },
    async (request, reply) => {
      const caller = signedIn(place, request);
      const user = reachedUser(place, caller, request.params.user, 'devices.manage');
      if (!user.totp) throw notFound('TotpSecret', user.id);
      checkConfirmation(place, caller, request.headers.confirmationpassword);
      user.totp = null;
      return empty(reply, 204);
    },
  );

  api.get<OfUser>('/:user/devices', { config: { operation: 'listDevices' } }, async (request) => {
    const caller = signedIn(place, request);
    const user = reachedUser(place, caller, request.params.user, 'devices.manage');
    return user.devices.map((device) => ({ ...device, date: new Date(device.date).toISOString() }));
  });

  api.delete<{ Params: { id: string } }>(
    '/devices/:id',
    { config: { operation: 'deleteDevice' } },
    async (request, reply) => {
      const caller = signedIn(place, request);
      const owner = usersOf(place).find((user) =>
        user.devices.some((device) => device.id === request.params.id),
      );
      if (!owner || !mayReach(caller, owner)) throw notFound('TrustedDevice', request.params.id);
      if (owner.id !== caller.user.id) need(caller, 'devices.manage');
      checkConfirmation(place, caller, request.headers.confirmationpassword);
      owner.devices = owner.devices.filter((device) => device.id !== request.params.id);
      return empty(reply, 204);
    },
  );
}
