import { randomBytes } from 'node:crypto';

/** Crockford's base 32: no letter looks like a digit. */
const letters = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const groups = 7;
const groupLength = 4;

/** 140 random bits as people can write them down: seven groups of four letters and digits. */
export function newRecoveryCode(): string {
  const code = [...randomBytes(groups * groupLength)].map((byte) => letters[byte % letters.length]).join('');
  return code.match(/.{4}/g)!.join('-');
}

/** As it was made, whatever blanks, hyphens and small letters it was typed with; O reads as 0, I and L as 1. */
export function readRecoveryCode(typed: string): string {
  const code = typed
    .toUpperCase()
    .replace(/[^A-Z0-9]/g, '')
    .replaceAll('O', '0')
    .replace(/[IL]/g, '1');
  return (code.match(/.{1,4}/g) ?? []).join('-');
}
