import { expect, test } from 'vitest';
import { createLedger } from '../../../main/ledger/ledger.ts';
import type { Store } from '../../../main/store/store.ts';
import { createVault } from '../../../main/vault/vault.ts';
import { temporaryStore } from '../store/temporary.ts';
import { cheapCost, createKeyring, passphrase } from '../vault/keyrings.ts';

/* Whoever can write to the file can take an older ledger back; whatever else is done to it is named, and stops nothing. */

const keyring = createKeyring();
const account = { id: 'a1', label: 'Ada at Panel', vendor: 'enhance' };

function roomsOf(store: Store) {
  const vault = createVault({ store, safeStorage: keyring, now: () => 0, cost: cheapCost });
  const ledger = createLedger({ store, vault, now: () => 1_700_000_000_000 });
  return { store, vault, ledger };
}

async function filled(rows: number) {
  const rooms = roomsOf(temporaryStore());
  await rooms.vault.create(passphrase);
  rooms.store.transaction(() => write(rooms, rows));
  return rooms;
}

function write({ ledger }: Pick<ReturnType<typeof roomsOf>, 'ledger'>, rows: number) {
  for (let row = 0; row < rows; row += 1) ledger.write({ actor: 'window', event: 'opened', account });
}

/** A new start on the same file. */
async function again(store: Store) {
  const rooms = roomsOf(store);
  await rooms.vault.unlock(passphrase);
  return rooms;
}

type Stored = Record<string, string | number | Uint8Array | null>;
const rowsOf = (store: Store, table: string) => store.all(`SELECT * FROM ${table}`) as Stored[];

function putBack(store: Store, table: string, rows: Stored[]) {
  store.run(`DELETE FROM ${table}`);
  for (const row of rows) {
    const marks = Object.keys(row).map(() => '?');
    store.run(`INSERT INTO ${table} VALUES (${marks.join(', ')})`, ...Object.values(row));
  }
}

test.each([
  ['no JSON', 'nothing that can be parsed'],
  ['another shape', '{"actor":7}'],
  ['nothing', ''],
])('a letter of somebody that holds %s is named, and the ledger goes on', async (_, text) => {
  const { store, vault } = await filled(3);
  vault.lock();
  const sealed = vault.depositRow(['ledger.sealed', 4, 5], text);
  store.run('INSERT INTO ledger (seq, at, sealed) VALUES (4, 5, ?)', sealed);
  const after = await again(store);
  write(after, 2);
  expect(await after.ledger.verify()).toMatchObject({ ok: false, seq: 4 });
  expect(await after.ledger.page({ limit: 9 })).toHaveLength(5);
});

test.each([
  ['ledger', 'INSERT INTO ledger SELECT ?, at, sealed, mac FROM ledger WHERE seq = 1'],
  ['ledger_pages', "INSERT INTO ledger_pages VALUES (900, ?, x'01')"],
])('a row far out in %s leaves numbers for ours', async (_, insert) => {
  for (const far of [9_007_199_254_740_991n, 9_223_372_036_854_775_807n, 4_503_599_627_370_496n]) {
    const rooms = await filled(3);
    rooms.store.run(insert, far);
    write(rooms, 2);
    rooms.vault.lock();
    write(rooms, 2);
    const after = await again(rooms.store);
    write(after, 2);
    expect(await after.ledger.verify()).toMatchObject({ ok: false });
    expect(await after.ledger.page({ limit: 99 })).toHaveLength(9);
  }
});

test('a page where the next one is due keeps no row from being written', async () => {
  const rooms = await filled(300);
  rooms.store.run("INSERT INTO ledger_pages VALUES (1, 256, x'01')");
  rooms.store.transaction(() => write(rooms, 600));
  expect(rooms.ledger.head().rows).toBe(900);
  expect(await rooms.ledger.verify()).toMatchObject({ ok: false, seq: 1 });
});

test('a ledger that was taken away is no new one', async () => {
  const { store, vault } = await filled(5);
  vault.seal('a1', 'form', '{}', { accountId: 'a1', vendor: 'v', origin: 'https://v.example' });
  for (const table of ['ledger', 'ledger_pages', 'ledger_head']) store.run(`DELETE FROM ${table}`);
  const after = await again(store);
  write(after, 1);
  expect(await after.ledger.verify()).toMatchObject({ ok: false });
});

test.each(['at once', 'after a new start', 'after a new key'])(
  'an older end of the ledger is found while the rows stay, %s',
  async (when) => {
    const rooms = await filled(300);
    const older = rowsOf(rooms.store, 'ledger_head');
    rooms.store.transaction(() => write(rooms, 600));
    if (when === 'after a new key')
      await rooms.vault.setPassphrase(passphrase, 'quite another horse battery');
    putBack(rooms.store, 'ledger_head', older);
    if (when === 'after a new start') {
      const after = await again(rooms.store);
      expect(await after.ledger.verify()).toMatchObject({ ok: false });
      return;
    }
    expect(await rooms.ledger.verify()).toMatchObject({ ok: false });
    write(rooms, 3);
    expect(await rooms.ledger.verify()).toMatchObject({ ok: false });
  },
);

test('a row, or a page, in two places is found', async () => {
  const rooms = await filled(3);
  const early = rowsOf(rooms.store, 'ledger');
  rooms.store.transaction(() => write(rooms, 900));
  expect(await rooms.ledger.verify()).toMatchObject({ ok: true, rows: 903 });
  const { seq, at, sealed, mac } = early[0]!;
  rooms.store.run('INSERT INTO ledger VALUES (?, ?, ?, ?)', seq!, at!, sealed!, mac!);
  expect(await rooms.ledger.verify()).toMatchObject({ ok: false, seq: 1 });
  rooms.store.run('DELETE FROM ledger WHERE seq = 1');
  rooms.store.run(
    'UPDATE ledger_pages SET sealed = (SELECT sealed FROM ledger_pages WHERE first = 257) WHERE first = 1',
  );
  expect(await rooms.ledger.verify()).toMatchObject({ ok: false, seq: 1 });
});

test.each([
  ['gone', 'NULL', null],
  ['lower', '6', null],
  ['higher', '99', { ok: false }],
])('of a locked time whose end is %s, no row counts as proved that was not', async (_, rows, verdict) => {
  const rooms = await filled(5);
  rooms.vault.lock();
  write(rooms, 4);
  rooms.store.run(`UPDATE ledger_head SET locked_rows = ${rows}`);
  const after = await again(rooms.store);
  const found = await after.ledger.verify();
  if (verdict) expect(found).toMatchObject(verdict);
  // A lower end has no mark of its own; without any, each row that is left is one that anybody could have written.
  else if (rows === 'NULL') expect(found).toMatchObject({ ok: true, rows: 9, unproved: 4 });
  else expect(found).toMatchObject({ ok: false });
});

test('rows of a locked time that a new key follows are proved; one taken away is found', async () => {
  for (const cut of [false, true]) {
    const rooms = await filled(5);
    const changing = rooms.vault.setPassphrase(passphrase, 'quite another horse battery');
    await new Promise(setImmediate);
    rooms.vault.lock();
    write(rooms, 4);
    await changing;
    write(rooms, 4);
    if (cut) rooms.store.run('DELETE FROM ledger WHERE seq = 13');
    await rooms.vault.unlock('quite another horse battery');
    expect(await rooms.ledger.verify()).toMatchObject(
      cut ? { ok: false, seq: 13 } : { ok: true, rows: 13, unproved: 0 },
    );
  }
});

/** As a disk that is full only when the transaction is written. */
function refused(store: Store, work: () => void) {
  expect(() =>
    store.transaction(() => {
      work();
      store.atCommit(() => {
        throw new Error('The disk refused.');
      });
    }),
  ).toThrow('The disk refused.');
}

test('what the disk refused at the very end was never written: the chain goes on from what is there', async () => {
  const rooms = await filled(3);
  refused(rooms.store, () => write(rooms, 2));
  write(rooms, 1);
  refused(rooms.store, () => write(rooms, 1));
  write(rooms, 1);
  expect(await rooms.ledger.verify()).toMatchObject({ ok: true, rows: 5 });
  expect(await (await again(rooms.store)).ledger.verify()).toMatchObject({ ok: true, rows: 5 });
});

test('a locked time that the disk refused to take up is taken up later', async () => {
  const rooms = await filled(3);
  rooms.vault.lock();
  write(rooms, 3);
  await rooms.vault.unlock(passphrase);
  refused(rooms.store, () => write(rooms, 1));
  write(rooms, 1);
  expect(await rooms.ledger.verify()).toMatchObject({ ok: true, rows: 7, unproved: 0 });
});
