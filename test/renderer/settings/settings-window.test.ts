import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Failure } from '#contract/failure.ts';
import { noUpdates, type Settings, type Snapshot, type Updates } from '#contract/shapes.ts';
import { objections } from '../fixture/axe.ts';
import type { Answers } from '../fixture/fake-bridge.ts';
import { type Harness, startHarness } from '../fixture/harness.ts';
import { answersFor, app, full, settings, vault } from '../fixture/sample.ts';

let harness: Harness;
beforeAll(async () => {
  harness = await startHarness();
});
afterAll(() => harness.stop());

const set: Answers = { 'vault.setPassphrase': { ok: true, value: { recoveryCode: null } } };

async function show(snapshot: Snapshot = { ...full, prompts: [] }, answers: Answers = {}): Promise<Page> {
  const page = await harness.open({ answers: answersFor(snapshot, answers) });
  await page.keyboard.press('Control+,');
  await page.getByRole('heading', { name: 'Settings' }).waitFor();
  return page;
}

const calls = (page: Page, channel: string) =>
  page.evaluate(
    (wanted) => window.fixture.calls.filter((one) => one.channel === wanted).map(({ input }) => input),
    channel,
  );

/** Main tells the window what has become of the settings. */
const told = (page: Page, rest: Partial<Settings>) =>
  page.evaluate((value) => window.fixture.change([{ entity: 'settings', value }]), { ...settings, ...rest });
const field = (page: Page, name: string) => page.getByRole('textbox', { name, exact: true });
const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name });
const recoveryCode = 'K7QD-M2XW-9RTA-4HEV-0P3N-YB8J-6GZ1';
const keyring = { available: true, backend: 'kwallet6' };
const withKeyring: Snapshot = { ...full, prompts: [], vault: { ...vault, keyring } };

async function select(page: Page, label: string, option: string) {
  await page.getByRole('button', { name: new RegExp(label) }).click();
  await page.getByRole('option', { name: option, exact: true }).click();
}

test('the theme changes when main says so, and not before', async () => {
  const page = await show();
  const theme = () => page.locator('html').getAttribute('data-theme');
  const before = await theme();
  await select(page, 'Theme', 'Dark');
  await expect.poll(() => calls(page, 'settings.change')).toEqual([{ theme: 'dark' }]);
  expect(await theme()).toBe(before);
  await told(page, { theme: 'dark' });
  await expect.poll(theme).toBe('dark');
});

test.each([
  ['Stay in the tray', { closeToTray: false }],
  ['Lock when the computer sleeps', { lockOnSuspend: false }],
  ['Show notifications', { notifications: false }],
])('%s is a switch', async (label, patch) => {
  const page = await show();
  const one = page.getByRole('switch', { name: new RegExp(label) });
  expect(await one.isChecked()).toBe(true);
  await page.getByText(label, { exact: true }).click();
  await expect.poll(() => calls(page, 'settings.change')).toEqual([patch]);
  await told(page, patch);
  await expect.poll(() => one.isChecked()).toBe(false);
});

test('whether a sign-in brings the window up is a choice', async () => {
  const page = await show();
  await page.getByRole('button', { name: /When a sign-in needs you/ }).click();
  await page.getByRole('option', { name: 'Only notify' }).click();
  await expect.poll(() => calls(page, 'settings.change')).toEqual([{ onPrompt: 'notify' }]);
});

test('locking and quitting are choices', async () => {
  const page = await show();
  await select(page, 'Lock without input', 'Never');
  await select(page, 'When quitting', 'End all sessions');
  expect(await calls(page, 'settings.change')).toEqual([{ autoLockMinutes: 0 }, { onQuit: 'end-all' }]);
});

test('what becomes of consoles at a lock is a choice', async () => {
  const page = await show();
  await select(page, 'consoles at a lock', 'Close them');
  expect(await calls(page, 'settings.change')).toEqual([{ consolesOnLock: 'close' }]);
});

test('a time that is not in the list is shown and kept', async () => {
  const page = await show({ ...full, settings: { ...settings, autoLockMinutes: 7 } });
  await button(page, /After 7 minutes/).waitFor();
});

test('warnings before expiry are sent as the whole list', async () => {
  const page = await show();
  await page.getByText('15 m', { exact: true }).click();
  await expect.poll(() => calls(page, 'settings.change')).toEqual([{ warnBeforeExpiryMinutes: [30, 15, 5] }]);
});

test('a change that main refuses is told, and nothing changes', async () => {
  const failure: Failure = { kind: 'internal', message: 'The settings could not be written.' };
  const page = await show(undefined, { 'settings.change': { ok: false, failure } });
  await page.getByText('Stay in the tray', { exact: true }).click();
  await page.getByText(failure.message).waitFor();
  expect(await page.getByRole('switch', { name: /Stay in the tray/ }).isChecked()).toBe(true);
});

test('the data folder and what runs are named', async () => {
  const page = await show();
  await page.getByText(app.dataFolder).waitFor();
  await page.getByText(`Runs on ${app.host}.`).waitFor();
  await button(page, 'Open folder').click();
  expect(await calls(page, 'app.openDataFolder')).toHaveLength(1);
});

test.each([
  ['windows', 'Windows does not wait when it shuts down', 'Ctrl+Alt+Shift+O'],
  ['wayland', 'then only input in Gatehouse counts', 'Ctrl+Alt+Shift+O'],
  ['macos', 'From any program, at once and without a question.', '⌥⇧⌘O'],
] as const)('the words are those of %s', async (system, words, keys) => {
  const page = await show({ ...withKeyring, appInfo: { ...full.appInfo, system } });
  await page.getByText(words).waitFor();
  await page.getByText(`Sign out everywhere with ${keys}`).waitFor();
});

test('the keys of the whole desktop are off until somebody wants them', async () => {
  const page = await show();
  const one = page.getByRole('switch', { name: /Sign out everywhere with/ });
  expect(await one.isChecked()).toBe(false);
  await page.getByText('Sign out everywhere with Ctrl+Alt+Shift+O').click();
  await expect.poll(() => calls(page, 'settings.change')).toEqual([{ signOutShortcut: true }]);
});

test('keys that another program has are told of', async () => {
  const settings = { ...full.settings, signOutShortcut: true };
  const page = await show({
    ...withKeyring,
    settings,
    appInfo: { ...full.appInfo, signOutShortcut: 'refused' },
  });
  await page.getByText('Another program has these keys already').waitFor();
});

describe('the passphrase', () => {
  test('is set where the keyring opened the vault', async () => {
    const page = await show({ ...withKeyring, vault: { ...vault, keyring, hasPassphrase: false } }, set);
    await page.getByText('Opened by this computer’s keyring (KWallet)').waitFor();
    await button(page, 'Set a passphrase…').click();
    await field(page, 'Passphrase').fill('correct horse battery');
    await field(page, 'Passphrase again').fill('correct horse battery');
    await button(page, /^Set passphrase$/).click();
    await page.getByText('The passphrase is set.').waitFor();
    expect(await calls(page, 'vault.setPassphrase')).toEqual([
      { current: null, next: 'correct horse battery', recovery: false },
    ]);
  });

  test('that is too easy to guess is not taken', async () => {
    const page = await show();
    await button(page, 'Change passphrase…').click();
    await page.keyboard.type('the old one');
    await field(page, 'New passphrase').fill('password');
    await field(page, 'New passphrase again').fill('password');
    await page.getByText('This passphrase is too easy to guess.').waitFor();
    expect(await button(page, /^Change passphrase$/).isDisabled()).toBe(true);
  });

  test('is changed with everything encrypted anew, and says what that means for copies and the code', async () => {
    const page = await show(
      { ...withKeyring, vault: { ...vault, keyring, hasRecovery: true } },
      { 'vault.setPassphrase': { ok: true, value: { recoveryCode } } },
    );
    await button(page, 'Change passphrase…').click();
    const dialog = page.getByRole('dialog', { name: 'Change the passphrase' });
    await dialog.getByText('Everything is encrypted anew with a new key.').waitFor();
    await dialog.getByText('Old copies of the data folder don’t open what is stored from now on.').waitFor();
    await dialog.getByText('The present recovery code stops working.').waitFor();
    expect(await page.getByRole('checkbox', { name: 'Also make a recovery code' }).isChecked()).toBe(true);
    await page.keyboard.type('the old one');
    await field(page, 'New passphrase').fill('correct horse battery');
    await field(page, 'New passphrase again').fill('correct horse battery');
    await button(page, /^Change passphrase$/).click();
    await page.getByRole('alertdialog', { name: 'Your recovery code' }).getByText('M2XW').waitFor();
    expect(await calls(page, 'vault.setPassphrase')).toEqual([
      { current: 'the old one', next: 'correct horse battery', recovery: true },
    ]);
  });

  test('is changed only with the present one', async () => {
    const failure: Failure = { kind: 'refused-credentials', message: 'The passphrase is wrong.' };
    const page = await show(withKeyring, { 'vault.setPassphrase': { ok: false, failure } });
    await button(page, 'Change passphrase…').click();
    await page.keyboard.type('the old one');
    await field(page, 'New passphrase').fill('the new one');
    await field(page, 'New passphrase again').fill('the new one');
    await button(page, /^Change passphrase$/).click();
    await page.getByText('The passphrase is wrong.').waitFor();
    await field(page, 'Present passphrase').and(page.locator(':focus')).waitFor();
    expect(await calls(page, 'vault.setPassphrase')).toEqual([
      { current: 'the old one', next: 'the new one', recovery: false },
    ]);
    expect(await field(page, 'New passphrase').inputValue()).toBe('the new one');
  });

  test('is removed with the present one', async () => {
    const page = await show(withKeyring);
    await button(page, 'Remove…').click();
    await page.keyboard.type('the old one');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(await calls(page, 'vault.setPassphrase')).toEqual([
      { current: 'the old one', next: null, recovery: false },
    ]);
  });

  test('can’t be removed where no keyring protects', async () => {
    const page = await show();
    await button(page, 'Change passphrase…').waitFor();
    expect(await button(page, 'Remove…').count()).toBe(0);
  });
});

describe('the recovery code', () => {
  const withCode: Snapshot = { ...full, prompts: [], vault: { ...vault, hasRecovery: true } };
  const made: Answers = { 'vault.setRecovery': { ok: true, value: { recoveryCode } } };

  test('is made with the passphrase, and shown with the focus in its dialog', async () => {
    const page = await show(undefined, made);
    await page.getByText('No recovery code').waitFor();
    await button(page, 'Make a recovery code…').click();
    await page.keyboard.type('the old one');
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('alertdialog', { name: 'Your recovery code' });
    await dialog.getByText('K7QD').waitFor();
    expect(await calls(page, 'vault.setRecovery')).toEqual([{ passphrase: 'the old one', on: true }]);
    await expect.poll(() => dialog.evaluate((node) => node.contains(document.activeElement))).toBe(true);
    await dialog.getByText('I have put it in a safe place').click();
    await button(page, 'Go on').press('Enter');
    await dialog.waitFor({ state: 'detached' });
    await page.locator('main:focus').waitFor();
  });

  test('that is there can be replaced', async () => {
    const page = await show(withCode, made);
    await page.getByText('There is a recovery code').waitFor();
    await button(page, 'Make a new code…').click();
    await page.getByText('The present code stops working.').waitFor();
    await page.getByText('change the passphrase instead: only that makes a new key.').waitFor();
  });

  test('is removed with the passphrase; a wrong one is told', async () => {
    const failure: Failure = { kind: 'refused-credentials', message: 'The passphrase is wrong.' };
    const page = await show(withCode, { 'vault.setRecovery': { ok: false, failure } });
    await button(page, 'Remove code…').click();
    await page.getByText('change the passphrase instead: only that makes a new key.').waitFor();
    await page.keyboard.type('the old one');
    await page.keyboard.press('Enter');
    await page.getByText(failure.message).waitFor();
    await field(page, 'Present passphrase').and(page.locator(':focus')).waitFor();
    expect(await calls(page, 'vault.setRecovery')).toEqual([{ passphrase: 'the old one', on: false }]);
  });

  test('can’t be made where the keyring opens the vault', async () => {
    const page = await show({ ...withKeyring, vault: { ...vault, keyring, hasPassphrase: false } });
    await button(page, 'Set a passphrase…').waitFor();
    expect(await page.getByText('recovery code').count()).toBe(0);
  });
});

test('nothing is wrong for assistive technology in the settings and the passphrase dialog', async () => {
  const page = await show(withKeyring);
  expect(await objections(page)).toEqual([]);
  await button(page, 'Change passphrase…').click();
  await page.getByRole('dialog').waitFor();
  expect(await objections(page)).toEqual([]);
});

test('no page complained', () => {
  expect(harness.complaints).toEqual([]);
});

describe('updates', () => {
  const shown = (updates: Partial<Updates>): Snapshot => ({
    ...full,
    prompts: [],
    appInfo: { ...app, updates: { ...noUpdates, state: 'idle', ...updates } },
  });
  const section = (page: Page) => page.getByRole('region', { name: 'Updates', exact: true });

  test('that are off say why, and offer nothing', async () => {
    const failure: Failure = { kind: 'not-found', message: 'No address is set.', advice: 'Ask for one.' };
    const page = await show(shown({ state: 'off', failure }));
    await section(page).getByText('No address is set. Ask for one.').waitFor();
    expect(await section(page).getByRole('button').count()).toBe(0);
  });

  test('are looked for at a press, and come with their growth and their makers’ words', async () => {
    const page = await show(shown({}), { 'updates.check': { ok: true, value: undefined } });
    await section(page).getByText('Not checked since the start.').waitFor();
    await button(page, 'Check now').click();
    await expect.poll(() => calls(page, 'updates.check')).toHaveLength(1);
    const value = {
      ...app,
      updates: {
        ...noUpdates,
        state: 'downloading' as const,
        version: '2.0.0',
        notes: `- <img src=x onerror=alert(1)>\u202e turned\n${'- more\n'.repeat(500)}`,
        progress: 0.42,
      },
    };
    await page.evaluate((info) => window.fixture.change([{ entity: 'appInfo', value: info }]), value);
    const bar = section(page).getByRole('progressbar', { name: 'Download of Gatehouse 2.0.0' });
    await expect.poll(() => bar.getAttribute('aria-valuenow')).toBe('42');
    const words = await section(page)
      .getByRole('region', { name: 'What is new in Gatehouse 2.0.0' })
      .locator('p')
      .allTextContents();
    expect(words[1]).toBe('- <img src=x onerror=alert(1)> turned');
    expect(words).toHaveLength(61);
    expect(await button(page, 'Check now').isDisabled()).toBe(true);
    expect(await objections(page)).toEqual([]);
  });

  test('that are here are led to from the status bar, and installed when main may', async () => {
    const failure: Failure = { kind: 'conflict', message: 'A sign-in waits for you.' };
    const page = await show(shown({ state: 'ready', version: '2.0.0' }), {
      'updates.install': { ok: false, failure },
    });
    await page.keyboard.press('Control+k');
    await page.keyboard.press('Escape');
    await page.locator('footer').getByRole('button', { name: 'Gatehouse 2.0.0 is ready' }).click();
    await button(page, 'Restart and update').click();
    await page.getByText('A sign-in waits for you.').waitFor();
    expect(await calls(page, 'updates.install')).toHaveLength(1);
  });

  test('ask what is to become of open sessions, and say that it is for the update', async () => {
    const page = await show(shown({ state: 'ready', version: '2.0.0' }), {
      'app.quit': { ok: true, value: undefined },
    });
    await page.evaluate(() =>
      window.fixture.request({ what: 'confirm-quit', activeSessions: 2, update: true }),
    );
    await page.getByRole('alertdialog', { name: 'Restart and update' }).waitFor();
    await button(page, 'Keep and update').click();
    await expect.poll(() => calls(page, 'app.quit')).toEqual([{ endAll: false, update: true }]);
  });
});
