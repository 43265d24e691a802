import { Fault, forbidden, invalid, missingParameter } from './faults.ts';
import type { Medium, PasswordType, User } from './model.ts';
import { masked } from './password-input.ts';
import { countWrongTry, passwordFault, passwordOf, statusOf } from './passwords.ts';
import type { Place } from './state.ts';

const VALID = 10 * 60_000;
const LENGTH = 6;

/** Sends a new one-time password; answers where to, masked. Throws 422, and what a failing gateway answers. */
export function sendOtp(place: Place, user: User, medium: unknown): string[] {
  const { state, network } = place;
  if (medium === undefined) throw missingParameter('medium');
  if (medium !== 'email' && medium !== 'sms')
    throw new Fault(422, { code: 'dataConversion', name: 'medium', value: String(medium) });
  const to = medium === 'email' ? user.email : user.phone;
  if (!to) throw invalid({ medium: 'There is no mobile phone that could receive it' });
  refuseBrokenGateway(place, medium, to);
  const value = state.ids.nextPin(LENGTH);
  user.otp = { value, tries: 0, validUntil: state.clock.now() + VALID };
  state.inbox.send({
    medium,
    to,
    from: medium === 'email' ? `no-reply@${network.internalName}.example` : network.name,
    subject: 'Your one-time password',
    text: `${network.name}: your one-time password is ${value}. It is valid for 10 minutes.`,
    code: value,
    vendor: 'cyclos',
    at: state.clock.now(),
  });
  return [masked(medium, to)];
}

/** Some addresses stand for a gateway that is down: mail to bounce.example and numbers that end in 000. */
export function refuseBrokenGateway({ state }: Place, medium: Medium, to: string): void {
  const mailFails = medium === 'email' && to.endsWith('@bounce.example');
  const smsFails = medium === 'sms' && to.endsWith('000');
  if (!mailFails && !smsFails) return;
  if (state.generation === '4.16') {
    throw new Fault(405, smsFails ? { code: 'smsSending', smsStatus: 'rejected' } : { code: 'emailSending' });
  }
  throw new Fault(500, {
    kind: 'otp',
    exceptionType: 'org.cyclos.model.access.OtpException',
    exceptionMessage: 'The message could not be sent',
    ...(smsFails ? { code: 'errorSendingSms', smsStatus: 'rejected' } : { code: 'unexpected' }),
  });
}

/** Checks a one-time password: it is good once; 4.16 throws it away after too many tries, 4.11 blocks the type. */
export function checkOtp(place: Place, user: User, type: PasswordType, value: string): void {
  const now = place.state.clock.now();
  const password = passwordOf(user, type.internalName);
  if (statusOf(password, now) === 'temporarilyBlocked') throw passwordFault(type, 'temporarilyBlocked');
  const { otp } = user;
  if (!otp || otp.validUntil <= now) throw passwordFault(type, 'invalidPassword');
  if (otp.value === value) {
    user.otp = null;
    unlock(password);
    return;
  }
  if (place.state.generation === '4.16') {
    otp.tries += 1;
    if (otp.tries < type.maxTries) throw passwordFault(type, 'invalidPassword');
    user.otp = null;
    throw forbidden('otpInvalidated');
  }
  countWrongTry(place, user, password);
  const blocked = statusOf(password, now) === 'temporarilyBlocked';
  throw passwordFault(type, blocked ? 'temporarilyBlocked' : 'invalidPassword');
}

function unlock(password: { tries: number }): void {
  password.tries = 0;
}
