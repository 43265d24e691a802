import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createLedger, type LedgerEntry, ledgerEvents } from '../../../main/ledger/ledger.ts';
import { openStore } from '../../../main/store/store.ts';
import { temporaryPath, temporaryStore } from '../store/temporary.ts';

const account = { id: 'a1', label: 'Ada at Panel', vendor: 'enhance' };

function filledLedger() {
  let now = 1_700_000_000_000;
  const store = temporaryStore();
  const ledger = createLedger({ store, now: () => (now += 1000) });
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
  return { store, ledger };
}

test('a row carries all that was given, and follows the one before it', () => {
  const { ledger } = filledLedger();
  const [last, before] = ledger.page({ limit: 2 });
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
  expect(last?.previousHash).toBe(before?.hash);
  expect(ledger.verify()).toEqual({ ok: true, rows: 5 });
});

test('pages go backwards, filter by event and search without regard to case or wildcards', () => {
  const { ledger } = filledLedger();
  const seqs = (filter: Parameters<typeof ledger.page>[0]) => ledger.page(filter).map((row) => row.seq);
  expect(seqs({ limit: 2 })).toEqual([5, 4]);
  expect(seqs({ limit: 2, before: 4 })).toEqual([3, 2]);
  expect(seqs({ limit: 9, event: 'opened' })).toEqual([2]);
  expect(seqs({ limit: 9, text: 'ADA' })).toEqual([5, 4, 3, 2, 1]);
  expect(seqs({ limit: 9, text: 'north' })).toEqual([2]);
  expect(seqs({ limit: 9, text: '100%' })).toEqual([3]);
  expect(seqs({ limit: 9, text: '%' })).toEqual([3]);
  expect(seqs({ limit: 9, text: 'done_' })).toEqual([3]);
  expect(seqs({ limit: 9, text: '_' })).toEqual([3]);
  expect(seqs({ limit: 9, text: '\\' })).toEqual([]);
  expect(seqs({ limit: 9, text: 'panel', event: 'confirmed' })).toEqual([5]);
});

test('the database refuses to change, delete, replace or put in rows', () => {
  const { store, ledger } = filledLedger();
  for (const sql of [
    "UPDATE ledger SET detail = 'x' WHERE seq = 2",
    'DELETE FROM ledger WHERE seq = 2',
    'DELETE FROM ledger',
    "INSERT OR REPLACE INTO ledger SELECT 2, at, actor, 'ended', account_id, account_label, vendor, session_id, realm_name, detail, previous_hash, hash FROM ledger WHERE seq = 2",
    "INSERT INTO ledger SELECT 0, at, actor, 'ended', account_id, account_label, vendor, session_id, realm_name, detail, previous_hash, hash FROM ledger WHERE seq = 2",
  ]) {
    expect(() => store.run(sql), sql).toThrow(/append-only/);
  }
  expect(ledger.verify()).toEqual({ ok: true, rows: 5 });
});

const noGuards = ['ledger_no_update', 'ledger_no_delete', 'ledger_only_append'];

test.each([
  ['a changed detail', ["UPDATE ledger SET detail = 'x' WHERE seq = 3"], 3],
  ['a changed time', ['UPDATE ledger SET at = at + 1 WHERE seq = 1'], 1],
  ['an emptied account', ['UPDATE ledger SET account_id = NULL WHERE seq = 4'], 4],
  ['a changed hash', [`UPDATE ledger SET hash = '${'a'.repeat(64)}' WHERE seq = 2`], 2],
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
    [
      'INSERT INTO ledger SELECT 0, at, actor, event, account_id, account_label, vendor, session_id, realm_name, detail, previous_hash, hash FROM ledger WHERE seq = 1',
    ],
    0,
  ],
  [
    'a row put in at the end',
    [
      'INSERT INTO ledger SELECT 6, at, actor, event, account_id, account_label, vendor, session_id, realm_name, detail, previous_hash, hash FROM ledger WHERE seq = 5',
    ],
    6,
  ],
  ['the end cut off', ['DELETE FROM ledger WHERE seq > 3'], 4],
  ['all rows removed', ['DELETE FROM ledger'], 1],
  ['the mark of the end removed', ["DELETE FROM meta WHERE key = 'ledger-head'"], 5],
])('verify names the first bad row: %s', (_, changes, seq) => {
  const { store, ledger } = filledLedger();
  for (const guard of noGuards) store.run(`DROP TRIGGER ${guard}`);
  for (const change of changes) store.run(change);
  expect(ledger.verify()).toEqual({ ok: false, seq, why: expect.any(String) });
});

test('a cut-off end stays visible when rows are written after it', () => {
  const { store, ledger } = filledLedger();
  for (const guard of noGuards) store.run(`DROP TRIGGER ${guard}`);
  store.run('DELETE FROM ledger WHERE seq > 3');
  ledger.write({ actor: 'window', event: 'opened' });
  ledger.write({ actor: 'window', event: 'ended' });
  expect(ledger.verify()).toMatchObject({ ok: false, seq: 4 });
});

test('any rows make a sound chain, and any single change to it is found', () => {
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
  const column = fc.constantFrom('at', 'actor', 'event', 'account_label', 'detail', 'previous_hash', 'hash');
  fc.assert(
    fc.property(fc.array(entry, { minLength: 1, maxLength: 8 }), fc.nat(), column, (entries, pick, name) => {
      const store = openStore(temporaryPath(), { now: () => 0 });
      try {
        const ledger = createLedger({ store, now: () => 1 });
        for (const one of entries) ledger.write(one);
        expect(ledger.verify()).toEqual({ ok: true, rows: entries.length });
        const seq = (pick % entries.length) + 1;
        store.run('DROP TRIGGER ledger_no_update');
        store.run(
          `UPDATE ledger SET ${name} = ${name === 'at' ? 'at + 1' : `coalesce(${name}, '') || '!'`} WHERE seq = ?`,
          seq,
        );
        expect(ledger.verify()).toMatchObject({ ok: false, seq });
      } finally {
        store.close();
      }
    }),
    { numRuns: 25 },
  );
});

test('details are one short line', () => {
  const ledger = createLedger({ store: temporaryStore(), now: () => 1 });
  ledger.write({ actor: 'window', event: 'failed', detail: `first\r\nsecond\0 ${'x'.repeat(500)}` });
  const detail = ledger.page({ limit: 1 })[0]?.detail ?? '';
  expect(detail).toMatch(/^first second +x+…$/);
  expect([...detail]).toHaveLength(200);
});

test('a row that belongs to a change that failed is not written', () => {
  const { store, ledger } = filledLedger();
  expect(() =>
    store.transaction(() => {
      ledger.write({ actor: 'window', event: 'opened' });
      throw new Error('no');
    }),
  ).toThrow('no');
  expect(ledger.verify()).toEqual({ ok: true, rows: 5 });
});
