import { beforeAll, expect, test } from 'vitest';
import type { Account } from '#contract/shapes.ts';
import type { PracticeServer } from '../../practice/common/types.ts';
import {
  accountOf,
  appOn,
  closeWindow,
  dataFolder,
  eventually,
  openApp,
  openPractice,
  passphrase,
  serverOf,
  type TestApp,
} from './harness.ts';

interface Tray {
  image: string;
  toolTip: string;
  menu: { label: string; type: string; enabled: boolean }[];
}

/** The tray, the same menu in the window, and what happens while the window is closed. Stand-in host only. */
let app: TestApp;
let panel: PracticeServer;
let nora: Account;
let amir: Account;

const onElectron = process.env.GATEHOUSE_HOST === 'electron';
const tray = async () => (await app.control('tray')) as Tray;
/** The tray once its icon and its words are these. */
const trayWith = (icon: string, words: string) =>
  eventually(async () => {
    const now = await tray();
    expect(now.image).toMatch(new RegExp(`${icon}\\.png$`));
    expect(now.toolTip).toBe(`Gatehouse: ${words}`);
    return now;
  });
const labels = ({ menu }: Tray) => menu.filter(({ type }) => type !== 'separator').map(({ label }) => label);

beforeAll(async () => {
  panel = serverOf(await openPractice({ only: ['enhance'] }), 'enhance');
  app = await openApp();
  nora = await app.call('accounts.add', accountOf(panel, 'Nora Lindholm'));
  amir = await app.call('accounts.add', accountOf(panel, 'Amir Haddad'));
});

test.skipIf(onElectron)('says what is going on: idle, active, waiting, endings not confirmed', async () => {
  const idle = await trayWith('idle', 'No open sessions');
  expect(labels(idle)).toEqual(['No open sessions', 'Sign out everywhere', 'Lock', 'Open Gatehouse', 'Quit']);
  expect(idle.menu.find(({ label }) => label === 'Sign out everywhere')?.enabled).toBe(false);

  await app.call('sessions.signIn', { accountId: nora.id });
  expect(labels(await trayWith('active', '1 active'))).toContain(
    'Sign out Nora Lindholm · Northwind Hosting',
  );

  await app.call('sessions.signIn', { accountId: amir.id });
  await trayWith('waiting', '1 active · 1 waiting for you');
  await app.prompt.getByRole('button', { name: 'Cancel this sign-in' }).click();
  await trayWith('active', '1 active');

  panel.misbehave({ operation: 'deleteCurrentSession', status: 503 });
  await app.control('tray-click', { label: 'Sign out Nora Lindholm · Northwind Hosting' });
  await trayWith('attention', '1 ending not confirmed');
  const sessionId = (await app.session(nora, 'ending')).id;
  panel.behave();
  await app.call('sessions.tryEndingNow', { sessionId });
  await trayWith('idle', 'No open sessions');
});

test('signs out from the window’s own menu', async () => {
  await app.call('sessions.signIn', { accountId: nora.id });
  await app.session(nora, 'active');
  await app.button('Sign out…').click();
  const menu = app.page.getByRole('menu', { name: 'Sign out' });
  await menu.getByRole('menuitem', { name: 'Sign out everywhere' }).waitFor();
  await app.look('sign-out-menu');
  await menu.getByRole('menuitem', { name: 'Sign out everywhere' }).click();
  await app.dialog.getByText('How each session ended is known.').waitFor();
  await app.session(nora, 'ended');
  expect(panel.sessions().filter(({ userAgent }) => userAgent?.includes('Gatehouse'))).toEqual([]);
  await app.button('Done').click();
});

test.skipIf(onElectron)('signs out everywhere from the tray', async () => {
  for (const account of [nora, amir]) await app.call('sessions.signIn', { accountId: account.id });
  await trayWith('waiting', '1 active · 1 waiting for you');
  await app.control('tray-click', { label: 'Sign out everywhere' });
  await app.session(nora, 'ended');
  await eventually(() =>
    expect(panel.sessions().filter(({ userAgent }) => userAgent?.includes('Gatehouse'))).toEqual([]),
  );
  await trayWith('idle', 'No open sessions');
});

test.skipIf(onElectron)(
  'closing the window leaves the tray, and a prompt raises the window and names the account',
  async () => {
    await closeWindow(app);
    expect(labels(await tray())).toContain('Open Gatehouse');
    process.kill(app.pid, 0);

    await app.control('tray-click', { label: 'Open Gatehouse' });
    app = appOn({ ...app, page: await app.findPage() });
    await app.row('Amir Haddad').click();

    const before = ((await app.control('notifications')) as unknown[]).length;
    // Nobody types in another program.
    await app.control('idle', { seconds: 60 });
    // The window is asked to sign in and closed before the panel has answered.
    panel.misbehave({ operation: 'createSession', latency: 4_000, times: 1 });
    await app.button('Sign in').click();
    await app.session(amir, 'signing-in');
    await closeWindow(app);
    const shown = await eventually(async () => {
      const all = (await app.control('notifications')) as { title: string; body: string }[];
      expect(all).toHaveLength(before + 1);
      return all.at(-1)!;
    });
    expect(shown.title).toBe('Amir Haddad is waiting for you');
    app = appOn({ ...app, page: await app.findPage() });
    await app.prompt.getByText('Enhance asks for the PIN of Amir Haddad').waitFor();
    await app.prompt.getByRole('button', { name: 'Cancel this sign-in' }).click();
  },
);

test.skipIf(onElectron)('locks and quits from the tray', async () => {
  await app.control('tray-click', { label: 'Lock' });
  await app.heading('Gatehouse is locked').waitFor();
  const locked = await trayWith('idle', 'Locked · No open sessions');
  expect(locked.menu.find(({ label }) => label === 'Lock')?.enabled).toBe(false);
  await app.control('tray-click', { label: 'Quit' });
  await eventually(() => expect(() => process.kill(app.pid, 0)).toThrow());
});

test.skipIf(onElectron)(
  'sign-outs ordered before the first unlock are kept over a crash, said to wait, and confirmed after it',
  async () => {
    const userData = dataFolder();
    app = await openApp({ userData });
    await app.call('settings.change', { onQuit: 'keep-all' });
    const people = ['Nora Lindholm', 'Sam Whitlock'];
    for (const label of people) {
      const account = await app.call('accounts.add', accountOf(panel, label));
      await app.call('sessions.signIn', { accountId: account.id });
      await app.session(account, 'active');
    }
    await app.close();
    const ours = () => panel.sessions().filter(({ userAgent }) => userAgent?.includes('Gatehouse'));
    expect(ours()).toHaveLength(2);

    app = await openApp({ userData, unlockWith: null });
    await trayWith('active', 'Locked · 2 active');
    await app.control('tray-click', { label: 'Sign out everywhere' });
    await trayWith('attention', 'Locked · 2 endings not confirmed');
    const told = (await app.control('notifications')) as { title: string; body: string }[];
    expect(told.map(({ title }) => title)).toEqual(['2 sign-outs wait for you to unlock Gatehouse']);
    await app.kill();
    expect(ours()).toHaveLength(2);

    app = await openApp({ userData, unlockWith: null });
    await trayWith('attention', 'Locked · 2 endings not confirmed');
    await app.page.keyboard.type(passphrase);
    await app.page.keyboard.press('Enter');
    await eventually(async () => {
      const { receipts } = await app.snapshot();
      expect(receipts.map(({ title }) => title)).toEqual(['Everywhere']);
      expect(receipts[0]!.lines.map(({ account, how }) => [account, how]).toSorted()).toEqual(
        people.map((label) => [label, 'vendor']),
      );
    });
    expect(ours()).toEqual([]);
    expect(await app.call('ledger.verify', {})).toMatchObject({ ok: true, unproved: 2 });
    await app.close();
  },
);
