import { createHmac, timingSafeEqual } from 'node:crypto';

/**
 * What vouches for rows that are written while the vault is locked: each is marked with a key that is forgotten at once for the
 * next, which can be computed from it but not back. The first one lies sealed in the vault, so that the vault can follow.
 */
export function markRow(key: Uint8Array, seq: number, at: number, text: string): Buffer {
  return createHmac('sha256', key).update(`row ${seq} ${at} ${text}`).digest();
}

/** Vouches for how many rows there are; made with the key that comes after the last one. */
export function markEnd(key: Uint8Array, rows: number): Buffer {
  return createHmac('sha256', key).update(`end ${rows}`).digest();
}

export function keyAfter(key: Uint8Array): Buffer {
  return createHmac('sha256', key).update('next').digest();
}

export function isMark(found: unknown, expected: Buffer): boolean {
  return found instanceof Uint8Array && found.length === expected.length && timingSafeEqual(found, expected);
}
