import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Practice, PracticeServer } from '../../practice/common/types.ts';
import { startPractice } from '../../practice/index.ts';
import { newFolder, openTestApp, removeFolder, type TestApp, until } from './core-harness.ts';
import { createKeyring } from './vault/keyrings.ts';

let practice: Practice;
let enhance: PracticeServer;
let folder: string;
let app: TestApp;

beforeAll(async () => {
  practice = await startPractice({ only: ['enhance'] });
  enhance = practice.servers[0]!;
});
afterAll(() => practice.close());

beforeEach(async () => {
  enhance.behave();
  folder = newFolder();
  app = await openTestApp(folder);
});
afterEach(async () => {
  enhance.behave();
  await app.core.close(2_000);
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
    const { core } = app;
    const account = app.add(enhance, 'Nora Lindholm');
    const id = core.sessions.signIn({ accountId: account.id }, 'window');
    expect(app.session(id).state).toBe('signing-in');
    const active = await app.reach(id, 'active');
    expect(active).toMatchObject({ failure: null, expiresAt: null, openedAt: expect.any(Number) });
    expect(atServer()).toHaveLength(1);
    const remote = await core.sessions.remote(id);
    expect(remote.filter((one) => one.mark === 'this')).toHaveLength(1);
    expect(remote.some((one) => one.mark === 'other')).toBe(true);
    expect((await core.sessions.identity(id)).name).toBe('Nora Lindholm');

    core.sessions.end(id, { actor: 'window' });
    const ended = await app.reach(id, 'ended');
    expect(ended).toMatchObject({ endedHow: 'vendor', ending: null });
    expect(atServer()).toHaveLength(0);
    expect(core.vault.has(id, 'grant')).toBe(false);
    expect((await core.ledger.page({ limit: 10 })).map((row) => row.event)).toEqual([
      'confirmed',
      'ending-ordered',
      'opened',
      'account-added',
    ]);
  });

  test('waits for a PIN by mail, survives a restart while it waits, and goes on from there', async () => {
    const keyring = createKeyring();
    await app.core.close(0);
    removeFolder(folder);
    app = await openTestApp(folder, { keyring });
    const account = app.add(enhance, 'Amir Haddad');
    const id = app.core.sessions.signIn({ accountId: account.id }, 'window');
    const prompt = await app.promptOf(id);
    expect(prompt).toMatchObject({
      state: 'open',
      ask: { kind: 'code', medium: 'e-mail', canSendAgain: true },
    });
    // As after kill -9: nothing is told to the old core.
    app.core.scheduler.close();
    app.core.store.close();

    app = await openTestApp(folder, { keyring });
    const again = await app.promptOf(id);
    await app.core.sessions.answer(again.id, { code: await lastPin('amir@northwind.example') });
    expect(app.session(id).state).toBe('active');
    expect(app.core.sessions.prompts()).toEqual([]);
    app.core.sessions.end(id, { actor: 'window' });
    await app.reach(id, 'ended');
  });

  test('a wrong PIN ends the sign-in at the vendor; the reason stays and one press starts again', async () => {
    const account = app.add(enhance, 'Amir Haddad');
    const id = app.core.sessions.signIn({ accountId: account.id }, 'window');
    const prompt = await app.promptOf(id);
    await app.core.sessions.answer(prompt.id, { code: '000000' });
    expect(app.session(id)).toMatchObject({ state: 'failed', failure: { kind: 'refused-prompt' } });
    expect(app.core.sessions.promptOf(id)).toMatchObject({ state: 'refused' });
    expect(atServer()).toHaveLength(0);
    const next = app.core.sessions.startAgain(prompt.id, 'window');
    const second = await app.promptOf(next);
    await app.core.sessions.answer(second.id, { code: await lastPin('amir@northwind.example') });
    expect(app.session(next).state).toBe('active');
    expect(app.core.sessions.get(id)).toBeUndefined();
    app.core.sessions.end(next, { actor: 'window' });
    await app.reach(next, 'ended');
  });

  test('a move whose PIN was wrong is still a move when it is started again', async () => {
    const account = app.add(enhance, 'Amir Haddad');
    const pin = { right: () => lastPin('amir@northwind.example'), wrong: async () => '000000' };
    const answer = async (id: string, kind: 'right' | 'wrong') => {
      const prompt = await app.promptOf(id);
      await app.core.sessions.answer(prompt.id, { code: await pin[kind]() });
      return prompt.id;
    };
    const first = app.core.sessions.signIn({ accountId: account.id }, 'window');
    await answer(first, 'right');
    const there = (await app.core.sessions.memberships(first)).find(({ here }) => !here)!.realm;
    const second = app.core.sessions.switchRealm(first, there, 'move', 'window');
    const refused = await answer(second, 'wrong');
    expect(app.session(first).state).toBe('active');

    const third = app.core.sessions.startAgain(refused, 'window');
    await answer(third, 'right');
    expect(app.session(third)).toMatchObject({ state: 'active', realm: there });
    await until('the session in the former realm is over', () => app.session(first).state === 'ended');
    expect(atServer()).toHaveLength(1);
    app.core.sessions.end(third, { actor: 'window' });
    await app.reach(third, 'ended');
  });

  test('cancelling a prompt ends the half-open session at the vendor', async () => {
    const account = app.add(enhance, 'Amir Haddad');
    const id = app.core.sessions.signIn({ accountId: account.id }, 'window');
    await app.promptOf(id);
    expect(atServer()).toHaveLength(1);
    app.core.sessions.end(id, { actor: 'window' });
    await app.reach(id, 'ended');
    expect(atServer()).toHaveLength(0);
  });

  test('that can’t even set out says why and leaves no row', () => {
    const account = app.add(enhance, 'Nora Lindholm');
    app.core.store.run('UPDATE secrets SET sealed = zeroblob(60) WHERE record_id = ?', account.id);
    expect(() => app.core.sessions.signIn({ accountId: account.id }, 'window')).toThrow(
      expect.objectContaining({ failure: expect.objectContaining({ kind: 'vault-broken' }) }),
    );
    expect(app.core.sessions.all()).toEqual([]);
  });

  test('two sign-ins of one account share one prompt', async () => {
    const account = app.add(enhance, 'Amir Haddad');
    const first = app.core.sessions.signIn({ accountId: account.id }, 'window');
    const second = app.core.sessions.signIn({ accountId: account.id }, 'tray');
    expect(second).toBe(first);
    await app.promptOf(first);
    expect(app.core.sessions.prompts()).toHaveLength(1);
    app.core.sessions.end(first, { actor: 'window' });
    await app.reach(first, 'ended');
  });

  test('a sign-in whose answer was lost is looked for by its mark and ended', async () => {
    enhance.misbehave({ operation: 'createSession', times: 1, reset: 'after' });
    const account = app.add(enhance, 'Nora Lindholm');
    const id = app.core.sessions.signIn({ accountId: account.id }, 'window');
    const failed = await app.reach(id, 'failed');
    expect(failed).toMatchObject({ endedHow: 'vendor', failure: { kind: 'network' } });
    expect(atServer()).toHaveLength(0);
  });

  test('an ending that is tried now waits for the answer of the sign-in that it ends', async () => {
    const account = app.add(enhance, 'Amir Haddad');
    enhance.misbehave({ operation: 'createSession', times: 1, latency: 300 });
    enhance.misbehave({ operation: 'deleteCurrentSession', times: 1, status: 500 });
    const before = enhance.log().length;
    const id = app.core.sessions.signIn({ accountId: account.id }, 'window');
    const opened = () =>
      enhance
        .log()
        .slice(before)
        .filter((seen) => seen.path.endsWith('/login/sessions'));
    await until('the server is working on it', () => opened().length === 1);
    app.core.sessions.end(id, { actor: 'window' });
    void app.core.sessions.tryEndingNow(id);
    expect(await app.reach(id, 'ended')).toMatchObject({ endedHow: 'vendor' });
    expect(opened()).toHaveLength(1);
    expect(atServer()).toHaveLength(0);
  });

  test('a sign-in that was cut off by a crash is looked for at the next start', async () => {
    const keyring = createKeyring();
    await app.core.close(0);
    removeFolder(folder);
    app = await openTestApp(folder, { keyring });
    const account = app.add(enhance, 'Nora Lindholm');
    enhance.misbehave({ operation: 'createSession', times: 1, latency: 1_000, reset: 'after' });
    const id = app.core.sessions.signIn({ accountId: account.id }, 'window');
    // The request is on its way; the core is gone before its answer.
    await until('the server is working on it', () =>
      enhance.log().some((seen) => seen.path.endsWith('/login/sessions')),
    );
    app.core.store.close();
    await until('the server has opened the session', () => atServer().length === 1);

    app = await openTestApp(folder, { keyring });
    const failed = await app.reach(id, 'failed');
    expect(failed).toMatchObject({ endedHow: 'vendor', failure: { kind: 'cancelled' } });
    expect(atServer()).toHaveLength(0);
  });

  test('a sign-in that the server carries out after we have looked for it is found by looking again', async () => {
    const keyring = createKeyring();
    await app.core.close(0);
    removeFolder(folder);
    app = await openTestApp(folder, { keyring });
    const account = app.add(enhance, 'Nora Lindholm');
    enhance.misbehave({ operation: 'createSession', times: 1, latency: 3_000, reset: 'after' });
    const before = enhance.log().length;
    const id = app.core.sessions.signIn({ accountId: account.id }, 'window');
    await until('the server is working on it', () =>
      enhance
        .log()
        .slice(before)
        .some((seen) => seen.path.endsWith('/login/sessions')),
    );
    app.core.store.close();

    app = await openTestApp(folder, { keyring, lateness: 4_000 });
    await until('a first look found nothing', () => app.session(id).ending?.nextTryAt);
    expect(app.session(id)).toMatchObject({ state: 'ending', ending: { attempts: 0, lastFailure: null } });
    expect(atServer()).toHaveLength(0);
    await until('the server has opened the session', () => atServer().length === 1);
    const failed = await app.reach(id, 'failed');
    expect(failed).toMatchObject({ endedHow: 'vendor', failure: { kind: 'cancelled' } });
    expect(atServer()).toHaveLength(0);
  });
});

describe('an ending', () => {
  test('that the vendor does not confirm stays on the list over a restart and is tried again', async () => {
    const keyring = createKeyring();
    await app.core.close(0);
    removeFolder(folder);
    app = await openTestApp(folder, { keyring });
    const account = app.add(enhance, 'Nora Lindholm');
    const id = app.core.sessions.signIn({ accountId: account.id }, 'window');
    await app.reach(id, 'active');
    enhance.misbehave({ operation: 'deleteCurrentSession', status: 503 });
    app.core.sessions.end(id, { actor: 'window' });
    await until('the first try failed', () => app.session(id).ending?.attempts === 1);
    expect(app.session(id)).toMatchObject({
      state: 'ending',
      ending: { lastFailure: { kind: 'server-fault' }, nextTryAt: expect.any(Number) },
    });
    app.core.scheduler.close();
    app.core.store.close();

    enhance.behave();
    app = await openTestApp(folder, { keyring });
    expect(app.session(id).state).toBe('ending');
    await app.core.sessions.tryEndingNow(id);
    expect(app.session(id)).toMatchObject({ state: 'ended', endedHow: 'vendor' });
    expect(atServer()).toHaveLength(0);
  });

  test('goes on while the vault is locked', async () => {
    await app.core.vault.setPassphrase(null, 'a long passphrase');
    const account = app.add(enhance, 'Nora Lindholm');
    const id = app.core.sessions.signIn({ accountId: account.id }, 'window');
    await app.reach(id, 'active');
    enhance.misbehave({ operation: 'deleteCurrentSession', times: 1, status: 500 });
    app.core.sessions.end(id, { actor: 'window' });
    await until('the first try failed', () => app.session(id).ending?.attempts === 1);
    app.core.lock('window');
    expect(app.core.snapshot()).toMatchObject({ accounts: [], sessions: [], prompts: [] });
    await app.core.sessions.tryEndingNow(id);
    expect(app.session(id)).toMatchObject({ state: 'ended', endedHow: 'vendor' });
  });

  test('many are ordered together and each is on the receipt', async () => {
    const ids: string[] = [];
    for (const label of ['Nora Lindholm', 'Sam Whitlock', 'Tess Okafor']) {
      ids.push(app.core.sessions.signIn({ accountId: app.add(enhance, label).id }, 'window'));
    }
    for (const id of ids) await app.reach(id, 'active');
    const receipt = app.core.receipts.endEverywhere('tray')!;
    expect(receipt.lines.map((line) => line.how)).toEqual(['ending', 'ending', 'ending']);
    await until('every line is settled', () =>
      app.core.receipts.get(receipt.id)?.lines.every((line) => line.how === 'vendor'),
    );
    expect(atServer()).toHaveLength(0);
  });
});

describe('a restored session', () => {
  test('is active if the vendor knows it, expired with the reason if not, and as it was if nobody answers', async () => {
    const keyring = createKeyring();
    await app.core.close(0);
    removeFolder(folder);
    app = await openTestApp(folder, { keyring });
    const alive = app.core.sessions.signIn({ accountId: app.add(enhance, 'Nora Lindholm').id }, 'window');
    await app.reach(alive, 'active');
    app.core.store.close();

    enhance.misbehave({ operation: '*', status: 503 });
    app = await openTestApp(folder, { keyring });
    await until('the check failed', () => app.session(alive).checkFailure);
    expect(app.session(alive).state).toBe('active');
    enhance.behave();
    await app.core.sessions.check(alive);
    expect(app.session(alive)).toMatchObject({ state: 'active', checkFailure: null });

    // Ended from elsewhere.
    const other = await openTestApp(newFolder());
    const id = other.core.sessions.signIn({ accountId: other.add(enhance, 'Nora Lindholm').id }, 'window');
    await other.reach(id, 'active');
    await other.core.sessions.endAll(id, 'window');
    await other.reach(id, 'ended');
    await other.core.close(1_000);
    removeFolder(other.folder);
    await app.core.sessions.check(alive);
    expect(app.session(alive)).toMatchObject({ state: 'expired', failure: { kind: 'expired' } });
  });
});

describe('the Test button', () => {
  test('signs in and out and leaves nothing, here or at the vendor', async () => {
    const { values } = app.person(enhance, 'Nora Lindholm').account;
    const input = { vendor: 'enhance', label: '', values, realm: null, tags: [], colour: 'teal' as const };
    const { steps, needsPrompt, realms } = await app.core.testAccount(input);
    expect(steps.join(' ')).toContain('The credentials were accepted.');
    expect(needsPrompt).toBeNull();
    expect(realms.map(({ name }) => name)).toContain('Northwind Hosting');
    expect(atServer()).toHaveLength(0);
    expect(app.core.accounts.all()).toEqual([]);
    expect(app.core.sessions.all()).toEqual([]);
  });

  test('says what is wrong', async () => {
    const { values } = app.person(enhance, 'Nora Lindholm').account;
    const input = (changed: Record<string, string>) => ({
      vendor: 'enhance',
      label: '',
      values: { ...values, ...changed },
      realm: null,
      tags: [],
      colour: 'teal' as const,
    });
    const failure = (changed: Record<string, string>) =>
      app.core.testAccount(input(changed)).then(
        () => null,
        (error: { failure?: { kind: string } }) => error.failure?.kind,
      );
    expect(await failure({ password: 'wrong-password' })).toBe('refused-credentials');
    expect(await failure({ baseUrl: values.baseUrl!.replace('/api', '') })).toBe('wrong-place');
    expect(await failure({ baseUrl: 'https://no-such-host.invalid/api' })).toBe('network');
    expect(await failure({ baseUrl: 'http://127.0.0.1:1/api' })).toBe('network');
    expect(app.core.sessions.all()).toEqual([]);
  });
});

/** Last, as what these tests lose stays at the panel. */
describe('a session that may be alive', () => {
  /** Its sign-in asks for a PIN, so that nobody can look for what a lost answer has left. */
  const unsearchable = 'Amir Haddad';
  const lose = () => enhance.misbehave({ operation: 'createSession', times: 1, reset: 'after' });
  const shown = () => app.core.snapshot().sessions;

  test('stays in sight when its account is removed, until it is dismissed', async () => {
    const keyring = createKeyring();
    await app.core.close(0);
    removeFolder(folder);
    app = await openTestApp(folder, { keyring });
    const account = app.add(enhance, unsearchable);
    lose();
    const id = app.core.sessions.signIn({ accountId: account.id }, 'window');
    const row = await app.reach(id, 'failed');
    expect(row).toMatchObject({ endedHow: 'possibly-alive', formerAccount: null });

    app.core.sessions.removeAccount(account.id);
    expect(app.core.vault.has(account.id, 'form')).toBe(false);
    app.core.scheduler.close();
    app.core.store.close();
    app = await openTestApp(folder, { keyring });
    expect(app.core.snapshot().accounts).toEqual([]);
    expect(shown()).toMatchObject([{ id, endedHow: 'possibly-alive', formerAccount: unsearchable }]);

    await app.core.sessions.dismiss(id);
    expect(shown()).toEqual([]);
    expect(app.core.accounts.find(account.id)).toBeNull();
  });

  test('of an account that is removed while its sign-in is on its way is told of as well', async () => {
    const account = app.add(enhance, unsearchable);
    enhance.misbehave({ operation: 'createSession', times: 1, reset: 'after', latency: 200 });
    const id = app.core.sessions.signIn({ accountId: account.id }, 'window');
    app.core.sessions.removeAccount(account.id);
    await until('it is settled', () => app.core.sessions.get(id)?.endedHow);
    expect(shown()).toMatchObject([{ id, endedHow: 'possibly-alive', formerAccount: unsearchable }]);
    expect(app.changes.findLast((change) => 'id' in change && change.id === id)).toMatchObject({
      value: { formerAccount: unsearchable, endedHow: 'possibly-alive' },
    });
  });

  test('of a test is in sight too, and a confirmed end of a removed account is not', async () => {
    const { values } = app.person(enhance, unsearchable).account;
    lose();
    const input = {
      vendor: 'enhance',
      label: 'Amir',
      values,
      realm: null,
      tags: [],
      colour: 'teal' as const,
    };
    await expect(app.core.testAccount(input)).rejects.toMatchObject({ failure: { kind: 'network' } });
    await until('the test is settled', () => shown()[0]?.endedHow);
    expect(shown()).toMatchObject([{ endedHow: 'possibly-alive', formerAccount: 'Amir' }]);

    const account = app.add(enhance, 'Nora Lindholm');
    const id = app.core.sessions.signIn({ accountId: account.id }, 'window');
    await app.reach(id, 'active');
    app.core.sessions.removeAccount(account.id);
    await until('its end is confirmed', () => !app.core.sessions.get(id));
    expect(app.core.accounts.find(account.id)).toBeNull();
  });
});
