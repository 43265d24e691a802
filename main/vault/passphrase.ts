import { randomBytes, scrypt } from 'node:crypto';
import { GatehouseError } from '../../preload/contract/failure.ts';
import { decrypt, encrypt } from './cipher.ts';
import { type Cost, type PassphraseWrapping, sumOf } from './wrappings.ts';

/** About 128 MiB and a third of a second. */
export const ordinaryCost: Cost = { N: 2 ** 17, r: 8, p: 1 };

const shortest = 8;

/** Throws `invalid` (field `passphrase`) when it is too short. */
export function checkPassphrase(passphrase: string): void {
  if ([...passphrase.normalize('NFKC')].length >= shortest) return;
  const message = `The passphrase needs at least ${shortest} characters.`;
  throw new GatehouseError({ kind: 'invalid', message, fields: { passphrase: message } });
}

export async function wrapByPassphrase(
  dataKey: Uint8Array,
  passphrase: string,
  vaultId: string,
  cost: Cost,
): Promise<PassphraseWrapping> {
  const salt = randomBytes(16);
  const key = await stretch(passphrase, salt, cost);
  const { nonce, ciphertext } = encrypt(key, dataKey, ['data-key', vaultId]);
  key.fill(0);
  const wrapping = {
    cost,
    salt: salt.toString('base64'),
    nonce: Buffer.from(nonce).toString('base64'),
    wrapped: Buffer.from(ciphertext).toString('base64'),
  };
  return { ...wrapping, sum: sumOf(wrapping) };
}

/** Answers the data key, or null when the passphrase is wrong. */
export async function unwrapByPassphrase(
  wrapping: PassphraseWrapping,
  passphrase: string,
  vaultId: string,
): Promise<Buffer | null> {
  const key = await stretch(passphrase, Buffer.from(wrapping.salt, 'base64'), wrapping.cost);
  const sealed = {
    nonce: Buffer.from(wrapping.nonce, 'base64'),
    ciphertext: Buffer.from(wrapping.wrapped, 'base64'),
  };
  const dataKey = decrypt(key, sealed, ['data-key', vaultId]);
  key.fill(0);
  return dataKey;
}

/** NFKC, because one system types an accent as one character and another as two. */
function stretch(passphrase: string, salt: Uint8Array, { N, r, p }: Cost): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const maxmem = 256 * N * r * p;
    scrypt(passphrase.normalize('NFKC'), salt, 32, { N, r, p, maxmem }, (error, key) =>
      error ? reject(error) : resolve(key),
    );
  });
}
