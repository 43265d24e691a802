import { copyFileSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { GatehouseError } from '#contract/failure.ts';
import type { Store } from '../../../main/store/store.ts';
import { type Place, sealedColumns } from '../../../main/vault/sealed-columns.ts';
import { type Binding, createVault, type Vault } from '../../../main/vault/vault.ts';
import { temporaryFolder, temporaryStore } from '../store/temporary.ts';
import { cheapCost, createKeyring, passphrase } from './keyrings.ts';

/* Who opens what, and from when on: passphrases, recovery codes, and the keys behind them. */

const next = 'seven quiet lamps on a hill';
const here: Binding = { accountId: 'a', vendor: 'panel', origin: 'https://panel.example' };
const vaultIn = (store: Store, cost = cheapCost, safeStorage = createKeyring()) =>
  createVault({ store, safeStorage, now: () => 0, cost });

async function failureOf(work: () => unknown) {
  try {
    await work();
  } catch (error) {
    if (error instanceof GatehouseError) return error.failure;
    throw error;
  }
  throw new Error('It did not fail.');
}

/** The database and its log as a thief copies them. */
function copyOf(store: Store): string {
  const path = join(temporaryFolder(), 'data', 'gatehouse.sqlite');
  mkdirSync(dirname(path), { mode: 0o700 });
  store.emptyLog();
  copyFileSync(store.path, path);
  return path;
}

/** Puts one file's key, as it is wrapped there, into another: what an old copy is good for. */
function withKeyOf(copy: Store, into: Store): Store {
  const row = copy.get('SELECT wrappings_json FROM vault');
  const box = JSON.parse(String(into.get('SELECT wrappings_json FROM vault')?.wrappings_json)).box;
  const { passphrase: wrapping, recovery, vaultId } = JSON.parse(String(row?.wrappings_json));
  const json = JSON.stringify({ version: 2, vaultId, keyring: null, passphrase: wrapping, recovery, box });
  into.run('UPDATE vault SET wrappings_json = ?', json);
  return into;
}

test('an old copy and the old passphrase open nothing that is stored after the passphrase was changed', async () => {
  const store = temporaryStore();
  const vault = vaultIn(store);
  await vault.create(passphrase);
  vault.seal('a', 'form', 'first', here);
  const old = temporaryStore(copyOf(store));
  await vault.setPassphrase(passphrase, next);
  vault.seal('b', 'form', 'later', here);
  expect(vault.open('a', 'form', here)).toBe('first');

  const thief = vaultIn(old);
  await thief.unlock(passphrase);
  expect(thief.open('a', 'form', here)).toBe('first');
  // The thief has the new file, too, and puts the key that he knows into it.
  const stolen = withKeyOf(old, temporaryStore(copyOf(store)));
  for (const record of ['a', 'b']) {
    const sealed = stolen.get('SELECT sealed FROM secrets WHERE record_id = ?', record)?.sealed;
    old.run(
      'INSERT OR REPLACE INTO secrets (record_id, field, sealed) VALUES (?, ?, ?)',
      record,
      'form',
      sealed as Uint8Array,
    );
    expect(await failureOf(() => thief.open(record, 'form', here))).toMatchObject({ kind: 'vault-broken' });
  }
  expect(await failureOf(() => vaultIn(stolen).unlock(passphrase))).toMatchObject({ kind: 'vault-broken' });
});

test.each([
  ['from the keyring to a passphrase', null, next],
  ['from a passphrase to the keyring', passphrase, null],
])('the key is another one, and everything opens: %s', async (_, before, after) => {
  const store = temporaryStore();
  const keyring = createKeyring();
  const vault = vaultIn(store, cheapCost, keyring);
  await vault.create(before);
  vault.seal('a', 'form', 'secret', here);
  const row = vault.sealRow(['shifts.sealed', 'h1'], 'a shift');
  store.run('INSERT INTO shifts (id, sealed, created_at) VALUES (?, ?, 1)', 'h1', row);
  await vault.setPassphrase(before, after);
  const sealed = store.get('SELECT sealed FROM shifts')?.sealed as Uint8Array;
  expect(Buffer.from(sealed).equals(row)).toBe(false);
  expect(vault.openRow(['shifts.sealed', 'h1'], sealed)).toBe('a shift');
  expect(vault.openRow(['shifts.sealed', 'h1'], row)).toBeNull();
  const again = vaultIn(store, cheapCost, keyring);
  await again.unlock(after);
  expect(again.open('a', 'form', here)).toBe('secret');
});

test('every sealed column of the database is sealed anew', () => {
  const store = temporaryStore();
  const blobs = store
    .all("SELECT name FROM sqlite_schema WHERE type = 'table'")
    .flatMap(({ name }) =>
      store
        .all(`SELECT name FROM pragma_table_info('${name}') WHERE type = 'BLOB'`)
        .map((column) => `${name}.${column.name}`),
    );
  const marks = ['ledger.mac', 'ledger_head.locked_mac'];
  expect(blobs.filter((name) => !marks.includes(name)).sort()).toEqual(
    sealedColumns.map(({ table, column }) => `${table}.${column}`).sort(),
  );
});

test('while everything is sealed anew others have their turn, and what they write, replace and erase is as they left it', async () => {
  const store = temporaryStore();
  let begun = false;
  const vault = vaultIn({
    ...store,
    all(sql, ...values) {
      begun ||= changing && sql.includes('FROM secrets');
      return store.all(sql, ...values);
    },
  });
  let changing = false;
  await vault.create(passphrase);
  const big = 'x'.repeat(2_000);
  const ids = Array.from({ length: 6_000 }, (_, index) => `r${index + 1_000}`);
  store.transaction(() => {
    for (const id of ids) vault.seal(id, 'form', `${big}${id}`, here);
  });
  const late: Place = ['shifts.sealed', 'late'];
  const cpu = (since: NodeJS.CpuUsage) => {
    const { user, system } = process.threadCpuUsage(since);
    return (user + system) / 1000;
  };
  let turns = 0;
  let longest = 0;
  const began = process.threadCpuUsage();
  let before = began;
  const others = setInterval(() => {
    longest = Math.max(longest, cpu(before));
    before = process.threadCpuUsage();
    if (!begun) return;
    turns += 1;
    if (turns < 14) {
      // The first of all is sealed anew long before it is replaced for the last time.
      vault.seal(ids[0]!, 'form', `replaced ${turns}`, here);
      vault.seal(`new${turns}`, 'form', `new ${turns}`, here);
      vault.erase(ids[turns]!);
    } else if (turns === 14) {
      const sealed = vault.sealRow(late, 'a late row');
      store.run("INSERT INTO shifts (id, sealed, created_at) VALUES ('late', ?, 0)", sealed);
    }
  }, 1);
  changing = true;
  await vault.setPassphrase(passphrase, next);
  clearInterval(others);
  longest = Math.max(longest, cpu(before));
  const all = cpu(began);
  expect(turns).toBeGreaterThan(14);
  expect(longest).toBeLessThan(all / 2);

  const again = vaultIn(store);
  await again.unlock(next);
  expect(again.open(ids[0]!, 'form', here)).toBe('replaced 13');
  for (let turn = 1; turn < 14; turn += 1) {
    expect(again.open(`new${turn}`, 'form', here)).toBe(`new ${turn}`);
    expect(again.has(ids[turn]!, 'form')).toBe(false);
  }
  for (const id of ids.slice(14)) expect(again.open(id, 'form', here)).toBe(`${big}${id}`);
  const { sealed } = store.get("SELECT sealed FROM shifts WHERE id = 'late'") ?? {};
  expect(again.openRow(late, sealed as Uint8Array)).toBe('a late row');
});

test.each([
  ['another passphrase', (vault: Vault) => vault.setPassphrase(passphrase, next)],
  ['another recovery code', (vault: Vault) => vault.setRecovery(passphrase, true)],
])(
  'a lock during the change to %s, whose answer nobody would see, leaves all as it was',
  async (_, change) => {
    const store = temporaryStore();
    let begun = () => {};
    const vault = vaultIn({
      ...store,
      all(sql, ...values) {
        if (sql.includes('FROM secrets')) begun();
        return store.all(sql, ...values);
      },
    });
    await vault.create(passphrase, { recovery: true });
    vault.seal('r1', 'form', 'a secret', here);
    const late: Place = ['shifts.sealed', 'late'];
    begun = () => {
      begun = () => {};
      vault.lock();
      const sealed = vault.depositRow(late, 'while locked');
      store.run("INSERT INTO shifts (id, sealed, created_at) VALUES ('late', ?, 0)", sealed);
    };
    await expect(change(vault)).rejects.toMatchObject({ failure: { kind: 'cancelled' } });
    expect(vault.view()).toMatchObject({ state: 'locked', hasRecovery: true });
    for (const opened of [vault, vaultIn(store)]) {
      await expect(opened.unlock(next)).rejects.toMatchObject({ failure: { kind: 'refused-credentials' } });
      await opened.unlock(passphrase);
      expect(opened.open('r1', 'form', here)).toBe('a secret');
      const { sealed } = store.get("SELECT sealed FROM shifts WHERE id = 'late'") ?? {};
      expect(opened.openRow(late, sealed as Uint8Array, 'deposits')).toBe('while locked');
    }
  },
);

test('of many passphrases that come at once one is rated in a turn', async () => {
  const vault = vaultIn(temporaryStore());
  await vault.create(passphrase, { recovery: true });
  vault.lock();
  const long = Array.from({ length: 64 }, (_, at) =>
    String.fromCharCode(33 + ((at * 37 + 11 * at * at) % 90)),
  );
  const cpu = (since: NodeJS.CpuUsage) => {
    const { user, system } = process.threadCpuUsage(since);
    return (user + system) / 1000;
  };
  const began = process.threadCpuUsage();
  let before = began;
  let longest = 0;
  let asking = true;
  const look = () => {
    longest = Math.max(longest, cpu(before));
    before = process.threadCpuUsage();
    if (asking) setImmediate(look);
  };
  look();
  const tries = Array.from({ length: 12 }, () => failureOf(() => vault.recover('no code', long.join(''))));
  const kinds = (await Promise.all(tries)).map(({ kind }) => kind);
  asking = false;
  look();
  expect(kinds).toEqual(
    kinds.map(() => expect.stringMatching(/^(invalid|refused-credentials|rate-limited)$/)),
  );
  expect(longest).toBeLessThan(cpu(began) / 3);
});

test('a change that the disk refuses leaves the old passphrase and every secret as they were', async () => {
  const store = temporaryStore();
  const vault = vaultIn(store);
  await vault.create(passphrase);
  for (let index = 0; index < 200; index += 1) vault.seal(`r${index}`, 'form', 'x'.repeat(500), here);
  store.run("CREATE TEMP TRIGGER held BEFORE UPDATE ON vault BEGIN SELECT RAISE(ABORT, 'no'); END");
  await expect(vault.setPassphrase(passphrase, next)).rejects.toThrow();
  store.run('DROP TRIGGER held');
  expect(vault.open('r7', 'form', here)).toBe('x'.repeat(500));
  const again = vaultIn(store);
  expect(await failureOf(() => again.unlock(next))).toMatchObject({ kind: 'refused-credentials' });
  await again.unlock(passphrase);
  expect(again.open('r199', 'form', here)).toBe('x'.repeat(500));
});

test('a change that silently does nothing is no change', async () => {
  const store = temporaryStore();
  const vault = vaultIn(store);
  await vault.create(passphrase);
  store.run(
    'CREATE TEMP TRIGGER undo AFTER UPDATE ON vault BEGIN UPDATE vault SET wrappings_json = old.wrappings_json; END',
  );
  expect(await failureOf(() => vault.setPassphrase(passphrase, next))).toMatchObject({
    kind: 'vault-broken',
  });
  store.run('DROP TRIGGER undo');
  vault.lock();
  await vault.unlock(passphrase);
});

test.each([
  'password',
  '        ',
  'qwertyuiop',
  'gatehouse1',
  'ｐａｓｓｗｏｒｄ',
  'aaaaaaaaaaaa',
  '20.11.1984',
])('a passphrase that is easily guessed is refused by main: %j', async (weak) => {
  const vault = vaultIn(temporaryStore());
  const refused = { kind: 'invalid', fields: { passphrase: expect.any(String) } };
  expect(await failureOf(() => vault.create(weak))).toMatchObject(refused);
  expect(vault.view().state).toBe('new');
  await vault.create(passphrase);
  expect(await failureOf(() => vault.setPassphrase(passphrase, weak))).toMatchObject(refused);
});

test('a raised cost of scrypt takes effect at the next unlock', async () => {
  const store = temporaryStore();
  await vaultIn(store).create(passphrase);
  const costs = () =>
    JSON.parse(String(store.get('SELECT wrappings_json FROM vault')?.wrappings_json)).passphrase.cost;
  expect(costs()).toEqual(cheapCost);
  const raised = { N: 64, r: 1, p: 1 };
  const vault = vaultIn(store, raised);
  await vault.unlock(passphrase);
  await expect.poll(costs).toEqual(raised);
  vault.lock();
  await vault.unlock(passphrase);
  expect(await failureOf(() => vaultIn(store, raised).unlock('wrong passphrase'))).toMatchObject({
    kind: 'refused-credentials',
  });
});

test('a cost that is raised does not bring back a passphrase that was changed meanwhile', async () => {
  const store = temporaryStore();
  await vaultIn(store).create(passphrase);
  const vault = vaultIn(store, { N: 64, r: 1, p: 1 });
  const unlocking = vault.unlock(passphrase);
  const changing = vault.setPassphrase(passphrase, next);
  await Promise.all([unlocking, changing]);
  // What the unlock has left to do comes after the change.
  await vault.setRecovery(next, false);
  vault.lock();
  await vault.unlock(next);
});

test('the recovery code opens the vault, once, when the passphrase is lost', async () => {
  const store = temporaryStore();
  const vault = vaultIn(store);
  const { recoveryCode: code } = await vault.create(passphrase, { recovery: true });
  expect(code).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){6}[0-9A-HJKMNP-TV-Z]{4}$/);
  expect(vault.view().hasRecovery).toBe(true);
  vault.seal('a', 'form', 'secret', here);
  expect(JSON.stringify(store.all('SELECT * FROM vault'))).not.toContain(code!.slice(0, 9));

  const again = vaultIn(store);
  expect(await failureOf(() => again.unlock(code!))).toMatchObject({ kind: 'refused-credentials' });
  expect(await failureOf(() => again.recover('0000-0000', next))).toMatchObject({
    kind: 'refused-credentials',
    fields: { code: expect.any(String) },
  });
  expect(await failureOf(() => again.recover(code!, 'password'))).toMatchObject({ kind: 'invalid' });
  const typed = ` ${code!.toLowerCase().replaceAll('-', ' ').replaceAll('0', 'o').replaceAll('1', 'l')}`;
  const { recoveryCode: another } = await again.recover(typed, next);
  expect(again.open('a', 'form', here)).toBe('secret');
  expect(another).not.toBe(code);

  const third = vaultIn(store);
  expect(await failureOf(() => third.recover(code!, passphrase))).toMatchObject({
    kind: 'refused-credentials',
  });
  expect(await failureOf(() => third.unlock(passphrase))).toMatchObject({ kind: 'refused-credentials' });
  await third.unlock(next);
  expect(third.open('a', 'form', here)).toBe('secret');
});

test('wrong recovery codes cost the same wait as wrong passphrases', async () => {
  const store = temporaryStore();
  await vaultIn(store).create(passphrase, { recovery: true });
  const vault = vaultIn(store);
  for (let tries = 0; tries < 3; tries += 1) await failureOf(() => vault.recover('0000', next));
  expect(await failureOf(() => vault.unlock(passphrase))).toMatchObject({ kind: 'rate-limited' });
});

test('a recovery code is made, replaced and taken away with the passphrase only', async () => {
  const store = temporaryStore();
  const vault = vaultIn(store);
  expect(await vault.create(passphrase)).toEqual({ recoveryCode: null });
  expect(await failureOf(() => vault.recover('0000', next))).toMatchObject({ kind: 'not-found' });
  expect(await failureOf(() => vault.setRecovery('wrong passphrase', true))).toMatchObject({
    kind: 'refused-credentials',
  });
  const { recoveryCode: one } = await vault.setRecovery(passphrase, true);
  const { recoveryCode: two } = await vault.setRecovery(passphrase, true);
  expect(one).not.toBe(two);
  vault.lock();
  expect(await failureOf(() => vault.recover(one!, next))).toMatchObject({ kind: 'refused-credentials' });
  await vault.unlock(passphrase);
  expect(await vault.setRecovery(passphrase, false)).toEqual({ recoveryCode: null });
  expect(vault.view().hasRecovery).toBe(false);
  vault.lock();
  expect(await failureOf(() => vault.recover(two!, next))).toMatchObject({ kind: 'not-found' });
  // Changing the passphrase makes a new key, which an earlier code does not open.
  await vault.unlock(passphrase);
  const { recoveryCode: three } = await vault.setPassphrase(passphrase, next, { recovery: true });
  vault.lock();
  await vault.recover(three!, passphrase);
});

test('the lock forgets the keys, whatever the last look throws', async () => {
  const vault = vaultIn(temporaryStore());
  await vault.create(passphrase);
  vault.seal('a', 'form', 'secret', here);
  let seen: string | null = null;
  expect(() =>
    vault.lock(() => {
      expect(vault.view().state).toBe('locked');
      seen = vault.open('a', 'form', here);
      throw new Error('the disk is full');
    }),
  ).toThrow('the disk is full');
  expect(seen).toBe('secret');
  expect(vault.view().state).toBe('locked');
  expect(await failureOf(() => vault.open('a', 'form', here))).toMatchObject({ kind: 'vault-locked' });
});

test('a vault that could not be made leaves no letter box behind', async () => {
  const vault = vaultIn(temporaryStore());
  let fails = true;
  vault.whenOpen(() => {
    if (fails) throw new Error('a room of the test');
  });
  await expect(vault.create(passphrase)).rejects.toThrow('a room of the test');
  // What was put into it could never be taken out.
  expect(() => vault.depositRow(['ledger.sealed', 1, 1], 'text')).toThrow('no vault yet');
  fails = false;
  await vault.create(passphrase);
  expect(vault.view().state).toBe('unlocked');
});

test('a recovery code that was replaced, or taken away, opens nothing that is stored later, with an old copy neither', async () => {
  const store = temporaryStore();
  const vault = vaultIn(store);
  const { recoveryCode } = await vault.create(passphrase, { recovery: true });
  const before = store.get('SELECT wrappings_json FROM vault')?.wrappings_json;
  await vault.setRecovery(passphrase, true);
  vault.seal('later', 'form', 'secret', here);
  vault.lock();
  store.run('UPDATE vault SET wrappings_json = ?', before!);
  const thief = vaultIn(store);
  await thief.recover(recoveryCode!, next);
  expect(() => thief.open('later', 'form', here)).toThrow('damaged');
});
