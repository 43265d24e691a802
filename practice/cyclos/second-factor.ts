import { passwordTypeView } from './auth-view.ts';
import { takeConfirmation } from './confirmations.ts';
import { forbidden, unauthorized } from './faults.ts';
import type { Caller, Session, User } from './model.ts';
import { checkOtp } from './otp.ts';
import { activeCredentials } from './password-input.ts';
import { checkPassword } from './passwords.ts';
import { type Place, passwordType } from './state.ts';
import { checkTotp } from './totp.ts';
import { spells } from './virtual-keyboard.ts';

/** Throws the sign-in's 401 when the person has to give a second credential and has none that could be used. */
export function needUsableSecond(place: Place, user: User): void {
  if (!user.second || activeCredentials(place, user).length > 0) return;
  const { passwordType: name, credentials } = user.second;
  const type = name ? passwordTypeView(passwordType(place.network, name)) : null;
  throw unauthorized('login', {
    ...(type ? { missingSecondaryPassword: type } : {}),
    ...(place.state.generation === '4.16'
      ? {
          missingLoginConfirmationCredentials: credentials,
          ...(type ? { missingLoginConfirmationPasswordType: type } : {}),
        }
      : {}),
  });
}

/** Checks a second credential in the value forms of `confirmationPassword`; throws the 403 that fits. */
export function checkSecond(place: Place, caller: Caller, value: string): void {
  const { user, session } = caller;
  const newer = place.state.generation === '4.16';
  const name = user.second?.passwordType;
  const type = name ? passwordType(place.network, name) : null;
  if (newer && value.startsWith('confirmation:')) {
    if (!user.second?.credentials.includes('device')) throw forbidden('illegalAction');
    takeConfirmation(place, caller, value.slice('confirmation:'.length));
  } else if (newer && value.startsWith('totp:')) {
    if (!user.second?.credentials.includes('totp')) throw forbidden('invalidTotp');
    checkTotp(place, user, value.slice('totp:'.length));
  } else if (!name || !type) {
    throw forbidden('illegalAction');
  } else if (type.mode === 'otp') {
    checkOtp(place, user, type, value);
  } else if (type.virtualKeyboard) {
    const keyboard = session ? takeKeyboard(session, newer ? value : null) : null;
    checkPassword(place, user, name, (stored) => spells(keyboard, value, stored, newer));
  } else {
    checkPassword(place, user, name, (stored) => stored === value);
  }
}

/** The keyboard of a value: 4.16 names it, 4.11 means the newest. It is good for one try only. */
function takeKeyboard(session: Session, value: string | null) {
  const keyboard =
    value === null
      ? session.keyboards.at(-1)
      : session.keyboards.find((each) => each.id === value.split('|')[0]);
  session.keyboards = value === null ? [] : session.keyboards.filter((each) => each !== keyboard);
  return keyboard ?? null;
}

/** The header that sensitive actions ask for: an authenticator code or the access password. A trusted session needs none. */
export function checkConfirmation(place: Place, caller: Caller, header: string | string[] | undefined): void {
  if (caller.session?.deviceId) return;
  const value = String(header ?? '');
  if (place.state.generation === '4.16' && value.startsWith('totp:')) {
    checkTotp(place, caller.user, value.slice('totp:'.length));
  } else {
    checkPassword(place, caller.user, place.network.accessPassword, (stored) => stored === value);
  }
}
