import { spawnSync } from 'node:child_process';
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type * as Electron from 'electron';
import { app } from './app.ts';
import { offer } from './offer.ts';

const mark = Buffer.from('gh1');
const limit = 5_000; // ms; a keyring that waits for a person's password counts as not available
let key: Buffer | null | undefined;

/**
 * The key from the system's keyring, made on first use; null where there is no keyring or it is locked. Asked for in a
 * process of its own with a time limit, because a keyring may wait for ever for somebody to unlock it.
 */
function keyringKey(): Buffer | null {
  if (key !== undefined) return key;
  key = null;
  if (process.platform === 'linux' && !hasBus()) return key;
  const helper = fileURLToPath(new URL('./keyring-key.ts', import.meta.url));
  const result = spawnSync(process.execPath, [helper], {
    encoding: 'utf8',
    timeout: limit,
    killSignal: 'SIGKILL',
  });
  const found = result.status === 0 ? Buffer.from(result.stdout.trim(), 'base64') : null;
  if (found?.length === 32) key = found;
  return key;
}

/** Without this look, the bus library would try to start a bus of its own. */
function hasBus(): boolean {
  if (process.env.DBUS_SESSION_BUS_ADDRESS) return true;
  const folder = process.env.XDG_RUNTIME_DIR;
  return folder !== undefined && existsSync(join(folder, 'bus'));
}

function needKey(): Buffer {
  const found = keyringKey();
  if (!found) throw new Error('Error while using safeStorage: encryption is not available.');
  return found;
}

const offered: Pick<
  Electron.SafeStorage,
  | 'isEncryptionAvailable'
  | 'getSelectedStorageBackend'
  | 'encryptString'
  | 'decryptString'
  | 'setUsePlainTextEncryption'
> = {
  isEncryptionAvailable: () => app.isReady() && keyringKey() !== null,
  getSelectedStorageBackend: () => {
    if (!app.isReady()) return 'unknown';
    return keyringKey() ? 'gnome_libsecret' : 'basic_text';
  },
  encryptString(text) {
    const iv = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', needKey(), iv).setAAD(mark);
    const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
    return Buffer.concat([mark, iv, cipher.getAuthTag(), body]);
  },
  decryptString(bytes) {
    const data = Buffer.from(bytes);
    const failure = 'Error while decrypting the ciphertext provided to safeStorage.decryptString.';
    if (data.length < 31 || !data.subarray(0, 3).equals(mark)) throw new Error(failure);
    const decipher = createDecipheriv('aes-256-gcm', needKey(), data.subarray(3, 15)).setAAD(mark);
    decipher.setAuthTag(data.subarray(15, 31));
    try {
      return Buffer.concat([decipher.update(data.subarray(31)), decipher.final()]).toString('utf8');
    } catch {
      throw new Error(failure);
    }
  },
  setUsePlainTextEncryption: () => {},
};

export const safeStorage = offer('safeStorage', offered);
