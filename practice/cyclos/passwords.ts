import { forbidden } from './faults.ts';
import type { Network, Password, PasswordAction, PasswordStatus, PasswordType, User } from './model.ts';
import { type Place, passwordType, raiseAlert } from './state.ts';

/** How long a temporary block lasts, ms. */
const BLOCK_TIME = 10 * 60_000;

/** A person's password of one type; one that was never created is added to the person as such. */
export function passwordOf(user: User, type: string): Password {
  let password = user.passwords.find((each) => each.type === type);
  if (!password) {
    password = { type, value: '', status: 'neverCreated', date: 0, tries: 0, blockedUntil: null, log: [] };
    user.passwords.push(password);
  }
  return password;
}

/** The status now: a temporary block ends by itself. */
export function statusOf(password: Password, now: number): PasswordStatus {
  if (
    password.status === 'temporarilyBlocked' &&
    password.blockedUntil !== null &&
    password.blockedUntil <= now
  ) {
    unblock(password);
  }
  return password.status;
}

export function unblock(password: Password): void {
  password.status = 'active';
  password.tries = 0;
  password.blockedUntil = null;
}

export function setPassword(password: Password, value: string, status: PasswordStatus, now: number): void {
  Object.assign(password, { value, status, date: now, tries: 0, blockedUntil: null });
}

/** Counts a wrong value; blocks the password and raises the alert when it was one too many. */
export function countWrongTry(place: Place, user: User, password: Password): void {
  const type = passwordType(place.network, password.type);
  password.tries += 1;
  if (password.tries < type.maxTries) return;
  password.status = type.whenExceeded;
  if (type.whenExceeded === 'temporarilyBlocked') {
    password.blockedUntil = place.state.clock.now() + BLOCK_TIME;
    raiseAlert(place, user, 'passwordTemporarilyBlocked', `${type.name} blocked for a while by wrong tries`);
  } else {
    raiseAlert(place, user, 'passwordDisabledByTries', `${type.name} blocked by wrong tries`);
  }
}

/** Writes into the password's history what was done to it. */
export function record(place: Place, password: Password, by: User, action: PasswordAction): void {
  password.log.unshift({ by: by.id, action, at: place.state.clock.now() });
}

/** The 403 for a second or confirmation password in this status. */
export function passwordFault(
  type: PasswordType,
  code: 'expiredPassword' | 'indefinitelyBlocked' | 'invalidPassword' | 'temporarilyBlocked',
) {
  const { id, name, internalName } = type;
  return forbidden(code, { passwordType: { id, name, internalName } });
}

/** Checks a manual password: throws 403 `invalidPassword`, `temporarilyBlocked` and the like, and counts tries. */
export function checkPassword(
  place: Place,
  user: User,
  typeName: string,
  isRight: (value: string) => boolean,
) {
  const type = passwordType(place.network, typeName);
  const password = passwordOf(user, typeName);
  refuseUnusable(place, type, password);
  if (isRight(password.value)) {
    password.tries = 0;
    return;
  }
  countWrongTry(place, user, password);
  refuseUnusable(place, type, password);
  throw passwordFault(type, 'invalidPassword');
}

function refuseUnusable({ state }: Place, type: PasswordType, password: Password): void {
  const status = statusOf(password, state.clock.now());
  if (status === 'active' || status === 'expired' || status === 'reset') return;
  if (status === 'temporarilyBlocked' || status === 'indefinitelyBlocked') throw passwordFault(type, status);
  if (status === 'disabled' && state.generation === '4.16') throw forbidden('disabledPassword');
  throw passwordFault(type, 'invalidPassword');
}

/** What is wrong with a new password; null when it may be taken. */
export function policyFault(type: PasswordType, value: string, current: string): string | null {
  if (value.length < type.minLength) return `New password must have at least ${type.minLength} characters`;
  if (value.length > type.maxLength) return `New password must have at most ${type.maxLength} characters`;
  if (type.onlyNumeric && !/^\d+$/.test(value)) return 'New password must have only numbers';
  if (value === current) return 'New password must be different from the current one';
  return null;
}

/** The types that a person of the network has or can have. */
export function typesFor(network: Network, user: User): PasswordType[] {
  return network.passwordTypes.filter(
    (type) =>
      type.internalName === network.accessPassword ||
      user.passwords.some((password) => password.type === type.internalName),
  );
}
