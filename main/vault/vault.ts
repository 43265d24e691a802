import { type KeyObject, randomBytes, randomUUID } from 'node:crypto';
import { type Failure, GatehouseError, isKind } from '#contract/failure.ts';
import type { VaultState as ScreenState } from '#contract/shapes.ts';
import { createEmitter } from '#lib/emitter.ts';
import { inSlices } from '#lib/slices.ts';
import type { Store } from '../store/store.ts';
import { type Box, createBox, deposit, exportPrivate, openBox, readBox, takeOut } from './box.ts';
import { decryptBytes, encryptToBytes } from './cipher.ts';
import {
  alreadyThere,
  damaged,
  elsewhere,
  lockedMeanwhile,
  noPassphrase,
  noRecovery,
  noVault,
  passphraseNeeded,
  vaultLocked,
} from './failures.ts';
import { keyringMissing, probeKeyring, type SafeStorage, unwrapByKeyring, wrapByKeyring } from './keyring.ts';
import { ordinaryCost, unwrapByPassphrase, wrapByPassphrase } from './passphrase.ts';
import { createSecretRecords } from './records.ts';
import { newRecoveryCode, readRecoveryCode } from './recovery-code.ts';
import { resealAhead, resealAll } from './reseal.ts';
import type { Place } from './sealed-columns.ts';
import { checkPassphrase } from './strength.ts';
import { createUnlockBackoff } from './unlock-backoff.ts';
import { type Cost, readWrappings, vaultBroken, type Wrappings, writeWrappings } from './wrappings.ts';

export type { SafeStorage } from './keyring.ts';

/** The contract's shape without `locksAt`, which belongs to the idle timer. */
export type VaultState = Omit<ScreenState, 'locksAt'>;

/** Whom a secret belongs to and where it may go; it opens for nobody and nowhere else. */
export interface Binding {
  accountId: string;
  vendor: string;
  /** The origin of the server that it was given for. */
  origin: string;
}

export interface Vault {
  view(): VaultState;
  /** Whether the keys are here; true a moment before the view says unlocked, while the rooms load. */
  isOpen(): boolean;
  /** Makes the data key; null protects it by the keyring alone, which must then be fit. Leaves the vault unlocked. */
  create(passphrase: string | null, options?: { recovery: boolean }): Promise<Recovery>;
  /** null asks the keyring; once a passphrase is set only the passphrase opens. Wrong → refused-credentials. */
  unlock(passphrase: string | null): Promise<void>;
  /** Opens with the recovery code, sets the passphrase to `next` and makes another code in the place of the used one. */
  recover(code: string, next: string): Promise<{ recoveryCode: string }>;
  /** Forgets the keys whatever happens; `lastLook` is the last moment in which secrets can be read. */
  lock(lastLook?: () => void): void;
  /**
   * Makes a new data key and seals everything anew with it, so that an old copy of the file opens nothing that is stored later.
   * Needs an unlocked vault. `next` null goes back to the keyring, which must then be fit.
   */
  setPassphrase(
    current: string | null,
    next: string | null,
    options?: { recovery: boolean },
  ): Promise<Recovery>;
  /**
   * Makes a new recovery code in the place of an earlier one, or takes it away, and a new data key with it: the earlier code and an
   * old copy of the file open nothing that is stored later.
   */
  setRecovery(passphrase: string, on: boolean): Promise<Recovery>;
  /** Locked → vault-locked. */
  seal(recordId: string, field: string, value: string, binding: Binding): void;
  /** null: nothing is stored there. Locked → vault-locked; damaged, or sealed for another binding → vault-broken. */
  open(recordId: string, field: string, binding: Binding): string | null;
  /** Works while locked. */
  has(recordId: string, field: string): boolean;
  /** Works while locked; without a field it erases the whole record. */
  erase(recordId: string, field?: string): void;
  /** Seals what is no secret but nobody else's business. Locked → vault-locked. */
  sealRow(place: Place, text: string): Uint8Array;
  /** As sealRow, but while locked it is put into the letter box, and can't be read before the next unlock. */
  depositRow(place: Place, text: string): Uint8Array;
  /** null: changed, moved, or of another vault; also a deposit where none is `accepted`, as anybody can make one. */
  openRow(place: Place, sealed: Uint8Array, accepted?: 'deposits'): string | null;
  /** Runs at once if the vault is open, and each time it opens, before anybody is told; the first added runs first. */
  whenOpen(load: () => void): void;
  /** Hears every change of the state; answers a disposer. */
  onChange(listener: (state: VaultState) => void): () => void;
  /** What a vault of before the sealing holds under a record; for upgrade.ts. */
  openOld(recordId: string, field: string, sealed: Uint8Array): string | null;
}

/** The code is told once; null: none was made. */
export interface Recovery {
  recoveryCode: string | null;
}

interface Parts {
  store: Store;
  safeStorage: SafeStorage;
  now(): number;
  /** scrypt's parameters for new wrappings; tests take cheap ones. */
  cost?: Cost;
}

/** What is in memory while the vault is open. */
interface Keys {
  data: Buffer;
  private: KeyObject;
}

/** The first byte of a sealed row. */
const byKey = 1;
const inBox = 2;

/** Whether a sealed row was written while the vault was locked. */
const isDeposit = (sealed: Uint8Array): boolean => sealed[0] === inBox;

/** Opens the vault in the store, locked (or new, or broken with the reason); it never replaces one that can't be read. */
export function createVault({ store, safeStorage, now, cost = ordinaryCost }: Parts): Vault {
  const records = createSecretRecords(store);
  const changes = createEmitter<VaultState>();
  const loads: (() => void)[] = [];
  const patience = createUnlockBackoff(now);
  let wrappings: Wrappings | null = null;
  let box: Box | null = null;
  let keys: Keys | null = null;
  let lookingLast: Keys | null = null;
  let state: VaultState['state'] = 'new';
  let failure: Failure | null = null;
  let keyring: VaultState['keyring'] = { available: null, backend: 'unknown' };
  let locks = 0;
  let turn: Promise<unknown> = Promise.resolve();

  try {
    wrappings = readWrappings(store);
    if (wrappings) {
      state = 'locked';
      if (wrappings.box) box = readBoxOf(wrappings.box.publicKey);
    }
    // Who has a passphrase is not asked for the keyring's before the vault is open.
    if (!wrappings?.passphrase) void lookAtKeyring();
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
      hasRecovery: wrappings?.recovery != null,
      failure,
    };
  }

  function become(next: VaultState['state'], why: Failure | null = null): void {
    state = next;
    failure = why;
    changes.tell(view());
    if (next === 'unlocked' && keyring.available === null) void lookAtKeyring();
  }

  async function askKeyring() {
    const found = await probeKeyring(safeStorage);
    keyring = found;
    return found;
  }

  /** For the window, which is told what was found; nothing waits for it. */
  async function lookAtKeyring(): Promise<void> {
    const { available, backend } = await askKeyring();
    if (state === 'locked' && wrappings?.keyring && !available)
      failure = keyringMissing(backend, wrappings.keyring).failure;
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

  function open(): Keys {
    const found = keys ?? lookingLast;
    if (found) return found;
    existing();
    throw vaultLocked();
  }

  function refuseCrossed(locksBefore: number, data: Buffer): void {
    if (locks === locksBefore) return;
    data.fill(0);
    throw lockedMeanwhile();
  }

  /** The vault opens with this key, which is the vault's from now on; what is sealed is loaded before anybody is told. */
  function hold(data: Buffer, found: Wrappings): void {
    const boxBefore = box;
    try {
      const opened = found.box ? unsealBox(data, found) : null;
      if (opened) {
        keys = { data, private: opened.privateKey };
        box = opened.box;
        for (const load of loads) load();
      } else {
        // A new vault, or one of before the sealing: it is all sealed, with a letter box of its own, or nothing is.
        store.transaction(() => {
          const made = createBox();
          wrappings = { ...found, version: 2, box: sealBox(data, found.vaultId, made) };
          writeWrappings(store, wrappings);
          keys = { data, private: made.privateKey };
          box = made.box;
          for (const load of loads) load();
        });
      }
    } catch (error) {
      wrappings = found;
      box = boxBefore;
      forget();
      data.fill(0);
      throw error;
    }
    become('unlocked');
  }

  function forget(): void {
    keys?.data.fill(0);
    keys = null;
  }

  function wrapping(data: Uint8Array, passphrase: string, vaultId: string) {
    return wrapByPassphrase(data, passphrase, vaultId, cost);
  }

  /** How the key is wrapped from now on, and the recovery code if one is wanted. */
  async function wrap(
    data: Uint8Array,
    vaultId: string,
    passphrase: string | null,
    recovery: boolean,
  ): Promise<{ wrapped: Pick<Wrappings, 'passphrase' | 'keyring' | 'recovery'>; code: string | null }> {
    if (passphrase === null) {
      const wrapped = {
        passphrase: null,
        recovery: null,
        keyring: await wrapByKeyring(safeStorage, await askKeyring(), data, vaultId),
      };
      return { wrapped, code: null };
    }
    await checkPassphrase(passphrase);
    const byPassphrase = await wrapping(data, passphrase, vaultId);
    const code = recovery ? newRecoveryCode() : null;
    const byCode = code ? await wrapping(data, code, vaultId) : null;
    return { wrapped: { passphrase: byPassphrase, keyring: null, recovery: byCode }, code };
  }

  /** Whether the passphrase is cheaper to guess than it should be today. */
  const isCheap = ({ passphrase }: Wrappings) => passphrase !== null && passphrase.cost.N < cost.N;

  /** Answers a copy of the data key that is the caller's to hold or to zero, and whether it should be wrapped anew. */
  async function unwrap(
    found: Wrappings,
    passphrase: string | null,
  ): Promise<{ data: Buffer; stale: boolean }> {
    if (found.passphrase) {
      if (passphrase === null) throw passphraseNeeded();
      const data = await guess(found.passphrase, passphrase, found.vaultId);
      return { data, stale: isCheap(found) };
    }
    if (passphrase !== null) throw noPassphrase();
    return unwrapByKeyring(safeStorage, await askKeyring(), found.keyring!, found.vaultId);
  }

  async function guess(
    by: NonNullable<Wrappings['passphrase']>,
    passphrase: string,
    vaultId: string,
    what?: 'code',
  ): Promise<Buffer> {
    patience.check();
    const data = await unwrapByPassphrase(by, passphrase, vaultId);
    if (!data) throw patience.refuse(what);
    patience.forget();
    return data;
  }

  /**
   * Everything is sealed anew, with another key, under these wrappings; `before` opens what there is. The sealing is done ahead, in
   * slices, so that one transaction has only to write: all is under the new key, or all under the old one. Throws
   * cancelled, and changes nothing, when a lock came since `locksBefore`: its answer would not reach the person.
   */
  async function replaceKey(before: Keys, data: Buffer, next: Wrappings, locksBefore: number): Promise<void> {
    const made = createBox();
    const boxBefore = box!;
    const whole: Wrappings = { ...next, version: 2, box: sealBox(data, next.vaultId, made) };
    const reseal = (place: Place, sealed: Uint8Array) => {
      const plain = unsealRow(before, boxBefore, place, sealed);
      if (!plain) return null;
      const bound = ['row', ...words(place)];
      // Anybody may have put a deposit there: it stays one, or the new key would vouch for it.
      const again = isDeposit(sealed)
        ? Buffer.concat([Buffer.of(inBox), deposit(made.box, plain, bound)])
        : Buffer.concat([Buffer.of(byKey), encryptToBytes(data, plain, bound)]);
      plain.fill(0);
      return again;
    };
    const ahead = await inSlices(resealAhead(store, reseal));
    if (locks !== locksBefore) throw lockedMeanwhile('Nothing was changed. Unlock it and try again.');
    store.transaction(() => {
      resealAll(store, reseal, ahead);
      writeWrappings(store, whole);
    });
    wrappings = whole;
    box = made.box;
    if (keys) {
      forget();
      keys = { data: Buffer.from(data), private: made.privateKey };
    }
    // The earlier wrapping and the earlier ciphertext may not stay behind in the log.
    store.emptyLog();
  }

  async function change(
    before: Keys,
    found: Wrappings,
    passphrase: string | null,
    recovery: boolean,
  ): Promise<Recovery> {
    const locksBefore = locks;
    const data = randomBytes(32);
    try {
      const { wrapped, code } = await wrap(data, found.vaultId, passphrase, recovery);
      await replaceKey(before, data, { ...found, ...wrapped }, locksBefore);
      return { recoveryCode: code };
    } finally {
      data.fill(0);
    }
  }

  /** A wrapping that is cheaper to guess than it should be today, or whose keyring has another key by now, is made anew. */
  async function wrapAgain(found: Wrappings, passphrase: string | null): Promise<void> {
    if (!keys || !(passphrase === null ? found.keyring : isCheap(found))) return;
    const copy = Buffer.from(keys.data);
    try {
      const next =
        passphrase === null
          ? {
              ...found,
              keyring: await wrapByKeyring(safeStorage, await askKeyring(), copy, found.vaultId),
            }
          : { ...found, passphrase: await wrapping(copy, passphrase, found.vaultId) };
      writeWrappings(store, next);
      wrappings = next;
      store.emptyLog();
    } finally {
      copy.fill(0);
    }
  }

  function unsealRow(by: Keys, of: Box, place: Place, sealed: Uint8Array): Buffer | null {
    const bound = ['row', ...words(place)];
    const rest = sealed.subarray(1);
    if (sealed[0] === byKey) return decryptBytes(by.data, rest, bound);
    return sealed[0] === inBox ? takeOut(of, by.private, rest, bound) : null;
  }

  function sealRow(place: Place, text: string): Uint8Array {
    const sealed = encryptToBytes(open().data, Buffer.from(text), ['row', ...words(place)]);
    return Buffer.concat([Buffer.of(byKey), sealed]);
  }

  const secretPlace = (recordId: string, field: string): Place => ['secrets.sealed', recordId, field];

  return {
    view,
    isOpen: () => keys !== null,
    create: (passphrase, { recovery } = { recovery: false }) =>
      inTurn(async () => {
        if (state === 'broken' && failure) throw new GatehouseError(failure);
        if (wrappings) throw alreadyThere();
        const locksBefore = locks;
        const data = randomBytes(32);
        const vaultId = randomUUID();
        const { wrapped, code } = await wrap(data, vaultId, passphrase, recovery);
        refuseCrossed(locksBefore, data);
        try {
          hold(data, { version: 2, vaultId, box: null, ...wrapped });
        } catch (error) {
          wrappings = null;
          throw error;
        }
        return { recoveryCode: code };
      }),
    unlock: (passphrase) =>
      inTurn(async () => {
        const found = existing();
        if (keys) return;
        const locksBefore = locks;
        try {
          const { data, stale } = await unwrap(found, passphrase);
          refuseCrossed(locksBefore, data);
          hold(data, found);
          if (stale) void inTurn(() => wrapAgain(existing(), passphrase)).catch(() => undefined);
        } catch (error) {
          if (isKind(error, 'vault-broken')) become('broken', error.failure);
          if (isKind(error, 'vault-locked')) become('locked', error.failure);
          throw error;
        }
      }),
    recover: (code, next) =>
      inTurn(async () => {
        const found = existing();
        if (!found.recovery) throw noRecovery();
        // Before the code is tried: a code that was right is used up.
        await checkPassphrase(next);
        const locksBefore = locks;
        const data = await guess(found.recovery, readRecoveryCode(code), found.vaultId, 'code');
        refuseCrossed(locksBefore, data);
        if (keys) data.fill(0);
        else hold(data, found);
        const held = { data: Buffer.from(keys!.data), private: keys!.private };
        try {
          const { recoveryCode } = await change(held, wrappings!, next, true);
          return { recoveryCode: recoveryCode! };
        } finally {
          held.data.fill(0);
        }
      }),
    lock(lastLook = () => {}) {
      locks += 1;
      if (!keys) return;
      lookingLast = keys;
      keys = null;
      state = 'locked';
      try {
        lastLook();
      } finally {
        lookingLast.data.fill(0);
        lookingLast = null;
        become('locked');
      }
    },
    setPassphrase: (current, next, { recovery } = { recovery: false }) =>
      inTurn(async () => {
        const found = existing();
        const held = open();
        // Copies, because the vault may be locked, and its key zeroed, while scrypt runs.
        const copy = { data: Buffer.from(held.data), private: held.private };
        try {
          if (found.passphrase) (await unwrap(found, current)).data.fill(0);
          const made = await change(copy, found, next, recovery);
          become(keys ? 'unlocked' : 'locked');
          return made;
        } finally {
          copy.data.fill(0);
        }
      }),
    setRecovery: (passphrase, on) =>
      inTurn(async () => {
        const found = existing();
        const held = open();
        if (!found.passphrase) throw noPassphrase();
        const locksBefore = locks;
        const copy = { data: Buffer.from(held.data), private: held.private };
        const data = randomBytes(32);
        try {
          (await unwrap(found, passphrase)).data.fill(0);
          const code = on ? newRecoveryCode() : null;
          const next = {
            ...found,
            passphrase: await wrapping(data, passphrase, found.vaultId),
            recovery: code ? await wrapping(data, code, found.vaultId) : null,
          };
          await replaceKey(copy, data, next, locksBefore);
          become(keys ? 'unlocked' : 'locked');
          return { recoveryCode: code };
        } finally {
          copy.data.fill(0);
          data.fill(0);
        }
      }),
    seal(recordId, field, value, binding) {
      const text = JSON.stringify([value, ...boundTo(binding)]);
      records.put(recordId, field, sealRow(secretPlace(recordId, field), text));
    },
    open(recordId, field, binding) {
      const held = open();
      const sealed = records.get(recordId, field);
      if (!sealed) return null;
      const plain = isDeposit(sealed) ? null : unsealRow(held, box!, secretPlace(recordId, field), sealed);
      if (!plain) throw damaged(recordId, field);
      const [value, ...bound] = JSON.parse(plain.toString()) as string[];
      plain.fill(0);
      if (value === undefined || boundTo(binding).some((word, at) => word !== bound[at])) {
        throw elsewhere(field, bound[2] ?? '', binding.origin);
      }
      return value;
    },
    has: (recordId, field) => records.get(recordId, field) !== null,
    erase: records.erase,
    sealRow,
    depositRow(place, text) {
      if (keys) return sealRow(place, text);
      if (!box) throw noVault();
      return Buffer.concat([Buffer.of(inBox), deposit(box, Buffer.from(text), ['row', ...words(place)])]);
    },
    openRow(place, sealed, accepted) {
      const held = open();
      if (isDeposit(sealed) && !accepted) return null;
      return unsealRow(held, box!, place, sealed)?.toString() ?? null;
    },
    whenOpen(load) {
      loads.push(load);
      if (keys) load();
    },
    onChange: changes.add,
    openOld: (recordId, field, sealed) =>
      decryptBytes(open().data, sealed, ['secret', recordId, field])?.toString() ?? null,
  };
}

const words = (place: Place): string[] => place.map(String);

const boundTo = ({ accountId, vendor, origin }: Binding) => [accountId, vendor, origin];

function sealBox(data: Uint8Array, vaultId: string, { box, privateKey }: ReturnType<typeof createBox>) {
  return {
    publicKey: box.publicDer.toString('base64'),
    privateKey: encryptToBytes(data, exportPrivate(privateKey), ['box', vaultId]).toString('base64'),
  };
}

/** Throws vault-broken when the private half is damaged, or the public one is not its other half. */
function unsealBox(data: Uint8Array, { box, vaultId }: Wrappings): ReturnType<typeof openBox> {
  const der = decryptBytes(data, Buffer.from(box!.privateKey, 'base64'), ['box', vaultId]);
  const opened = der && openBox(der);
  der?.fill(0);
  if (opened && opened.box.publicDer.toString('base64') === box!.publicKey) return opened;
  throw vaultBroken('The letter box of the vault was changed outside Gatehouse, or is damaged.');
}

function readBoxOf(publicKey: string): Box {
  try {
    return readBox(Buffer.from(publicKey, 'base64'));
  } catch (error) {
    throw vaultBroken('The letter box of the vault is damaged and can’t be read.', error);
  }
}
