import { forbidden, missingParameter } from './faults.ts';
import { mediums, type PasswordType, type User } from './model.ts';
import { countWrongTry, passwordFault, passwordOf, statusOf } from './passwords.ts';
import { knownIn, listIn, type Query, textIn } from './query.ts';
import { numbersFor, write } from './reach.ts';
import type { Place } from './state.ts';

const VALID = 10 * 60_000;
const LENGTH = 6;

/**
 * Sends a new one-time password by the medium of the query; answers the e-mail address or the normalized numbers that received it.
 * Throws 422, and 405 when a gateway fails.
 */
export function sendOtp(place: Place, user: User, query: Query): string[] {
  const { state, network } = place;
  const given = textIn(query, 'medium');
  if (given === undefined) throw missingParameter('medium');
  const [medium = 'email'] = knownIn(place, { medium: given }, 'medium', mediums);
  const to =
    medium === 'email' ? [user.email] : numbersFor(place, user, chosenPhones(place, query), 'mobilePhones');
  const code = state.ids.nextPin(LENGTH);
  for (const address of to) {
    write(place, medium, address, {
      subject: 'Your one-time password',
      text: `${network.name}: your one-time password is ${code}. It is valid for 10 minutes.`,
      code,
    });
  }
  user.otp = { value: code, tries: 0, validUntil: state.clock.now() + VALID };
  return to;
}

/** `mobilePhones` is declared as repeated and described as comma-separated: both are taken. 4.11 does not have it. */
function chosenPhones(place: Place, query: Query): string[] {
  if (place.state.generation === '4.11') return [];
  return listIn(place, query, 'mobilePhones')
    .flatMap((text) => text.split(','))
    .filter((text) => text !== '');
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
    password.tries = 0;
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
