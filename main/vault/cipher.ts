import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

export interface Sealed {
  nonce: Uint8Array;
  /** With the 16-byte tag at its end. */
  ciphertext: Uint8Array;
}

const nonceLength = 12;
const tagLength = 16;

/** AES-256-GCM; `bound` is authenticated with it, so the result opens only where the same words are given. */
export function encrypt(key: Uint8Array, plain: Uint8Array, bound: readonly string[]): Sealed {
  const nonce = randomBytes(nonceLength);
  const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: tagLength });
  cipher.setAAD(boundBytes(bound));
  return { nonce, ciphertext: Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()]) };
}

/** Answers null when the key is another one, or when anything in it was changed or moved. */
export function decrypt(
  key: Uint8Array,
  { nonce, ciphertext }: Sealed,
  bound: readonly string[],
): Buffer | null {
  if (nonce.length !== nonceLength || ciphertext.length < tagLength) return null;
  const end = ciphertext.length - tagLength;
  const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: tagLength });
  decipher.setAAD(boundBytes(bound));
  decipher.setAuthTag(ciphertext.subarray(end));
  try {
    const plain = decipher.update(ciphertext.subarray(0, end));
    // Checks the tag; a stream cipher has no bytes left for it.
    decipher.final();
    return plain;
  } catch {
    return null;
  }
}

/** As `encrypt`, in one piece: the nonce, then the ciphertext with its tag. */
export function encryptToBytes(key: Uint8Array, plain: Uint8Array, bound: readonly string[]): Buffer {
  const { nonce, ciphertext } = encrypt(key, plain, bound);
  return Buffer.concat([nonce, ciphertext]);
}

/** Answers null as `decrypt` does. */
export function decryptBytes(key: Uint8Array, bytes: Uint8Array, bound: readonly string[]): Buffer | null {
  return decrypt(
    key,
    { nonce: bytes.subarray(0, nonceLength), ciphertext: bytes.subarray(nonceLength) },
    bound,
  );
}

/** JSON keeps the borders between the words: ["a","bc"] is not ["ab","c"]. */
function boundBytes(bound: readonly string[]): Buffer {
  return Buffer.from(JSON.stringify(['gatehouse', 1, ...bound]));
}
