import { randomBytes, randomUUID } from 'node:crypto';
import { type Failure, GatehouseError } from '../../preload/contract/failure.ts';
import type { VaultState as ScreenState } from '../../preload/contract/shapes.ts';
import { createListeners } from '../store/listeners.ts';
import type { Store } from '../store/store.ts';
import { keyringMissing, probeKeyring, type SafeStorage, unwrapByKeyring, wrapByKeyring } from './keyring.ts';
import { checkPassphrase, ordinaryCost, unwrapByPassphrase, wrapByPassphrase } from './passphrase.ts';
import { createPatience } from './patience.ts';
import { createSecretRecords } from './records.ts';
import { type Cost, readWrappings, type Wrappings, writeWrappings } from './wrappings.ts';

export type { SafeStorage } from './keyring.ts';

/** The contract's shape without `locksAt`, which belongs to the idle timer. */
export type VaultState = Omit<ScreenState, 'locksAt'>;

export interface Vault {
  view(): VaultState;
  /** Makes the data key; null protects it by the keyring alone, which must then be fit. Leaves the vault unlocked. */
  create(passphrase: string | null): Promise<void>;
  /** null asks the keyring; once a passphrase is set only the passphrase opens. Wrong → refused-credentials. */
  unlock(passphrase: string | null): Promise<void>;
  /** Zeroes the data key. */
  lock(): void;
  /** Needs an unlocked vault. `next` null goes back to the keyring, which must then be fit. */
  setPassphrase(current: string | null, next: string | null): Promise<void>;
  /** Locked → vault-locked. */
  seal(recordId: string, field: string, value: string): void;
  /** null: nothing is stored there. Locked → vault-locked; damaged → vault-broken. */
  open(recordId: string, field: string): string | null;
  /** Works while locked. */
  fields(recordId: string): string[];
  /** Works while locked; without a field it erases the whole record. */
  erase(recordId: string, field?: string): void;
  /** Hears every change of the state; answers a disposer. */
  onChange(listener: (state: VaultState) => void): () => void;
}

interface Parts {
  store: Store;
  safeStorage: SafeStorage;
  now(): number;
  /** scrypt's parameters for new wrappings; tests take cheap ones. */
  cost?: Cost;
}

/** Opens the vault in the store, locked (or new, or broken with the reason); it never replaces one that can't be read. */
export function createVault({ store, safeStorage, now, cost = ordinaryCost }: Parts): Vault {
  const records = createSecretRecords(store);
  const changes = createListeners<VaultState>();
  const patience = createPatience(now);
  let wrappings: Wrappings | null = null;
  let dataKey: Buffer | null = null;
  let state: VaultState['state'] = 'new';
  let failure: Failure | null = null;
  let keyring = probeKeyring(safeStorage);
  let locks = 0;
  let turn: Promise<unknown> = Promise.resolve();

  try {
    wrappings = readWrappings(store);
    if (wrappings) {
      state = 'locked';
      failure = (wrappings.keyring && keyringMissing(safeStorage, wrappings.keyring)?.failure) ?? null;
    }
  } catch (error) {
    if (!(error instanceof GatehouseError)) throw error;
    state = 'broken';
    failure = error.failure;
  }

  function view(): VaultState {
    return {
      state,
      protection: wrappings?.passphrase
        ? ['passphrase']
        : wrappings?.keyring
          ? [wrappings.keyring.backend]
          : [],
      keyring,
      hasPassphrase: wrappings?.passphrase != null,
      failure,
    };
  }

  function become(next: VaultState['state'], why: Failure | null = null): void {
    state = next;
    failure = why;
    keyring = probeKeyring(safeStorage);
    changes.tell(view());
  }

  /** One at a time: parallel guesses would otherwise pass by the wait, and two changes could cross. */
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = turn.then(work);
    turn = result.catch(() => undefined);
    return result;
  }

  function existing(): Wrappings {
    if (wrappings) return wrappings;
    throw state === 'broken' && failure ? new GatehouseError(failure) : noVault();
  }

  function key(): Buffer {
    if (dataKey) return dataKey;
    existing();
    throw new GatehouseError({
      kind: 'vault-locked',
      message: 'The vault is locked, so its secrets are out of reach.',
      advice: 'Unlock the vault and try again.',
    });
  }

  function hold(fresh: Buffer, locksBefore: number): void {
    if (locks !== locksBefore) {
      fresh.fill(0);
      throw new GatehouseError({ kind: 'cancelled', message: 'The vault was locked again in the meantime.' });
    }
    dataKey?.fill(0);
    dataKey = fresh;
    become('unlocked');
  }

  async function wrap(fresh: Uint8Array, vaultId: string, passphrase: string | null): Promise<Wrappings> {
    if (passphrase === null) {
      return { version: 1, vaultId, passphrase: null, keyring: wrapByKeyring(safeStorage, fresh, vaultId) };
    }
    checkPassphrase(passphrase);
    const wrapping = await wrapByPassphrase(fresh, passphrase, vaultId, cost);
    return { version: 1, vaultId, passphrase: wrapping, keyring: null };
  }

  /** Answers a copy of the data key that is the caller's to hold or to zero. */
  async function unwrap(found: Wrappings, passphrase: string | null): Promise<Buffer> {
    if (found.passphrase) {
      if (passphrase === null) throw passphraseNeeded();
      patience.check();
      const fresh = await unwrapByPassphrase(found.passphrase, passphrase, found.vaultId);
      if (!fresh) throw patience.refuse();
      patience.forget();
      return fresh;
    }
    if (passphrase !== null) throw noPassphrase();
    return unwrapByKeyring(safeStorage, found.keyring!, found.vaultId);
  }

  return {
    view,
    create: (passphrase) =>
      inTurn(async () => {
        if (state === 'broken' && failure) throw new GatehouseError(failure);
        if (wrappings) throw alreadyThere();
        const locksBefore = locks;
        const fresh = randomBytes(32);
        const next = await wrap(fresh, randomUUID(), passphrase);
        writeWrappings(store, next);
        wrappings = next;
        state = 'locked';
        hold(fresh, locksBefore);
      }),
    unlock: (passphrase) =>
      inTurn(async () => {
        const found = existing();
        if (dataKey) return;
        const locksBefore = locks;
        try {
          hold(await unwrap(found, passphrase), locksBefore);
        } catch (error) {
          const why = error instanceof GatehouseError ? error.failure : null;
          if (why?.kind === 'vault-broken') become('broken', why);
          if (why?.kind === 'vault-locked') become('locked', why);
          throw error;
        }
      }),
    lock() {
      locks += 1;
      if (!dataKey) return;
      dataKey.fill(0);
      dataKey = null;
      become('locked');
    },
    setPassphrase: (current, next) =>
      inTurn(async () => {
        const found = existing();
        // A copy, because the vault may be locked, and its key zeroed, while scrypt runs.
        const copy = Buffer.from(key());
        try {
          if (found.passphrase) (await unwrap(found, current)).fill(0);
          const changed = await wrap(copy, found.vaultId, next);
          writeWrappings(store, changed);
          wrappings = changed;
        } finally {
          copy.fill(0);
        }
        become(dataKey ? 'unlocked' : 'locked');
        // The earlier wrapping still opens the same key: it may not stay behind in the log.
        store.emptyLog();
      }),
    seal: (recordId, field, value) => records.seal(key(), recordId, field, value),
    open: (recordId, field) => records.open(key(), recordId, field),
    fields: records.fields,
    erase: records.erase,
    onChange: changes.add,
  };
}

function noVault(): GatehouseError {
  return new GatehouseError({
    kind: 'vault-locked',
    message: 'There is no vault yet, so no secret can be stored or read.',
    advice: 'Set up the vault first.',
  });
}

function alreadyThere(): GatehouseError {
  return new GatehouseError({
    kind: 'conflict',
    message: 'There is a vault already.',
    advice: 'Unlock it instead.',
  });
}

function passphraseNeeded(): GatehouseError {
  const message = 'Type the passphrase of the vault.';
  return new GatehouseError({ kind: 'invalid', message, fields: { passphrase: message } });
}

function noPassphrase(): GatehouseError {
  const message = 'This vault has no passphrase; the keyring opens it.';
  return new GatehouseError({ kind: 'invalid', message, fields: { passphrase: message } });
}
