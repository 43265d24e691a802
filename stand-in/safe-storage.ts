import { spawn } from 'node:child_process';
import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import type * as Electron from 'electron';
import { app } from './app.ts';
import { offer } from './offer.ts';

interface Encryptor {
  /** What everything that it seals begins with. */
  mark: string;
  key: Buffer;
}

/** Chromium's marks: sealed by a key of the keyring, and by one that everybody knows, where no keyring answers. */
const byKeyring = 'v11';
const openToAll: Encryptor = { mark: 'v10', key: createHash('sha256').update('peanuts').digest() };
/** The mark of what this host sealed before it had Chromium's; sealed by the keyring. */
const earlier = 'gh1';

const beforeReady = 'safeStorage cannot be used before app is ready';
let encryptor: Promise<Encryptor> | undefined;

/** As Chromium: what answered first is used until the program ends. */
function theEncryptor(): Promise<Encryptor> {
  encryptor ??= keyringKey().then((key) => (key ? { mark: byKeyring, key } : openToAll));
  return encryptor;
}

/**
 * The key from the system's keyring, made on first use; null where there is no keyring or it refuses. Asked for in a process of
 * its own, because the keyring may wait for a person as long as it likes.
 */
async function keyringKey(): Promise<Buffer | null> {
  if (process.platform === 'linux' && !hasBus()) return null;
  const program = fileURLToPath(new URL('./keyring-key.ts', import.meta.url));
  const helper = spawn(process.execPath, ['--no-warnings', program], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const end = () => helper.kill('SIGKILL');
  process.once('exit', end);
  const said = await text(helper.stdout).catch(() => '');
  process.off('exit', end);
  const found = Buffer.from(said.trim(), 'base64');
  return found.length === 32 ? found : null;
}

/** Without this look, the bus library would try to start a bus of its own. */
function hasBus(): boolean {
  if (process.env.DBUS_SESSION_BUS_ADDRESS) return true;
  const folder = process.env.XDG_RUNTIME_DIR;
  return folder !== undefined && existsSync(join(folder, 'bus'));
}

type Offered =
  | 'isAsyncEncryptionAvailable'
  | 'encryptStringAsync'
  | 'decryptStringAsync'
  | 'getSelectedStorageBackend';

const offered: Pick<Electron.SafeStorage, Offered> = {
  // Whatever answers, as in Electron.
  isAsyncEncryptionAvailable: async () => app.isReady() && (await theEncryptor()) !== null,
  // Only the synchronous methods of Electron name it.
  getSelectedStorageBackend: () => 'unknown',
  async encryptStringAsync(plain) {
    if (!app.isReady()) throw new Error(beforeReady);
    const { mark, key } = await theEncryptor();
    const iv = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(mark));
    const body = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
    return Buffer.concat([Buffer.from(mark), iv, cipher.getAuthTag(), body]);
  },
  async decryptStringAsync(sealed) {
    if (!app.isReady()) throw new Error(beforeReady);
    if (!Buffer.isBuffer(sealed))
      throw new Error('Expected the first argument of decryptStringAsync() to be a buffer');
    if (sealed.length === 0) return { shouldReEncrypt: false, result: '' };
    const own = await theEncryptor();
    const mark = sealed.toString('latin1', 0, 3);
    const key = mark === openToAll.mark ? openToAll.key : own.mark === byKeyring ? own.key : null;
    try {
      if (!key || sealed.length < 31) throw new Error('no key');
      const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(3, 15)).setAAD(Buffer.from(mark));
      decipher.setAuthTag(sealed.subarray(15, 31));
      const plain = Buffer.concat([decipher.update(sealed.subarray(31)), decipher.final()]);
      return { shouldReEncrypt: mark === earlier || mark !== own.mark, result: plain.toString('utf8') };
    } catch {
      throw new Error('Error while decrypting the ciphertext provided to safeStorage.decryptStringAsync.');
    }
  },
};

export const safeStorage = offer('safeStorage', offered);
