import type { FastifyInstance } from 'fastify';
import type { Generation } from './model.ts';

/** An answer that is not a success, in the shape of the vendor's error bodies. */
export class Fault extends Error {
  readonly status: number;
  readonly body: Record<string, unknown>;
  constructor(status: number, body: Record<string, unknown>) {
    super(`${status} ${String(body.code ?? body.kind ?? '')}`);
    this.status = status;
    this.body = body;
  }
}

/** 422 InputError, where the operation declares one. */
export class InputFault extends Fault {
  constructor(body: Record<string, unknown>) {
    super(422, body);
  }
}

export const unauthorized = (code: string, more: Record<string, unknown> = {}) =>
  new Fault(401, { code, ...more });

export const forbidden = (code: string, more: Record<string, unknown> = {}) =>
  new Fault(403, { code, ...more });

export const notFound = (entityType: string, key: string) => new Fault(404, { entityType, key });

/** 405 UnavailableError of 4.16; its code is optional. */
export const unavailable = (body: { code?: 'emailSending' | 'smsSending'; smsStatus?: string }) =>
  new Fault(405, body);

/** InputError: the fields that are wrong, each with its sentences. */
export function invalid(errors: Record<string, string>): InputFault {
  return new InputFault({
    code: 'validation',
    generalErrors: [],
    properties: Object.keys(errors),
    propertyErrors: Object.fromEntries(Object.entries(errors).map(([name, text]) => [name, [text]])),
  });
}

export const missingParameter = (name: string) => new InputFault({ code: 'missingParameter', name });

export const notConvertible = (value: string) => new InputFault({ code: 'dataConversion', value });

/** The operations that may answer 422: as the documents declare it, and where their prose speaks of validation (changePassword). */
const takesInput: Record<Generation, ReadonlySet<string>> = {
  '4.11': new Set(['changePassword', 'newOtp', 'searchUsers']),
  '4.16': new Set([
    'activateTotpSecret',
    'approveDeviceConfirmation',
    'changeForgottenPassword',
    'changePassword',
    'createDeviceConfirmation',
    'forgottenPasswordRequest',
    'login',
    'newOtp',
    'newOtpForLoginConfirmation',
    'newOtpForSecondaryPassword',
    'rejectDeviceConfirmation',
    'searchSessions',
    'searchUsers',
    'sendTotpSecretActivationCode',
    'verifyTotpSecretActivationCode',
  ]),
};

/** Answers faults as the generation's document declares them for the operation; anything else is a 500 of kind `general`. */
export function answerFaults(api: FastifyInstance, generation: Generation): void {
  api.setErrorHandler((error, request, reply) => {
    const { operation = '' } = request.routeOptions.config;
    if (error instanceof Fault) {
      const fault = declared(error, operation, generation);
      return reply.code(fault.status).send(fault.body);
    }
    const problem = error as Error & { statusCode?: number };
    if (problem.statusCode === 400) {
      return reply.code(400).send({ code: 'json', message: problem.message, line: 1, column: 1 });
    }
    if (problem.statusCode && problem.statusCode < 500) return reply.code(problem.statusCode).send('');
    return reply.code(500).send({
      kind: 'general',
      exceptionType: problem.name,
      exceptionMessage: problem.message,
    });
  });
}

/** A fault with a status that the operation does not declare becomes the 500 that all of them declare. */
function declared(fault: Fault, operation: string, generation: Generation): Fault {
  if (fault.status === 422 && !takesInput[generation].has(operation)) {
    return new Fault(500, {
      kind: 'general',
      exceptionType: 'org.cyclos.impl.utils.validation.ValidationException',
      exceptionMessage: JSON.stringify(fault.body),
      ...(operation === 'changeForgottenPassword' ? { kind: 'forgottenPassword', code: 'unexpected' } : {}),
    });
  }
  if (fault.status !== 405 || generation === '4.16') return fault;
  const { code, smsStatus } = fault.body;
  return new Fault(500, {
    kind: 'general',
    exceptionType: 'org.cyclos.model.access.OtpException',
    exceptionMessage: 'The message could not be sent',
    ...(operation === 'newOtp' ? { kind: 'otp', code: 'unexpected' } : {}),
    ...(operation === 'newOtp' && code === 'smsSending' ? { code: 'errorSendingSms', smsStatus } : {}),
  });
}
