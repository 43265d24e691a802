import { randomBytes, scrypt } from 'node:crypto';
import { decrypt, encrypt } from './cipher.ts';
import { type Cost, type PassphraseWrapping, sumOf } from './wrappings.ts';

/** About 128 MiB and a third of a second. */
export const ordinaryCost: Cost = { N: 2 ** 17, r: 8, p: 1 };

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
