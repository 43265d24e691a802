import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { userView } from './auth-view.ts';
import { Fault, forbidden, invalid, notFound } from './faults.ts';
import { detailedType } from './password-input.ts';
import { passwordOf, policyFault, setPassword } from './passwords.ts';
import { findByPrincipal, principalTypes } from './principals.ts';
import { type Query, textIn } from './query.ts';
import { endRecovery, recoveryOf, sendGenerated, startRecovery } from './recovery.ts';
import { empty } from './routes-auth.ts';
import { type Place, passwordType, userById } from './state.ts';

const requestBody = z.object({
  user: z.string().min(1),
  captcha: z.object({ challenge: z.string(), response: z.string() }).optional(),
  sendMedium: z.enum(['email', 'sms']).optional(),
});

const changeBody = z.object({
  key: z.string().optional(),
  user: z.string().optional(),
  code: z.string().optional(),
  securityAnswer: z.string().nullish(),
  newPassword: z.string().nullish(),
  checkConfirmation: z.boolean().optional(),
  newPasswordConfirmation: z.string().nullish(),
});

/** Forgotten password in three steps: 4.11 by a key, 4.16 by user and code. */
export function addRecoveryRoutes(api: FastifyInstance, place: Place): void {
  const { state, network } = place;
  const { generation } = state;

  api.post(
    '/auth/forgotten-password/request',
    { config: { operation: 'forgottenPasswordRequest' } },
    async (request, reply) => {
      if (network.forgotPasswordMediums.length === 0) throw forbidden('permissionDenied');
      const body = requestBody.safeParse(request.body);
      if (!body.success) throw invalid({ user: 'User is required' });
      takeCaptcha(place, body.data.captcha);
      const types = [...network.principalTypes, ...network.extraForgotPrincipalTypes];
      const user = findByPrincipal(place, body.data.user, types)?.user ?? null;
      const answer = startRecovery(place, user, body.data.user, body.data.sendMedium ?? null);
      return generation === '4.11' ? empty(reply, 204) : answer;
    },
  );

  api.get(
    '/auth/forgotten-password/data-for-change',
    { config: { operation: 'getDataForChangeForgottenPassword' } },
    async (request) => {
      const of = (name: string) => textIn(request.query as Query, name);
      const recovery = recoveryOf(
        place,
        generation === '4.11' ? { key: of('key') } : { user: of('user'), code: of('code') },
      );
      if (!recovery) throw notFound('ForgottenPasswordRequest', of('key') ?? of('user') ?? '');
      const user = userById(place, recovery.userId)!;
      const type = passwordType(network, network.accessPassword);
      const securityQuestion = user.securityQuestion?.question;
      const question = securityQuestion ? { securityQuestion } : {};
      return generation === '4.11'
        ? { generated: type.mode === 'generated', ...question }
        : {
            user: userView(place, user),
            passwordType: detailedType(type),
            ...question,
            principals: network.principalTypes.flatMap((name) => {
              const value = principalTypes[name]?.of(user);
              return value
                ? [{ value, type: { name: principalTypes[name]?.name, internalName: name }, channels: [] }]
                : [];
            }),
          };
    },
  );

  api.post(
    '/auth/forgotten-password',
    { config: { operation: 'changeForgottenPassword' } },
    async (request, reply) => {
      const body = changeBody.safeParse(request.body ?? {});
      if (!body.success) throw invalid({ newPassword: 'Wrong form' });
      const { newPassword, securityAnswer } = body.data;
      const recovery = recoveryOf(
        place,
        generation === '4.11' ? { key: body.data.key } : { user: body.data.user, code: body.data.code },
      );
      if (!recovery) throw recoveryFault('unexpected');
      const user = userById(place, recovery.userId)!;
      const question = user.securityQuestion;
      if (question && question.answer.toLowerCase() !== (securityAnswer ?? '').trim().toLowerCase()) {
        recovery.tries += 1;
        const over = recovery.tries >= 3;
        if (over) endRecovery(place, recovery);
        throw recoveryFault('invalidSecurityAnswer', over);
      }
      const type = passwordType(network, network.accessPassword);
      const password = passwordOf(user, type.internalName);
      if (type.mode === 'generated') {
        setPassword(password, sendGenerated(place, user), 'active', state.clock.now());
      } else {
        const fault = policyFault(type, newPassword ?? '', password.value);
        if (fault) throw invalid({ newPassword: fault });
        if (body.data.checkConfirmation && body.data.newPasswordConfirmation !== newPassword) {
          throw invalid({
            newPasswordConfirmation: 'The passwords differ',
          });
        }
        setPassword(password, newPassword ?? '', 'active', state.clock.now());
      }
      endRecovery(place, recovery);
      return empty(reply, 204);
    },
  );
}

function takeCaptcha({ state }: Place, captcha: { challenge: string; response: string } | undefined): void {
  const text = captcha && state.captchas.get(captcha.challenge);
  if (captcha) state.captchas.delete(captcha.challenge);
  if (!captcha) throw invalid({ captcha: 'Captcha is required' });
  if (!text || text !== captcha.response.trim()) {
    throw invalid({
      captcha: 'The typed characters are not those of the picture',
    });
  }
}

function recoveryFault(code: 'invalidSecurityAnswer' | 'unexpected', keyInvalidated?: boolean): Fault {
  return new Fault(500, {
    kind: 'forgottenPassword',
    exceptionType: 'org.cyclos.model.access.ForgottenPasswordException',
    exceptionMessage: code,
    code,
    ...(keyInvalidated === undefined ? {} : { keyInvalidated }),
  });
}
