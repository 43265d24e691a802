import { beforeAll, expect, test } from 'vitest';
import type { Channel } from '#contract/channels.ts';
import type { Account } from '#contract/shapes.ts';
import type { PracticeServer } from '../../practice/common/types.ts';
import {
  accountOf,
  eventually,
  openApp,
  openPractice,
  passphrase,
  serverOf,
  type TestApp,
} from './harness.ts';

/** Locking by hand, after idle time and on suspend; what is in reach then, and that open sessions stay open. */
let app: TestApp;
let panel: PracticeServer;
let nora: Account;

/** Lets the test move the clock of the main process: each signal is ten minutes. */
const movableClock = `--import=data:text/javascript,${encodeURIComponent(
  "const now=Date.now.bind(Date);let ahead=0;Date.now=()=>now()+ahead;process.on('SIGUSR2',()=>{ahead+=600000})",
)}`;
const onElectron = process.env.GATEHOUSE_HOST === 'electron';

beforeAll(async () => {
  panel = serverOf(await openPractice({ only: ['enhance'] }), 'enhance');
  app = await openApp(onElectron ? {} : { env: { NODE_OPTIONS: movableClock } });
  nora = await app.call('accounts.add', accountOf(panel, 'Nora Lindholm'));
  await app.call('sessions.signIn', { accountId: nora.id });
  await app.session(nora, 'active');
});

const lockScreen = () => app.heading('Gatehouse is locked').waitFor();
async function unlock() {
  await app.field('Passphrase').fill(passphrase);
  await app.button('Unlock').click();
  await app.row('Nora Lindholm').waitFor();
}

test('locks and unlocks by hand; the session stays open', async () => {
  await app.button('Lock').click();
  await lockScreen();
  expect(await app.page.locator('body').textContent()).not.toContain('Nora');
  await app.look('locked');
  await app.field('Passphrase').fill('not the passphrase');
  await app.button('Unlock').click();
  await app.page
    .getByText(/passphrase is not right|wrong|not the passphrase/i)
    .first()
    .waitFor();
  await app.look('locked-refused');
  await unlock();
  expect(await app.session(nora, 'active')).toMatchObject({ method: 'password' });
  expect(panel.sessions().filter(({ userAgent }) => userAgent?.includes('Gatehouse'))).toHaveLength(1);
});

test('puts every channel out of reach that could touch a secret', async () => {
  const session = await app.session(nora, 'active');
  await app.call('vault.lock');
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
    await expect(app.call(channel, input as never), channel).rejects.toThrow('Gatehouse is locked.');
  expect(await app.snapshot()).toMatchObject({ accounts: [], sessions: [], prompts: [], receipts: [] });
  await unlock();
});

test('a lock while something is asked names nobody anywhere, and asks nothing after the unlock', async () => {
  const amir = await app.call('accounts.add', accountOf(panel, 'Amir Haddad'));
  await app.call('sessions.signIn', { accountId: amir.id });
  await app.session(amir, 'waiting');
  await app.prompt.getByText('Enhance asks for the PIN of Amir Haddad').waitFor();
  await app.call('vault.lock');
  await lockScreen();
  expect(await app.page.content()).not.toMatch(/Amir|Nora/);
  expect(await app.page.title()).not.toMatch(/Amir|Nora/);
  if (!onElectron) expect(JSON.stringify(await app.control('tray'))).not.toMatch(/Amir|Nora/);
  await unlock();
  await app.session(amir, 'ended');
  expect(await app.dialog.count()).toBe(0);
  await app.button('Lock').click();
  await lockScreen();
  await unlock();
  await app.call('accounts.remove', { id: amir.id });
});

test('locks on suspend, unless the setting says otherwise', async () => {
  await app.call('settings.change', { lockOnSuspend: false });
  await app.control('power', { event: 'suspend' });
  expect((await app.snapshot()).vault.state).toBe('unlocked');
  await app.call('settings.change', { lockOnSuspend: true });
  await app.control('power', { event: 'suspend' });
  await lockScreen();
  await unlock();
});

test.skipIf(onElectron)('locks after the idle time, and not while the machine is in use', async () => {
  await app.button('Settings').click();
  await app.heading('Settings').waitFor();
  await app.look('settings');
  await app.call('settings.change', { autoLockMinutes: 5 });
  const later = async (seconds: number) => {
    await app.control('idle', { seconds });
    process.kill(app.pid, 'SIGUSR2');
  };
  /** The machine's word that it is awake makes Gatehouse look at the clock; the signal may take a moment. */
  const lookedAt = () => app.control('power', { event: 'resume' });
  await later(20);
  await eventually(async () => {
    await lookedAt();
    const { state, locksAt } = (await app.snapshot()).vault;
    expect(state).toBe('unlocked');
    expect(locksAt).toBeGreaterThan(Date.now() + 10 * 60_000);
  });
  await later(600);
  await eventually(async () => {
    await lookedAt();
    expect((await app.snapshot()).vault.state).toBe('locked');
  });
  await lockScreen();
  await unlock();
  expect(await app.close()).toBe(0);
});
