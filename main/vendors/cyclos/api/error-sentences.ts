import type { Failure } from '#contract/failure.ts';

/** What Cyclos's statuses and error codes mean, in sentences for a support agent. */

export type Explanation = Partial<Failure>;

export const askAdmin = 'An administrator of this Cyclos network has to settle this.';

export const passwordStatuses: Record<string, Explanation> = {
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

export const userStatuses: Record<string, Explanation> = {
  blocked: { kind: 'locked-out', message: 'This person is blocked in Cyclos.', advice: askAdmin },
  disabled: { message: 'This person is disabled in Cyclos.', advice: askAdmin },
  pending: {
    message: 'This registration is still pending.',
    advice: 'It has to be confirmed before signing in.',
  },
  purged: { message: 'This person has been purged from Cyclos.' },
  removed: { message: 'This person has been removed from Cyclos.' },
};

export const sessionGone: Explanation = {
  kind: 'expired',
  message: 'Cyclos no longer knows this session.',
  advice: 'Sign in again.',
};
const badClient: Explanation = {
  kind: 'refused-credentials',
  message: 'Cyclos does not accept the access client’s token: it is not activated, or it is blocked.',
  advice: 'Activate the access client again and store its new token.',
};

export const unauthorizedCodes: Record<string, Explanation> = {
  loggedOut: sessionGone,
  missingAuthorization: sessionGone,
  invalidAccessToken: sessionGone,
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

export const refusedPrompt = (message: string, advice?: string): Explanation => ({
  kind: 'refused-prompt',
  message,
  ...(advice ? { advice } : {}),
});
const lockedOut = (message: string): Explanation => ({
  kind: 'locked-out',
  message,
  advice: 'Wait, or ask an administrator to unblock it.',
});
/** The person is blocked, not a password: no wait helps. */
const blockedPerson = (message: string): Explanation => ({ kind: 'locked-out', message, advice: askAdmin });
export const deviceBlocks = {
  activation: blockedPerson('After too many wrong activation codes Cyclos has blocked this person.'),
  invalidDevice: refusedPrompt('The device that approved this is not one of this person’s trusted devices.'),
  maxCheckAtemptsReached: blockedPerson(
    'After too many questions for an approval that did not come, Cyclos has blocked this person.',
  ),
};
export const forbidden = (message: string, advice?: string): Explanation => ({
  kind: 'forbidden',
  message,
  ...(advice ? { advice } : {}),
});

export const forbiddenCodes: Record<string, Explanation> = {
  invalidPassword: refusedPrompt(
    'The password or code was wrong.',
    'Try again; too many wrong tries block it.',
  ),
  invalidTotp: refusedPrompt('The authenticator code was wrong.', 'Type the code that the app shows now.'),
  otpInvalidated: refusedPrompt('The code is no longer valid after too many wrong tries.', 'Send a new one.'),
  invalidDeviceConfirmation: refusedPrompt(
    'The trusted device has not approved this.',
    'Approve it there first, or start again for a new code to scan.',
  ),
  invalidDeviceActivationCode: refusedPrompt(
    'The activation code of the device was wrong.',
    'Have a new one sent.',
  ),
  devicePinRemoved: refusedPrompt(
    'The PIN of the device was removed, after too many wrong tries.',
    'Sign in with the password; the PIN can be set anew on the device.',
  ),
  temporarilyBlocked: lockedOut('The password is now blocked for a while, after too many wrong tries.'),
  indefinitelyBlocked: {
    ...lockedOut('The password is now blocked until an administrator unblocks it.'),
    advice: askAdmin,
  },
  blockedByTotp: blockedPerson('After too many wrong authenticator codes Cyclos has blocked this person.'),
  expiredPassword: forbidden(
    'The password has expired and has to be changed first.',
    'Sign in again to change it.',
  ),
  resetPassword: forbidden('The password was reset and has to be set anew.', 'Sign in again to set it.'),
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

/** Why an SMS was not sent. */
export const smsStatuses: Record<string, Explanation> = {
  gatewayUreachable: { message: 'Cyclos could not send the SMS: it can’t reach its SMS gateway.' },
  invalid: { message: 'Cyclos could not send the SMS: its gateway does not take it as it is.' },
  maxMessagesReached: {
    message: 'Cyclos could not send the SMS: this person has had as many as the network allows.',
    advice: 'Try another medium, or ask an administrator.',
  },
  rejected: { message: 'Cyclos could not send the SMS: its gateway refuses this number.' },
  timeout: { message: 'Cyclos could not send the SMS: its gateway did not answer in time.' },
};

export const sendingCodes: Record<string, string> = {
  emailSending: 'Cyclos could not send the e-mail.',
  smsSending: 'Cyclos could not send the SMS.',
  errorSendingSms: 'Cyclos could not send the SMS.',
};
