import { safeStorage } from 'electron';
import type { SafeStorage } from '../vault/vault.ts';

/** The desktop's keyring as the vault needs it. */
export const desktopSafeStorage: SafeStorage = {
  available: () => safeStorage.isEncryptionAvailable(),
  backend: () => (process.platform === 'linux' ? safeStorage.getSelectedStorageBackend() : process.platform),
  encrypt: (text) => safeStorage.encryptString(text),
  decrypt: (bytes) => safeStorage.decryptString(Buffer.from(bytes)),
};
