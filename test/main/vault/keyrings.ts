import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { Store } from '../../../main/store/store.ts';
import { createVault, type SafeStorage, type Vault } from '../../../main/vault/vault.ts';

export interface TestKeyring extends SafeStorage {
  isThere: boolean;
  name: string;
  asked: number;
  /** What a person does before it answers. */
  answers: Promise<unknown>;
  /** Whether it can say anything at the moment. */
  knows: boolean;
  /** Whether it has another key since. */
  stale: boolean;
}

/** A keyring that really encrypts, with a key of its own as a desktop's has, and that can vanish. */
export function createKeyring(name = 'gnome_libsecret'): TestKeyring {
  const key = randomBytes(32);
  return {
    isThere: true,
    name,
    asked: 0,
    answers: Promise.resolve(),
    knows: true,
    stale: false,
    async look() {
      await this.answers;
      return { available: this.isThere, backend: this.name };
    },
    async encrypt(text) {
      const nonce = randomBytes(16);
      const cipher = createCipheriv('aes-256-cbc', key, nonce);
      return Buffer.concat([nonce, cipher.update(text), cipher.final()]);
    },
    async decrypt(bytes) {
      this.asked += 1;
      if (!this.knows) return null;
      const decipher = createDecipheriv('aes-256-cbc', key, bytes.subarray(0, 16));
      const text = Buffer.concat([decipher.update(bytes.subarray(16)), decipher.final()]).toString();
      return { text, stale: this.stale };
    },
  };
}

export const passphrase = 'correct horse battery';
export const cheapCost = { N: 16, r: 1, p: 1 };

/** A new vault in the store, opened by a passphrase that costs next to nothing to try. */
export async function unlockedVault(store: Store): Promise<Vault> {
  const vault = createVault({ store, safeStorage: createKeyring(), now: () => 0, cost: cheapCost });
  await vault.create(passphrase);
  return vault;
}
