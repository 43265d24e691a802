import {
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
  hkdfSync,
  type KeyObject,
} from 'node:crypto';
import { decryptBytes, encryptToBytes } from './cipher.ts';

/**
 * A letter box: whoever has the public half can put something in, only the private half takes it out. Nothing in it is
 * authenticated: anybody who knows the public half can put in something of his own.
 */
export interface Box {
  /** DER (SPKI) of the X25519 public key. */
  publicDer: Buffer;
  publicKey: KeyObject;
}

/** The DER (SPKI) header of every X25519 public key (RFC 8410); the 32 bytes of the key follow it. */
const spkiHeader = Buffer.from('302a300506032b656e032100', 'hex');
const keyLength = 32;

export function createBox(): { box: Box; privateKey: KeyObject } {
  const { publicKey, privateKey } = generateKeyPairSync('x25519');
  return { box: { publicKey, publicDer: publicKey.export({ type: 'spki', format: 'der' }) }, privateKey };
}

/** Throws when the bytes are no X25519 public key. */
export function readBox(publicDer: Buffer): Box {
  return { publicDer, publicKey: createPublicKey({ key: publicDer, type: 'spki', format: 'der' }) };
}

export const exportPrivate = (key: KeyObject): Buffer => key.export({ type: 'pkcs8', format: 'der' });

/** The box that belongs to a private key (DER, PKCS 8). */
export function openBox(privateDer: Buffer): { box: Box; privateKey: KeyObject } {
  const privateKey = createPrivateKey({ key: privateDer, type: 'pkcs8', format: 'der' });
  return {
    privateKey,
    box: readBox(createPublicKey(privateKey).export({ type: 'spki', format: 'der' })),
  };
}

/** Encrypts for the owner of the box under a key that is used once; `bound` as in cipher.ts. */
export function deposit(box: Box, plain: Uint8Array, bound: readonly string[]): Buffer {
  const once = generateKeyPairSync('x25519');
  const onceDer = once.publicKey.export({ type: 'spki', format: 'der' });
  const key = sharedKey(once.privateKey, box.publicKey, onceDer, box.publicDer);
  const sealed = encryptToBytes(key, plain, bound);
  key.fill(0);
  return Buffer.concat([onceDer.subarray(spkiHeader.length), sealed]);
}

/** Answers null when it was changed, moved, or put into another box. */
export function takeOut(
  box: Box,
  privateKey: KeyObject,
  bytes: Uint8Array,
  bound: readonly string[],
): Buffer | null {
  const onceDer = Buffer.concat([spkiHeader, bytes.subarray(0, keyLength)]);
  let key: Buffer;
  try {
    key = sharedKey(privateKey, readBox(onceDer).publicKey, onceDer, box.publicDer);
  } catch {
    return null;
  }
  const plain = decryptBytes(key, bytes.subarray(keyLength), bound);
  key.fill(0);
  return plain;
}

function sharedKey(privateKey: KeyObject, publicKey: KeyObject, onceDer: Buffer, boxDer: Buffer): Buffer {
  const secret = diffieHellman({ privateKey, publicKey });
  return Buffer.from(
    hkdfSync('sha256', secret, Buffer.concat([onceDer, boxDer]), 'gatehouse letter box 1', 32),
  );
}
