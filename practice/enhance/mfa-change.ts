import { Secret, TOTP } from 'otpauth';
import { invalid } from './answers.ts';
import { mailPin, pinIsRight } from './sessions.ts';
import type { EnhanceState } from './state.ts';
import type { AuthMethod, Login, Session } from './types.ts';

/**
 * Begins a switch of the second factor: it takes effect once POST /login/2fa has proven a PIN. Turning one off asks
 * for a PIN of the one that is on; going from one to another leads through `basic` (OpenAPI 12.21.3, updateLoginInfo).
 */
export function beginChange(
  state: EnhanceState,
  session: Session,
  login: Login,
  to: AuthMethod,
): { verifyPin?: boolean; otpUrl?: string } {
  if (to === login.authMethod) return {};
  if (login.authMethod !== 'basic' && to !== 'basic')
    throw invalid('authMethod: turn the present method off first (basic)');
  const provenBy = to === 'basic' ? login.authMethod : to;
  if (provenBy === 'basic') return {};
  const secret = to === 'otp' ? new Secret({ buffer: randomSecret(state) }) : null;
  session.change = { to, provenBy, totpSecret: secret?.base32 ?? null };
  session.resends = 0;
  if (provenBy === 'email') mailPin(state, session, login);
  if (!secret) return { verifyPin: true };
  const otpUrl = new TOTP({ issuer: 'Northwind Hosting', label: login.email, secret }).toString();
  return { verifyPin: true, otpUrl };
}

/** Makes the waiting switch real when the PIN is right; false when it is not. */
export function confirmChange(state: EnhanceState, session: Session, login: Login, pin: string): boolean {
  const { change } = session;
  if (!change) return false;
  const secret = change.totpSecret ?? login.totpSecret;
  if (!pinIsRight(state, session, change.provenBy, pin, secret)) return false;
  login.authMethod = change.to;
  login.totpSecret = change.to === 'otp' ? change.totpSecret : null;
  session.change = null;
  session.pin = null;
  return true;
}

function randomSecret(state: EnhanceState): ArrayBuffer {
  return new TextEncoder().encode(state.options.ids.nextToken('authenticator', 20)).buffer;
}
