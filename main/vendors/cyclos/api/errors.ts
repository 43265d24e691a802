import { z } from 'zod';
import { plainText } from '#http/redact.ts';
import { lookUp } from '#lib/look-up.ts';
import {
  askAdmin,
  deviceBlocks,
  type Explanation,
  forbidden,
  forbiddenCodes,
  passwordStatuses,
  refusedPrompt,
  sendingCodes,
  sessionGone,
  smsStatuses,
  unauthorizedCodes,
  userStatuses,
} from './error-sentences.ts';

/** Every error body of both generations in one; the status says which it is. A field of another type reads as absent. */
const optionalText = z.string().optional().catch(undefined);
const named = z
  .object({ name: z.string().optional(), internalName: z.string().optional() })
  .optional()
  .catch(undefined);
const errorBody = z.object({
  code: optionalText,
  userStatus: optionalText,
  passwordStatus: optionalText,
  missingSecondaryPassword: named,
  missingLoginConfirmationCredentials: z.array(z.string()).optional().catch(undefined),
  missingLoginConfirmationPasswordType: named,
  passwordType: named,
  invalidDeviceConfirmation: optionalText,
  maxDeviceActivationReached: z.boolean().optional().catch(undefined),
  smsStatus: optionalText,
  entityType: optionalText,
  key: optionalText,
  kind: optionalText,
  keyInvalidated: z.boolean().optional().catch(undefined),
  generalErrors: z.array(z.string()).optional().catch(undefined),
  propertyErrors: z.record(z.string(), z.array(z.string())).optional().catch(undefined),
  customFieldErrors: z.record(z.string(), z.array(z.string())).optional().catch(undefined),
  name: optionalText,
});
type ErrorBody = z.infer<typeof errorBody>;
/** A refused sign-in, looked at in the order of the vendor's front end: second credential, password, person, else generic. */
function refusedSignIn(body: ErrorBody): Explanation {
  const credentials = body.missingLoginConfirmationCredentials;
  const type = body.missingSecondaryPassword ?? body.missingLoginConfirmationPasswordType;
  if (credentials?.length || type) {
    const what = type?.name ?? type?.internalName ?? credentials?.join(' or ');
    return {
      kind: 'refused-credentials',
      message: `This person has to confirm a sign-in with a second credential (${what}) and has none that works.`,
      advice: 'It has to be set up or unblocked first, by the person or by an administrator.',
    };
  }
  const known = lookUp(passwordStatuses, body.passwordStatus) ?? lookUp(userStatuses, body.userStatus);
  if (known) return { kind: 'refused-credentials', ...known };
  return {
    kind: 'refused-credentials',
    message: 'Cyclos does not know this person, or the password is wrong.',
    advice: 'Check the kind of identification, the name and the password in the account form.',
  };
}

function invalidInput(body: ErrorBody): Explanation {
  const fields = Object.entries({ ...body.propertyErrors, ...body.customFieldErrors });
  const wrong = new Map(fields.map(([name, errors]) => [name, plainText(errors.join(' '))]));
  if (body.code === 'missingParameter' && body.name) wrong.set(body.name, 'Is missing.');
  const sentences = [...(body.generalErrors ?? []), ...fields.flatMap(([, errors]) => errors)];
  return {
    kind: 'invalid',
    message: sentences.length
      ? `Cyclos did not accept this: ${plainText(sentences.join(' '))}`
      : 'Cyclos did not accept this.',
    ...(wrong.size ? { fields: Object.fromEntries(wrong) } : {}),
  };
}

function serverFault(body: ErrorBody): Explanation | undefined {
  if (body.code === 'invalidSecurityAnswer')
    return refusedPrompt(
      'The answer to the security question was wrong.',
      body.keyInvalidated ? 'The key is no longer valid: start the recovery again.' : 'Try again.',
    );
  const unsent = notSent(body);
  if (unsent) return unsent;
  // exceptionMessage is not for people, so it is left out.
  return body.kind
    ? { message: 'Cyclos reports an error of its own.', advice: 'Try again later.' }
    : undefined;
}

function notSent(body: ErrorBody): Explanation | undefined {
  const message = lookUp(sendingCodes, body.code);
  return message
    ? {
        ...{ kind: 'server-fault', message, advice: 'Try another medium, or later.' },
        ...(body.code === 'emailSending' ? {} : lookUp(smsStatuses, body.smsStatus)),
      }
    : undefined;
}

/** UnavailableError: 405 by the document, 503 by its prose; nothing in it has to be there. */
const unavailable: Explanation = {
  kind: 'server-fault',
  message: 'Something that Cyclos needs for this is not available just now.',
  advice: 'Try again later.',
};

function refused(body: ErrorBody, right: string): Explanation {
  if (body.code === undefined || body.code === 'permissionDenied')
    return {
      ...forbidden('Your rights in Cyclos do not allow this.', askAdmin),
      missingRight: right,
    };
  return (
    (body.maxDeviceActivationReached ? deviceBlocks.activation : undefined) ??
    lookUp(deviceBlocks, body.invalidDeviceConfirmation) ??
    lookUp(forbiddenCodes, body.code) ??
    forbidden('Cyclos does not allow this, for a reason that is new to Gatehouse.', askAdmin)
  );
}

const tooOld: Explanation = {
  kind: 'not-found',
  message: 'This Cyclos server does not offer this: it runs a version older than the operation.',
};

/**
 * Turns the error bodies of Cyclos 4.11 and 4.16 into sentences. `right` names what a plain permissionDenied lacks;
 * `newIn416` that a bare 404 means an older server.
 */
export function explainFor(right: string, newIn416 = false) {
  return (status: number, sent: unknown): Explanation | undefined => {
    const parsed = errorBody.safeParse(sent);
    const body: ErrorBody = parsed.success ? parsed.data : errorBody.parse({});
    const explanation =
      status === 404 && newIn416 && !body.entityType ? tooOld : explanationFor(status, body, right);
    return explanation && { ...explanation, ...(body.code ? { vendorCode: body.code } : {}) };
  };
}

function explanationFor(status: number, body: ErrorBody, right: string): Explanation | undefined {
  switch (status) {
    case 401:
      return body.code === 'login'
        ? refusedSignIn(body)
        : (lookUp(unauthorizedCodes, body.code) ?? sessionGone);
    case 403:
      return refused(body, right);
    case 404:
      return body.entityType
        ? { kind: 'not-found', message: `Cyclos does not know this ${body.entityType}.` }
        : undefined;
    case 409:
      return body.code === 'staleEntity'
        ? { message: 'Somebody else changed this in the meantime.', advice: 'Look again, then repeat.' }
        : { message: 'Cyclos can’t do this, because other things depend on it.' };
    case 422:
      return invalidInput(body);
    case 405:
    case 503:
      return notSent(body) ?? unavailable;
    case 500:
      return serverFault(body);
  }
  return undefined;
}
