import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Account, Realm } from '#contract/shapes.ts';
import type { Practice, PracticeServer } from '../../../practice/common/types.ts';
import { startPractice } from '../../../practice/index.ts';
import { newFolder, openTestApp, removeFolder, type TestApp } from '../core-harness.ts';

/** Moving between two Cyclos networks as somebody who has the same e-mail and password in both. */

let practice: Practice;
let folder: string;
let app: TestApp;

beforeAll(async () => {
  practice = await startPractice({ only: ['cyclos'], cyclos: 'both' });
});
afterAll(() => practice.close());

beforeEach(async () => {
  folder = newFolder();
  app = await openTestApp(folder);
});
afterEach(async () => {
  await app.core.close(2_000);
  removeFolder(folder);
});

describe.each([
  ['4.16', 0],
  ['4.11', 1],
] as const)('Cyclos %s', (_, position) => {
  let server: PracticeServer;
  let account: Account;
  let first: string;
  beforeEach(async () => {
    server = practice.servers[position]!;
    account = app.add(server, 'Left Coast: Member of two networks');
    first = app.core.sessions.signIn({ accountId: account.id }, 'window');
    await app.reach(first, 'active');
  });
  afterEach(async () => {
    app.core.receipts.endEverywhere('tray');
    await app.core.sessions.idle();
    expect(networks()).toEqual([]);
  });

  const networks = () =>
    server
      .sessions()
      .filter(({ person }) => person === 'wanda')
      .map(({ realm }) => realm);
  const at = (network: string, name: string): Realm => ({ id: `${server.origin}/${network}/api`, name });
  const moveTo = (realm: Realm) => app.core.sessions.switchRealm(first, realm, 'move', 'window');

  test('the new session is active in the other network, and the old one is ended at Cyclos', async () => {
    expect(app.session(first).realm).toEqual({ id: 'left-coast', name: 'Left Coast' });
    expect(networks()).toEqual(['left-coast']);
    const harbour = at('harbour', 'Harbour');
    const second = moveTo(harbour);
    expect(await app.reach(second, 'active')).toMatchObject({ realm: harbour, person: 'Wanda Wayfarer' });
    expect(await app.reach(first, 'ended')).toMatchObject({ endedHow: 'vendor' });
    expect(networks()).toEqual(['harbour']);
    expect(app.core.realms.of(account.id).map(({ name }) => name)).toEqual(['Harbour', 'Left Coast']);
    const switched = (await app.core.ledger.page({ limit: 20 })).filter(({ event }) => event === 'switched');
    expect(switched).toMatchObject([{ sessionId: second, realmName: 'Harbour' }]);
    // What is asked in the session goes to its own network.
    await app.core.sessions.check(second);
    expect(app.session(second)).toMatchObject({ state: 'active', checkFailure: null });
  });

  test('a move that fails leaves the old session as it was', async () => {
    const second = moveTo(at('nowhere', 'Nowhere'));
    expect(await app.reach(second, 'failed')).toMatchObject({ realm: { name: 'Nowhere' } });
    expect(app.session(first)).toMatchObject({ state: 'active', realm: { name: 'Left Coast' } });
    expect(networks()).toEqual(['left-coast']);
    await app.core.sessions.check(first);
    expect(app.session(first)).toMatchObject({ state: 'active', checkFailure: null });
  });

  test('a move to another server is refused before anything is sent', () => {
    const before = server.log().length;
    const elsewhere = { id: 'http://127.0.0.1:9/harbour/api', name: 'Harbour' };
    expect(() => moveTo(elsewhere)).toThrow('on another server');
    expect(server.log()).toHaveLength(before);
    expect(app.core.sessions.all().map(({ state }) => state)).toEqual(['active']);
  });
});
