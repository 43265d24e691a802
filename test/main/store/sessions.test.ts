import { expect, test } from 'vitest';
import { createSessionRecords, type EndingRecord, type SessionRecord } from '../../../main/store/sessions.ts';
import { openStore } from '../../../main/store/store.ts';
import { temporaryPath, temporaryStore } from './temporary.ts';

const session: SessionRecord = {
  id: 's1',
  accountId: 'a1',
  vendor: 'enhance',
  realmId: 'r1',
  realmName: 'Realm One',
  state: 'active',
  way: 'sso',
  method: 'e-mail PIN',
  person: 'Ada',
  startedAt: 1_700_000_000_000,
  openedAt: 1_700_000_000_500,
  grantedAt: 1_700_000_000_600,
  expiresAt: 1_800_000_000_000,
  checkedAt: 1_700_000_001_000,
  checkFailure: { kind: 'network', message: 'No way there.', until: 5 },
  failure: { kind: 'expired', message: 'It is over.', fields: { a: 'b' } },
  endedAt: 1_700_000_002_000,
  endedHow: 'vendor',
  refreshAt: 1_700_000_003_000,
  mark: 'install/s1',
  actor: 'window',
  unansweredAt: null,
};

const bare: SessionRecord = {
  ...session,
  id: 's0',
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
  endedAt: null,
  endedHow: null,
  refreshAt: null,
};

const ending: EndingRecord = {
  sessionId: 's1',
  orderedAt: 10,
  actor: 'tray',
  attempts: 2,
  nextTryAt: 20,
  lastFailure: { kind: 'timeout', message: 'Too late.' },
  tokenValidUntil: 30,
};

test('sessions come back as they were written, after a restart too', () => {
  const path = temporaryPath();
  const first = openStore(path, { now: () => 1 });
  createSessionRecords(first).insert(session);
  createSessionRecords(first).insert(bare);
  createSessionRecords(first).putEnding(ending);
  first.close();
  const records = createSessionRecords(temporaryStore(path));
  expect(records.all()).toEqual([bare, session]);
  expect(records.get('s1')).toEqual(session);
  expect(records.get('nobody')).toBeNull();
  expect(records.endings()).toEqual([ending]);
});

test('a patch changes what it names, and null empties', () => {
  const records = createSessionRecords(temporaryStore());
  records.insert(session);
  expect(records.update('s1', { state: 'failed', failure: null, person: undefined })).toBe(true);
  expect(records.get('s1')).toEqual({ ...session, state: 'failed', failure: null });
  expect(records.update('s1', {})).toBe(true);
  expect(records.update('nobody', { state: 'ended' })).toBe(false);
  records.putEnding(ending);
  records.putEnding({ ...ending, attempts: 3 });
  expect(records.updateEnding('s1', { nextTryAt: null, lastFailure: null })).toBe(true);
  expect(records.endings()).toEqual([{ ...ending, attempts: 3, nextTryAt: null, lastFailure: null }]);
});

test('a session that still owes an ending can not be removed, and an ending needs its session', () => {
  const records = createSessionRecords(temporaryStore());
  expect(() => records.putEnding(ending)).toThrow(/FOREIGN KEY/);
  records.insert(session);
  records.putEnding(ending);
  expect(() => records.remove('s1')).toThrow(/FOREIGN KEY/);
  records.removeEnding('s1');
  records.remove('s1');
  expect(records.all()).toEqual([]);
});

test('a state that does not exist is refused by the database', () => {
  const store = temporaryStore();
  createSessionRecords(store).insert(session);
  expect(() => store.run("UPDATE sessions SET state = 'lost'")).toThrow(/CHECK/);
});

test('a reason that can not be read hides no session', () => {
  const store = temporaryStore();
  const records = createSessionRecords(store);
  records.insert(session);
  store.run("UPDATE sessions SET failure_json = '{broken'");
  expect(records.all()).toMatchObject([{ id: 's1', state: 'active', failure: { kind: 'store-broken' } }]);
});
