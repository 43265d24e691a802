import type { FastifyInstance, FastifyRequest } from 'fastify';
import { toBuffer } from 'qrcode';
import { z } from 'zod';
import { callerOf, signingIn } from './callers.ts';
import { confirmationOf, confirmationView, decide, newConfirmation, ownerOfDevice } from './confirmations.ts';
import { forbidden, invalid, notFound, unauthorized } from './faults.ts';
import type { Caller } from './model.ts';
import { knownIn, type Query, textIn } from './query.ts';
import { empty } from './routes-auth.ts';
import type { Place } from './state.ts';

const sizes = { large: 400, medium: 250, small: 150, tiny: 80 };
const sizeNames = ['large', 'medium', 'small', 'tiny'] as const;
const decision = z.object({ deviceId: z.string().min(1), hmac: z.string().min(1) });
const wanted = z.object({ type: z.literal('secondaryLogin') });

interface OfConfirmation {
  Params: { id: string };
}

/** What a trusted device approves in place of a password; 4.11 has no devices. */
export function addConfirmationRoutes(api: FastifyInstance, place: Place): void {
  if (place.state.generation === '4.11') return;

  const own = (caller: Caller, id: string) => {
    const confirmation = confirmationOf(place, id);
    if (confirmation.userId !== caller.user.id) throw notFound('DeviceConfirmation', id);
    return confirmation;
  };

  api.get(
    '/device-confirmations/data-for-approval',
    { config: { operation: 'dataForDeviceConfirmationApproval' } },
    async (request) => {
      const id = textIn(request.query as Query, 'deviceId') ?? '';
      if (!ownerOfDevice(place, id)) throw notFound('TrustedDevice', id);
      return { allowGuest: true };
    },
  );

  api.post(
    '/device-confirmations',
    { config: { operation: 'createDeviceConfirmation' } },
    async (request, reply) => {
      const { user } = signingIn(place, request, 'second');
      const body = wanted.safeParse(request.body);
      if (!body.success) throw invalid({ type: 'Nothing that is done here needs this confirmation' });
      if (!user.devices.some((device) => device.active)) throw forbidden('illegalAction');
      const { id } = newConfirmation(place, user, body.data.type);
      const location = `${request.protocol}://${request.host}${api.prefix}/device-confirmations/${id}`;
      return reply.code(201).header('location', location).type('text/plain; charset=utf-8').send(id);
    },
  );

  api.get<OfConfirmation>(
    '/device-confirmations/:id',
    { config: { operation: 'viewDeviceConfirmation' } },
    async (request) => confirmationView(own(signingIn(place, request, 'second'), request.params.id)),
  );

  api.delete<OfConfirmation>(
    '/device-confirmations/:id',
    { config: { operation: 'deleteDeviceConfirmation' } },
    async (request, reply) => {
      const { id } = own(signingIn(place, request, 'second'), request.params.id);
      place.state.confirmations.delete(id);
      return empty(reply, 204);
    },
  );

  api.get<OfConfirmation>(
    '/device-confirmations/:id/qr-code',
    { config: { operation: 'getDeviceConfirmationQrCode' } },
    async (request, reply) => {
      const query = request.query as Query;
      const caller = withQueryToken(place, request, query);
      const [size = 'medium'] = knownIn(place, { size: textIn(query, 'size') }, 'size', sizeNames);
      const confirmation = own(caller, request.params.id);
      if (confirmation.status !== 'pending') throw notFound('DeviceConfirmation', confirmation.id);
      return reply
        .type('image/png')
        .send(await toBuffer(confirmation.qrContent, { width: sizes[size], margin: 2 }));
    },
  );

  for (const [path, operation, status] of [
    ['approve', 'approveDeviceConfirmation', 'approved'],
    ['reject', 'rejectDeviceConfirmation', 'rejected'],
  ] as const) {
    api.post<OfConfirmation>(
      `/device-confirmations/:id/${path}`,
      { config: { operation } },
      async (request, reply) => {
        const caller = callerOf(place, request);
        const confirmation = confirmationOf(place, request.params.id);
        if (caller && caller.user.id !== confirmation.userId) throw forbidden('permissionDenied');
        const body = decision.safeParse(request.body);
        if (!body.success) throw invalid({ deviceId: 'Device and HMAC are required' });
        decide(place, confirmation, body.data, status);
        return empty(reply, 204);
      },
    );
  }
}

/** The caller by headers, or by the tokens that an image's address may carry. */
function withQueryToken(place: Place, request: FastifyRequest, query: Query): Caller {
  const session = textIn(query, 'sessionToken');
  const client = textIn(query, 'accessClientToken');
  if (session === undefined && client === undefined) return signingIn(place, request, 'second');
  const caller = callerOf(place, {
    headers: client === undefined ? { 'session-token': session } : { 'access-client-token': client },
    cookies: {},
  });
  if (!caller) throw unauthorized('missingAuthorization');
  return caller;
}
