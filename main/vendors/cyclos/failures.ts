import { z } from 'zod';
import type { Failure } from '#contract/failure.ts';
import { plainText } from '#http/redact.ts';
import { lookUp } from '#lib/look-up.ts';

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
type Said = Partial<Failure>;

const askAdmin = 'An administrator of this Cyclos network has to settle this.';

const passwordStatuses: Record<string, Said> = {
  temporarilyBlocked: {
    kind: 'locked-out',
    message: 'The password is blocked for a while, after too many wrong tries.',
    advice: 'Wait, or ask an administrator to unblock it.',
  },
  indefinitelyBlocked: {
    kind: 'locked-out',
    message: 'The password is blocked until an administrator unblocks it.',
    advice: askAdmin,
  },
  disabled: { message: 'The password is disabled.', advice: askAdmin },
  expired: { message: 'The password has expired and can’t be used to sign in.', advice: askAdmin },
  neverCreated: { message: 'This person has never been given a password.', advice: askAdmin },
  pending: { message: 'The password is not active yet.', advice: askAdmin },
  reset: {
    message: 'The password was reset, and a new one has not been set.',
    advice: 'Use the forgotten password, or ask an administrator.',
  },
};

const userStatuses: Record<string, Said> = {
  blocked: { kind: 'locked-out', message: 'This person is blocked in Cyclos.', advice: askAdmin },
  disabled: { message: 'This person is disabled in Cyclos.', advice: askAdmin },
  pending: {
    message: 'This registration is still pending.',
    advice: 'It has to be confirmed before signing in.',
  },
  purged: { message: 'This person has been purged from Cyclos.' },
  removed: { message: 'This person has been removed from Cyclos.' },
};

/** A refused sign-in, looked at in the order of the vendor's front end: second credential, password, person, else generic. */
function refusedSignIn(body: ErrorBody): Said {
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

const gone: Said = {
  kind: 'expired',
  message: 'Cyclos no longer knows this session.',
  advice: 'Sign in again.',
};
const badClient: Said = {
  kind: 'refused-credentials',
  message: 'Cyclos does not accept the access client’s token: it is not activated, or it is blocked.',
  advice: 'Activate the access client again and store its new token.',
};

const unauthorized: Record<string, Said> = {
  loggedOut: gone,
  missingAuthorization: gone,
  invalidAccessToken: gone,
  invalidAccessClient: badClient,
  blockedAccessClient: badClient,
  invalidChannelUsage: {
    kind: 'forbidden',
    message: 'Cyclos does not let this person sign in through this channel.',
    advice: askAdmin,
  },
  invalidNetwork: {
    kind: 'wrong-place',
    message: 'There is no such network at this address.',
    advice: 'Check the address in the account form; it should end in the network’s name and /api.',
  },
  unauthorizedUrl: {
    kind: 'wrong-place',
    message: 'Cyclos does not accept this person at this address.',
    advice: 'Check the address in the account form.',
  },
  remoteAddressBlocked: {
    kind: 'locked-out',
    message: 'Cyclos has blocked this computer’s address, after too many wrong tries.',
    advice: 'Wait, or ask an administrator to unblock it.',
  },
  unauthorizedAddress: {
    kind: 'forbidden',
    message: 'Cyclos does not accept this person from this computer’s address.',
    advice: askAdmin,
  },
};

const refusedPrompt = (message: string, advice?: string): Said => ({
  kind: 'refused-prompt',
  message,
  ...(advice ? { advice } : {}),
});
const lockedOut = (message: string): Said => ({
  kind: 'locked-out',
  message,
  advice: 'Wait, or ask an administrator to unblock it.',
});
const forbidden = (message: string, advice?: string): Said => ({
  kind: 'forbidden',
  message,
  ...(advice ? { advice } : {}),
});

const forbiddenCodes: Record<string, Said> = {
  invalidPassword: refusedPrompt(
    'The password or code was wrong.',
    'Try again; too many wrong tries block it.',
  ),
  invalidTotp: refusedPrompt('The authenticator code was wrong.', 'Type the code that the app shows now.'),
  otpInvalidated: refusedPrompt('The code is no longer valid after too many wrong tries.', 'Send a new one.'),
  invalidDeviceConfirmation: refusedPrompt('The confirmation by the device was not accepted.'),
  temporarilyBlocked: lockedOut('The password is now blocked for a while, after too many wrong tries.'),
  indefinitelyBlocked: {
    ...lockedOut('The password is now blocked until an administrator unblocks it.'),
    advice: askAdmin,
  },
  blockedByTotp: lockedOut('Too many wrong authenticator codes: signing in is blocked.'),
  expiredPassword: forbidden(
    'The password has expired and has to be changed first.',
    'Sign in again to change it.',
  ),
  resetPassword: forbidden('The password was reset and has to be set anew.', 'Use the forgotten password.'),
  disabledPassword: forbidden('The password is disabled.', askAdmin),
  pendingAgreements: forbidden(
    'There are agreements to accept first.',
    'Sign in again to read and accept them.',
  ),
  operatorWithPendingAgreements: forbidden('The owner of this operator has agreements to accept first.'),
  loginConfirmation: forbidden(
    'The sign-in has to be confirmed with a second credential first.',
    'Sign in again.',
  ),
  illegalAction: forbidden('Cyclos does not allow this in the present state.'),
  inaccessibleChannel: forbidden('This person has no access through this channel.', askAdmin),
  inaccessibleGroup: forbidden('This person’s group has no access here.', askAdmin),
  inaccessibleNetwork: forbidden('This person has no access to this network.', askAdmin),
  inaccessiblePrincipal: forbidden(
    'This kind of identification can’t be used here.',
    'Choose another kind in the account form.',
  ),
};

const unavailable: Record<string, string> = {
  emailSending: 'Cyclos could not send the e-mail.',
  smsSending: 'Cyclos could not send the SMS.',
  errorSendingSms: 'Cyclos could not send the SMS.',
};

function invalidInput(body: ErrorBody): Said {
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

function serverFault(body: ErrorBody): Said | undefined {
  if (body.code === 'invalidSecurityAnswer')
    return refusedPrompt(
      'The answer to the security question was wrong.',
      body.keyInvalidated ? 'The key is no longer valid: start the recovery again.' : 'Try again.',
    );
  const sending = lookUp(unavailable, body.code);
  if (sending) return { kind: 'server-fault', message: sending, advice: 'Try another medium, or later.' };
  // exceptionMessage is not for people, so it is left out.
  return body.kind ? { message: 'Cyclos has a fault of its own.', advice: 'Try again later.' } : undefined;
}

const tooOld: Said = {
  kind: 'not-found',
  message: 'This Cyclos server does not offer this: it runs a version older than the operation.',
};

/**
 * Turns the error bodies of Cyclos 4.11 and 4.16 into sentences. `right` names what a plain permissionDenied lacks;
 * `newIn416` that a bare 404 means an older server.
 */
export function explainFor(right: string, newIn416 = false) {
  return (status: number, sent: unknown): Said | undefined => {
    const parsed = errorBody.safeParse(sent);
    const body: ErrorBody = parsed.success ? parsed.data : errorBody.parse({});
    const said = status === 404 && newIn416 && !body.entityType ? tooOld : saidOf(status, body, right);
    return said && { ...said, ...(body.code ? { vendorCode: body.code } : {}) };
  };
}

function saidOf(status: number, body: ErrorBody, right: string): Said | undefined {
  switch (status) {
    case 401:
      return body.code === 'login' ? refusedSignIn(body) : (lookUp(unauthorized, body.code) ?? gone);
    case 403:
      return (
        lookUp(forbiddenCodes, body.code) ?? {
          ...forbidden('This person’s rights in Cyclos do not allow this.', askAdmin),
          missingRight: right,
        }
      );
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
    case 500:
      return serverFault(body);
  }
  return undefined;
}
