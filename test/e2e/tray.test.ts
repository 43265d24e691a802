import { beforeAll, expect, it } from 'vitest';
import type { PracticeServer } from '../../practice/common/server.ts';
import type { Account } from '../../preload/contract/shapes.ts';
import {
  accountOf,
  closeWindow,
  type Desk,
  dataFolder,
  deskOn,
  eventually,
  openDesk,
  openPractice,
  passphrase,
  serverOf,
} from './kit.ts';

interface Tray {
  image: string;
  toolTip: string;
  menu: { label: string; type: string; enabled: boolean }[];
}

/** The tray, the same menu in the window, and what happens while the window is closed. Stand-in host only. */
let desk: Desk;
let panel: PracticeServer;
let nora: Account;
let amir: Account;

const onElectron = process.env.GATEHOUSE_HOST === 'electron';
const tray = async () => (await desk.control('tray')) as Tray;
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
  desk = await openDesk();
  nora = await desk.call('accounts.add', accountOf(panel, 'Nora Lindholm'));
  amir = await desk.call('accounts.add', accountOf(panel, 'Amir Haddad'));
});

it.skipIf(onElectron)('says what is going on: idle, active, waiting, endings not confirmed', async () => {
  const idle = await trayWith('idle', 'No open sessions');
  expect(labels(idle)).toEqual(['No open sessions', 'Sign out everywhere', 'Lock', 'Open Gatehouse', 'Quit']);
  expect(idle.menu.find(({ label }) => label === 'Sign out everywhere')?.enabled).toBe(false);

  await desk.call('sessions.signIn', { accountId: nora.id });
  expect(labels(await trayWith('active', '1 active'))).toContain(
    'Sign out Nora Lindholm · Northwind Hosting',
  );

  await desk.call('sessions.signIn', { accountId: amir.id });
  await trayWith('waiting', '1 active · 1 waiting for you');
  await desk.dialog.getByRole('button', { name: 'Cancel this sign-in' }).click();
  await trayWith('active', '1 active');

  panel.misbehave({ operation: 'deleteCurrentSession', status: 503 });
  await desk.control('tray-click', { label: 'Sign out Nora Lindholm · Northwind Hosting' });
  await trayWith('attention', '1 ending not confirmed');
  const sessionId = (await desk.session(nora, 'ending')).id;
  panel.behave();
  await desk.call('sessions.tryEndingNow', { sessionId });
  await trayWith('idle', 'No open sessions');
});

it.skipIf(onElectron)('offers the same menu inside the window', async () => {
  await desk.call('sessions.signIn', { accountId: nora.id });
  await desk.session(nora, 'active');
  await desk.button('Sign out…').click();
  const menu = desk.page.getByRole('menu');
  await menu.getByText('Sign out Nora Lindholm · Northwind Hosting').waitFor();
  const inside = await menu.getByRole('menuitem').allInnerTexts();
  // The tray itself is drawn anew a moment later.
  const [summary, ...actions] = await eventually(async () => {
    const now = labels(await tray());
    expect(now.slice(1)).toEqual(inside);
    return now;
  });
  await menu.getByText(summary!).waitFor();
  expect(actions).toContain('Sign out Nora Lindholm · Northwind Hosting');
  await desk.look('sign-out-menu');
  await desk.page.getByRole('menuitem', { name: 'Sign out Nora Lindholm · Northwind Hosting' }).click();
  await desk.session(nora, 'ended');
  expect(panel.sessions().filter(({ userAgent }) => userAgent?.includes('Gatehouse'))).toEqual([]);
});

it.skipIf(onElectron)('signs out everywhere from the tray', async () => {
  for (const account of [nora, amir]) await desk.call('sessions.signIn', { accountId: account.id });
  await trayWith('waiting', '1 active · 1 waiting for you');
  await desk.control('tray-click', { label: 'Sign out everywhere' });
  await desk.session(nora, 'ended');
  await eventually(() =>
    expect(panel.sessions().filter(({ userAgent }) => userAgent?.includes('Gatehouse'))).toEqual([]),
  );
  await trayWith('idle', 'No open sessions');
});

it.skipIf(onElectron)(
  'closing the window leaves the tray, and a prompt raises the window and names the account',
  async () => {
    await closeWindow(desk);
    expect(labels(await tray())).toContain('Open Gatehouse');
    process.kill(desk.pid, 0);

    await desk.control('tray-click', { label: 'Open Gatehouse' });
    desk = deskOn({ ...desk, page: await desk.findPage() });
    await desk.row('Amir Haddad').click();

    const before = ((await desk.control('notifications')) as unknown[]).length;
    // The window is asked to sign in and closed before the panel has answered.
    panel.misbehave({ operation: 'createSession', latency: 4_000, times: 1 });
    await desk.button('Sign in').click();
    await desk.session(amir, 'signing-in');
    await closeWindow(desk);
    const shown = await eventually(async () => {
      const all = (await desk.control('notifications')) as { title: string; body: string }[];
      expect(all).toHaveLength(before + 1);
      return all.at(-1)!;
    });
    expect(shown.title).toBe('Amir Haddad is waiting for you');
    desk = deskOn({ ...desk, page: await desk.findPage() });
    await desk.dialog.getByText(/asks for a PIN/).waitFor();
    await desk.dialog.getByRole('button', { name: 'Cancel this sign-in' }).click();
  },
);

it.skipIf(onElectron)('locks and quits from the tray', async () => {
  await desk.control('tray-click', { label: 'Lock' });
  await desk.heading('Gatehouse is locked').waitFor();
  const locked = await trayWith('idle', 'Locked · No open sessions');
  expect(locked.menu.find(({ label }) => label === 'Lock')?.enabled).toBe(false);
  await desk.control('tray-click', { label: 'Quit' });
  await eventually(() => expect(() => process.kill(desk.pid, 0)).toThrow());
});

it.skipIf(onElectron)(
  'sign-outs ordered before the first unlock are kept over a crash, said to wait, and confirmed after it',
  async () => {
    const userData = dataFolder();
    desk = await openDesk({ userData });
    await desk.call('settings.change', { onQuit: 'keep-all' });
    const people = ['Nora Lindholm', 'Sam Whitlock'];
    for (const label of people) {
      const account = await desk.call('accounts.add', accountOf(panel, label));
      await desk.call('sessions.signIn', { accountId: account.id });
      await desk.session(account, 'active');
    }
    await desk.close();
    const ours = () => panel.sessions().filter(({ userAgent }) => userAgent?.includes('Gatehouse'));
    expect(ours()).toHaveLength(2);

    desk = await openDesk({ userData, unlockWith: null });
    await trayWith('active', 'Locked · 2 active');
    await desk.control('tray-click', { label: 'Sign out everywhere' });
    await trayWith('attention', 'Locked · 2 endings not confirmed');
    const told = (await desk.control('notifications')) as { title: string; body: string }[];
    expect(told.map(({ title }) => title)).toEqual(['2 sign-outs wait for you to unlock Gatehouse']);
    await desk.kill();
    expect(ours()).toHaveLength(2);

    desk = await openDesk({ userData, unlockWith: null });
    await trayWith('attention', 'Locked · 2 endings not confirmed');
    await desk.page.keyboard.type(passphrase);
    await desk.page.keyboard.press('Enter');
    await eventually(async () => {
      const { receipts } = await desk.snapshot();
      expect(receipts.map(({ title }) => title)).toEqual(['Everywhere']);
      expect(receipts[0]!.lines.map(({ account, how }) => [account, how]).toSorted()).toEqual(
        people.map((label) => [label, 'vendor']),
      );
    });
    expect(ours()).toEqual([]);
    expect(await desk.call('ledger.verify', {})).toMatchObject({ ok: true, unproved: 2 });
    await desk.close();
  },
);
