import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { signedIn } from './callers.ts';
import { Fault, forbidden, invalid, notFound } from './faults.ts';
import type { Caller } from './model.ts';
import { mediums } from './model.ts';
import { confirmationInput } from './password-input.ts';
import { numbersFor, write } from './reach.ts';
import { mayReach, need, reachedUser } from './rights.ts';
import { empty } from './routes-auth.ts';
import { checkConfirmation } from './second-factor.ts';
import { numericId, type Place, usersOf } from './state.ts';
import { textBody } from './text-body.ts';
import { checkTotp, secretUrl, totpView } from './totp.ts';

const MAX_CODE_TRIES = 3;
const sendBody = z.object({ medium: z.enum(mediums), mobilePhone: z.string().optional() });
const answerBody = z.object({ securityQuestion: z.string(), securityAnswer: z.string().min(1) });

interface OfUser {
  Params: { user: string };
}
interface OfDevice {
  Params: { id: string };
}

/** Authenticators, trusted devices and security answers; none of them is in 4.11. */
export function addCredentialRoutes(api: FastifyInstance, place: Place): void {
  if (place.state.generation === '4.11') return;
  addAuthenticators(api, place);
  addDevices(api, place);
  addSecurityAnswers(api, place);
}

function addAuthenticators(api: FastifyInstance, place: Place): void {
  const { state, network } = place;

  api.get<OfUser>('/:user/totp-secret', { config: { operation: 'viewUserTotpSecret' } }, async (request) => {
    const caller = signedIn(place, request);
    return totpView(place, caller, reachedUser(place, caller, request.params.user, 'devices.manage'));
  });

  api.delete<OfUser>(
    '/:user/totp-secret',
    { config: { operation: 'deleteUserTotpSecret' } },
    async (request, reply) => {
      const caller = signedIn(place, request);
      const user = reachedUser(place, caller, request.params.user, 'devices.manage');
      if (!user.totp) throw notFound('TotpSecret', user.id);
      checkConfirmation(place, caller, request.headers.confirmationpassword);
      user.totp = null;
      return empty(reply, 204);
    },
  );

  /** Somebody who has no active authenticator: only then one can be set up. */
  const settingUp = (caller: Caller) => {
    if (caller.user.totp?.status === 'active') throw forbidden('illegalAction');
    return caller.user;
  };

  api.post(
    '/totp-secret/send-activaction-code',
    { config: { operation: 'sendTotpSecretActivationCode' } },
    async (request) => {
      const user = settingUp(signedIn(place, request));
      const body = sendBody.safeParse(request.body);
      if (!body.success) throw invalid({ medium: 'Medium is required' });
      const { medium, mobilePhone } = body.data;
      if (medium === 'sms' && !mobilePhone) throw invalid({ mobilePhone: 'Mobile phone is required' });
      const to =
        medium === 'email' ? user.email : numbersFor(place, user, [mobilePhone ?? ''], 'mobilePhone')[0]!;
      const code = state.ids.nextPin(6);
      write(place, medium, to, {
        subject: 'Your verification code',
        text: `${network.name}: your code to set up an authenticator is ${code}.`,
        code,
      });
      user.totpCode = { value: code, tries: 0 };
      const id = numericId(state.ids, state.ids.nextUuid('cyclos verification code'));
      return { id, sendMedium: medium, sentTo: to };
    },
  );

  api.post(
    '/totp-secret/verify-activation-code',
    { config: { operation: 'verifyTotpSecretActivationCode' } },
    async (request, reply) => {
      const user = settingUp(signedIn(place, request));
      const value = textBody(request, 'text/plain').trim();
      const { totpCode } = user;
      if (!totpCode) throw forbidden('illegalAction');
      if (totpCode.value !== value) {
        totpCode.tries += 1;
        if (totpCode.tries < MAX_CODE_TRIES) throw invalid({ code: 'The code is not right' });
        user.totpCode = null;
        throw forbidden('otpInvalidated');
      }
      const secret = state.ids.authenticatorSecret(state.ids.nextUuid('cyclos authenticator'));
      user.totpCode = null;
      user.totp = { secret, status: 'pending', tries: 0, activatedAt: null };
      return reply.type('text/plain; charset=utf-8').send(secretUrl(place, user, secret));
    },
  );

  api.post(
    '/totp-secret/activate',
    { config: { operation: 'activateTotpSecret' } },
    async (request, reply) => {
      const user = settingUp(signedIn(place, request));
      const value = textBody(request, 'text/plain');
      if (!user.totp) throw forbidden('illegalAction');
      checkTotp(place, user, value);
      Object.assign(user.totp, { status: 'active', activatedAt: state.clock.now() });
      return empty(reply, 204);
    },
  );
}

function addDevices(api: FastifyInstance, place: Place): void {
  api.get<OfUser>('/:user/devices', { config: { operation: 'listDevices' } }, async (request) => {
    const caller = signedIn(place, request);
    const user = reachedUser(place, caller, request.params.user, 'devices.manage');
    return user.devices.map(({ id, name, active, date }) => ({
      id,
      name,
      active,
      date: new Date(date).toISOString(),
    }));
  });

  const ownerOf = (caller: Caller, id: string) => {
    const owner = usersOf(place).find((user) => user.devices.some((device) => device.id === id));
    if (!owner || !mayReach(caller, owner)) throw notFound('TrustedDevice', id);
    if (owner.id !== caller.user.id) need(caller, 'devices.manage');
    return owner;
  };

  api.get<OfDevice>(
    '/devices/:id/password-for-remove',
    { config: { operation: 'getPasswordInputForRemoveDevice' } },
    async (request) => {
      const caller = signedIn(place, request);
      ownerOf(caller, request.params.id);
      return confirmationInput(place, caller);
    },
  );

  api.delete<OfDevice>('/devices/:id', { config: { operation: 'deleteDevice' } }, async (request, reply) => {
    const caller = signedIn(place, request);
    const owner = ownerOf(caller, request.params.id);
    checkConfirmation(place, caller, request.headers.confirmationpassword);
    owner.devices = owner.devices.filter((device) => device.id !== request.params.id);
    return empty(reply, 204);
  });
}

function addSecurityAnswers(api: FastifyInstance, place: Place): void {
  api.post('/security-answer', { config: { operation: 'setSecurityAnswer' } }, async (request, reply) => {
    const { user } = signedIn(place, request);
    if (user.securityQuestion) throw forbidden('illegalAction');
    const body = answerBody.safeParse(request.body);
    const question = place.network.securityQuestions.find(
      (each) => body.success && each.internalName === body.data.securityQuestion,
    );
    if (!body.success || !question) throw forbidden('illegalAction');
    user.securityQuestion = { question: question.name, answer: body.data.securityAnswer };
    return empty(reply, 204);
  });

  api.delete<OfUser>(
    '/:user/security-answer',
    { config: { operation: 'resetUserSecurityAnswer' } },
    async (request, reply) => {
      const caller = signedIn(place, request);
      const user = reachedUser(place, caller, request.params.user, 'passwords.manage');
      if (user.id === caller.user.id) throw forbidden('permissionDenied');
      if (!user.securityQuestion) throw new Fault(409, { code: 'staleEntity' });
      user.securityQuestion = null;
      return empty(reply, 204);
    },
  );
}
