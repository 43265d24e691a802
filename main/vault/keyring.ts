import { GatehouseError } from '#contract/failure.ts';
import { type KeyringWrapping, sumOf, vaultBroken } from './wrappings.ts';

/** What the vault needs of the desktop's keyring; `main/platform/` gives the real one. */
export interface SafeStorage {
  /** What would seal, or none. The system may ask the person for it first, so each of these may take any time. */
  look(): Promise<KeyringState>;
  /** Rejects where nothing seals. */
  encrypt(text: string): Promise<Uint8Array>;
  /** Returns the text, and whether it should be sealed anew as the key has changed; null where the keyring can't answer now. Rejects when the key is not known. */
  decrypt(bytes: Uint8Array): Promise<{ text: string; stale: boolean } | null>;
}

export interface KeyringState {
  /** Whether it can protect the vault by itself; 'basic_text' can't. */
  available: boolean;
  /** The back end's name as Electron's safeStorage says it; 'unknown' where it doesn't. */
  backend: string;
}

/** A keyring that fails when asked is one that is not available. */
export async function probeKeyring(safeStorage: SafeStorage): Promise<KeyringState> {
  try {
    const { available, backend } = await safeStorage.look();
    return { available: available && backend !== 'basic_text', backend };
  } catch {
    return { available: false, backend: 'none' };
  }
}

/** Throws `invalid` (field `passphrase`) when the keyring can't protect the key. */
export async function wrapByKeyring(
  safeStorage: SafeStorage,
  { available, backend }: KeyringState,
  dataKey: Uint8Array,
  vaultId: string,
): Promise<KeyringWrapping> {
  if (!available) throw unfit(backend);
  const text = textOf(dataKey, vaultId);
  let wrapped: Uint8Array;
  try {
    wrapped = await safeStorage.encrypt(text);
    // A keyring that does not give back what it took must not become the only way in.
    if ((await safeStorage.decrypt(wrapped))?.text !== text) throw unfit(backend);
  } catch {
    throw unfit(backend);
  }
  const wrapping = { backend, wrapped: Buffer.from(wrapped).toString('base64') };
  return { ...wrapping, sum: sumOf(wrapping) };
}

/**
 * Returns the data key, and whether it should be wrapped anew. Throws vault-locked when the keyring is not there, vault-broken
 * when it does not know the key.
 */
export async function unwrapByKeyring(
  safeStorage: SafeStorage,
  { available, backend }: KeyringState,
  wrapping: KeyringWrapping,
  vaultId: string,
): Promise<{ data: Buffer; stale: boolean }> {
  if (!available) throw keyringMissing(backend, wrapping);
  let found: Awaited<ReturnType<SafeStorage['decrypt']>>;
  try {
    found = await safeStorage.decrypt(Buffer.from(wrapping.wrapped, 'base64'));
  } catch {
    throw changed(backend, wrapping);
  }
  if (!found) throw keyringMissing(backend, wrapping);
  const { text, stale } = found;
  const data = Buffer.from(text.slice(text.lastIndexOf(':') + 1), 'base64');
  if (text !== textOf(data, vaultId) || data.length !== 32) throw changed(backend, wrapping);
  return { data, stale };
}

/** The keyring that wrapped the key is not to be had at the moment; `backend` is what answers instead. */
export function keyringMissing(backend: string, wrapping: KeyringWrapping): GatehouseError {
  const now = isNamedAs(backend, wrapping) ? '' : ` What answers now is “${backend}”.`;
  return new GatehouseError({
    kind: 'vault-locked',
    message: `The keyring that protects the vault${named(wrapping)} is missing or locked, so the secrets can’t be read.${now}`,
    // Chromium keeps what answered first until it ends.
    advice:
      'Unlock the keyring, or start it as before, and try again. If that does not help, quit Gatehouse and start it again. Nothing was deleted.',
  });
}

/** A back end whose name nobody tells may be the same one. */
const isNamedAs = (backend: string, wrapping: KeyringWrapping) =>
  [backend, wrapping.backend].includes('unknown') || backend === wrapping.backend;

const named = ({ backend }: KeyringWrapping) => (backend === 'unknown' ? '' : ` (${backend})`);

function changed(backend: string, wrapping: KeyringWrapping): GatehouseError {
  const how = isNamedAs(backend, wrapping)
    ? `The keyring${named(wrapping)} no longer knows the key that it wrapped`
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
