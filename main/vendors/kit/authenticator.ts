import { Secret, TOTP, URI } from 'otpauth';
import { GatehouseError } from '#contract/failure.ts';

/** Reads a stored authenticator secret: an otpauth:// URI or base32. Throws `invalid` (field `authenticatorSecret`). */
export function readAuthenticator(text: string): TOTP {
  try {
    if (/^otpauth:/i.test(text.trim())) {
      const parsed = URI.parse(text.trim());
      if (parsed instanceof TOTP) return parsed;
    } else {
      const base32 = text.replace(/[\s-]/g, '').replace(/=+$/, '').toUpperCase();
      if (/^[A-Z2-7]{8,}$/.test(base32)) return new TOTP({ secret: Secret.fromBase32(base32) });
    }
  } catch {
    // Told below in words; the library's own error may quote the secret.
  }
  const message =
    'This is no authenticator secret: paste an otpauth://totp link, or the letters and digits of the key.';
  throw new GatehouseError({ kind: 'invalid', message, fields: { authenticatorSecret: message } });
}

/** The code for this moment (ms since 1970). */
export function authenticatorCode(secret: string, now: number): string {
  return readAuthenticator(secret).generate({ timestamp: now });
}
