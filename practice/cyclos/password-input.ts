import type { Caller, Credential, Medium, PasswordType, User } from './model.ts';
import { passwordOf, statusOf } from './passwords.ts';
import { type Place, passwordType } from './state.ts';
import { BUTTONS, BUTTONS_PER_ROW, newKeyboard } from './virtual-keyboard.ts';

const KEYBOARDS_KEPT = 10;

/** `d…@example.org` and `…42`: enough to recognise, not enough to learn. */
export function masked(medium: Medium, address: string): string {
  if (medium === 'sms') return `${'*'.repeat(Math.max(address.length - 2, 0))}${address.slice(-2)}`;
  const [name = '', host = ''] = address.split('@');
  return `${name.slice(0, 1)}${'*'.repeat(Math.max(name.length - 1, 1))}@${host}`;
}

/** Where one-time passwords can go for this person. */
export const mediumsOf = (user: User): Medium[] => (user.phone ? ['email', 'sms'] : ['email']);

/** Which second credentials the person could use at this moment. */
export function activeCredentials(place: Place, user: User): Credential[] {
  return (user.second?.credentials ?? []).filter((credential) => {
    if (credential === 'totp') return user.totp?.status === 'active';
    const type = passwordType(place.network, user.second?.passwordType ?? place.network.accessPassword);
    if (type.mode === 'otp') return true;
    const status = statusOf(passwordOf(user, type.internalName), place.state.clock.now());
    return status === 'active' || status === 'expired';
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
    ...(otp ? { emailToSendOtp: masked('email', user.email), mobilePhonesToSendOtp: phones(user) } : {}),
    hasReusableOtp: otp && user.otp !== null && user.otp.validUntil > place.state.clock.now(),
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
    confirmationPasswordOncePerSession: false,
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
    allowReuseOtp: false,
  };
}

function phones(user: User): Record<string, unknown>[] {
  if (!user.phone) return [];
  const number = masked('sms', user.phone);
  return [{ id: user.id, name: 'Mobile phone', number, normalizedNumber: number, type: 'mobile' }];
}
