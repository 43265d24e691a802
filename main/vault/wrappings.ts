import { createHash } from 'node:crypto';
import { z } from 'zod';
import { GatehouseError } from '#contract/failure.ts';
import { textIn } from '../store/columns.ts';
import type { Store } from '../store/store.ts';

const bytes = z.base64();

const cost = z.object({
  // Bounded, so that a changed row can't make the app take all memory.
  N: z
    .number()
    .int()
    .min(2)
    .max(2 ** 19),
  r: z.number().int().min(1).max(8),
  p: z.number().int().min(1).max(4),
});
/** scrypt's parameters (RFC 7914). */
export type Cost = z.infer<typeof cost>;

const passphraseWrapping = z.object({ cost, salt: bytes, nonce: bytes, wrapped: bytes, sum: z.string() });
export type PassphraseWrapping = z.infer<typeof passphraseWrapping>;

const keyringWrapping = z.object({ backend: z.string(), wrapped: bytes, sum: z.string() });
export type KeyringWrapping = z.infer<typeof keyringWrapping>;

const box = z.object({
  /** DER, base64. */
  publicKey: bytes,
  /** DER, sealed by the data key, base64. */
  privateKey: bytes,
});

const wrappings = z.object({
  /** 1: before everything was sealed; the next unlock makes it 2. */
  version: z.union([z.literal(1), z.literal(2)]),
  vaultId: z.string(),
  passphrase: passphraseWrapping.nullable(),
  keyring: keyringWrapping.nullable(),
  /** The data key as wrapped by the recovery code, where there is one; only beside a passphrase. */
  recovery: passphraseWrapping.nullable().default(null),
  /** Takes what is written while the vault is locked. */
  box: box.nullable().default(null),
});
/**
 * How the data key is wrapped: by the passphrase or by the keyring, never by both. With both, the keyring alone would open
 * the vault of a desk where the user is signed in, and the lock would keep nothing from anyone; with one inside the
 * other, a lost keyring would take the secrets along although the passphrase is known.
 */
export type Wrappings = z.infer<typeof wrappings>;

/** null: there is no vault yet. Throws vault-broken when there was one and its keys can't be read. */
export function readWrappings(store: Store): Wrappings | null {
  const row = store.get('SELECT wrappings_json FROM vault WHERE id = 1');
  if (!row) {
    if (store.get('SELECT 1 FROM secrets LIMIT 1')) {
      throw vaultBroken('The key of the vault is gone from the database, but its secrets are still there.');
    }
    return null;
  }
  let found: Wrappings;
  try {
    found = wrappings.parse(JSON.parse(textIn(row, 'wrappings_json')));
  } catch (error) {
    throw vaultBroken('The key of the vault is damaged and can’t be read.', error);
  }
  if (found.passphrase && sumOf(found.passphrase) !== found.passphrase.sum) {
    throw vaultBroken('The key of the vault, as wrapped by the passphrase, is damaged.');
  }
  if (found.recovery && sumOf(found.recovery) !== found.recovery.sum) {
    throw vaultBroken('The key of the vault, as wrapped by the recovery code, is damaged.');
  }
  if (found.keyring && sumOf(found.keyring) !== found.keyring.sum) {
    throw vaultBroken(
      `The key of the vault, as wrapped by the keyring (${found.keyring.backend}), is damaged.`,
    );
  }
  if (!found.passphrase && !found.keyring) throw vaultBroken('The key of the vault is missing.');
  return found;
}

/** Reads back what it has written: a change that silently does nothing would leave an old passphrase in force. */
export function writeWrappings(store: Store, value: Wrappings): void {
  const text = JSON.stringify(value);
  store.run(
    'INSERT INTO vault (id, wrappings_json) VALUES (1, ?) ON CONFLICT (id) DO UPDATE SET wrappings_json = excluded.wrappings_json',
    text,
  );
  if (store.get('SELECT wrappings_json FROM vault WHERE id = 1')?.wrappings_json === text) return;
  throw vaultBroken('The key of the vault could not be replaced: something else changes this database.');
}

/** Tells a damaged wrapping from a wrong passphrase; it protects nothing. */
export function sumOf(wrapping: Omit<PassphraseWrapping, 'sum'> | Omit<KeyringWrapping, 'sum'>): string {
  const parts =
    'salt' in wrapping
      ? [wrapping.cost.N, wrapping.cost.r, wrapping.cost.p, wrapping.salt, wrapping.nonce, wrapping.wrapped]
      : [wrapping.backend, wrapping.wrapped];
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64');
}

export function vaultBroken(message: string, cause?: unknown): GatehouseError {
  const advice =
    'Nothing was deleted. Close Gatehouse and put a backup of the data folder in its place; without one, the accounts have to be entered again.';
  return new GatehouseError({ kind: 'vault-broken', message, advice }, { cause });
}
