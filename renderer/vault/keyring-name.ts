import { ownValue } from '../ui/own-value.ts';

const names: Record<string, string> = {
  gnome_libsecret: 'GNOME Keyring',
  kwallet: 'KWallet',
  kwallet5: 'KWallet',
  kwallet6: 'KWallet',
  darwin: 'Keychain',
  win32: 'Windows data protection',
};

/** A keyring's name as its users know it; an unknown one as it calls itself, '' for none. */
export function keyringName(backend: string): string {
  return backend === 'none' || backend === 'unknown' ? '' : (ownValue(names, backend) ?? backend);
}
