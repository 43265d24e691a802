import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { desktopSafeStorage as keyring } from '../../../main/platform/safe-storage.ts';
import { probeKeyring } from '../../../main/vault/keyring.ts';
import { desktop, reset } from './fake-electron.ts';

vi.mock('electron', () => import('./fake-electron.ts'));

const on = (platform: NodeJS.Platform) => vi.spyOn(process, 'platform', 'get').mockReturnValue(platform);
const byEverybody = Buffer.from(`v10${Buffer.from('a word').toString('hex')}`);

beforeEach(reset);
afterEach(() => vi.restoreAllMocks());

test('on Linux a key that everybody has is no keyring: nothing is sealed by it, and nothing it sealed is opened', async () => {
  on('linux');
  expect(await keyring.look()).toEqual({ available: false, backend: 'basic_text' });
  await expect(keyring.encrypt('a word')).rejects.toThrow('everybody');
  desktop.keyring.mark = 'v11';
  await expect(keyring.decrypt(byEverybody)).rejects.toThrow('everybody');
});

test('a keyring of which Electron says that it is plain text is refused, whatever it seals with', async () => {
  on('linux');
  Object.assign(desktop.keyring, { mark: 'v11', name: 'basic_text' });
  expect(await probeKeyring(keyring)).toEqual({ available: false, backend: 'basic_text' });
});

test.each([
  ['v11', '', 'unknown'],
  ['v12', 'kwallet6', 'kwallet6'],
])('on Linux a keyring seals with %s, and is named where Electron names it', async (mark, name, backend) => {
  on('linux');
  Object.assign(desktop.keyring, { mark, name });
  expect(await keyring.look()).toEqual({ available: true, backend });
  expect(await keyring.decrypt(await keyring.encrypt('a word'))).toEqual({ text: 'a word', stale: false });
});

test.each(['darwin', 'win32'] as const)('on %s the mark v10 is the keyring’s own', async (platform) => {
  on(platform);
  expect(await keyring.look()).toEqual({ available: true, backend: platform });
  expect(await keyring.decrypt(await keyring.encrypt('a word'))).toEqual({ text: 'a word', stale: false });
});

test('an earlier key is told of, a keyring that can’t answer now is null, and one that knows nothing fails', async () => {
  on('darwin');
  desktop.keyring.mark = 'v11';
  expect(await keyring.decrypt(byEverybody)).toEqual({ text: 'a word', stale: true });
  desktop.keyring.failure = 'safeStorage.decryptStringAsync is temporarily unavailable. Please try again.';
  expect(await keyring.decrypt(byEverybody)).toBeNull();
  desktop.keyring.failure =
    'Error while decrypting the ciphertext provided to safeStorage.decryptStringAsync.';
  await expect(keyring.decrypt(byEverybody)).rejects.toThrow('Error while decrypting');
});
