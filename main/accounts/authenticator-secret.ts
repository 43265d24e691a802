import { Secret, TOTP, URI } from 'otpauth';

/** Fewer bytes than this are a code or a typing slip, not a secret. */
const fewestBytes = 10;

export type Read = { secret: string } | { wrong: string };

/** Takes an otpauth:// address or base32 as a person pastes it; answers it tidied, or a sentence (without the secret). */
export function readAuthenticatorSecret(pasted: string): Read {
  const text = pasted.trim();
  return /^otpauth:/i.test(text) ? readAddress(text) : readBase32(text);
}

function readAddress(text: string): Read {
  let parsed: ReturnType<typeof URI.parse>;
  try {
    parsed = URI.parse(text);
  } catch {
    return { wrong: 'This otpauth:// address can’t be read. Copy it whole, or paste the secret alone.' };
  }
  if (!(parsed instanceof TOTP)) {
    return {
      wrong: 'This secret makes codes by counting (HOTP). Gatehouse needs one that goes by time (TOTP).',
    };
  }
  if (parsed.secret.bytes.length < fewestBytes) return { wrong: tooShort };
  return { secret: text };
}

function readBase32(text: string): Read {
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
  if (Secret.fromBase32(letters).bytes.length < fewestBytes) return { wrong: tooShort };
  return { secret: letters };
}

const tooShort =
  'This is too short for an authenticator secret. Paste the secret that the code is made from, not a code.';
