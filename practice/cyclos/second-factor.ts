import { Secret, TOTP } from 'otpauth';
import { forbidden, unauthorized } from './faults.ts';
import type { Caller, Session, User } from './model.ts';
import { checkOtp } from './otp.ts';
import { activeCredentials } from './password-input.ts';
import { checkPassword } from './passwords.ts';
import { type Place, passwordType, raiseAlert } from './state.ts';
import { spells } from './virtual-keyboard.ts';

const MAX_TOTP_TRIES = 3;

/** Throws the sign-in's 401 when the person has to give a second credential and has none that could be used. */
export function needUsableSecond(place: Place, user: User): void {
  if (!user.second || activeCredentials(place, user).length > 0) return;
  const { id, name, internalName, mode } = passwordType(
    place.network,
    user.second.passwordType ?? place.network.accessPassword,
  );
  const type = { id, name, internalName, mode, global: false };
  throw unauthorized(
    'login',
    place.state.generation === '4.11'
      ? { missingSecondaryPassword: type }
      : {
          missingLoginConfirmationCredentials: user.second.credentials,
          ...(user.second.passwordType ? { missingLoginConfirmationPasswordType: type } : {}),
        },
  );
}

/** Checks a second credential in the value forms of `confirmationPassword`; throws the 403 that fits. */
export function checkSecond(place: Place, caller: Caller, value: string): void {
  const { user, session } = caller;
  const newer = place.state.generation === '4.16';
  if (newer && value.startsWith('confirmation:')) {
    throw forbidden('invalidDeviceConfirmation', { invalidDeviceConfirmation: 'invalidConfirmation' });
  }
  const name = user.second?.passwordType;
  const type = name ? passwordType(place.network, name) : null;
  if (newer && value.startsWith('totp:')) {
    checkTotp(place, user, value.slice('totp:'.length));
  } else if (!name || !type) {
    throw forbidden(newer ? 'invalidTotp' : 'invalidPassword');
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

/** Checks an authenticator code (six digits, thirty seconds, one step of tolerance). */
function checkTotp(place: Place, user: User, code: string): void {
  const { totp } = user;
  if (!totp) throw forbidden('invalidTotp');
  if (totp.status === 'blocked') throw forbidden('blockedByTotp');
  const app = new TOTP({ secret: Secret.fromBase32(totp.secret), digits: 6, period: 30 });
  if (app.validate({ token: code, timestamp: place.state.clock.now(), window: 1 }) !== null) {
    totp.tries = 0;
    return;
  }
  totp.tries += 1;
  if (totp.tries < MAX_TOTP_TRIES) throw forbidden('invalidTotp');
  totp.status = 'blocked';
  raiseAlert(place, user, 'maxTotpAttemptsReached', 'Authenticator blocked by wrong codes');
  throw forbidden('blockedByTotp');
}

/** The header that sensitive actions ask for: an authenticator code or the access password. */
export function checkConfirmation(place: Place, caller: Caller, header: string | string[] | undefined): void {
  const value = String(header ?? '');
  if (place.state.generation === '4.16' && value.startsWith('totp:')) {
    checkTotp(place, caller.user, value.slice('totp:'.length));
  } else {
    checkPassword(place, caller.user, place.network.accessPassword, (stored) => stored === value);
  }
}
