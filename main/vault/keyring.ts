import { GatehouseError } from '#contract/failure.ts';
import { type KeyringWrapping, sumOf, vaultBroken } from './wrappings.ts';

/** What the vault needs of the desktop's keyring; `main/platform/` gives the real one. */
export interface SafeStorage {
  available(): boolean;
  /** The back end's name as Electron's safeStorage says it; 'basic_text' protects nothing. */
  backend(): string;
  encrypt(text: string): Uint8Array;
  decrypt(bytes: Uint8Array): string;
}

export interface KeyringState {
  /** Whether it can protect the vault by itself; 'basic_text' can't. */
  available: boolean;
  backend: string;
}

/** A keyring that throws when asked is one that is not available. */
export function probeKeyring(safeStorage: SafeStorage): KeyringState {
  try {
    const backend = safeStorage.backend();
    return { available: backend !== 'basic_text' && safeStorage.available(), backend };
  } catch {
    return { available: false, backend: 'none' };
  }
}

/** Throws `invalid` (field `passphrase`) when the keyring can't protect the key. */
export function wrapByKeyring(
  safeStorage: SafeStorage,
  dataKey: Uint8Array,
  vaultId: string,
): KeyringWrapping {
  const { available, backend } = probeKeyring(safeStorage);
  if (!available) throw unfit(backend);
  const text = textOf(dataKey, vaultId);
  let wrapped: Uint8Array;
  try {
    wrapped = safeStorage.encrypt(text);
    // A keyring that does not give back what it took must not become the only way in.
    if (safeStorage.decrypt(wrapped) !== text) throw unfit(backend);
  } catch {
    throw unfit(backend);
  }
  const wrapping = { backend, wrapped: Buffer.from(wrapped).toString('base64') };
  return { ...wrapping, sum: sumOf(wrapping) };
}

/** Answers the data key. Throws vault-locked when the keyring is not there, vault-broken when it does not know the key. */
export function unwrapByKeyring(
  safeStorage: SafeStorage,
  wrapping: KeyringWrapping,
  vaultId: string,
): Buffer {
  const missing = keyringMissing(safeStorage, wrapping);
  if (missing) throw missing;
  let text: string;
  try {
    text = safeStorage.decrypt(Buffer.from(wrapping.wrapped, 'base64'));
  } catch {
    throw changed(safeStorage, wrapping);
  }
  const dataKey = Buffer.from(text.slice(text.lastIndexOf(':') + 1), 'base64');
  if (text !== textOf(dataKey, vaultId) || dataKey.length !== 32) throw changed(safeStorage, wrapping);
  return dataKey;
}

/** The failure when the keyring that wrapped the key is not to be had at the moment, else null. */
export function keyringMissing(safeStorage: SafeStorage, wrapping: KeyringWrapping): GatehouseError | null {
  const { available, backend } = probeKeyring(safeStorage);
  if (available) return null;
  const now = backend === wrapping.backend ? '' : ` What answers now is “${backend}”.`;
  return new GatehouseError({
    kind: 'vault-locked',
    message: `The keyring that protects the vault (${wrapping.backend}) is missing or locked, so the secrets can’t be read.${now}`,
    advice: 'Unlock the keyring, or start it as before, and try again. Nothing was deleted.',
  });
}

function changed(safeStorage: SafeStorage, wrapping: KeyringWrapping): GatehouseError {
  const { backend } = probeKeyring(safeStorage);
  const how =
    backend === wrapping.backend
      ? `The keyring (${backend}) no longer knows the key that it wrapped`
      : `The vault’s key was wrapped by the keyring “${wrapping.backend}”, but now “${backend}” answers`;
  const broken = vaultBroken(`${how}, so the secrets can’t be read.`);
  const advice =
    'Bring the earlier keyring back (the same user, desktop and keyring as before) and try again. Nothing was deleted. If it is gone for good, the accounts have to be entered again.';
  return new GatehouseError({ ...broken.failure, advice });
}

function unfit(backend: string): GatehouseError {
  const message =
    backend === 'basic_text'
      ? 'This desktop’s keyring (basic_text) does not protect anything, so the vault needs a passphrase.'
      : `No keyring can be used here (${backend}), so the vault needs a passphrase.`;
  return new GatehouseError({ kind: 'invalid', message, fields: { passphrase: message } });
}

function textOf(dataKey: Uint8Array, vaultId: string): string {
  return `gatehouse:${vaultId}:${Buffer.from(dataKey).toString('base64')}`;
}
