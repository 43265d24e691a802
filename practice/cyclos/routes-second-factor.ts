import type { FastifyInstance, FastifyRequest } from 'fastify';
import { signedIn, signingIn } from './callers.ts';
import { forbidden } from './faults.ts';
import type { Caller } from './model.ts';
import { sendOtp } from './otp.ts';
import { passwordInput } from './password-input.ts';
import type { Query } from './query.ts';
import { empty } from './routes-auth.ts';
import { checkSecond } from './second-factor.ts';
import type { Place } from './state.ts';
import { textBody } from './text-body.ts';

/** The second step of a sign-in, in both generations' paths, and one-time passwords. */
export function addSecondFactorRoutes(api: FastifyInstance, place: Place): void {
  const older = place.state.generation === '4.11';

  const addStep = (path: string, operations: { look: string; confirm: string; otp: string }) => {
    api.get(path, { config: { operation: operations.look } }, async (request) =>
      passwordInput(place, pendingCaller(place, request)),
    );
    api.post(path, { config: { operation: operations.confirm } }, async (request, reply) => {
      const caller = pendingCaller(place, request);
      checkSecond(place, caller, textBody(request, older ? 'application/json' : 'text/plain'));
      if (caller.session) caller.session.secondPending = false;
      return empty(reply, 204);
    });
    if (older) return;
    api.post(`${path}/otp`, { config: { operation: operations.otp } }, async (request) =>
      sendOtp(place, pendingCaller(place, request).user, request.query as Query),
    );
  };

  addStep('/auth/session/secondary-password', {
    look: 'getSecondaryPasswordInput',
    confirm: 'validateSecondaryPassword',
    otp: 'newOtpForSecondaryPassword',
  });
  if (!older) {
    addStep('/auth/session/login-confirmation', {
      look: 'getLoginConfirmation',
      confirm: 'confirmLogin',
      otp: 'newOtpForLoginConfirmation',
    });
  }

  api.post('/auth/otp', { config: { operation: 'newOtp' } }, async (request) => {
    // Only 4.11 sends the one-time password of a pending sign-in here; 4.16 has a path of its own.
    const caller = older ? signingIn(place, request, 'second') : signedIn(place, request);
    return sendOtp(place, caller.user, request.query as Query);
  });
}

/** A session whose second step is open and whose earlier steps are done. */
function pendingCaller(place: Place, request: FastifyRequest): Caller {
  const caller = signingIn(place, request, 'second');
  if (!caller.user.second || !caller.session?.secondPending) throw forbidden('illegalAction');
  return caller;
}
