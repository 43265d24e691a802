import { Secret, TOTP } from 'otpauth';
import { userView } from './auth-view.ts';
import { forbidden } from './faults.ts';
import type { Caller, User } from './model.ts';
import { confirmationInput } from './password-input.ts';
import { mediumsOf, phonesOf } from './reach.ts';
import { mayReach } from './rights.ts';
import { type Place, raiseAlert } from './state.ts';

const MAX_TRIES = 3;

const appOf = (place: Place, user: User, secret: string) =>
  new TOTP({
    secret: Secret.fromBase32(secret),
    digits: 6,
    period: 30,
    issuer: place.network.name,
    label: user.username,
  });

/** The address that an authenticator app scans. */
export const secretUrl = (place: Place, user: User, secret: string) => appOf(place, user, secret).toString();

/** TotpSecretData. The secret's address is told to its owner only, while it is pending. */
export function totpView(place: Place, caller: Caller, user: User): Record<string, unknown> {
  const self = user.id === caller.user.id;
  const { totp } = user;
  const active = totp?.status === 'active';
  const may = self || (caller.user.rights.includes('devices.manage') && mayReach(caller, user));
  return {
    user: userView(place, user),
    status: totp?.status ?? 'neverCreated',
    ...(active ? { activationDate: new Date(totp.activatedAt ?? 0).toISOString() } : {}),
    ...(self ? { canActivate: !active } : {}),
    canRemove: may && active,
    confirmationPasswordInput: confirmationInput(place, caller),
    ...(self && totp?.status === 'pending' ? { secretUrl: secretUrl(place, user, totp.secret) } : {}),
    ...(self && !active
      ? {
          sendVerificationCodeData: {
            mediums: mediumsOf(user),
            email: user.email,
            phones: phonesOf(place, user),
            verificationCodeSeconds: 60,
          },
        }
      : {}),
  };
}

/**
 * Checks an authenticator code (six digits, thirty seconds, one step of tolerance). Throws 403 `invalidTotp`, and blocks the
 * person with `blockedByTotp` when it was one too many.
 */
export function checkTotp(place: Place, user: User, code: string): void {
  const { totp } = user;
  if (!totp) throw forbidden('invalidTotp');
  const app = appOf(place, user, totp.secret);
  if (app.validate({ token: code.trim(), timestamp: place.state.clock.now(), window: 1 }) !== null) {
    totp.tries = 0;
    return;
  }
  totp.tries += 1;
  if (totp.tries < MAX_TRIES) throw forbidden('invalidTotp');
  user.status = 'blocked';
  if (totp.status === 'active') {
    raiseAlert(place, user, 'maxTotpAttemptsReached', 'Blocked by wrong authenticator codes');
  } else {
    raiseAlert(place, user, 'maxTotpActivationAttemptsReached', 'Blocked while setting up an authenticator');
  }
  throw forbidden('blockedByTotp');
}
