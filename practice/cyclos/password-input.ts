import type { Caller, Credential, PasswordType, User } from './model.ts';
import { passwordOf, statusOf } from './passwords.ts';
import { masked, maskedPhonesOf, mediumsOf } from './reach.ts';
import { type Place, passwordType } from './state.ts';
import { BUTTONS, BUTTONS_PER_ROW, newKeyboard } from './virtual-keyboard.ts';

const KEYBOARDS_KEPT = 10;

/** Which second credentials the person could use at this moment. */
export function activeCredentials(place: Place, user: User): Credential[] {
  return (user.second?.credentials ?? []).filter((credential) => {
    if (credential === 'totp') return user.totp?.status === 'active';
    if (credential === 'device') return user.devices.some((device) => device.active);
    const type = passwordType(place.network, user.second?.passwordType ?? place.network.accessPassword);
    if (type.mode === 'otp') return true;
    const status = statusOf(passwordOf(user, type.internalName), place.state.clock.now());
    return status === 'active' || status === 'expired' || status === 'reset';
  });
}

/** PasswordInput for the second step of a session: a virtual keyboard gets new buttons at each call. */
export function passwordInput(place: Place, caller: Caller): Record<string, unknown> {
  const { user, session } = caller;
  const name = user.second?.passwordType ?? null;
  const type = name ? passwordType(place.network, name) : null;
  const keyboard = type?.virtualKeyboard && session ? newKeyboard(place.state.ids) : null;
  if (keyboard && session) session.keyboards = [...session.keyboards, keyboard].slice(-KEYBOARDS_KEPT);
  const mirrors = type ? typeInput(type, user, place) : {};
  const buttons = keyboard
    ? { numberOfButtons: BUTTONS, buttonsPerRow: BUTTONS_PER_ROW, buttons: keyboard.buttons }
    : {};
  if (place.state.generation === '4.11') return { ...mirrors, ...buttons };
  const otp = type?.mode === 'otp';
  return {
    ...mirrors,
    ...buttons,
    allowedCredentials: user.second?.credentials ?? [],
    activeCredentials: activeCredentials(place, user),
    ...(type
      ? { passwordType: detailedType(type), passwordStatus: passwordOf(user, type.internalName).status }
      : {}),
    ...(keyboard ? { virtualKeyboardId: keyboard.id } : {}),
    ...(otp ? otpInput(place, user) : {}),
  };
}

/** The fields that both generations have. */
export function typeInput(type: PasswordType, user: User | null, place: Place): Record<string, unknown> {
  const status = user ? statusOf(passwordOf(user, type.internalName), place.state.clock.now()) : null;
  return {
    id: type.id,
    name: type.name,
    internalName: type.internalName,
    inputMethod: type.virtualKeyboard ? 'virtualKeyboard' : 'textBox',
    mode: type.mode,
    ...(status ? { hasActivePassword: type.mode === 'otp' || status === 'active' } : {}),
    ...(user ? { confirmationPasswordOncePerSession: false } : {}),
    minLength: type.minLength,
    maxLength: type.maxLength,
    ...(type.mode === 'otp' && user ? { otpSendMediums: mediumsOf(user) } : {}),
  };
}

/** PasswordType as 4.16 describes it inside a PasswordInput. */
export function detailedType(type: PasswordType): Record<string, unknown> {
  const { id, name, internalName, mode, onlyNumeric, minLength, maxLength } = type;
  return {
    id,
    name,
    internalName,
    mode,
    onlyNumeric,
    minLength,
    maxLength,
    lowerCaseLetters: onlyNumeric ? 'disabled' : 'optional',
    upperCaseLetters: onlyNumeric ? 'disabled' : 'optional',
    numbers: 'optional',
    specialCharacters: onlyNumeric ? 'disabled' : 'optional',
    inputMethod: type.virtualKeyboard ? 'virtualKeyboard' : 'textBox',
    ...(type.virtualKeyboard
      ? { numberOfButtons: BUTTONS, buttonsPerRow: BUTTONS_PER_ROW, numberOfRows: BUTTONS / BUTTONS_PER_ROW }
      : {}),
    ...(mode === 'otp' ? { allowReuseOtp: false } : {}),
    description: describe(type),
    global: false,
  };
}

/** What a password of this type must be, for people. */
export function describe({ onlyNumeric, minLength, maxLength }: PasswordType): string {
  return `${minLength} to ${maxLength} ${onlyNumeric ? 'digits' : 'characters'}`;
}

/** Where a one-time password can go, for somebody who is not signed in yet. */
function otpInput(place: Place, user: User): Record<string, unknown> {
  return {
    emailToSendOtp: masked('email', user.email),
    ...(user.phone ? { mobilePhonesToSendOtp: maskedPhonesOf(place, user) } : {}),
    hasReusableOtp: false,
  };
}

/** PasswordInput of what `checkConfirmation` takes: the caller's access password, or (4.16) an authenticator code. */
export function confirmationInput(place: Place, { user }: Caller): Record<string, unknown> {
  const type = passwordType(place.network, place.network.accessPassword);
  const input = typeInput(type, user, place);
  if (place.state.generation === '4.11') return input;
  return {
    ...input,
    allowedCredentials: ['password', 'totp'],
    activeCredentials: user.totp?.status === 'active' ? ['password', 'totp'] : ['password'],
    passwordType: detailedType(type),
    passwordStatus: passwordOf(user, type.internalName).status,
  };
}
