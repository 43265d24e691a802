import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { PracticeServer } from '../../practice/common/server.ts';
import type { Account } from '../../preload/contract/shapes.ts';
import { consoleWindows } from '../e2e/admin-desk.ts';
import {
  accountOf,
  type Desk,
  dataFolder,
  eventually,
  openDesk,
  openPractice,
  passphrase,
  serverOf,
} from '../e2e/kit.ts';

/** What is left in sight of a colleague at the screen, and in the log, of accounts, consoles and their addresses. */
let desk: Desk;
let panel: PracticeServer;
let bank: PracticeServer;
let nora: Account;
let clerk: Account;
const windows = consoleWindows();
const userData = dataFolder();
const onElectron = process.env.GATEHOUSE_HOST === 'electron';

beforeAll(async () => {
  const practice = await openPractice({ only: ['enhance', 'cyclos'], cyclos: '4.11' });
  panel = serverOf(practice, 'enhance');
  bank = serverOf(practice, 'cyclos');
  desk = await openDesk({ userData, env: windows.env });
  nora = await desk.call('accounts.add', accountOf(panel, 'Nora Lindholm'));
  clerk = await desk.call('accounts.add', accountOf(bank, 'Left Coast: Administrator'));
  for (const account of [nora, clerk]) {
    await desk.call('sessions.signIn', { accountId: account.id });
    await desk.session(account, 'active');
  }
});

const open = async (account: Account) =>
  desk.call('handover.open', { sessionId: (await desk.session(account, 'active')).id });
const lockScreen = () => desk.heading('Gatehouse is locked').waitFor();
async function unlock() {
  await desk.field('Passphrase').fill(passphrase);
  await desk.button('Unlock').click();
  await desk.row('Nora Lindholm').waitFor();
}

describe.skipIf(onElectron)('a console', () => {
  it('that can’t be loaded is named by its host alone, to the window and in the log', async () => {
    const sessionId = (await desk.session(clerk, 'active')).id;
    const [copyable] = await desk.call('handover.copyable', { sessionId });
    await desk.call('handover.copy', { sessionId, what: copyable!.id });
    const token = /[\w-]{16,}$/.exec(String(await desk.control('clipboard')))![0];
    bank.misbehave({ operation: 'console', reset: 'before' });
    const { host } = new URL(bank.url);
    await expect(open(clerk)).rejects.toThrow(`handover.open: The page of ${host} could not be loaded.`);
    bank.behave();
    await open(clerk);
    expect((await windows.newest('/')).url).toContain(token);
    const traffic = ((await desk.control('ipc-traffic')) as string[]).join('\n');
    expect(traffic).toContain(`The page of ${host} could not be loaded.`);
    expect(traffic).not.toContain(token);
    expect(desk.output()).not.toContain(token);
    await eventually(() => {
      const log = readFileSync(join(userData, 'logs/gatehouse.log'), 'utf8');
      expect(log).toContain('"request"');
      expect(log).not.toContain(token);
    });
  });

  it('that is signed in by a header tells nothing of it when it can’t be loaded', async () => {
    const newer = serverOf(await openPractice({ only: ['cyclos'] }), 'cyclos');
    const account = await desk.call(
      'accounts.add',
      accountOf(newer, 'Left Coast: Administrator', { label: 'Newer' }),
    );
    await desk.call('sessions.signIn', { accountId: account.id });
    const sessionId = (await desk.session(account, 'active')).id;
    const [copyable] = await desk.call('handover.copyable', { sessionId });
    await desk.call('handover.copy', { sessionId, what: copyable!.id });
    const token = /[\w-]{16,}$/.exec(String(await desk.control('clipboard')))![0];
    newer.misbehave({ operation: 'console', reset: 'before' });
    await expect(open(account)).rejects.toThrow(/^handover\.open: The page of .* could not be loaded\.$/);
    expect(desk.output()).not.toContain(token);
  });

  it('is closed and wiped at a lock where the settings say so', async () => {
    await desk.call('settings.change', { consolesOnLock: 'close' });
    await eventually(() => expect(windows.count()).toBe(1));
    await desk.call('vault.lock');
    await lockScreen();
    await eventually(() => expect(windows.count()).toBe(0));
    await unlock();
  });
});

it.skipIf(onElectron)('a file that a page offers is not written, and the person is told', async () => {
  await desk.page.evaluate(() => {
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob(['x']));
    link.download = 'installer.exe';
    link.click();
  });
  await eventually(async () =>
    expect(JSON.stringify(await desk.control('notifications'))).toContain('Nothing was downloaded'),
  );
});

describe('a locked window', () => {
  it('names nobody: not in its title, its text, or what it is told', async () => {
    await desk.row('Nora Lindholm').click();
    await eventually(async () => expect(await desk.page.title()).toContain('Nora Lindholm'));
    // An ending that is confirmed after the lock.
    panel.misbehave({ operation: 'deleteCurrentSession', latency: 1_500 });
    const session = await desk.session(nora, 'active');
    await desk.call('sessions.signOut', { sessionId: session.id });
    await desk.call('vault.lock');
    await lockScreen();
    expect(await desk.page.title()).toBe('Gatehouse');
    const before = onElectron ? 0 : ((await desk.control('ipc-traffic')) as string[]).length;
    await eventually(() =>
      expect(panel.sessions().filter(({ userAgent }) => userAgent?.includes('Gatehouse'))).toEqual([]),
    );
    // What was told of it would have been there by the next answer.
    await desk.snapshot();
    if (!onElectron) {
      const since = ((await desk.control('ipc-traffic')) as string[]).slice(before).join('\n');
      expect(since).toContain('"locked"');
      for (const name of ['Nora', nora.id, session.id]) expect(since).not.toContain(name);
      expect(JSON.stringify(await desk.control('tray'))).not.toMatch(/Nora|Left Coast/);
    }
    expect(await desk.page.content()).not.toMatch(/Nora|Left Coast/);
    await unlock();
    await desk.session(nora, 'ended');
    expect(await desk.close()).toBe(0);
  });
});
