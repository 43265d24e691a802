import { dirname } from 'node:path';
import { expect, test } from 'vitest';
import {
  bounded,
  createSessionRecords,
  type EndingRecord,
  type SessionRecord,
} from '../../../main/sessions/session-rows.ts';
import { openStore } from '../../../main/store/store.ts';
import { createVault } from '../../../main/vault/vault.ts';
import { rawBytes, temporaryPath, temporaryStore } from '../store/temporary.ts';
import { cheapCost, createKeyring, passphrase, unlockedVault } from '../vault/keyrings.ts';

const session: SessionRecord = {
  id: 's1',
  sessionTag: 's1',
  accountId: 'a1',
  vendor: 'enhance-canary',
  baseUrl: 'https://panel.canary',
  realmId: 'r1-canary',
  realmName: 'Realm canary',
  state: 'active',
  way: 'sso-canary',
  method: 'e-mail PIN canary',
  person: 'Ada canary',
  startedAt: 1_700_000_000_000,
  openedAt: 1_700_000_000_500,
  grantedAt: 1_700_000_000_600,
  expiresAt: 1_800_000_000_000,
  checkedAt: 1_700_000_001_000,
  checkFailure: { kind: 'network', message: 'No way to the canary.', until: 5 },
  failure: { kind: 'expired', message: 'The canary is over.', fields: { a: 'b' } },
  refusals: [{ realmId: 'r2-canary', message: 'The canary is not let in.', at: 1_700_000_000_900 }],
  endedAt: 1_700_000_002_000,
  endedHow: 'vendor',
  refreshAt: 1_700_000_003_000,
  actor: 'window',
  unansweredAt: null,
};

const bare: SessionRecord = {
  ...session,
  id: 's0',
  sessionTag: 's0',
  realmId: null,
  realmName: null,
  state: 'signing-in',
  way: null,
  method: null,
  person: null,
  startedAt: 1,
  openedAt: null,
  grantedAt: null,
  expiresAt: null,
  checkedAt: null,
  checkFailure: null,
  failure: null,
  refusals: [],
  endedAt: null,
  endedHow: null,
  refreshAt: null,
};

const ending: EndingRecord = {
  sessionId: 's1',
  orderedAt: 10,
  attempts: 2,
  nextTryAt: 20,
  lastFailure: { kind: 'timeout', message: 'The canary came too late.' },
  tokenValidUntil: 30,
  undoUntil: null,
};

async function newRecords() {
  const store = temporaryStore();
  const vault = await unlockedVault(store);
  return { store, vault, records: createSessionRecords(store, vault) };
}

test('sessions come back as they were written, after a restart too, and only once the vault is open', async () => {
  const path = temporaryPath();
  const keyring = createKeyring();
  const first = openStore(path, { now: () => 1 });
  const vaultOf = (store: typeof first) =>
    createVault({ store, safeStorage: keyring, now: () => 0, cost: cheapCost });
  const made = vaultOf(first);
  await made.create(passphrase);
  const written = createSessionRecords(first, made);
  written.insert(session);
  written.insert(bare);
  written.putEnding(ending);
  first.close();
  expect(rawBytes(dirname(path)).includes('canary')).toBe(false);

  const store = temporaryStore(path);
  const vault = vaultOf(store);
  const records = createSessionRecords(store, vault);
  const unknown = {
    vendor: '',
    baseUrl: '',
    failure: null,
    checkFailure: null,
    refusals: [],
    person: null,
    realmName: null,
  };
  expect(records.all()).toMatchObject([
    { id: 's0', state: 'signing-in', ...unknown },
    { id: 's1', state: 'active', expiresAt: session.expiresAt, ...unknown },
  ]);
  expect(records.endings()).toEqual([{ ...ending, lastFailure: null }]);
  await vault.unlock(passphrase);
  expect(records.all()).toEqual([bare, session]);
  expect(records.endings()).toEqual([ending]);
});

test('a change writes what differs, and what is not known stays as it is stored', async () => {
  const { store, vault, records } = await newRecords();
  records.insert(session);
  const changed = { ...session, state: 'failed', failure: null, person: 'Bob' } as const;
  records.update(session, changed);
  expect(records.all()).toEqual([changed]);
  vault.lock();
  const [seen] = records.all();
  records.update(seen!, { ...seen!, state: 'ending', failure: { kind: 'expired', message: 'While locked' } });
  expect(store.get('SELECT state FROM sessions')).toEqual({ state: 'ending' });
  await vault.unlock(passphrase);
  expect(records.all()).toMatchObject([
    { vendor: session.vendor, person: 'Bob', state: 'ending', failure: { message: 'While locked' } },
  ]);
});

test('a session can not be removed while its ending is owed', async () => {
  const { records } = await newRecords();
  records.insert(session);
  records.putEnding(ending);
  expect(() => records.remove('s1')).toThrow(/FOREIGN KEY/);
  records.removeEnding('s1');
  records.remove('s1');
  expect(records.all()).toEqual([]);
});

test('a state that is none, and a time that is none, are refused by the database', async () => {
  const { store, records } = await newRecords();
  records.insert(session);
  expect(() => store.run("UPDATE sessions SET state = 'lost'")).toThrow(/CHECK/);
  expect(() => store.run('UPDATE sessions SET expires_at = 8640000000000001')).toThrow(/CHECK/);
});

test.each([1e18, 2 ** 53, -1e300, Number.NaN, Number.POSITIVE_INFINITY])(
  'what is no moment becomes no time, before it is written: %d',
  async (wrong) => {
    const { records } = await newRecords();
    records.insert(session);
    const next = { ...session, ...bounded({ expiresAt: wrong, refreshAt: 5.4 }) };
    records.update(session, next);
    expect(records.all()).toMatchObject([{ expiresAt: null, refreshAt: 5 }]);
    records.putEnding(bounded({ ...ending, nextTryAt: wrong }));
    expect(records.endings()).toMatchObject([{ nextTryAt: null, orderedAt: 10 }]);
  },
);

test.each(['facts', 'reasons'])('damage to the sealed %s hides no session and says so', async (column) => {
  const { store, records } = await newRecords();
  records.insert(session);
  records.insert(bare);
  store.run(`UPDATE sessions SET ${column} = zeroblob(60) WHERE id = 's1'`);
  expect(records.all()).toMatchObject([
    { id: 's0', failure: null },
    { id: 's1', state: 'active', failure: { kind: 'vault-broken' } },
  ]);
});

test('facts that were moved to another session or account do not open', async () => {
  const { store, records } = await newRecords();
  records.insert(session);
  records.insert(bare);
  store.run("UPDATE sessions SET facts = (SELECT facts FROM sessions WHERE id = 's0') WHERE id = 's1'");
  store.run("UPDATE sessions SET account_id = 'a2' WHERE id = 's0'");
  expect(records.all()).toMatchObject([
    { vendor: '', failure: { kind: 'vault-broken' } },
    { vendor: '', failure: { kind: 'vault-broken' } },
  ]);
});
