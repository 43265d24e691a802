import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Account } from '#contract/shapes.ts';
import type { PracticeServer } from '../../practice/common/types.ts';
import { consoleWindows } from '../e2e/admin-harness.ts';
import {
  accountOf,
  dataFolder,
  eventually,
  openApp,
  openPractice,
  passphrase,
  serverOf,
  type TestApp,
} from '../e2e/harness.ts';

/** What is left in sight of a colleague at the screen, and in the log, of accounts, consoles and their addresses. */
let app: TestApp;
let panel: PracticeServer;
let bank: PracticeServer;
let nora: Account;
let clerk: Account;
const windows = consoleWindows(() => app);
const userData = dataFolder();
const onElectron = process.env.GATEHOUSE_HOST === 'electron';

beforeAll(async () => {
  const practice = await openPractice({ only: ['enhance', 'cyclos'], cyclos: '4.11' });
  panel = serverOf(practice, 'enhance');
  bank = serverOf(practice, 'cyclos');
  app = await openApp({ userData, env: windows.env });
  nora = await app.call('accounts.add', accountOf(panel, 'Nora Lindholm'));
  clerk = await app.call('accounts.add', accountOf(bank, 'Left Coast: Administrator'));
  for (const account of [nora, clerk]) {
    await app.call('sessions.signIn', { accountId: account.id });
    await app.session(account, 'active');
  }
});

const open = async (account: Account) =>
  app.call('handover.open', { sessionId: (await app.session(account, 'active')).id });
const lockScreen = () => app.heading('Gatehouse is locked').waitFor();
async function unlock() {
  await app.field('Passphrase').fill(passphrase);
  await app.button('Unlock').click();
  await app.row('Nora Lindholm').waitFor();
}

describe.skipIf(onElectron)('a console', () => {
  test('that can’t be loaded is named by its host alone, to the window and in the log', async () => {
    const sessionId = (await app.session(clerk, 'active')).id;
    const [copyable] = await app.call('handover.copyable', { sessionId });
    await app.call('handover.copy', { sessionId, what: copyable!.id });
    const token = /[\w-]{16,}$/.exec(String(await app.control('clipboard')))![0];
    bank.misbehave({ operation: 'console', reset: 'before' });
    const { host } = new URL(bank.url);
    await expect(open(clerk)).rejects.toThrow(`handover.open: The page of ${host} could not be loaded.`);
    bank.behave();
    await open(clerk);
    expect((await windows.newest('/')).url).toContain(token);
    const traffic = ((await app.control('ipc-traffic')) as string[]).join('\n');
    expect(traffic).toContain(`The page of ${host} could not be loaded.`);
    expect(traffic).not.toContain(token);
    expect(app.output()).not.toContain(token);
    await eventually(() => {
      const log = readFileSync(join(userData, 'logs/gatehouse.log'), 'utf8');
      expect(log).toContain('"request"');
      expect(log).not.toContain(token);
    });
  });

  test('that is signed in by a header tells nothing of it when it can’t be loaded', async () => {
    const newer = serverOf(await openPractice({ only: ['cyclos'] }), 'cyclos');
    const account = await app.call(
      'accounts.add',
      accountOf(newer, 'Left Coast: Administrator', { label: 'Newer' }),
    );
    await app.call('sessions.signIn', { accountId: account.id });
    const sessionId = (await app.session(account, 'active')).id;
    const [copyable] = await app.call('handover.copyable', { sessionId });
    await app.call('handover.copy', { sessionId, what: copyable!.id });
    const token = /[\w-]{16,}$/.exec(String(await app.control('clipboard')))![0];
    newer.misbehave({ operation: 'console', reset: 'before' });
    await expect(open(account)).rejects.toThrow(/^handover\.open: The page of .* could not be loaded\.$/);
    expect(app.output()).not.toContain(token);
  });

  test('is closed and wiped at a lock where the settings say so', async () => {
    await app.call('settings.change', { consolesOnLock: 'close' });
    await eventually(() => expect(windows.count()).toBe(1));
    await app.call('vault.lock');
    await lockScreen();
    await eventually(() => expect(windows.count()).toBe(0));
    await unlock();
  });
});

test.skipIf(onElectron)('a file that a page offers is not written, and the person is told', async () => {
  await app.page.evaluate(() => {
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob(['x']));
    link.download = 'installer.exe';
    link.click();
  });
  await eventually(async () =>
    expect(JSON.stringify(await app.control('notifications'))).toContain('Nothing was downloaded'),
  );
});

describe('a locked window', () => {
  test('names nobody: not in its title, its text, or what it is told', async () => {
    await app.row('Nora Lindholm').click();
    await eventually(async () => expect(await app.page.title()).toContain('Nora Lindholm'));
    // An ending that is confirmed after the lock.
    panel.misbehave({ operation: 'deleteCurrentSession', latency: 1_500 });
    const session = await app.session(nora, 'active');
    await app.call('sessions.signOut', { sessionId: session.id });
    await app.call('vault.lock');
    await lockScreen();
    expect(await app.page.title()).toBe('Gatehouse');
    const before = onElectron ? 0 : ((await app.control('ipc-traffic')) as string[]).length;
    await eventually(() =>
      expect(panel.sessions().filter(({ userAgent }) => userAgent?.includes('Gatehouse'))).toEqual([]),
    );
    // What was told of it would have been there by the next answer.
    await app.snapshot();
    if (!onElectron) {
      const since = ((await app.control('ipc-traffic')) as string[]).slice(before).join('\n');
      expect(since).toContain('"locked"');
      for (const name of ['Nora', nora.id, session.id]) expect(since).not.toContain(name);
      expect(JSON.stringify(await app.control('tray'))).not.toMatch(/Nora|Left Coast/);
    }
    expect(await app.page.content()).not.toMatch(/Nora|Left Coast/);
    await unlock();
    await app.session(nora, 'ended');
    expect(await app.close()).toBe(0);
  });
});
