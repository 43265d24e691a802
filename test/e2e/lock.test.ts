import { beforeAll, expect, it } from 'vitest';
import type { PracticeServer } from '../../practice/common/server.ts';
import type { Channel } from '../../preload/contract/channels.ts';
import type { Account } from '../../preload/contract/shapes.ts';
import { accountOf, type Desk, eventually, openDesk, openPractice, passphrase, serverOf } from './kit.ts';

/** Locking by hand, after idle time and on suspend; what is in reach then, and that open sessions stay open. */
let desk: Desk;
let panel: PracticeServer;
let nora: Account;

/** Lets the test move the clock of the main process: each signal is ten minutes. */
const movableClock = `--import=data:text/javascript,${encodeURIComponent(
  "const now=Date.now.bind(Date);let ahead=0;Date.now=()=>now()+ahead;process.on('SIGUSR2',()=>{ahead+=600000})",
)}`;
const onElectron = process.env.GATEHOUSE_HOST === 'electron';

beforeAll(async () => {
  panel = serverOf(await openPractice({ only: ['enhance'] }), 'enhance');
  desk = await openDesk(onElectron ? {} : { env: { NODE_OPTIONS: movableClock } });
  nora = await desk.call('accounts.add', accountOf(panel, 'Nora Lindholm'));
  await desk.call('sessions.signIn', { accountId: nora.id });
  await desk.session(nora, 'active');
});

const lockScreen = () => desk.heading('Gatehouse is locked').waitFor();
async function unlock() {
  await desk.field('Passphrase').fill(passphrase);
  await desk.button('Unlock').click();
  await desk.row('Nora Lindholm').waitFor();
}

it('locks and unlocks by hand; the session stays open', async () => {
  await desk.button('Lock').click();
  await lockScreen();
  expect(await desk.page.locator('body').textContent()).not.toContain('Nora');
  await desk.look('locked');
  await desk.field('Passphrase').fill('not the passphrase');
  await desk.button('Unlock').click();
  await desk.page
    .getByText(/passphrase is not right|wrong|not the passphrase/i)
    .first()
    .waitFor();
  await desk.look('locked-refused');
  await unlock();
  expect(await desk.session(nora, 'active')).toMatchObject({ method: 'password' });
  expect(panel.sessions().filter(({ userAgent }) => userAgent?.includes('Gatehouse'))).toHaveLength(1);
});

it('puts every channel out of reach that could touch a secret', async () => {
  const session = await desk.session(nora, 'active');
  await desk.call('vault.lock');
  await lockScreen();
  const tries: [Channel, unknown][] = [
    ['accounts.change', { id: nora.id, account: accountOf(panel, 'Nora Lindholm') }],
    ['accounts.test', { account: accountOf(panel, 'Nora Lindholm') }],
    ['sessions.signIn', { accountId: nora.id }],
    ['sessions.identity', { sessionId: session.id }],
    ['sessions.remote', { sessionId: session.id }],
    ['handover.copy', { sessionId: session.id, what: 'token' }],
    ['ledger.page', { limit: 10 }],
  ];
  for (const [channel, input] of tries)
    await expect(desk.call(channel, input as never), channel).rejects.toThrow('Gatehouse is locked.');
  expect(await desk.snapshot()).toMatchObject({ accounts: [], sessions: [], prompts: [], receipts: [] });
  await unlock();
});

it('a lock while something is asked names nobody anywhere, and asks nothing after the unlock', async () => {
  const amir = await desk.call('accounts.add', accountOf(panel, 'Amir Haddad'));
  await desk.call('sessions.signIn', { accountId: amir.id });
  await desk.session(amir, 'waiting');
  await desk.dialog.getByText(/asks for a PIN/).waitFor();
  await desk.call('vault.lock');
  await lockScreen();
  expect(await desk.page.content()).not.toMatch(/Amir|Nora/);
  expect(await desk.page.title()).not.toMatch(/Amir|Nora/);
  if (!onElectron) expect(JSON.stringify(await desk.control('tray'))).not.toMatch(/Amir|Nora/);
  await unlock();
  await desk.session(amir, 'ended');
  expect(await desk.dialog.count()).toBe(0);
  await desk.button('Lock').click();
  await lockScreen();
  await unlock();
  await desk.call('accounts.remove', { id: amir.id });
});

it('locks on suspend, unless the setting says otherwise', async () => {
  await desk.call('settings.change', { lockOnSuspend: false });
  await desk.control('power', { event: 'suspend' });
  expect((await desk.snapshot()).vault.state).toBe('unlocked');
  await desk.call('settings.change', { lockOnSuspend: true });
  await desk.control('power', { event: 'suspend' });
  await lockScreen();
  await unlock();
});

it.skipIf(onElectron)('locks after the idle time, and not while the machine is in use', async () => {
  await desk.button('Settings').click();
  await desk.heading('Settings').waitFor();
  await desk.look('settings');
  await desk.call('settings.change', { autoLockMinutes: 5 });
  const later = async (seconds: number) => {
    await desk.control('idle', { seconds });
    process.kill(desk.pid, 'SIGUSR2');
  };
  /** The machine's word that it is awake makes Gatehouse look at the clock; the signal may take a moment. */
  const lookedAt = () => desk.control('power', { event: 'resume' });
  await later(20);
  await eventually(async () => {
    await lookedAt();
    const { state, locksAt } = (await desk.snapshot()).vault;
    expect(state).toBe('unlocked');
    expect(locksAt).toBeGreaterThan(Date.now() + 10 * 60_000);
  });
  await later(600);
  await eventually(async () => {
    await lookedAt();
    expect((await desk.snapshot()).vault.state).toBe('locked');
  });
  await lockScreen();
  await unlock();
  expect(await desk.close()).toBe(0);
});
