import { createHash } from 'node:crypto';

/** Ids, tokens and chances that are the same in every run with the same seed. */
export interface PracticeIds {
  /** The same uuid for the same name, whatever else was asked before: for seeded data. */
  uuid(name: string): string;
  /** A new uuid at each call: for what is made while the server runs (sessions, recoveries). */
  nextUuid(kind: string): string;
  /** A new token of `length` URL-safe characters at each call. */
  nextToken(kind: string, length: number): string;
  /** A new PIN of `length` digits at each call. */
  nextPin(length: number): string;
  /** A base32 authenticator secret (20 bytes), the same for the same name. */
  authenticatorSecret(name: string): string;
  /** 0 ≤ x < 1, from the run's generator: for random misbehaviour. */
  chance(): number;
}

/**
 * `seed` decides the seeded data, `run` what is made while running. With the same `run` a run replays;
 * a new `run` keeps tokens of an earlier run from being good for somebody else's session.
 */
export function makeIds(seed: string, run: string = seed): PracticeIds {
  const counts = new Map<string, number>();
  const next = (kind: string) => {
    const count = (counts.get(kind) ?? 0) + 1;
    counts.set(kind, count);
    return digest(`${run}/${kind}/${count}`);
  };
  return {
    uuid: (name) => uuidOf(digest(`${seed}/${name}`)),
    nextUuid: (kind) => uuidOf(next(kind)),
    nextToken(kind, length) {
      let token = '';
      while (token.length < length) token += next(kind).toString('base64url');
      return token.slice(0, length);
    },
    nextPin: (length) => String(next('pin').readUInt32BE(0) % 10 ** length).padStart(length, '0'),
    authenticatorSecret: (name) => base32(digest(`${seed}/authenticator/${name}`).subarray(0, 20)),
    chance: () => next('chance').readUInt32BE(0) / 2 ** 32,
  };
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

function uuidOf(bytes: Buffer): string {
  const hex = bytes.toString('hex');
  const variant = ((bytes[8]! & 0x3f) | 0x80).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(18, 20)}-${hex.slice(20, 32)}`;
}

function base32(bytes: Buffer): string {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  let bits = '';
  for (const byte of bytes) bits += byte.toString(2).padStart(8, '0');
  return (bits.match(/.{5}/g) ?? []).map((five) => letters[Number.parseInt(five, 2)]).join('');
}
