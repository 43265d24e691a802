import { Secret, TOTP, URI } from 'otpauth';
import { GatehouseError } from '../../../preload/contract/failure.ts';

function parse(text: string): TOTP | null {
  try {
    if (!/^otpauth:/i.test(text)) return new TOTP({ secret: Secret.fromBase32(text.replace(/[\s-]/g, '')) });
    const parsed = URI.parse(text);
    return parsed instanceof TOTP ? parsed : null;
  } catch {
    // Told in words below; the library's own error may quote the secret.
    return null;
  }
}

/** The code at `now` (ms since 1970) from an otpauth:// URI or base32. Throws `invalid` (field `authenticatorSecret`). */
export function authenticatorCode(secret: string, now: number): string {
  const totp = parse(secret.trim());
  if (totp) return totp.generate({ timestamp: now });
  const message =
    'This is no authenticator secret: paste an otpauth://totp link, or the letters and digits of the key.';
  throw new GatehouseError({ kind: 'invalid', message, fields: { authenticatorSecret: message } });
}
