import { dirname } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hashOf } from '../../../main/ledger/chain.ts';
import { aboutSession, createLedger, type LedgerEntry, ledgerEvents } from '../../../main/ledger/ledger.ts';
import { createSearch } from '../../../main/ledger/search.ts';
import { openStore, type Store } from '../../../main/store/store.ts';
import { createVault } from '../../../main/vault/vault.ts';
import { rawBytes, temporaryPath, temporaryStore } from '../store/temporary.ts';
import { cheapCost, createKeyring, passphrase, unlockedVault } from '../vault/keyrings.ts';

const account = { id: 'a1', label: 'Ada at Panel', vendor: 'enhance' };

const intact = (rows: number) => ({ ok: true, rows, unproved: 0, head: expect.any(String), kept: null });

async function filledLedger(store = temporaryStore()) {
  let now = 1_700_000_000_000;
  const vault = await unlockedVault(store);
  const ledger = createLedger({ store, vault, now: () => (now += 1000) });
  ledger.write({ actor: 'window', event: 'account-added', account });
  ledger.write({ actor: 'window', event: 'opened', account, sessionId: 's1', realmName: 'North' });
  ledger.write({ actor: 'timer', event: 'refreshed', account, sessionId: 's1', detail: '100% done_now' });
  ledger.write({ actor: 'tray', event: 'ending-ordered', account, sessionId: 's1' });
  ledger.write({
    actor: 'timer',
    event: 'confirmed',
    account,
    sessionId: 's1',
    detail: 'Ended at the panel',
  });
  return { store, vault, ledger };
}

test('a row carries all that was given, and follows the one before it', async () => {
  const { ledger } = await filledLedger();
  const [last, before] = await ledger.page({ limit: 2 });
  expect(last).toMatchObject({
    seq: 5,
    at: 1_700_000_005_000,
    actor: 'timer',
    event: 'confirmed',
    accountId: 'a1',
    accountLabel: 'Ada at Panel',
    vendor: 'enhance',
    sessionId: 's1',
    realmName: null,
    detail: 'Ended at the panel',
  });
  expect(last?.hash).toMatch(/^[0-9a-f]{64}$/);
  const exported = [...ledger.exportJsonLines()].map((line) => JSON.parse(line));
  expect(exported.at(-1)).toEqual({ ...last, previousHash: before?.hash });
  expect(await ledger.verify()).toEqual(intact(5));
});

test('pages go backwards, filter by event and search without regard to case or wildcards', async () => {
  const { ledger } = await filledLedger();
  const seqs = async (filter: Parameters<typeof ledger.page>[0]) =>
    (await ledger.page(filter)).map((row) => row.seq);
  expect(await seqs({ limit: 2 })).toEqual([5, 4]);
  expect(await seqs({ limit: 2, before: 4 })).toEqual([3, 2]);
  expect(await seqs({ limit: 9, event: 'opened' })).toEqual([2]);
  expect(await seqs({ limit: 9, text: 'ADA' })).toEqual([5, 4, 3, 2, 1]);
  expect(await seqs({ limit: 9, text: 'north' })).toEqual([2]);
  expect(await seqs({ limit: 9, text: '100%' })).toEqual([3]);
  expect(await seqs({ limit: 9, text: '%' })).toEqual([3]);
  expect(await seqs({ limit: 9, text: 'done_' })).toEqual([3]);
  expect(await seqs({ limit: 9, text: '_' })).toEqual([3]);
  expect(await seqs({ limit: 9, text: '\\' })).toEqual([]);
  expect(await seqs({ limit: 9, text: 'panel', event: 'confirmed' })).toEqual([5]);
});

test('an earlier hash that somebody kept is found, or is not', async () => {
  const { ledger } = await filledLedger();
  const [last, , third] = await ledger.page({ limit: 3 });
  expect(ledger.head()).toEqual({ rows: 5, hash: last?.hash });
  expect(await ledger.verify(` ${third?.hash.toUpperCase()}\n`)).toMatchObject({
    ok: true,
    kept: { seq: 3 },
  });
  expect(await ledger.verify('f'.repeat(64))).toMatchObject({ ok: true, kept: 'unknown', head: last?.hash });
});

/** The file as it is, with a vault that opens it; `cut` what a thief or forger does to it in between. */
function reopened(store: Store, keyring = createKeyring()) {
  const vault = createVault({ store, safeStorage: keyring, now: () => 0, cost: cheapCost });
  const ledger = createLedger({ store, vault, now: () => 5 });
  return { vault, ledger };
}

test.each([
  [
    'a changed row',
    ['UPDATE ledger SET sealed = (SELECT sealed FROM ledger WHERE seq = 2) WHERE seq = 3'],
    3,
  ],
  [
    'a changed byte',
    [
      "UPDATE ledger SET sealed = unhex(substr(hex(sealed), 1, 60) || '00' || substr(hex(sealed), 63)) WHERE seq = 2",
    ],
    2,
  ],
  ['a changed time', ['UPDATE ledger SET at = at + 1 WHERE seq = 1'], 1],
  ['a removed row', ['DELETE FROM ledger WHERE seq = 2'], 2],
  ['a removed first row', ['DELETE FROM ledger WHERE seq = 1'], 1],
  [
    'a removed row, the rest moved up',
    ['DELETE FROM ledger WHERE seq = 3', 'UPDATE ledger SET seq = seq - 1 WHERE seq > 3'],
    3,
  ],
  [
    'two rows swapped',
    [
      'UPDATE ledger SET seq = 90 WHERE seq = 2',
      'UPDATE ledger SET seq = 2 WHERE seq = 3',
      'UPDATE ledger SET seq = 3 WHERE seq = 90',
    ],
    2,
  ],
  [
    'a row put in before the first',
    ['INSERT INTO ledger SELECT 0, at, sealed, mac FROM ledger WHERE seq = 1'],
    0,
  ],
  ['a row put in at the end', ['INSERT INTO ledger SELECT 6, at, sealed, mac FROM ledger WHERE seq = 5'], 6],
  ['the end cut off', ['DELETE FROM ledger WHERE seq > 3'], 4],
  ['all rows removed', ['DELETE FROM ledger'], 1],
  ['the mark of the end removed', ['DELETE FROM ledger_head'], 5],
  ['the mark of the end forged', ['UPDATE ledger_head SET sealed = zeroblob(80)'], 5],
])('verify names the first bad row, at once and after a restart: %s', async (_, changes, seq) => {
  const { store, ledger } = await filledLedger();
  for (const change of changes) store.run(change);
  const bad = { ok: false, seq, why: expect.any(String) };
  if (!changes[0]?.includes('ledger_head')) expect(await ledger.verify()).toEqual(bad);
  const again = reopened(store);
  await again.vault.unlock(passphrase);
  expect(await again.ledger.verify()).toEqual(bad);
  again.ledger.write({ actor: 'window', event: 'opened' });
  expect(await again.ledger.verify()).toMatchObject({ ok: false, seq: Math.min(seq, 6) });
});

test('a row deleted, and the chain and its end computed anew, is found: nobody else can make the seals', async () => {
  const { store, ledger } = await filledLedger();
  // The forger has a vault of his own and does everything as Gatehouse does.
  const forger = await filledLedger();
  forger.store.run('DELETE FROM ledger WHERE seq = 5');
  for (const table of ['ledger', 'ledger_head'] as const) {
    store.run(`DELETE FROM ${table}`);
    for (const row of forger.store.all(`SELECT * FROM ${table}`)) {
      const names = Object.keys(row);
      store.run(
        `INSERT INTO ${table} (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`,
        ...Object.values(row),
      );
    }
  }
  expect(await ledger.verify()).toMatchObject({ ok: false, seq: 1 });
});

test('a cut-off end stays visible when rows are written after it', async () => {
  const { store, ledger } = await filledLedger();
  store.run('DELETE FROM ledger WHERE seq > 3');
  ledger.write({ actor: 'window', event: 'opened' });
  ledger.write({ actor: 'window', event: 'ended' });
  expect(await ledger.verify()).toMatchObject({ ok: false, seq: 4 });
});

test('any rows make a sound chain, and any single change to one is found', async () => {
  const text = fc.option(fc.string({ unit: 'binary', maxLength: 300 }), { nil: undefined });
  const entry: fc.Arbitrary<LedgerEntry> = fc.record(
    {
      actor: fc.constantFrom('window', 'tray', 'shift', 'timer', 'start'),
      event: fc.constantFrom(...ledgerEvents),
      account: fc.record({
        id: fc.uuid(),
        label: fc.string({ unit: 'binary' }),
        vendor: fc.constant('koyeb'),
      }),
      sessionId: fc.uuid(),
      realmName: text,
      detail: text,
    },
    { requiredKeys: ['actor', 'event'] },
  );
  await fc.assert(
    fc.asyncProperty(
      fc.array(entry, { minLength: 1, maxLength: 8 }),
      fc.nat(),
      fc.nat(),
      async (entries, pick, where) => {
        const store = openStore(temporaryPath(), { now: () => 0 });
        try {
          const ledger = createLedger({ store, vault: await unlockedVault(store), now: () => 1 });
          for (const one of entries) ledger.write(one);
          expect(await ledger.verify()).toEqual(intact(entries.length));
          const seq = (pick % entries.length) + 1;
          const sealed = Buffer.from(
            store.get('SELECT sealed FROM ledger WHERE seq = ?', seq)?.sealed as Uint8Array,
          );
          const at = where % sealed.length;
          sealed[at] = sealed[at]! ^ 1;
          store.run('UPDATE ledger SET sealed = ? WHERE seq = ?', sealed, seq);
          expect(await ledger.verify()).toMatchObject({ ok: false, seq });
        } finally {
          store.close();
        }
      },
    ),
    { numRuns: 25 },
  );
});

describe('many rows', () => {
  /** Rows that are sealed one by one, and before them pages of many. */
  async function longLedger(rows = 1_300) {
    const store = temporaryStore();
    const vault = await unlockedVault(store);
    let at = 0;
    const ledger = createLedger({ store, vault, now: () => (at += 1) });
    store.transaction(() => {
      for (let row = 1; row <= rows; row += 1) {
        ledger.write({
          actor: row % 100 === 0 ? 'tray' : 'window',
          event: row === 7 ? 'copied' : 'opened',
          account: { ...account, label: `Ada “${row}” of \\ Panel` },
          detail: `detail ${row}`,
        });
      }
    });
    return { store, vault, ledger };
  }

  test('are sealed together, and read, searched and checked as before', async () => {
    const { store, vault, ledger } = await longLedger();
    expect(Number(store.get('SELECT count(*) AS n FROM ledger_pages')?.n)).toBeGreaterThan(2);
    expect(Number(store.get('SELECT count(*) AS n FROM ledger')?.n)).toBeLessThanOrEqual(512);
    expect(await ledger.verify()).toEqual(intact(1_300));
    const seqs = async (filter: Parameters<typeof ledger.page>[0]) =>
      (await ledger.page(filter)).map((row) => row.seq);
    expect(await seqs({ limit: 3 })).toEqual([1_300, 1_299, 1_298]);
    const all: number[] = [];
    for (let before: number | undefined; ; before = all.at(-1)) {
      const found = await seqs({ limit: 97, ...(before === undefined ? {} : { before }) });
      if (found.length === 0) break;
      all.push(...found);
    }
    expect(all).toEqual(Array.from({ length: 1_300 }, (_, index) => 1_300 - index));
    expect(await seqs({ limit: 9, event: 'copied' })).toEqual([7]);
    expect((await seqs({ limit: 9, text: 'DETAIL 7' })).slice(0, 2)).toEqual([799, 798]);
    expect(await seqs({ limit: 9, text: '“7” of \\' })).toEqual([7]);
    expect(await seqs({ limit: 99, text: 'tray' })).toHaveLength(13);
    const again = createLedger({ store, vault, now: () => 1 });
    expect(await again.verify()).toEqual(intact(1_300));
  });

  test('a check lets others in, who may write and have rows sealed together meanwhile', async () => {
    const { store, ledger } = await longLedger(10_000);
    let turns = 0;
    const writer = setInterval(() => {
      // On a busy machine the check would never come to the end of a ledger that grows on.
      if (turns === 20) return;
      turns += 1;
      store.transaction(() => {
        for (let row = 0; row < 300; row += 1) ledger.write({ actor: 'timer', event: 'refreshed' });
      });
    }, 1);
    const verdict = await ledger.verify();
    clearInterval(writer);
    expect(turns).toBeGreaterThan(0);
    expect(verdict).toMatchObject({ ok: true, unproved: 0 });
    expect(await ledger.verify()).toEqual(intact(10_000 + turns * 300));
  });

  test('a search lets others in, who may write meanwhile', async () => {
    const { ledger } = await longLedger(10_000);
    let turns = 0;
    const writer = setInterval(() => {
      turns += 1;
      ledger.write({ actor: 'timer', event: 'refreshed' });
    }, 1);
    const found = await ledger.page({ limit: 50_000, text: 'detail' });
    clearInterval(writer);
    expect(turns).toBeGreaterThan(0);
    expect(found.map(({ seq }) => seq)).toEqual(Array.from({ length: 10_000 }, (_, index) => 10_000 - index));
  });

  test('rows that are sealed together between any two steps of a search are found once, in their order', async () => {
    const { store, vault, ledger } = await longLedger();
    for (const stop of [1, 63, 64, 100, 400]) {
      const end = ledger.head().rows;
      const steps = createSearch(store, vault)({ limit: 50_000 });
      let step = steps.next();
      for (let done = 0; !step.done; done += 1) {
        if (done === stop) {
          store.transaction(() => {
            for (let row = 0; row < 512; row += 1) ledger.write({ actor: 'timer', event: 'refreshed' });
          });
        }
        step = steps.next();
      }
      expect(step.value.map(({ seq }) => seq)).toEqual(
        Array.from({ length: end }, (_, index) => end - index),
      );
    }
  });

  test('a search that a lock comes into is given up', async () => {
    const { vault, ledger } = await longLedger(10_000);
    const searching = ledger.page({ limit: 50, text: 'nowhere' });
    vault.lock();
    await expect(searching).rejects.toThrow(/locked/);
  });

  test('a check that a lock comes into is given up', async () => {
    const { vault, ledger } = await longLedger(10_000);
    const checking = ledger.verify();
    vault.lock();
    await expect(checking).rejects.toThrow(/locked/);
  });

  test('an export that is read while rows are sealed together has each of them once', async () => {
    const { ledger } = await longLedger(700);
    const seen: number[] = [];
    for (const line of ledger.exportJsonLines()) {
      seen.push(JSON.parse(line).seq);
      if (seen.length === 300) {
        for (let row = 0; row < 600; row += 1) ledger.write({ actor: 'timer', event: 'refreshed' });
      }
    }
    expect(seen).toEqual(Array.from({ length: 700 }, (_, index) => index + 1));
  });

  test.each([
    ['a page removed', 'DELETE FROM ledger_pages WHERE first = 257', 257],
    ['a page changed', 'UPDATE ledger_pages SET sealed = zeroblob(400) WHERE first = 257', 257],
    ['the first page removed', 'DELETE FROM ledger_pages WHERE first = 1', 1],
    ['a page that says that it holds more', 'UPDATE ledger_pages SET last = last + 1 WHERE first = 257', 257],
  ])('verify names the first bad row: %s', async (_, change, seq) => {
    const { store, ledger } = await longLedger();
    store.run(change);
    expect(await ledger.verify()).toMatchObject({ ok: false, seq });
    // What is sound is still shown.
    expect((await ledger.page({ limit: 5, before: 200 })).length).toBe(seq === 1 ? 0 : 5);
  });
});

describe('while the vault is locked', () => {
  async function lockedLedger() {
    const filled = await filledLedger();
    filled.vault.lock();
    filled.ledger.write({ actor: 'window', event: 'vault-locked' });
    filled.ledger.write({ actor: 'timer', event: 'confirmed', account, detail: 'canary while locked' });
    filled.ledger.write({ actor: 'timer', event: 'ended', account });
    return filled;
  }

  test('rows go on, can be read by nobody, and are proved after the unlock', async () => {
    const { store, vault, ledger } = await lockedLedger();
    await expect(ledger.page({ limit: 1 })).rejects.toThrow(/locked/);
    await expect(ledger.verify()).rejects.toThrow(/locked/);
    expect(rawBytes(dirname(store.path)).includes('canary')).toBe(false);
    await vault.unlock(passphrase);
    ledger.write({ actor: 'window', event: 'vault-unlocked' });
    expect(await ledger.verify()).toEqual(intact(9));
    expect((await ledger.page({ limit: 3 })).map((row) => row.event)).toEqual([
      'vault-unlocked',
      'ended',
      'confirmed',
    ]);
    vault.lock();
    ledger.write({ actor: 'window', event: 'vault-locked' });
    await vault.unlock(passphrase);
    expect(await ledger.verify()).toEqual(intact(10));
  });

  test('they are proved after a crash, too', async () => {
    const { store } = await lockedLedger();
    const again = reopened(store);
    await again.vault.unlock(passphrase);
    expect(await again.ledger.verify()).toEqual(intact(8));
  });

  test('a change that was undone leaves nothing behind', async () => {
    const { store, vault, ledger } = await lockedLedger();
    expect(() =>
      store.transaction(() => {
        ledger.write({ actor: 'timer', event: 'failed' });
        ledger.write({ actor: 'timer', event: 'failed' });
        throw new Error('no');
      }),
    ).toThrow('no');
    ledger.write({ actor: 'timer', event: 'expired' });
    await vault.unlock(passphrase);
    expect(await ledger.verify()).toEqual(intact(9));
    expect((await ledger.page({ limit: 1 }))[0]?.event).toBe('expired');
  });

  test.each([
    ['a removed row', 'DELETE FROM ledger WHERE seq = 7', 7],
    ['the end cut off', 'DELETE FROM ledger WHERE seq > 6', 7],
    ['a changed time', 'UPDATE ledger SET at = at + 1 WHERE seq = 6', 6],
    ['a mark taken away', 'UPDATE ledger SET mac = NULL WHERE seq = 7', 7],
    [
      'another row in its place',
      'UPDATE ledger SET sealed = (SELECT sealed FROM ledger WHERE seq = 6) WHERE seq = 7',
      7,
    ],
    ['the last row removed', 'DELETE FROM ledger WHERE seq = 8', 8],
  ])('what is done to them in the meantime is named: %s', async (_, change, seq) => {
    const { store, vault, ledger } = await lockedLedger();
    store.run(change);
    await vault.unlock(passphrase);
    expect(await ledger.verify()).toMatchObject({ ok: false, seq });
    ledger.write({ actor: 'window', event: 'vault-unlocked' });
    expect(await ledger.verify()).toMatchObject({ ok: false, seq });
    const again = reopened(store);
    await again.vault.unlock(passphrase);
    expect(await again.ledger.verify()).toMatchObject({ ok: false, seq });
  });

  test('a row that somebody seals into the letter box in the place of ours is found', async () => {
    const { store, vault, ledger } = await lockedLedger();
    const found = store.get('SELECT at FROM ledger WHERE seq = 7');
    const entry = { actor: 'timer', event: 'ended', accountId: null, accountLabel: null, vendor: null };
    const text = JSON.stringify({ ...entry, sessionId: null, realmName: null, detail: 'forged' });
    const forged = vault.depositRow(['ledger.sealed', 7, Number(found?.at)], text);
    store.run('UPDATE ledger SET sealed = ? WHERE seq = 7', forged);
    await vault.unlock(passphrase);
    expect(await ledger.verify()).toMatchObject({ ok: false, seq: 7 });
  });

  test('rows from before the first unlock of a start are kept, and counted as not proved', async () => {
    const { store } = await filledLedger();
    const again = reopened(store);
    again.ledger.write({
      actor: 'tray',
      event: 'ending-ordered',
      account: { id: 'a1', label: '', vendor: '' },
    });
    await again.vault.unlock(passphrase);
    again.ledger.write({ actor: 'window', event: 'vault-unlocked' });
    expect(await again.ledger.verify()).toMatchObject({ ok: true, rows: 7, unproved: 1 });
    expect((await again.ledger.page({ limit: 2 }))[1]).toMatchObject({
      event: 'ending-ordered',
      accountId: 'a1',
    });
  });

  test('a new key in between changes nothing of what is proved', async () => {
    const { vault, ledger } = await lockedLedger();
    await vault.unlock(passphrase);
    await vault.setPassphrase(passphrase, 'seven quiet lamps on a hill');
    expect(await ledger.verify()).toEqual(intact(8));
    vault.lock();
    ledger.write({ actor: 'window', event: 'vault-locked' });
    await vault.unlock('seven quiet lamps on a hill');
    expect(await ledger.verify()).toEqual(intact(9));
  });
});

test('nothing of a row lies in the file but its number, its time and its size', async () => {
  const store = temporaryStore();
  const { ledger } = await filledLedger(store);
  store.emptyLog();
  const raw = rawBytes(dirname(store.path));
  for (const word of ['Ada at Panel', 'enhance', 'North', 'Ended at', 'confirmed', ledger.head().hash]) {
    expect(raw.includes(word), word).toBe(false);
  }
});

test('details are one short line', async () => {
  const { ledger } = await filledLedger();
  ledger.write({ actor: 'window', event: 'failed', detail: `first\r\nsecond\0 ${'x'.repeat(500)}` });
  const detail = (await ledger.page({ limit: 1 }))[0]?.detail ?? '';
  expect(detail).toMatch(/^first second +x+…$/);
  expect([...detail]).toHaveLength(200);
});

test('what a row is not about is null, and a session is named whole', async () => {
  const { ledger } = await filledLedger();
  const session = { id: 's9', accountId: 'a9', vendor: 'koyeb', realmName: null, person: null };
  const nine = { label: 'Nine', identity: 'nora@koyeb.example' };
  ledger.write({ actor: 'shift', event: 'opened', ...aboutSession(session, nine), detail: '' });
  expect((await ledger.page({ limit: 1 }))[0]).toMatchObject({
    actor: 'shift',
    event: 'opened',
    accountId: 'a9',
    accountLabel: 'Nine',
    vendor: 'koyeb',
    sessionId: 's9',
    realmName: null,
    detail: null,
    signedInAs: 'nora@koyeb.example',
    subjectId: null,
    subjectName: null,
  });
});

test('a row says who was signed in, who used the computer and on whom it was done; all of it is searched, and proved', async () => {
  const store = temporaryStore();
  const vault = await unlockedVault(store);
  const operator = { user: 'dana', machine: 'desk-7' };
  const ledger = createLedger({ store, vault, now: () => 5, operator });
  const who = { ...account, identity: 'ada@panel.example' };
  const subject = { id: 'login-7', name: 'Olga Berg, olga@fjord.example' };
  ledger.write({ actor: 'window', event: 'admin', account: who, signedInAs: 'Ada Holm', subject });
  ledger.write({ actor: 'window', event: 'account-changed', account: who });
  ledger.write({ actor: 'timer', event: 'vault-locked' });
  const [locked, changed, admin] = await ledger.page({ limit: 3 });
  const here = { osUser: 'dana', machine: 'desk-7' };
  expect(admin).toMatchObject({
    ...here,
    signedInAs: 'Ada Holm',
    subjectId: 'login-7',
    subjectName: 'Olga Berg, olga@fjord.example',
  });
  expect(changed).toMatchObject({ ...here, signedInAs: 'ada@panel.example', subjectId: null });
  expect(locked).toMatchObject({ ...here, signedInAs: null });
  for (const text of ['OLGA@fjord', 'login-7', 'ada holm'])
    expect((await ledger.page({ limit: 9, text })).map(({ seq }) => seq)).toEqual([1]);
  expect((await ledger.page({ limit: 9, text: 'desk-7' })).map(({ seq }) => seq)).toEqual([3, 2, 1]);
  expect(await ledger.verify()).toEqual(intact(3));
  expect(rawBytes(dirname(store.path)).includes('olga')).toBe(false);

  // What the hash is over: another name in the row is another hash.
  const { hash: _, ...row } = { ...admin!, previousHash: '0'.repeat(64) };
  expect(hashOf(row)).toBe(admin?.hash);
  expect(hashOf({ ...row, subjectName: 'Somebody else' })).not.toBe(admin?.hash);
  expect(hashOf({ ...row, osUser: null })).not.toBe(admin?.hash);
});

test('days, accounts, people and a session narrow what is shown, in single rows and in pages', async () => {
  const store = temporaryStore();
  const vault = await unlockedVault(store);
  let now = 0;
  const operator = { user: 'dana', machine: 'desk-7' };
  const ledger = createLedger({ store, vault, now: () => (now += 1000), operator });
  for (let n = 1; n <= 600; n += 1) {
    ledger.write({
      actor: 'window',
      event: n % 2 ? 'opened' : 'admin',
      account: {
        id: `account-${n % 3}`,
        label: 'Panel',
        vendor: 'enhance',
        identity: `nora${n % 5}@desk.example`,
      },
      sessionId: `session-${n % 100}`,
      subject: n % 50 === 0 ? { id: `p${n}`, name: `Olga "the ${n}", olga@fjord.example` } : null,
      detail: 'olga is in the detail',
    });
  }
  const seqs = async (filter: Omit<Parameters<typeof ledger.page>[0], 'limit'>) =>
    (await ledger.page({ limit: 1000, ...filter })).map(({ seq }) => seq);
  const those = (fits: (seq: number) => boolean) =>
    Array.from({ length: 600 }, (_, at) => 600 - at).filter(fits);
  expect(await seqs({ from: 100_000, until: 103_000 })).toEqual([102, 101, 100]);
  expect(await seqs({ accounts: ['account-1', 'account-2'] })).toEqual(those((seq) => seq % 3 !== 0));
  expect(await seqs({ accounts: [] })).toEqual([]);
  expect(await seqs({ sessionId: 'session-7' })).toEqual(those((seq) => seq % 100 === 7));
  expect(await seqs({ person: 'OLGA' })).toEqual(those((seq) => seq % 50 === 0));
  expect(await seqs({ person: '"the 50"' })).toEqual([50]);
  expect(await seqs({ person: 'p150' })).toEqual([150]);
  expect(await seqs({ person: 'nora3@' })).toEqual(those((seq) => seq % 5 === 3));
  expect(await seqs({ person: 'dana' })).toHaveLength(600);
  expect(await seqs({ person: 'nora0', event: 'admin', accounts: ['account-0'], until: 61_000 })).toEqual([
    60, 30,
  ]);
});

test('a row of a locked time says who used the computer, and is named with its account at the unlock', async () => {
  const store = temporaryStore();
  const vault = await unlockedVault(store);
  const ledger = createLedger({
    store,
    vault,
    now: () => 5,
    account: () => ({ ...account, identity: 'ada@panel.example' }),
    operator: { user: 'dana', machine: 'desk-7' },
  });
  ledger.write({ actor: 'window', event: 'opened' });
  vault.lock();
  ledger.write({ actor: 'timer', event: 'confirmed', account: { id: 'a1', label: '', vendor: '' } });
  await vault.unlock(passphrase);
  expect((await ledger.page({ limit: 1 }))[0]).toMatchObject({
    accountLabel: 'Ada at Panel',
    signedInAs: 'ada@panel.example',
    osUser: 'dana',
    machine: 'desk-7',
  });
  expect(await ledger.verify()).toEqual(intact(2));
});

test('a row that belongs to a change that failed is not written', async () => {
  const { store, ledger } = await filledLedger();
  expect(() =>
    store.transaction(() => {
      ledger.write({ actor: 'window', event: 'opened' });
      throw new Error('no');
    }),
  ).toThrow('no');
  expect(await ledger.verify()).toEqual(intact(5));
});
