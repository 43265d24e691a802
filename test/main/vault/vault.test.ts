import { dirname } from 'node:path';
import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { GatehouseError } from '#contract/failure.ts';
import type { Store } from '../../../main/store/store.ts';
import { type Binding, createVault, type SafeStorage, type VaultState } from '../../../main/vault/vault.ts';
import { rawBytes, temporaryPath, temporaryStore } from '../store/temporary.ts';
import { cheapCost as cost, createKeyring, passphrase } from './keyrings.ts';

const nextPassphrase = 'seven quiet lamps on a hill';
const here: Binding = { accountId: 'a', vendor: 'panel', origin: 'https://panel.example' };

function vaultIn(store: Store, safeStorage: SafeStorage = createKeyring(), now = () => 0) {
  return createVault({ store, safeStorage, now, cost });
}

/** The failure that the work ends in. */
async function failureOf(work: () => unknown) {
  try {
    await work();
  } catch (error) {
    if (error instanceof GatehouseError) return error.failure;
    throw error;
  }
  throw new Error('It did not fail.');
}

test('a vault by the keyring opens again after a restart without a passphrase', async () => {
  const store = temporaryStore();
  const keyring = createKeyring();
  const vault = vaultIn(store, keyring);
  expect(vault.view()).toEqual({
    state: 'new',
    protection: [],
    keyring: { available: null, backend: 'unknown' },
    hasPassphrase: false,
    hasRecovery: false,
    failure: null,
  });
  expect(await failureOf(() => vault.seal('a', 'form', 'x', here))).toMatchObject({ kind: 'vault-locked' });
  await vi.waitFor(() =>
    expect(vault.view().keyring).toEqual({ available: true, backend: 'gnome_libsecret' }),
  );
  await vault.create(null);
  expect(vault.view()).toMatchObject({ state: 'unlocked', protection: ['gnome_libsecret'] });
  vault.seal('a', 'form', 'secret', here);

  const again = vaultIn(store, keyring);
  expect(again.view().state).toBe('locked');
  await again.unlock(null);
  expect(again.open('a', 'form', here)).toBe('secret');
});

test('once there is a passphrase the keyring does not open the vault', async () => {
  const store = temporaryStore();
  const keyring = createKeyring();
  const vault = vaultIn(store, keyring);
  await vault.create(null);
  vault.seal('a', 'form', 'secret', here);
  await vault.setPassphrase(null, passphrase);
  expect(vault.view()).toMatchObject({ state: 'unlocked', hasPassphrase: true, protection: ['passphrase'] });

  const again = vaultIn(store, keyring);
  keyring.asked = 0;
  expect(await failureOf(() => again.unlock(null))).toMatchObject({
    kind: 'invalid',
    fields: { passphrase: expect.any(String) },
  });
  expect(again.view().state).toBe('locked');
  expect(keyring.asked).toBe(0);
  await again.unlock(passphrase);
  expect(again.open('a', 'form', here)).toBe('secret');
});

test('while locked no secret is in reach, and names and erasing still work', async () => {
  const vault = vaultIn(temporaryStore());
  await vault.create(passphrase);
  vault.seal('a', 'form', 'secret', here);
  vault.seal('a', 'pending', '1234', here);
  vault.lock();
  expect(vault.view().state).toBe('locked');
  expect(await failureOf(() => vault.open('a', 'form', here))).toMatchObject({ kind: 'vault-locked' });
  expect(await failureOf(() => vault.open('a', 'grant', here))).toMatchObject({ kind: 'vault-locked' });
  expect(await failureOf(() => vault.seal('a', 'form', 'x', here))).toMatchObject({ kind: 'vault-locked' });
  expect(await failureOf(() => vault.setPassphrase(passphrase, null))).toMatchObject({
    kind: 'vault-locked',
  });
  expect([vault.has('a', 'form'), vault.has('a', 'pending')]).toEqual([true, true]);
  vault.erase('a', 'pending');
  await vault.unlock(passphrase);
  expect(vault.open('a', 'pending', here)).toBeNull();
  expect(vault.open('a', 'form', here)).toBe('secret');
  vault.erase('a');
  expect(vault.has('a', 'form')).toBe(false);
});

test('a lock that comes while the passphrase is checked wins', async () => {
  const vault = vaultIn(temporaryStore());
  await vault.create(passphrase);
  vault.lock();
  const unlocking = vault.unlock(passphrase);
  await Promise.resolve();
  vault.lock();
  expect(await failureOf(() => unlocking)).toMatchObject({ kind: 'cancelled' });
  expect(vault.view().state).toBe('locked');
  expect(await failureOf(() => vault.open('a', 'form', here))).toMatchObject({ kind: 'vault-locked' });
});

test('a lock while the passphrase changes locks, and the new passphrase still opens everything', async () => {
  const vault = vaultIn(temporaryStore());
  await vault.create(passphrase);
  vault.seal('a', 'form', 'secret', here);
  const changing = vault.setPassphrase(passphrase, nextPassphrase);
  await Promise.resolve();
  vault.lock();
  await changing;
  expect(vault.view().state).toBe('locked');
  await vault.unlock(nextPassphrase);
  expect(vault.open('a', 'form', here)).toBe('secret');
});

test('a wrong passphrase costs a growing wait and never locks out', async () => {
  let now = 1_000_000;
  const vault = vaultIn(temporaryStore(), createKeyring(), () => now);
  await vault.create(passphrase);
  vault.lock();
  const waits: number[] = [];
  for (let tries = 0; tries < 12; tries += 1) {
    const failure = await failureOf(() => vault.unlock('wrong passphrase'));
    expect(failure.kind).toBe('refused-credentials');
    const until = failure.until ?? now;
    waits.push(until - now);
    if (until > now) {
      expect(await failureOf(() => vault.unlock(passphrase))).toMatchObject({ kind: 'rate-limited', until });
    }
    now = until;
  }
  expect(waits).toEqual([0, 0, 1000, 2000, 4000, 8000, 16000, 30000, 30000, 30000, 30000, 30000]);
  await vault.unlock(passphrase);
  expect(vault.view().state).toBe('unlocked');
});

test('a clock that was set back does not make the wait longer', async () => {
  let now = 1_000_000;
  const vault = vaultIn(temporaryStore(), createKeyring(), () => now);
  await vault.create(passphrase);
  vault.lock();
  for (let tries = 0; tries < 3; tries += 1) await failureOf(() => vault.unlock('wrong passphrase'));
  now = 10;
  await vault.unlock(passphrase);
});

test('parallel guesses do not pass by the wait', async () => {
  const vault = vaultIn(temporaryStore());
  await vault.create(passphrase);
  vault.lock();
  const kinds = await Promise.all(
    Array.from(
      { length: 6 },
      async (_, guess) => (await failureOf(() => vault.unlock(`guess number ${guess}`))).kind,
    ),
  );
  expect(kinds).toEqual([...Array(3).fill('refused-credentials'), ...Array(3).fill('rate-limited')]);
});

test('the passphrase rule, and the same passphrase typed in another normal form', async () => {
  const store = temporaryStore();
  const vault = vaultIn(store);
  expect(await failureOf(() => vault.create('1234567'))).toMatchObject({
    kind: 'invalid',
    fields: { passphrase: expect.stringContaining('8 characters') },
  });
  expect(vault.view().state).toBe('new');
  await vault.create('café à la crème'.normalize('NFC'));
  vault.lock();
  await vault.unlock('café à la crème'.normalize('NFD'));
  expect(await failureOf(() => vault.create(passphrase))).toMatchObject({ kind: 'conflict' });
});

test('changing the passphrase needs the current one; going back needs a fit keyring', async () => {
  const keyring = createKeyring();
  const vault = vaultIn(temporaryStore(), keyring);
  await vault.create(passphrase);
  expect(await failureOf(() => vault.setPassphrase('wrong passphrase', nextPassphrase))).toMatchObject({
    kind: 'refused-credentials',
  });
  expect(await failureOf(() => vault.setPassphrase(null, nextPassphrase))).toMatchObject({ kind: 'invalid' });
  await vault.setPassphrase(passphrase, nextPassphrase);
  vault.lock();
  expect(await failureOf(() => vault.unlock(passphrase))).toMatchObject({ kind: 'refused-credentials' });
  await vault.unlock(nextPassphrase);

  keyring.name = 'basic_text';
  expect(await failureOf(() => vault.setPassphrase(nextPassphrase, null))).toMatchObject({ kind: 'invalid' });
  expect(vault.view().hasPassphrase).toBe(true);
  keyring.name = 'kwallet5';
  await vault.setPassphrase(nextPassphrase, null);
  expect(vault.view()).toMatchObject({ hasPassphrase: false, protection: ['kwallet5'] });
  vault.lock();
  await vault.unlock(null);
});

test.each([
  ['basic_text protects nothing', 'basic_text', true],
  ['a keyring that is not there', 'gnome_libsecret', false],
])('without a passphrase no vault is made: %s', async (_, name, isThere) => {
  const keyring = createKeyring(name);
  keyring.isThere = isThere;
  const vault = vaultIn(temporaryStore(), keyring);
  await vi.waitFor(() => expect(vault.view().keyring.available).toBe(false));
  expect(await failureOf(() => vault.create(null))).toMatchObject({
    kind: 'invalid',
    fields: { passphrase: expect.stringContaining('needs a passphrase') },
  });
  await vault.create(passphrase);
  expect(vault.view().state).toBe('unlocked');
});

test('a keyring that does not give back what it took is not trusted with the only key', async () => {
  const forgetful = { ...createKeyring(), decrypt: async () => ({ text: 'something else', stale: false }) };
  const vault = vaultIn(temporaryStore(), forgetful);
  expect(await failureOf(() => vault.create(null))).toMatchObject({ kind: 'invalid' });
  expect(vault.view().state).toBe('new');
});

test('a keyring that is missing at the start is named, and opens once it is back', async () => {
  const store = temporaryStore();
  const keyring = createKeyring();
  const first = vaultIn(store, keyring);
  await first.create(null);
  first.seal('a', 'form', 'secret', here);

  keyring.isThere = false;
  const vault = vaultIn(store, keyring);
  await vi.waitFor(() =>
    expect(vault.view()).toMatchObject({
      state: 'locked',
      failure: { kind: 'vault-locked', message: expect.stringContaining('gnome_libsecret') },
    }),
  );
  expect(await failureOf(() => vault.unlock(null))).toMatchObject({ kind: 'vault-locked' });
  expect(await failureOf(() => vault.create(passphrase))).toMatchObject({ kind: 'conflict' });
  keyring.isThere = true;
  await vault.unlock(null);
  expect(vault.view()).toMatchObject({ state: 'unlocked', failure: null });
  expect(vault.open('a', 'form', here)).toBe('secret');
});

test('a keyring that changed is named with both names, the key is kept, and the old one opens it again', async () => {
  const store = temporaryStore();
  const old = createKeyring('gnome_libsecret');
  const first = vaultIn(store, old);
  await first.create(null);
  first.seal('a', 'form', 'secret', here);
  const row = store.get('SELECT * FROM vault');

  const vault = vaultIn(store, createKeyring('kwallet6'));
  const failure = await failureOf(() => vault.unlock(null));
  expect(failure).toMatchObject({
    kind: 'vault-broken',
    advice: expect.stringContaining('Bring the earlier'),
  });
  expect(failure.message).toMatch(/gnome_libsecret.*kwallet6/);
  expect(vault.view()).toMatchObject({ state: 'broken', failure: { kind: 'vault-broken' } });
  expect(await failureOf(() => vault.create(passphrase))).toMatchObject({ kind: 'vault-broken' });
  expect(store.get('SELECT * FROM vault')).toEqual(row);

  const back = vaultIn(store, old);
  await back.unlock(null);
  expect(back.open('a', 'form', here)).toBe('secret');
});

test('the same keyring with another key is named too', async () => {
  const store = temporaryStore();
  await vaultIn(store, createKeyring()).create(null);
  const vault = vaultIn(store, createKeyring());
  expect((await failureOf(() => vault.unlock(null))).message).toMatch(/no longer knows the key/);
  expect(vault.view().state).toBe('broken');
});

test('a keyring that throws when asked counts as missing', async () => {
  const throws = () => Promise.reject(new Error('D-Bus is gone'));
  const vault = vaultIn(temporaryStore(), { ...createKeyring(), look: throws });
  await vi.waitFor(() => expect(vault.view().keyring).toEqual({ available: false, backend: 'none' }));
  await vault.create(passphrase);
});

/** A keyring that answers when the person has done something. */
function lateKeyring() {
  const keyring = createKeyring();
  const { promise, resolve } = Promise.withResolvers<void>();
  keyring.answers = promise;
  return { keyring, answer: resolve };
}

test('a keyring that answers late keeps nobody from a passphrase, and is told of when it has', async () => {
  const { keyring, answer } = lateKeyring();
  const vault = vaultIn(temporaryStore(), keyring);
  const heard: VaultState['keyring'][] = [];
  vault.onChange((state) => heard.push(state.keyring));
  await vault.create(passphrase);
  expect(heard).toEqual([{ available: null, backend: 'unknown' }]);
  answer();
  await vi.waitFor(() => expect(heard.at(-1)).toEqual({ available: true, backend: 'gnome_libsecret' }));
});

test('who has a passphrase is not asked for the keyring before the vault is open', async () => {
  const store = temporaryStore();
  await vaultIn(store).create(passphrase);
  const keyring = createKeyring();
  const look = vi.spyOn(keyring, 'look');
  const vault = vaultIn(store, keyring);
  await expect(vault.unlock('wrong passphrase')).rejects.toThrow();
  expect(look).not.toHaveBeenCalled();
  await vault.unlock(passphrase);
  await vi.waitFor(() => expect(vault.view().keyring.available).toBe(true));
});

test('a lock while the keyring answers late wins, whichever of the two was asked for', async () => {
  const store = temporaryStore();
  const { keyring, answer } = lateKeyring();
  const vault = vaultIn(store, keyring);
  await vault.create(passphrase);
  vault.seal('a', 'form', 'secret', here);
  const look = vi.spyOn(keyring, 'look');
  const leaving = vault.setPassphrase(passphrase, null);
  await vi.waitFor(() => expect(look).toHaveBeenCalled());
  vault.lock();
  answer();
  expect(await failureOf(() => leaving)).toMatchObject({ kind: 'cancelled' });
  expect(vault.view()).toMatchObject({ state: 'locked', hasPassphrase: true });
  await vault.unlock(passphrase);
  await vault.setPassphrase(passphrase, null);
  vault.lock();
  const again = lateKeyring();
  keyring.answers = again.keyring.answers;
  look.mockClear();
  const opening = vault.unlock(null);
  await vi.waitFor(() => expect(look).toHaveBeenCalled());
  vault.lock();
  again.answer();
  expect(await failureOf(() => opening)).toMatchObject({ kind: 'cancelled' });
  expect(await failureOf(() => vault.open('a', 'form', here))).toMatchObject({ kind: 'vault-locked' });
  await vault.unlock(null);
  expect(vault.open('a', 'form', here)).toBe('secret');
});

test('a keyring that can say nothing at the moment is not called one that knows nothing', async () => {
  const store = temporaryStore();
  const keyring = createKeyring();
  await vaultIn(store, keyring).create(null);
  keyring.knows = false;
  const vault = vaultIn(store, keyring);
  expect(await failureOf(() => vault.unlock(null))).toMatchObject({ kind: 'vault-locked' });
  expect(vault.view().state).toBe('locked');
  keyring.knows = true;
  await vault.unlock(null);
});

test('what a keyring’s earlier key has wrapped is wrapped anew, and the old wrapping is gone', async () => {
  const path = temporaryPath();
  const store = temporaryStore(path);
  const keyring = createKeyring();
  await vaultIn(store, keyring).create(null);
  const wrapped = (): string =>
    JSON.parse(String(store.get('SELECT wrappings_json FROM vault')?.wrappings_json)).keyring.wrapped;
  const before = wrapped();
  await vaultIn(store, keyring).unlock(null);
  expect(wrapped()).toBe(before);
  keyring.stale = true;
  await vaultIn(store, keyring).unlock(null);
  await vi.waitFor(() => expect(wrapped()).not.toBe(before));
  expect(rawBytes(dirname(path)).includes(before)).toBe(false);
  keyring.stale = false;
  await vaultIn(store, keyring).unlock(null);
});

test('a back end that nobody names may be the one that it was', async () => {
  const store = temporaryStore();
  const keyring = createKeyring('gnome_libsecret');
  await vaultIn(store, keyring).create(null);
  keyring.name = 'unknown';
  await vaultIn(store, keyring).unlock(null);
  const { message } = await failureOf(() => vaultIn(store, createKeyring('unknown')).unlock(null));
  expect(message).toMatch(/The keyring \(gnome_libsecret\) no longer knows the key/);
});

test('listeners hear each change until they are disposed of', async () => {
  const vault = vaultIn(temporaryStore());
  await vi.waitFor(() => expect(vault.view().keyring.available).toBe(true));
  const heard: VaultState['state'][] = [];
  const dispose = vault.onChange((state) => heard.push(state.state));
  await vault.create(passphrase);
  vault.lock();
  vault.lock();
  await vault.unlock(passphrase);
  await vault.setPassphrase(passphrase, nextPassphrase);
  dispose();
  vault.lock();
  expect(heard).toEqual(['unlocked', 'locked', 'unlocked', 'unlocked']);
});

test('whatever is sealed opens again, and only there', async () => {
  const vault = vaultIn(temporaryStore());
  await vault.create(passphrase);
  const name = fc.string({ minLength: 1, unit: 'grapheme' });
  fc.assert(
    fc.property(name, fc.string({ unit: 'binary', maxLength: 5000 }), (record, value) => {
      vault.seal(record, 'form', value, here);
      expect(vault.open(record, 'form', here)).toBe(value.toWellFormed());
      expect(vault.open(record, 'grant', here)).toBeNull();
      vault.erase(record);
      expect(vault.open(record, 'form', here)).toBeNull();
    }),
  );
});

test('no canary is in the database, its log or beside it, and a wrapping that was replaced is gone', async () => {
  const path = temporaryPath();
  const store = temporaryStore(path);
  const keyring = createKeyring();
  const vault = vaultIn(store, keyring);
  await vault.create(null);
  vault.seal('a', 'form', 'canary-password-7c1f', here);
  vault.seal('a', 'form', 'canary-second-7c1f', here);
  const wrapped: string = JSON.parse(String(store.get('SELECT wrappings_json FROM vault')?.wrappings_json))
    .keyring.wrapped;
  const before = rawBytes(dirname(path));
  expect(before.includes(wrapped)).toBe(true);
  await vault.setPassphrase(null, 'canary-passphrase-7c1f of seven lamps');
  const raw = rawBytes(dirname(path));
  for (const canary of [
    'canary',
    '7c1f',
    Buffer.from('canary-password').toString('base64').slice(0, 18),
    wrapped,
  ]) {
    expect(raw.includes(canary), canary).toBe(false);
  }
});

test('the ordinary cost of scrypt works on this machine', async () => {
  const store = temporaryStore();
  const vault = createVault({ store, safeStorage: createKeyring(), now: () => 0 });
  await vault.create(passphrase);
  vault.lock();
  await vault.unlock(passphrase);
  expect(String(store.get('SELECT wrappings_json FROM vault')?.wrappings_json)).toContain(
    '"N":131072,"r":8,"p":1',
  );
});
