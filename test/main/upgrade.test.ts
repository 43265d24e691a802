import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { hashOf, nobody } from '../../main/ledger/chain.ts';
import { migrate } from '../../main/store/migrate.ts';
import { migrations } from '../../main/store/migrations/list.ts';
import { encrypt } from '../../main/vault/cipher.ts';
import { wrapByKeyring } from '../../main/vault/keyring.ts';
import { newFolder, openTestApp, removeFolder, type TestApp } from './core-harness.ts';
import { rawBytes } from './store/temporary.ts';
import { createKeyring, type TestKeyring } from './vault/keyrings.ts';

/* A data folder as version 3 of the database had it, opened by today's Gatehouse. */

let folder: string;
let keyring: TestKeyring;
let app: TestApp | null;

beforeEach(() => {
  folder = newFolder();
  keyring = createKeyring();
  app = null;
});
afterEach(async () => {
  await app?.core.close(0);
  removeFolder(folder);
});

const file = () => join(folder, 'gatehouse.db');

/** Version 3, with an account, sessions, an ending, a shift, a receipt and a ledger, all of a canary. */
async function writeOld({ ledgerRows = 600, expiresAt = 1_900_000_000_000n } = {}) {
  const database = new DatabaseSync(file());
  database.exec('PRAGMA application_id = 0x47617465; PRAGMA journal_mode = WAL');
  migrate(database, migrations.slice(0, 3));
  const key = Buffer.alloc(32, 7);
  const insert = (table: string, row: Record<string, string | number | bigint | null | Uint8Array>) =>
    database
      .prepare(
        `INSERT INTO ${table} (${Object.keys(row).join(', ')}) VALUES (${Object.keys(row)
          .map(() => '?')
          .join(', ')})`,
      )
      .run(...Object.values(row));
  const secret = (record: string, field: string, value: string) => {
    const { nonce, ciphertext } = encrypt(key, Buffer.from(value), ['secret', record, field]);
    insert('secrets', { record_id: record, field, nonce, ciphertext });
  };
  const wrapped = await wrapByKeyring(keyring, await keyring.look(), key, 'v');
  const wrappings = { version: 1, vaultId: 'v', passphrase: null, keyring: wrapped };
  insert('vault', { id: 1, wrappings_json: JSON.stringify(wrappings) });
  const account = {
    vendor: 'enhance',
    base_url: 'https://panel.canary.example/api',
    tags_json: '["north-canary"]',
    colour: 'teal',
    created_at: 5,
    updated_at: 6,
  };
  const values = (email: string) =>
    JSON.stringify({ baseUrl: account.base_url, way: 'password', email, rememberDevice: 'no' });
  const add = (id: string, label: string, position: number, removed_at: number | null) =>
    insert('accounts', {
      ...account,
      id,
      label,
      identity: `${id}@canary.example`,
      values_json: values(`${id}@canary.example`),
      realm_id: 'r1',
      realm_name: 'Realm canary',
      position,
      removed_at,
    });
  add('a2', 'Second canary', 2, null);
  add('a1', 'First canary', 1, null);
  add('a3', 'Gone canary', 3, 7);
  secret('a1', 'password', 'canary-password');
  secret('a1', 'authenticator', 'JBSWY3DPEHPK3PXP');
  const session = {
    vendor: 'enhance',
    realm_id: 'r1',
    realm_name: 'Realm canary',
    method: 'canary PIN',
    person: 'Ada canary',
    started_at: 10,
    opened_at: 11,
    granted_at: 11,
    checked_at: 12,
    actor: 'window',
  };
  insert('sessions', {
    ...session,
    id: 's1',
    account_id: 'a1',
    state: 'active',
    expires_at: expiresAt,
    mark: 's1',
  });
  secret('s1', 'grant', '"canary-token"');
  insert('sessions', {
    ...session,
    id: 's2',
    account_id: 'a2',
    state: 'ending',
    mark: 's2',
    failure_json: JSON.stringify({ kind: 'expired', message: 'canary reason' }),
  });
  insert('endings', {
    session_id: 's2',
    ordered_at: 20,
    actor: 'tray',
    attempts: 3,
    next_try_at: 30,
    last_failure_json: JSON.stringify({ kind: 'network', message: 'no canary' }),
  });
  insert('shifts', {
    id: 'h1',
    name: 'Morning canary',
    members_json: JSON.stringify([{ accountId: 'a1', realm: null }]),
    created_at: 1,
    updated_at: 1,
  });
  insert('realms_used', {
    account_id: 'a1',
    realm_id: 'r1',
    realm_name: 'Realm canary',
    used_at: 9,
    pinned: 1,
  });
  insert('receipts', { id: 'p1', title: 'Everywhere canary', ordered_at: 20 });
  const line = { account: 'First canary', vendor: 'enhance', realm: 'Realm canary' };
  const lines = [
    { ...line, sessionId: 's0', how: 'vendor', words: 'Confirmed by the vendor', at: 21 },
    { ...line, sessionId: 's2', how: 'ending', words: 'Ordered, not confirmed yet', at: null },
  ];
  for (const one of lines) {
    insert('receipt_lines', { receipt_id: 'p1', session_id: one.sessionId, line_json: JSON.stringify(one) });
  }
  let previous = '0'.repeat(64);
  for (let seq = 1; seq <= ledgerRows; seq += 1) {
    const row = {
      seq,
      at: 1_000 + seq,
      actor: 'window',
      event: 'opened',
      accountId: 'a1',
      accountLabel: 'First canary',
      vendor: 'enhance',
      sessionId: null,
      realmName: null,
      detail: `canary ${seq}`,
      previousHash: previous,
      ...nobody,
    };
    const hash = hashOf(row);
    insert('ledger', {
      seq,
      at: row.at,
      actor: row.actor,
      event: row.event,
      account_id: 'a1',
      account_label: row.accountLabel,
      vendor: row.vendor,
      detail: row.detail,
      previous_hash: previous,
      hash,
    });
    previous = hash;
  }
  insert('meta', { key: 'ledger-head', value: `${ledgerRows} ${previous}` });
  return database;
}

test('everything is there after the first unlock, and nothing of it in the clear', async () => {
  (await writeOld()).close();
  expect(rawBytes(folder).includes('canary')).toBe(true);
  app = await openTestApp(folder, { keyring });
  const { core } = app;
  expect(core.accounts.all()).toMatchObject([
    {
      id: 'a1',
      label: 'First canary',
      identity: 'a1@canary.example',
      storedSecrets: ['authenticator', 'password'],
      realm: { id: 'r1', name: 'Realm canary' },
      tags: ['north-canary'],
    },
    { id: 'a2', label: 'Second canary', storedSecrets: [] },
  ]);
  expect(core.accounts.valuesWithSecrets('a1')).toMatchObject({ password: 'canary-password' });
  expect(core.accounts.find('a3')).toBeNull();
  expect(core.sessions.view('s1')).toMatchObject({
    person: 'Ada canary',
    method: 'canary PIN',
    vendor: 'enhance',
  });
  expect(core.sessions.view('s2')).toMatchObject({
    state: 'ending',
    failure: { message: 'canary reason' },
    ending: { orderedAt: 20 },
  });
  expect(core.shifts.all()).toEqual([
    { id: 'h1', name: 'Morning canary', members: [{ accountId: 'a1', realm: null }] },
  ]);
  expect(core.realms.of('a1')).toEqual([{ id: 'r1', name: 'Realm canary', usedAt: 9, pinned: true }]);
  expect(core.receipts.get('p1')?.lines).toMatchObject([
    { sessionId: 's0', how: 'vendor', at: 21 },
    { sessionId: 's2', how: 'ending', account: 'First canary' },
  ]);
  expect(await core.ledger.verify()).toMatchObject({ ok: true, rows: 601 });
  expect((await core.ledger.page({ limit: 1, text: 'canary 17' }))[0]?.seq).toBe(179);
  expect(app.bugs).toEqual([]);
  await core.close(0);
  app = null;
  for (const name of readdirSync(folder)) expect(name).not.toContain('.before-');
  expect(rawBytes(folder).includes('canary')).toBe(false);
});

test('the same database opens again, and once sealed is not sealed anew', async () => {
  (await writeOld({ ledgerRows: 3 })).close();
  app = await openTestApp(folder, { keyring });
  await app.core.close(0);
  app = await openTestApp(folder, { keyring });
  expect(app.core.accounts.all()).toHaveLength(2);
  expect(await app.core.ledger.verify()).toMatchObject({ ok: true });
});

test('until the first unlock a backup of the file as it was lies beside it', async () => {
  (await writeOld({ ledgerRows: 3 })).close();
  keyring.isThere = false;
  await expect(openTestApp(folder, { keyring })).rejects.toThrow(/keyring/);
  const backup = readdirSync(folder).find((name) => /\.before-4-[\d-]+$/.test(name));
  expect(backup).toBeDefined();
  const copy = new DatabaseSync(join(folder, backup!), { readOnly: true });
  expect(copy.prepare('SELECT label FROM accounts ORDER BY position').all()).toHaveLength(3);
  copy.close();
});

test('a first unlock that fails leaves the backup and everything as it was', async () => {
  (await writeOld({ ledgerRows: 3 })).close();
  const failing = await openTestApp(folder, { keyring, asStored: true });
  failing.core.vault.whenOpen(() => {
    throw new Error('a room of the test');
  });
  await expect(failing.core.unlock(null)).rejects.toThrow('a room of the test');
  expect(failing.core.isLocked()).toBe(true);
  await failing.core.close(0);
  const backups = () => readdirSync(folder).filter((name) => name.includes('.before-4-'));
  expect(backups()).toHaveLength(1);
  app = await openTestApp(folder, { keyring });
  expect(app.core.accounts.all()).toHaveLength(2);
  expect(backups()).toEqual([]);
});

test('a ledger that was broken before stays broken, at the same row', async () => {
  const database = await writeOld({ ledgerRows: 300 });
  database.exec('DROP TRIGGER ledger_no_update');
  database.exec("UPDATE ledger SET detail = 'forged' WHERE seq = 270");
  database.exec(
    "CREATE TRIGGER ledger_no_update BEFORE UPDATE ON ledger\nBEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END",
  );
  database.close();
  app = await openTestApp(folder, { keyring });
  expect(await app.core.ledger.verify()).toMatchObject({ ok: false, seq: 270 });
});

test('a number that no JavaScript can hold does not stop Gatehouse: the time is none', async () => {
  (await writeOld({ ledgerRows: 3, expiresAt: 2n ** 60n })).close();
  app = await openTestApp(folder, { keyring });
  expect(app.core.sessions.view('s1')).toMatchObject({ state: 'active', expiresAt: null });
  expect(existsSync(file())).toBe(true);
});
