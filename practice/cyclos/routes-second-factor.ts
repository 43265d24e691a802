import type { FastifyInstance, FastifyRequest } from 'fastify';
import { signedIn, signingIn } from './callers.ts';
import { Fault, forbidden } from './faults.ts';
import type { Caller } from './model.ts';
import { sendOtp } from './otp.ts';
import type { Query } from './paging.ts';
import { passwordInput } from './password-input.ts';
import { empty } from './routes-auth.ts';
import { checkSecond } from './second-factor.ts';
import type { Place } from './state.ts';

/** The second step of a sign-in, in both generations' paths, and one-time passwords. */
export function addSecondFactorRoutes(api: FastifyInstance, place: Place): void {
  const { generation } = place.state;
  const confirm = (caller: Caller, value: string) => {
    if (!caller.session) throw forbidden('illegalAction');
    checkSecond(place, caller, value);
    caller.session.secondPending = false;
  };

  api.get(
    '/auth/session/secondary-password',
    { config: { operation: 'getSecondaryPasswordInput' } },
    async (request) => passwordInput(place, pendingCaller(place, request)),
  );

  api.post(
    '/auth/session/secondary-password',
    { config: { operation: 'validateSecondaryPassword' } },
    async (request, reply) => {
      const caller = pendingCaller(place, request);
      confirm(caller, textBody(request, generation === '4.11' ? 'application/json' : 'text/plain'));
      return empty(reply, 204);
    },
  );

  api.post('/auth/otp', { config: { operation: 'newOtp' } }, async (request) => {
    // Only 4.11 sends the one-time password of a pending sign-in here; 4.16 has a path of its own.
    const caller = generation === '4.11' ? signingIn(place, request, 'second') : signedIn(place, request);
    return sendOtp(place, caller.user, (request.query as Query).medium);
  });

  if (generation === '4.11') return;

  api.get(
    '/auth/session/login-confirmation',
    { config: { operation: 'getLoginConfirmationPasswordInput' } },
    async (request) => passwordInput(place, pendingCaller(place, request)),
  );

  api.post(
    '/auth/session/login-confirmation',
    { config: { operation: 'confirmLogin' } },
    async (request, reply) => {
      const caller = pendingCaller(place, request);
      confirm(caller, textBody(request, 'text/plain'));
      return empty(reply, 204);
    },
  );

  api.post(
    '/auth/session/login-confirmation/otp',
    { config: { operation: 'newOtpForLoginConfirmation' } },
    async (request) => sendOtp(place, pendingCaller(place, request).user, (request.query as Query).medium),
  );
}

/** A session whose second step is open and whose earlier steps are done. */
function pendingCaller(place: Place, request: FastifyRequest): Caller {
  const caller = signingIn(place, request, 'second');
  if (!caller.user.second || !caller.session?.secondPending) throw forbidden('illegalAction');
  return caller;
}

/** The generations differ in how the bare password is sent; the other form is refused with 415. */
function textBody(request: FastifyRequest, type: string): string {
  const sent = (request.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase();
  if (sent !== type || typeof request.body !== 'string') throw new Fault(415, {});
  return request.body;
}
