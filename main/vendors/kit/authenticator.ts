import { Secret, TOTP, URI } from 'otpauth';
import { GatehouseError } from '#contract/failure.ts';

/** Fewer bytes than this are a code or a typing slip, not a secret. */
const fewestBytes = 10;

/** A secret, tidied, and what makes codes of it; or a sentence that says why it is none, without the secret. */
export type Authenticator = { secret: string; totp: TOTP } | { wrong: string };

/** Takes an otpauth:// address or base32 as a person pastes it. */
export function parseAuthenticator(pasted: string): Authenticator {
  const text = pasted.trim();
  const read = /^otpauth:/i.test(text) ? fromAddress(text) : fromBase32(text);
  if ('wrong' in read || read.totp.secret.bytes.length >= fewestBytes) return read;
  return {
    wrong:
      'This is too short for an authenticator secret. Paste the secret that the code is made from, not a code.',
  };
}

function fromAddress(text: string): Authenticator {
  let parsed: ReturnType<typeof URI.parse>;
  try {
    parsed = URI.parse(text);
  } catch {
    // The library's own error may quote the secret.
    return { wrong: 'This otpauth:// address can’t be read. Copy it whole, or paste the secret alone.' };
  }
  if (parsed instanceof TOTP) return { secret: text, totp: parsed };
  return {
    wrong: 'This secret makes codes by counting (HOTP). Gatehouse needs one that goes by time (TOTP).',
  };
}

function fromBase32(text: string): Authenticator {
  const letters = text
    .replace(/[\s-]+/g, '')
    .toUpperCase()
    .replace(/=+$/, '');
  if (!/^[A-Z2-7]+$/.test(letters)) {
    return {
      wrong:
        'An authenticator secret has only the letters A to Z and the digits 2 to 7. Paste the secret or the otpauth:// address, not a code.',
    };
  }
  return { secret: letters, totp: new TOTP({ secret: Secret.fromBase32(letters) }) };
}

/** Reads a stored authenticator secret. Throws `invalid` (field `authenticatorSecret`). */
export function readAuthenticator(text: string): TOTP {
  const read = parseAuthenticator(text);
  if ('totp' in read) return read.totp;
  const message = read.wrong;
  throw new GatehouseError({ kind: 'invalid', message, fields: { authenticatorSecret: message } });
}

/** The code for this moment (ms since 1970). */
export function authenticatorCode(secret: string, now: number): string {
  return readAuthenticator(secret).generate({ timestamp: now });
}
