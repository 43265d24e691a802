import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { createLedger } from '../../../main/ledger/ledger.ts';
import { createVault } from '../../../main/vault/vault.ts';
import { temporaryPath, temporaryStore } from '../store/temporary.ts';
import { cheapCost, createKeyring, passphrase } from '../vault/keyrings.ts';

/*
 * A ledger that was written before rows said who acted: a page of 256 rows, 259 single ones, and two from a locked time that
 * nobody has taken up yet.
 */
const formerHash = '446bb4566bd6fafeef0472dc3199c4edfcf2ac56b41842d4b5705641e598cfcf';

function formerLedger() {
  const path = temporaryPath();
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, gunzipSync(readFileSync(join(import.meta.dirname, 'former', 'ledger.db.gz'))));
  const store = temporaryStore(path);
  const vault = createVault({ store, safeStorage: createKeyring(), now: () => 0, cost: cheapCost });
  let now = 1_795_000_000_000;
  const ledger = createLedger({
    store,
    vault,
    now: () => (now += 1000),
    operator: { user: 'dana', machine: 'desk-7' },
  });
  return { vault, ledger };
}

const nobody = { signedInAs: null, osUser: null, machine: null, subjectId: null, subjectName: null };

test('a ledger of an earlier version is proved, shown as it was written, and goes on in the same chain', async () => {
  const { vault, ledger } = formerLedger();
  await vault.unlock(passphrase);
  expect(await ledger.verify(formerHash)).toMatchObject({
    ok: true,
    rows: 517,
    unproved: 0,
    kept: { seq: 515 },
  });
  const taken = await ledger.page({ limit: 2 });
  expect(taken).toMatchObject([
    { seq: 517, event: 'confirmed', osUser: null, machine: null },
    { seq: 516, event: 'vault-locked', osUser: null, machine: null },
  ]);
  expect((await ledger.page({ limit: 1, before: 4 }))[0]).toMatchObject({
    ...nobody,
    seq: 3,
    actor: 'window',
    detail: 'set-password: done for olga@fjord.example (3)',
  });

  // So many that rows of both kinds are sealed into one page.
  for (let seq = 518; seq <= 1100; seq += 1) {
    ledger.write({
      actor: 'window',
      event: 'opened',
      account: { id: 'a1', label: 'Ada', vendor: 'enhance' },
    });
  }
  expect(await ledger.verify(formerHash)).toMatchObject({ ok: true, rows: 1100, kept: { seq: 515 } });
  const [first] = await ledger.page({ limit: 1, before: 519 });
  expect(first).toMatchObject({ seq: 518, osUser: 'dana', machine: 'desk-7' });
  const lines = [...ledger.exportJsonLines()].map((line) => JSON.parse(line));
  expect(lines).toHaveLength(1100);
  expect(lines[2]).toMatchObject({ seq: 3, osUser: null });
  expect(lines[517]).toMatchObject({ seq: 518, osUser: 'dana' });
});
