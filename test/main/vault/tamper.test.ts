import { expect, test } from 'vitest';
import { GatehouseError } from '#contract/failure.ts';
import type { Store } from '../../../main/store/store.ts';
import { type Binding, createVault, type Vault } from '../../../main/vault/vault.ts';
import { temporaryStore } from '../store/temporary.ts';
import { cheapCost, createKeyring, passphrase } from './keyrings.ts';

const here: Binding = { accountId: 'a', vendor: 'panel', origin: 'https://panel.example' };
const keyring = createKeyring();

function vaultIn(store: Store): Vault {
  return createVault({ store, safeStorage: keyring, now: () => 0, cost: cheapCost });
}

async function filled(protection: string | null = passphrase): Promise<{ store: Store; vault: Vault }> {
  const store = temporaryStore();
  const vault = vaultIn(store);
  await vault.create(protection);
  vault.seal('one', 'form', 'first', here);
  vault.seal('one', 'pending', 'second', here);
  vault.seal('two', 'form', 'third', here);
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
  ['another record', "SELECT sealed FROM secrets WHERE record_id = 'two'"],
  ['another field', "SELECT sealed FROM secrets WHERE field = 'pending'"],
])('a secret that was moved here from %s does not open', async (_, from) => {
  const { store, vault } = await filled();
  store.run(`UPDATE secrets SET sealed = (${from}) WHERE record_id = 'one' AND field = 'form'`);
  expectDamaged(() => vault.open('one', 'form', here), 'form', 'one');
  expect(vault.open('one', 'pending', here)).toBe('second');
  expect(vault.open('two', 'form', here)).toBe('third');
  expect(vault.has('one', 'form')).toBe(true);
});

test.each([
  ['a changed byte', "sealed = unhex(substr(hex(sealed), 1, 40) || 'ff' || substr(hex(sealed), 43))"],
  ['a cut end', 'sealed = substr(sealed, 1, length(sealed) - 1)'],
  ['nothing left', "sealed = x''"],
  ['a changed nonce', "sealed = unhex('01000000000000000000000000' || substr(hex(sealed), 27))"],
  ['another kind', "sealed = unhex('02' || substr(hex(sealed), 3))"],
  ['no kind that there is', "sealed = unhex('07' || substr(hex(sealed), 3))"],
])('damage to one secret is named and hides no other: %s', async (_, change) => {
  const { store, vault } = await filled();
  store.run(`UPDATE secrets SET ${change} WHERE record_id = 'one' AND field = 'pending'`);
  expectDamaged(() => vault.open('one', 'pending', here), 'pending', 'one');
  expect(vault.open('one', 'form', here)).toBe('first');
  vault.seal('one', 'pending', 'entered again', here);
  expect(vault.open('one', 'pending', here)).toBe('entered again');
});

test.each([
  ['another server', { origin: 'https://evil.example' }],
  ['another vendor', { vendor: 'other' }],
  ['another account', { accountId: 'b' }],
])('a secret does not open for %s, and says that something was changed outside', async (_, other) => {
  const { vault } = await filled();
  expectDamaged(() => vault.open('one', 'form', { ...here, ...other }), 'changed outside Gatehouse');
  expect(vault.open('one', 'form', here)).toBe('first');
});

test('what anybody can put into the letter box is no secret of an account, and no row but where one is due', async () => {
  const { store, vault } = await filled();
  vault.lock();
  const place = ['secrets.sealed', 'one', 'form'] as const;
  const forged = vault.depositRow(place, JSON.stringify(['forged', 'a', 'panel', 'https://panel.example']));
  await vault.unlock(passphrase);
  store.run("UPDATE secrets SET sealed = ? WHERE record_id = 'one' AND field = 'form'", forged);
  expectDamaged(() => vault.open('one', 'form', here), 'form');
  expect(vault.openRow(place, forged)).toBeNull();
  expect(vault.openRow(place, forged, 'deposits')).toContain('forged');
  expect(vault.openRow(['secrets.sealed', 'one', 'grant'], forged, 'deposits')).toBeNull();
});

test('another passphrase does not vouch for what anybody put into the letter box', async () => {
  const { store, vault } = await filled();
  vault.lock();
  const place = ['secrets.sealed', 'one', 'form'] as const;
  const words = JSON.stringify(['forged', here.accountId, here.vendor, here.origin]);
  const forged = vault.depositRow(place, words);
  await vault.unlock(passphrase);
  store.run("UPDATE secrets SET sealed = ? WHERE record_id = 'one' AND field = 'form'", forged);
  await vault.setPassphrase(passphrase, 'a quiet bench by the river');
  expectDamaged(() => vault.open('one', 'form', here), 'form');
  expect(vault.open('two', 'form', here)).toBe('third');
  const stored = store.get("SELECT sealed FROM secrets WHERE record_id = 'one' AND field = 'form'")?.sealed;
  expect(stored).not.toEqual(forged);
  expect(vault.openRow(place, stored as Uint8Array, 'deposits')).toBe(words);
});

test.each([
  [
    'a changed wrapping',
    'passphrase',
    (row: string) => row.replace(/"wrapped":"./, '"wrapped":"!').replace('!', 'z'),
  ],
  ['a changed salt', 'passphrase', (row: string) => row.replace(/"salt":"[^"]{4}/, '"salt":"AAAA')],
  ['no JSON', 'damaged', () => '{"version":1,'],
  ['no wrapping at all', 'missing', () => '{"version":2,"vaultId":"x","passphrase":null,"keyring":null}'],
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
  expect(() => vault.open('one', 'pending', here)).toThrow(GatehouseError);
  expect(store.get('SELECT wrappings_json FROM vault')).toEqual({ wrappings_json: after });
});

test('a letter box that somebody put in the place of ours is named before anything is written into it', async () => {
  const { store } = await filled();
  const other = await filled();
  const boxOf = (one: Store) =>
    /"publicKey":"([^"]+)"/.exec(String(one.get('SELECT wrappings_json FROM vault')?.wrappings_json))?.[1] ??
    '';
  store.run(
    'UPDATE vault SET wrappings_json = replace(wrappings_json, ?, ?)',
    boxOf(store),
    boxOf(other.store),
  );
  const vault = vaultIn(store);
  await expect(vault.unlock(passphrase)).rejects.toMatchObject({ failure: { kind: 'vault-broken' } });
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
