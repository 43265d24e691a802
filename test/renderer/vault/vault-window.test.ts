import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Failure } from '../../../preload/contract/failure.ts';
import type { Snapshot, VaultState } from '../../../preload/contract/shapes.ts';
import { objections } from '../fixture/axe.ts';
import type { Answers } from '../fixture/fake-bridge.ts';
import { type Harness, startHarness } from '../fixture/harness.ts';
import { answersFor, desk, full, vault } from '../fixture/sample.ts';

let harness: Harness;
beforeAll(async () => {
  harness = await startHarness();
});
afterAll(() => harness.stop());

const deskOf = (rest: Partial<VaultState>): Snapshot => ({
  ...full,
  vault: { ...vault, locksAt: null, ...rest },
});

async function show(snapshot: Snapshot, answers: Answers = {}): Promise<Page> {
  const page = await harness.open({ answers: answersFor(snapshot, answers) });
  return page;
}

const calls = (page: Page, channel: string) =>
  page.evaluate(
    (wanted) => window.fixture.calls.filter((one) => one.channel === wanted).map(({ input }) => input),
    channel,
  );

const field = (page: Page, name: string) => page.getByRole('textbox', { name, exact: true });
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

const keyring = { available: true, backend: 'gnome_libsecret' };
const fresh = deskOf({ state: 'new', keyring, hasPassphrase: false, protection: [] });
const freshWithout = deskOf({
  state: 'new',
  keyring: { available: false, backend: 'basic_text' },
  hasPassphrase: false,
  protection: [],
});
const locked = deskOf({ state: 'locked' });
const broken: Failure = { kind: 'vault-broken', message: 'The keyring no longer knows the key.' };
const brokenVault = deskOf({ state: 'broken', failure: broken, hasPassphrase: false });
const storeFailure: Failure = { kind: 'store-broken', message: 'The database is damaged.' };
const brokenStore: Snapshot = {
  ...deskOf({ state: 'broken', failure: storeFailure, hasPassphrase: false }),
  desk: { ...desk, storeFailure },
};

describe('the first run', () => {
  test('offers the keyring where it protects, and Enter takes it', async () => {
    const page = await show(fresh);
    await page.getByText('This computer’s keyring (GNOME Keyring)').waitFor();
    await page.keyboard.press('Enter');
    expect(await calls(page, 'vault.create')).toEqual([{ passphrase: null }]);
  });

  test('takes a passphrase instead', async () => {
    const page = await show(fresh);
    await page.getByText('A passphrase', { exact: true }).click();
    await page.getByText('can’t be recovered by anyone').waitFor();
    await field(page, 'Passphrase').fill('correct horse battery');
    await field(page, 'Passphrase again').fill('correct horse battery');
    await button(page, 'Set the passphrase').click();
    expect(await calls(page, 'vault.create')).toEqual([{ passphrase: 'correct horse battery' }]);
  });

  test('without a keyring that protects a passphrase is a must', async () => {
    const page = await show(freshWithout);
    await page.getByText('no keyring that protects secrets').waitFor();
    expect(await page.getByRole('radio').count()).toBe(0);
    await page.keyboard.type('short');
    await field(page, 'Passphrase again').fill('other');
    await page.getByText('Use at least 8 characters.').waitFor();
    await page.getByText('The two are not the same.').waitFor();
    expect(await button(page, 'Set the passphrase').isDisabled()).toBe(true);
  });

  test.each([
    ['password1', 'Guessed at once'],
    ['aaaaaaaaaaaa', 'Guessed at once'],
    ['harbour quilt sixteen onward', 'Strong'],
  ])('%s: %s', async (passphrase, words) => {
    const page = await show(freshWithout);
    await page.keyboard.type(passphrase);
    await page.getByRole('status').getByText(words, { exact: true }).waitFor();
  });

  test('says what main refused', async () => {
    const failure: Failure = { kind: 'invalid', message: 'No.', fields: { passphrase: 'It is too short.' } };
    const page = await show(freshWithout, { 'vault.create': { ok: false, failure } });
    await page.keyboard.type('long enough');
    await field(page, 'Passphrase again').fill('long enough');
    await page.keyboard.press('Enter');
    await page.getByText('It is too short.').waitFor();
    expect(await field(page, 'Passphrase').inputValue()).toBe('long enough');
  });
});

describe('the lock', () => {
  test('takes the passphrase that is typed at once, and tells nothing of the accounts', async () => {
    const page = await show(locked);
    await page.getByRole('heading', { name: 'Gatehouse is locked' }).waitFor();
    for (const { label, identity } of full.accounts) {
      expect(await page.getByText(label).count()).toBe(0);
      expect(await page.getByText(identity).count()).toBe(0);
    }
    await page.keyboard.type('open sesame');
    await page.keyboard.press('Enter');
    expect(await calls(page, 'vault.unlock')).toEqual([{ passphrase: 'open sesame' }]);
  });

  test('says that it was wrong, selects it, and waits as long as main says', async () => {
    const failure: Failure = {
      kind: 'refused-credentials',
      message: 'The passphrase is wrong.',
      until: Date.now() + 1_000_000,
      fields: { passphrase: 'The passphrase is wrong.' },
    };
    const page = await show(locked, { 'vault.unlock': { ok: false, failure } });
    await page.keyboard.type('wrong');
    await page.keyboard.press('Enter');
    await page.getByText('The passphrase is wrong.').waitFor();
    await page.getByRole('button', { name: /^Unlock in \d+ m$/ }).waitFor();
    await page.keyboard.type('right');
    expect(await field(page, 'Passphrase').inputValue()).toBe('right');
  });

  test('says that Caps Lock is on', async () => {
    const page = await show(locked);
    await field(page, 'Passphrase').dispatchEvent('keydown', { key: 'A', modifierCapsLock: true });
    await page.getByText('Caps Lock is on').waitFor();
  });

  test('by the keyring alone is one press', async () => {
    const page = await show(deskOf({ state: 'locked', hasPassphrase: false, keyring }));
    await page.keyboard.press('Enter');
    expect(await calls(page, 'vault.unlock')).toEqual([{ passphrase: null }]);
  });

  test('names a keyring that is missing, and asks it again', async () => {
    const failure: Failure = {
      kind: 'vault-locked',
      message: 'The keyring is missing.',
      advice: 'Start it.',
    };
    const page = await show(deskOf({ state: 'locked', hasPassphrase: false, failure }));
    await page.getByText('The keyring is missing.').waitFor();
    await button(page, 'Try again').click();
    expect(await calls(page, 'vault.unlock')).toEqual([{ passphrase: null }]);
  });

  test('can be left: by its button, and by a quit from the tray, which asks', async () => {
    const page = await show(locked);
    await page.evaluate(() => window.fixture.request({ what: 'confirm-quit', activeSessions: 2 }));
    await page.getByRole('alertdialog', { name: 'Quit Gatehouse' }).waitFor();
    await page.keyboard.press('Escape');
    await button(page, 'Quit').click();
    expect(await calls(page, 'desk.quit')).toEqual([{ endAll: false }]);
  });
});

describe('what is broken', () => {
  test('a vault: why, where it lies, and another try', async () => {
    const page = await show(brokenVault);
    await page.getByText(broken.message).waitFor();
    await page.getByText(desk.dataFolder).waitFor();
    await button(page, 'Open folder').click();
    await button(page, 'Try again').click();
    expect(await calls(page, 'desk.openDataFolder')).toHaveLength(1);
    expect(await calls(page, 'vault.unlock')).toEqual([{ passphrase: null }]);
  });

  test('a vault with a passphrase may still be opened by it', async () => {
    const page = await show(deskOf({ state: 'broken', failure: broken, hasPassphrase: true }));
    await page.getByText(broken.message).waitFor();
    await page.keyboard.type('open sesame');
    await page.keyboard.press('Enter');
    expect(await calls(page, 'vault.unlock')).toEqual([{ passphrase: 'open sesame' }]);
  });

  test('a database: why, and no button that writes', async () => {
    const page = await show(brokenStore);
    await page.getByText('The database is damaged.').waitFor();
    expect(await page.getByRole('button').allTextContents()).toEqual(['Open folder', 'Quit']);
  });
});

describe('nothing is wrong for assistive technology in either theme', () => {
  test.each([
    ['first run', fresh],
    ['first run without a keyring', freshWithout],
    ['lock', locked],
    ['broken vault', brokenVault],
    ['broken database', brokenStore],
  ])('%s', async (_what, snapshot) => {
    const page = await show(snapshot);
    expect(await objections(page)).toEqual([]);
  });
});

test('no page complained', () => {
  expect(harness.complaints).toEqual([]);
});
