import { safeStorage } from 'electron';
import type { SafeStorage } from '../vault/vault.ts';

/** Where no keyring answers on Linux, Chromium seals with a key that stands in its sources; what it seals begins so. */
const openToAll = (sealed: Uint8Array) =>
  process.platform === 'linux' && Buffer.from(sealed.subarray(0, 3)).toString() === 'v10';

function refuseOpenToAll(sealed: Uint8Array): void {
  if (openToAll(sealed)) throw new Error('It is sealed with a key that everybody knows.');
}

/** The desktop's keyring as the vault needs it. */
export const desktopSafeStorage: SafeStorage = {
  async look() {
    const available = await safeStorage.isAsyncEncryptionAvailable();
    if (process.platform !== 'linux') return { available, backend: process.platform };
    // On Linux it is available whatever answers; only what it seals shows which key that is.
    if (openToAll(await safeStorage.encryptStringAsync('which key')))
      return { available: false, backend: 'basic_text' };
    return { available, backend: safeStorage.getSelectedStorageBackend() || 'unknown' };
  },
  async encrypt(text) {
    const sealed = await safeStorage.encryptStringAsync(text);
    refuseOpenToAll(sealed);
    return sealed;
  },
  async decrypt(bytes) {
    refuseOpenToAll(bytes);
    try {
      const { result, shouldReEncrypt } = await safeStorage.decryptStringAsync(Buffer.from(bytes));
      return { text: result, stale: shouldReEncrypt };
    } catch (error) {
      if (error instanceof Error && /temporarily unavailable/.test(error.message)) return null;
      throw error;
    }
  },
};
