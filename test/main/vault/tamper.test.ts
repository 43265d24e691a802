import { expect, test } from 'vitest';
import type { Store } from '../../../main/store/store.ts';
import { createVault, type Vault } from '../../../main/vault/vault.ts';
import { GatehouseError } from '../../../preload/contract/failure.ts';
import { temporaryStore } from '../store/temporary.ts';
import { createKeyring } from './keyrings.ts';

const passphrase = 'correct horse battery';
const keyring = createKeyring();

function vaultIn(store: Store): Vault {
  return createVault({ store, safeStorage: keyring, now: () => 0, cost: { N: 16, r: 1, p: 1 } });
}

async function filled(protection: string | null = passphrase): Promise<{ store: Store; vault: Vault }> {
  const store = temporaryStore();
  const vault = vaultIn(store);
  await vault.create(protection);
  vault.seal('one', 'password', 'first');
  vault.seal('one', 'pin', 'second');
  vault.seal('two', 'password', 'third');
  return { store, vault };
}

function expectDamaged(work: () => unknown, ...names: string[]): void {
  let caught: unknown;
  try {
    work();
  } catch (error) {
    caught = error;
  }
  if (!(caught instanceof GatehouseError)) throw new Error('It did not fail as expected.', { cause: caught });
  expect(caught.failure.kind).toBe('vault-broken');
  for (const name of names) expect(caught.message).toContain(name);
}

test.each([
  ['another record', "SELECT nonce, ciphertext FROM secrets WHERE record_id = 'two'"],
  ['another field', "SELECT nonce, ciphertext FROM secrets WHERE field = 'pin'"],
])('a secret that was moved here from %s does not open', async (_, from) => {
  const { store, vault } = await filled();
  store.run(
    `UPDATE secrets SET (nonce, ciphertext) = (${from}) WHERE record_id = 'one' AND field = 'password'`,
  );
  expectDamaged(() => vault.open('one', 'password'), 'password', 'one');
  expect(vault.open('one', 'pin')).toBe('second');
  expect(vault.open('two', 'password')).toBe('third');
  expect(vault.fields('one')).toContain('password');
});

test.each([
  ['a changed byte', 'ciphertext = unhex(hex(zeroblob(1)) || substr(hex(ciphertext), 3))'],
  ['a cut end', 'ciphertext = substr(ciphertext, 1, length(ciphertext) - 1)'],
  ['nothing left', "ciphertext = x''"],
  ['a changed nonce', 'nonce = zeroblob(12)'],
  ['a short nonce', "nonce = x'00'"],
])('damage to one secret is named and hides no other: %s', async (_, change) => {
  const { store, vault } = await filled();
  store.run(`UPDATE secrets SET ${change} WHERE record_id = 'one' AND field = 'pin'`);
  expectDamaged(() => vault.open('one', 'pin'), 'pin', 'one');
  expect(vault.open('one', 'password')).toBe('first');
  vault.seal('one', 'pin', 'entered again');
  expect(vault.open('one', 'pin')).toBe('entered again');
});

test.each([
  [
    'a changed wrapping',
    'passphrase',
    (row: string) => row.replace(/"wrapped":"./, '"wrapped":"!').replace('!', 'z'),
  ],
  ['a changed salt', 'passphrase', (row: string) => row.replace(/"salt":"[^"]{4}/, '"salt":"AAAA')],
  ['no JSON', 'damaged', () => '{"version":1,'],
  ['no wrapping at all', 'missing', () => '{"version":1,"vaultId":"x","passphrase":null,"keyring":null}'],
  ['a cost that would eat the memory', 'damaged', (row: string) => row.replace('"N":16', '"N":1073741824')],
])('a damaged key is named, kept and not taken for a wrong passphrase: %s', async (_, word, damage) => {
  const { store } = await filled();
  const before = String(store.get('SELECT wrappings_json FROM vault')?.wrappings_json);
  const after = damage(before);
  expect(after).not.toBe(before);
  store.run('UPDATE vault SET wrappings_json = ?', after);
  const vault = vaultIn(store);
  expect(vault.view()).toMatchObject({
    state: 'broken',
    failure: { message: expect.stringContaining(word) },
  });
  await expect(vault.unlock(passphrase)).rejects.toMatchObject({ failure: { kind: 'vault-broken' } });
  await expect(vault.create(passphrase)).rejects.toMatchObject({ failure: { kind: 'vault-broken' } });
  expect(() => vault.open('one', 'pin')).toThrow(GatehouseError);
  expect(store.get('SELECT wrappings_json FROM vault')).toEqual({ wrappings_json: after });
});

test('a damaged wrapping by the keyring is named with the keyring', async () => {
  const { store } = await filled(null);
  store.run(`UPDATE vault SET wrappings_json = replace(wrappings_json, '"wrapped":"', '"wrapped":"AAAA')`);
  expect(vaultIn(store).view()).toMatchObject({
    state: 'broken',
    failure: { kind: 'vault-broken', message: expect.stringContaining('gnome_libsecret') },
  });
});

test('secrets without their key are not a new vault', async () => {
  const { store } = await filled();
  store.run('DELETE FROM vault');
  const vault = vaultIn(store);
  expect(vault.view().state).toBe('broken');
  await expect(vault.create(passphrase)).rejects.toMatchObject({ failure: { kind: 'vault-broken' } });
});
