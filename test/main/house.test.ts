import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { PracticeServer } from '../../practice/common/server.ts';
import { type Practice, startPractice } from '../../practice/index.ts';
import { newFolder, openTestHouse, removeFolder, type TestHouse, until } from './house-kit.ts';
import { createKeyring } from './vault/keyrings.ts';

let practice: Practice;
let enhance: PracticeServer;
let folder: string;
let desk: TestHouse;

beforeAll(async () => {
  practice = await startPractice({ only: ['enhance'] });
  enhance = practice.servers[0]!;
});
afterAll(() => practice.close());

beforeEach(async () => {
  enhance.behave();
  folder = newFolder();
  desk = await openTestHouse(folder);
});
afterEach(async () => {
  enhance.behave();
  await desk.house.close(2_000);
  removeFolder(folder);
});

/** The server's own sessions that Gatehouse opened. */
const atServer = () => enhance.sessions().filter((session) => session.userAgent?.startsWith('Gatehouse/'));

async function lastPin(to: string): Promise<string> {
  const mail = practice.inbox.latest(to);
  return /\b(\d{6})\b/.exec(`${mail?.subject} ${mail?.text}`)?.[1] ?? '';
}

describe('a session', () => {
  test('is signed in, seen at the vendor with our mark, and ended with its confirmation', async () => {
    const { house } = desk;
    const account = desk.add(enhance, 'Nora Lindholm');
    const id = house.desk.signIn({ accountId: account.id }, 'window');
    expect(desk.session(id).state).toBe('signing-in');
    const active = await desk.reach(id, 'active');
    expect(active).toMatchObject({ failure: null, expiresAt: null, openedAt: expect.any(Number) });
    expect(atServer()).toHaveLength(1);
    const remote = await house.acts.remote(id);
    expect(remote.filter((one) => one.mark === 'this')).toHaveLength(1);
    expect(remote.some((one) => one.mark === 'other')).toBe(true);
    expect((await house.acts.identity(id)).name).toBe('Nora Lindholm');

    house.desk.cancel(id, 'window');
    const ended = await desk.reach(id, 'ended');
    expect(ended).toMatchObject({ endedHow: 'vendor', ending: null });
    expect(atServer()).toHaveLength(0);
    expect(house.vault.has(id, 'grant')).toBe(false);
    expect((await house.ledger.page({ limit: 10 })).map((row) => row.event)).toEqual([
      'confirmed',
      'ending-ordered',
      'opened',
      'account-added',
    ]);
  });

  test('waits for a PIN by mail, survives a restart while it waits, and goes on from there', async () => {
    const keyring = createKeyring();
    await desk.house.close(0);
    removeFolder(folder);
    desk = await openTestHouse(folder, { keyring });
    const account = desk.add(enhance, 'Amir Haddad');
    const id = desk.house.desk.signIn({ accountId: account.id }, 'window');
    const prompt = await desk.promptOf(id);
    expect(prompt).toMatchObject({
      state: 'open',
      ask: { kind: 'code', medium: 'e-mail', canSendAgain: true },
    });
    // As after kill -9: nothing is told to the old house.
    desk.house.agenda.close();
    desk.house.store.close();

    desk = await openTestHouse(folder, { keyring });
    const again = await desk.promptOf(id);
    await desk.house.desk.answer(again.id, { code: await lastPin('amir@northwind.example') });
    expect(desk.session(id).state).toBe('active');
    expect(desk.house.prompts.all()).toEqual([]);
    desk.house.desk.cancel(id, 'window');
    await desk.reach(id, 'ended');
  });

  test('a wrong PIN ends the sign-in at the vendor; the reason stays and one press starts again', async () => {
    const account = desk.add(enhance, 'Amir Haddad');
    const id = desk.house.desk.signIn({ accountId: account.id }, 'window');
    const prompt = await desk.promptOf(id);
    await desk.house.desk.answer(prompt.id, { code: '000000' });
    expect(desk.session(id)).toMatchObject({ state: 'failed', failure: { kind: 'refused-prompt' } });
    expect(desk.house.prompts.get(prompt.id)).toMatchObject({ state: 'refused' });
    expect(atServer()).toHaveLength(0);
    const next = desk.house.desk.startAgain(prompt.id, 'window');
    const second = await desk.promptOf(next);
    await desk.house.desk.answer(second.id, { code: await lastPin('amir@northwind.example') });
    expect(desk.session(next).state).toBe('active');
    expect(desk.house.book.get(id)).toBeUndefined();
    desk.house.desk.cancel(next, 'window');
    await desk.reach(next, 'ended');
  });

  test('a move whose PIN was wrong is still a move when it is started again', async () => {
    const account = desk.add(enhance, 'Amir Haddad');
    const pin = { right: () => lastPin('amir@northwind.example'), wrong: async () => '000000' };
    const answer = async (id: string, kind: 'right' | 'wrong') => {
      const prompt = await desk.promptOf(id);
      await desk.house.desk.answer(prompt.id, { code: await pin[kind]() });
      return prompt.id;
    };
    const first = desk.house.desk.signIn({ accountId: account.id }, 'window');
    await answer(first, 'right');
    const there = (await desk.house.acts.memberships(first)).find(({ here }) => !here)!.realm;
    const second = desk.house.acts.switchRealm(first, there, 'move', 'window');
    const refused = await answer(second, 'wrong');
    expect(desk.session(first).state).toBe('active');

    const third = desk.house.desk.startAgain(refused, 'window');
    await answer(third, 'right');
    expect(desk.session(third)).toMatchObject({ state: 'active', realm: there });
    await until('the session in the former realm is over', () => desk.session(first).state === 'ended');
    expect(atServer()).toHaveLength(1);
    desk.house.desk.cancel(third, 'window');
    await desk.reach(third, 'ended');
  });

  test('cancelling a prompt ends the half-open session at the vendor', async () => {
    const account = desk.add(enhance, 'Amir Haddad');
    const id = desk.house.desk.signIn({ accountId: account.id }, 'window');
    await desk.promptOf(id);
    expect(atServer()).toHaveLength(1);
    desk.house.desk.cancel(id, 'window');
    await desk.reach(id, 'ended');
    expect(atServer()).toHaveLength(0);
  });

  test('that can’t even set out says why and leaves no row', () => {
    const account = desk.add(enhance, 'Nora Lindholm');
    desk.house.store.run('UPDATE secrets SET sealed = zeroblob(60) WHERE record_id = ?', account.id);
    expect(() => desk.house.desk.signIn({ accountId: account.id }, 'window')).toThrow(
      expect.objectContaining({ failure: expect.objectContaining({ kind: 'vault-broken' }) }),
    );
    expect(desk.house.book.all()).toEqual([]);
  });

  test('two sign-ins of one account share one prompt', async () => {
    const account = desk.add(enhance, 'Amir Haddad');
    const first = desk.house.desk.signIn({ accountId: account.id }, 'window');
    const second = desk.house.desk.signIn({ accountId: account.id }, 'tray');
    expect(second).toBe(first);
    await desk.promptOf(first);
    expect(desk.house.prompts.all()).toHaveLength(1);
    desk.house.desk.cancel(first, 'window');
    await desk.reach(first, 'ended');
  });

  test('a sign-in whose answer was lost is looked for by its mark and ended', async () => {
    enhance.misbehave({ operation: 'createSession', times: 1, reset: 'after' });
    const account = desk.add(enhance, 'Nora Lindholm');
    const id = desk.house.desk.signIn({ accountId: account.id }, 'window');
    const failed = await desk.reach(id, 'failed');
    expect(failed).toMatchObject({ endedHow: 'vendor', failure: { kind: 'network' } });
    expect(atServer()).toHaveLength(0);
  });

  test('an ending that is tried now waits for the answer of the sign-in that it ends', async () => {
    const account = desk.add(enhance, 'Amir Haddad');
    enhance.misbehave({ operation: 'createSession', times: 1, latency: 300 });
    enhance.misbehave({ operation: 'deleteCurrentSession', times: 1, status: 500 });
    const before = enhance.log().length;
    const id = desk.house.desk.signIn({ accountId: account.id }, 'window');
    const opened = () =>
      enhance
        .log()
        .slice(before)
        .filter((seen) => seen.path.endsWith('/login/sessions'));
    await until('the server is working on it', () => opened().length === 1);
    desk.house.desk.cancel(id, 'window');
    void desk.house.endings.attempt(id);
    expect(await desk.reach(id, 'ended')).toMatchObject({ endedHow: 'vendor' });
    expect(opened()).toHaveLength(1);
    expect(atServer()).toHaveLength(0);
  });

  test('a sign-in that was cut off by a crash is looked for at the next start', async () => {
    const keyring = createKeyring();
    await desk.house.close(0);
    removeFolder(folder);
    desk = await openTestHouse(folder, { keyring });
    const account = desk.add(enhance, 'Nora Lindholm');
    enhance.misbehave({ operation: 'createSession', times: 1, latency: 1_000, reset: 'after' });
    const id = desk.house.desk.signIn({ accountId: account.id }, 'window');
    // The request is on its way; the house is gone before its answer.
    await until('the server is working on it', () =>
      enhance.log().some((seen) => seen.path.endsWith('/login/sessions')),
    );
    desk.house.store.close();
    await until('the server has opened the session', () => atServer().length === 1);

    desk = await openTestHouse(folder, { keyring });
    const failed = await desk.reach(id, 'failed');
    expect(failed).toMatchObject({ endedHow: 'vendor', failure: { kind: 'cancelled' } });
    expect(atServer()).toHaveLength(0);
  });

  test('a sign-in that the server carries out after we have looked for it is found by looking again', async () => {
    const keyring = createKeyring();
    await desk.house.close(0);
    removeFolder(folder);
    desk = await openTestHouse(folder, { keyring });
    const account = desk.add(enhance, 'Nora Lindholm');
    enhance.misbehave({ operation: 'createSession', times: 1, latency: 3_000, reset: 'after' });
    const before = enhance.log().length;
    const id = desk.house.desk.signIn({ accountId: account.id }, 'window');
    await until('the server is working on it', () =>
      enhance
        .log()
        .slice(before)
        .some((seen) => seen.path.endsWith('/login/sessions')),
    );
    desk.house.store.close();

    desk = await openTestHouse(folder, { keyring, lateness: 4_000 });
    await until('a first look found nothing', () => desk.session(id).ending?.nextTryAt);
    expect(desk.session(id)).toMatchObject({ state: 'ending', ending: { attempts: 0, lastFailure: null } });
    expect(atServer()).toHaveLength(0);
    await until('the server has opened the session', () => atServer().length === 1);
    const failed = await desk.reach(id, 'failed');
    expect(failed).toMatchObject({ endedHow: 'vendor', failure: { kind: 'cancelled' } });
    expect(atServer()).toHaveLength(0);
  });
});

describe('an ending', () => {
  test('that the vendor does not confirm stays on the list over a restart and is tried again', async () => {
    const keyring = createKeyring();
    await desk.house.close(0);
    removeFolder(folder);
    desk = await openTestHouse(folder, { keyring });
    const account = desk.add(enhance, 'Nora Lindholm');
    const id = desk.house.desk.signIn({ accountId: account.id }, 'window');
    await desk.reach(id, 'active');
    enhance.misbehave({ operation: 'deleteCurrentSession', status: 503 });
    desk.house.desk.cancel(id, 'window');
    await until('the first try failed', () => desk.session(id).ending?.attempts === 1);
    expect(desk.session(id)).toMatchObject({
      state: 'ending',
      ending: { lastFailure: { kind: 'server-fault' }, nextTryAt: expect.any(Number) },
    });
    desk.house.agenda.close();
    desk.house.store.close();

    enhance.behave();
    desk = await openTestHouse(folder, { keyring });
    expect(desk.session(id).state).toBe('ending');
    await desk.house.endings.attempt(id);
    expect(desk.session(id)).toMatchObject({ state: 'ended', endedHow: 'vendor' });
    expect(atServer()).toHaveLength(0);
  });

  test('goes on while the vault is locked', async () => {
    await desk.house.vault.setPassphrase(null, 'a long passphrase');
    const account = desk.add(enhance, 'Nora Lindholm');
    const id = desk.house.desk.signIn({ accountId: account.id }, 'window');
    await desk.reach(id, 'active');
    enhance.misbehave({ operation: 'deleteCurrentSession', times: 1, status: 500 });
    desk.house.desk.cancel(id, 'window');
    await until('the first try failed', () => desk.session(id).ending?.attempts === 1);
    desk.house.lock('window');
    expect(desk.house.snapshot()).toMatchObject({ accounts: [], sessions: [], prompts: [] });
    await desk.house.endings.attempt(id);
    expect(desk.session(id)).toMatchObject({ state: 'ended', endedHow: 'vendor' });
  });

  test('many are ordered together and each is on the receipt', async () => {
    const ids: string[] = [];
    for (const label of ['Nora Lindholm', 'Sam Whitlock', 'Tess Okafor']) {
      ids.push(desk.house.desk.signIn({ accountId: desk.add(enhance, label).id }, 'window'));
    }
    for (const id of ids) await desk.reach(id, 'active');
    const receipt = desk.house.signOutEverywhere('tray')!;
    expect(receipt.lines.map((line) => line.how)).toEqual(['ending', 'ending', 'ending']);
    await until('every line is settled', () =>
      desk.house.receipts.get(receipt.id)?.lines.every((line) => line.how === 'vendor'),
    );
    expect(atServer()).toHaveLength(0);
  });
});

describe('a restored session', () => {
  test('is active if the vendor knows it, expired with the reason if not, and as it was if nobody answers', async () => {
    const keyring = createKeyring();
    await desk.house.close(0);
    removeFolder(folder);
    desk = await openTestHouse(folder, { keyring });
    const alive = desk.house.desk.signIn({ accountId: desk.add(enhance, 'Nora Lindholm').id }, 'window');
    await desk.reach(alive, 'active');
    desk.house.store.close();

    enhance.misbehave({ operation: '*', status: 503 });
    desk = await openTestHouse(folder, { keyring });
    await until('the check failed', () => desk.session(alive).checkFailure);
    expect(desk.session(alive).state).toBe('active');
    enhance.behave();
    await desk.house.checks.check(alive);
    expect(desk.session(alive)).toMatchObject({ state: 'active', checkFailure: null });

    // Ended from elsewhere.
    const other = await openTestHouse(newFolder());
    const id = other.house.desk.signIn({ accountId: other.add(enhance, 'Nora Lindholm').id }, 'window');
    await other.reach(id, 'active');
    await other.house.acts.endAll(id, 'window');
    await other.reach(id, 'ended');
    await other.house.close(1_000);
    removeFolder(other.folder);
    await desk.house.checks.check(alive);
    expect(desk.session(alive)).toMatchObject({ state: 'expired', failure: { kind: 'expired' } });
  });
});

describe('the Test button', () => {
  test('signs in and out and leaves nothing, here or at the vendor', async () => {
    const { values } = desk.person(enhance, 'Nora Lindholm').account;
    const input = { vendor: 'enhance', label: '', values, realm: null, tags: [], colour: 'teal' as const };
    const { steps, needsPrompt } = await desk.house.tryOut(input);
    expect(steps.join(' ')).toContain('The credentials were accepted.');
    expect(needsPrompt).toBeNull();
    expect(atServer()).toHaveLength(0);
    expect(desk.house.accounts.all()).toEqual([]);
    expect(desk.house.book.all()).toEqual([]);
  });

  test('says what is wrong', async () => {
    const { values } = desk.person(enhance, 'Nora Lindholm').account;
    const input = (changed: Record<string, string>) => ({
      vendor: 'enhance',
      label: '',
      values: { ...values, ...changed },
      realm: null,
      tags: [],
      colour: 'teal' as const,
    });
    const failure = (changed: Record<string, string>) =>
      desk.house.tryOut(input(changed)).then(
        () => null,
        (error: { failure?: { kind: string } }) => error.failure?.kind,
      );
    expect(await failure({ password: 'wrong-password' })).toBe('refused-credentials');
    expect(await failure({ baseUrl: values.baseUrl!.replace('/api', '') })).toBe('wrong-place');
    expect(await failure({ baseUrl: 'https://no-such-host.invalid/api' })).toBe('network');
    expect(await failure({ baseUrl: 'http://127.0.0.1:1/api' })).toBe('network');
    expect(desk.house.book.all()).toEqual([]);
  });
});

/** Last, as what these tests lose stays at the panel. */
describe('a session that may be alive', () => {
  /** Its sign-in asks for a PIN, so that nobody can look for what a lost answer has left. */
  const unsearchable = 'Amir Haddad';
  const lose = () => enhance.misbehave({ operation: 'createSession', times: 1, reset: 'after' });
  const shown = () => desk.house.snapshot().sessions;

  test('stays in sight when its account is removed, until it is dismissed', async () => {
    const keyring = createKeyring();
    await desk.house.close(0);
    removeFolder(folder);
    desk = await openTestHouse(folder, { keyring });
    const account = desk.add(enhance, unsearchable);
    lose();
    const id = desk.house.desk.signIn({ accountId: account.id }, 'window');
    const row = await desk.reach(id, 'failed');
    expect(row).toMatchObject({ endedHow: 'possibly-alive', formerAccount: null });

    desk.house.removeAccount(account.id);
    expect(desk.house.vault.has(account.id, 'form')).toBe(false);
    desk.house.agenda.close();
    desk.house.store.close();
    desk = await openTestHouse(folder, { keyring });
    expect(desk.house.snapshot().accounts).toEqual([]);
    expect(shown()).toMatchObject([{ id, endedHow: 'possibly-alive', formerAccount: unsearchable }]);

    await desk.house.dismiss(id);
    expect(shown()).toEqual([]);
    expect(desk.house.accounts.find(account.id)).toBeNull();
  });

  test('of an account that is removed while its sign-in is on its way is told of as well', async () => {
    const account = desk.add(enhance, unsearchable);
    enhance.misbehave({ operation: 'createSession', times: 1, reset: 'after', latency: 200 });
    const id = desk.house.desk.signIn({ accountId: account.id }, 'window');
    desk.house.removeAccount(account.id);
    await until('it is settled', () => desk.house.book.get(id)?.endedHow);
    expect(shown()).toMatchObject([{ id, endedHow: 'possibly-alive', formerAccount: unsearchable }]);
    expect(desk.changes.findLast((change) => 'id' in change && change.id === id)).toMatchObject({
      value: { formerAccount: unsearchable, endedHow: 'possibly-alive' },
    });
  });

  test('of a test is in sight too, and a confirmed end of a removed account is not', async () => {
    const { values } = desk.person(enhance, unsearchable).account;
    lose();
    const input = {
      vendor: 'enhance',
      label: 'Amir',
      values,
      realm: null,
      tags: [],
      colour: 'teal' as const,
    };
    await expect(desk.house.tryOut(input)).rejects.toMatchObject({ failure: { kind: 'network' } });
    await until('the test is settled', () => shown()[0]?.endedHow);
    expect(shown()).toMatchObject([{ endedHow: 'possibly-alive', formerAccount: 'Amir' }]);

    const account = desk.add(enhance, 'Nora Lindholm');
    const id = desk.house.desk.signIn({ accountId: account.id }, 'window');
    await desk.reach(id, 'active');
    desk.house.removeAccount(account.id);
    await until('its end is confirmed', () => !desk.house.book.get(id));
    expect(desk.house.accounts.find(account.id)).toBeNull();
  });
});
