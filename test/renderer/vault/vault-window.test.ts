import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Failure } from '#contract/failure.ts';
import type { Snapshot, VaultState } from '#contract/shapes.ts';
import { objections } from '../fixture/axe.ts';
import type { Answers } from '../fixture/fake-bridge.ts';
import { type Harness, startHarness } from '../fixture/harness.ts';
import { answersFor, app, full, vault } from '../fixture/sample.ts';

let harness: Harness;
beforeAll(async () => {
  harness = await startHarness();
});
afterAll(() => harness.stop());

const snapshotWith = (rest: Partial<VaultState>): Snapshot => ({
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
const fresh = snapshotWith({ state: 'new', keyring, hasPassphrase: false, protection: [] });
const beingAsked = { available: null, backend: 'unknown' };
const freshAsked = snapshotWith({
  state: 'new',
  keyring: beingAsked,
  hasPassphrase: false,
  protection: [],
});
const freshWithout = snapshotWith({
  state: 'new',
  keyring: { available: false, backend: 'basic_text' },
  hasPassphrase: false,
  protection: [],
});
const locked = snapshotWith({ state: 'locked' });
const lockedWithCode = snapshotWith({ state: 'locked', hasRecovery: true });
const recoveryCode = 'K7QD-M2XW-9RTA-4HEV-0P3N-YB8J-6GZ1';
const unlocked: VaultState = { ...vault, locksAt: null, hasRecovery: true };
const broken: Failure = { kind: 'vault-broken', message: 'The keyring no longer knows the key.' };
const brokenVault = snapshotWith({ state: 'broken', failure: broken, hasPassphrase: false });
const storeFailure: Failure = { kind: 'store-broken', message: 'The database is damaged.' };
const brokenStore: Snapshot = {
  ...snapshotWith({ state: 'broken', failure: storeFailure, hasPassphrase: false }),
  appInfo: { ...app, storeFailure },
};

const withBackups: Snapshot = {
  ...brokenStore,
  appInfo: {
    ...brokenStore.appInfo,
    backups: [
      { name: 'gatehouse-1.db', madeAt: new Date(2026, 10, 23, 8).getTime(), bytes: 2_304_512 },
      { name: 'gatehouse-2.db', madeAt: new Date(2026, 10, 22, 8).getTime(), bytes: 183_700 },
    ],
  },
};

describe('the first run', () => {
  test('offers the keyring where it protects, and Enter takes it', async () => {
    const page = await show(fresh);
    await page.getByText('This computer’s keyring (GNOME Keyring)').waitFor();
    await page.keyboard.press('Enter');
    expect(await calls(page, 'vault.create')).toEqual([{ passphrase: null, recovery: false }]);
  });

  test('takes a passphrase instead', async () => {
    const page = await show(fresh);
    await page.getByText('A passphrase', { exact: true }).click();
    await page.getByText('can’t be recovered by anyone').waitFor();
    await field(page, 'Passphrase').fill('correct horse battery');
    await field(page, 'Passphrase again').fill('correct horse battery');
    await button(page, 'Set the passphrase').click();
    expect(await calls(page, 'vault.create')).toEqual([
      { passphrase: 'correct horse battery', recovery: false },
    ]);
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

  test('a keyring that is long in answering keeps nobody from a passphrase, and is offered when it has', async () => {
    const page = await show(freshAsked);
    await page.getByText('keyring is still being asked').waitFor();
    await field(page, 'Passphrase').fill('correct horse battery');
    await page.evaluate((value) => window.fixture.change([{ entity: 'vault', value }]), {
      ...freshAsked.vault,
      keyring,
    });
    await page.getByRole('radio', { name: 'This computer’s keyring (GNOME Keyring)' }).waitFor();
    expect(await field(page, 'Passphrase').inputValue()).toBe('correct horse battery');
  });

  test.each([
    ['password', 'Guessed at once', 'It is one of the passwords that are tried first.'],
    ['        ', 'Guessed at once', 'Repeating something adds next to nothing.'],
    ['ｐａｓｓｗｏｒｄ', 'Guessed at once', 'It is one of the passwords that are tried first.'],
    ['Gatehouse1', 'Easy to guess', 'The name of this program is tried early.'],
    ['abcdefgh', 'Guessed at once', 'Runs such as “abcd” and “6543” are tried early.'],
  ])('refuses “%s”: %s. %s', async (passphrase, words, why) => {
    const page = await show(freshWithout);
    await field(page, 'Passphrase').fill(passphrase);
    await field(page, 'Passphrase again').fill(passphrase);
    await page.getByRole('status').getByText(words, { exact: true }).waitFor();
    await page
      .getByRole('status')
      .getByText(`${why} Use three or four words that have nothing to do with each other.`)
      .waitFor();
    await page.getByText('This passphrase is too easy to guess.').waitFor();
    expect(await button(page, 'Set the passphrase').isDisabled()).toBe(true);
    await page.keyboard.press('Enter');
    expect(await calls(page, 'vault.create')).toEqual([]);
  });

  test('takes a passphrase as soon as it is strong enough, and says so', async () => {
    const page = await show(freshWithout);
    await field(page, 'Passphrase').fill('harbour quilt sixteen onward');
    await page.getByRole('status').getByText('Strong', { exact: true }).waitFor();
    await field(page, 'Passphrase again').fill('harbour quilt sixteen onward');
    await expect.poll(() => button(page, 'Set the passphrase').isDisabled()).toBe(false);
    await page.keyboard.press('Enter');
    await expect.poll(() => calls(page, 'vault.create')).toHaveLength(1);
  });

  test('says what stays readable', async () => {
    const page = await show(fresh);
    await page
      .getByText('Everything is stored encrypted, labels, addresses and the ledger included.')
      .waitFor();
    await page.getByText('Counts, sizes, times, states and random ids stay readable').waitFor();
  });

  test('says what main refused', async () => {
    const failure: Failure = { kind: 'invalid', message: 'No.', fields: { passphrase: 'It is too short.' } };
    const page = await show(freshWithout, { 'vault.create': { ok: false, failure } });
    await page.keyboard.type('long enough');
    await field(page, 'Passphrase again').fill('long enough');
    await button(page, 'Set the passphrase').click();
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
    await page.getByRole('alert').getByText('The passphrase is wrong.').waitFor();
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
    const page = await show(snapshotWith({ state: 'locked', hasPassphrase: false, keyring }));
    await page.keyboard.press('Enter');
    expect(await calls(page, 'vault.unlock')).toEqual([{ passphrase: null }]);
  });

  test('a keyring that is long in answering is told of, and one that answers at once is not', async () => {
    const asked = snapshotWith({ state: 'locked', hasPassphrase: false, keyring: beingAsked });
    const page = await show(asked);
    await page.reload({ waitUntil: 'commit' });
    const drawn = await page.waitForFunction(
      () => document.querySelector('#root > *') && { headings: document.querySelectorAll('h1').length },
    );
    expect(await drawn.jsonValue()).toEqual({ headings: 0 });
    await page.getByText('Asking this computer’s keyring').waitFor();
    expect(await button(page, 'Unlock').count()).toBe(0);
    await button(page, 'Quit').click();
    expect(await calls(page, 'app.quit')).toEqual([{ endAll: false }]);
    await page.evaluate((value) => window.fixture.change([{ entity: 'vault', value }]), {
      ...asked.vault,
      keyring,
    });
    await button(page, 'Unlock').waitFor();
  });

  test('names a keyring that is missing, and asks it again', async () => {
    const failure: Failure = {
      kind: 'vault-locked',
      message: 'The keyring is missing.',
      advice: 'Start it.',
    };
    const page = await show(snapshotWith({ state: 'locked', hasPassphrase: false, failure }));
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
    expect(await calls(page, 'app.quit')).toEqual([{ endAll: false }]);
  });
});

/** Fills in the form and sends it; the bridge must answer. */
async function recover(page: Page, code = 'k7qd m2xw') {
  await field(page, 'Recovery code').fill(code);
  await field(page, 'New passphrase').fill('correct horse battery');
  await field(page, 'New passphrase again').fill('correct horse battery');
  await button(page, 'Open the vault').click();
}

const codeDialog = (page: Page) => page.getByRole('alertdialog', { name: 'Your recovery code' });
const shows = (code: string): Answers => ({ 'vault.recover': { ok: true, value: { recoveryCode: code } } });
const become = (page: Page, value: VaultState) =>
  page.evaluate((next) => window.fixture.change([{ entity: 'vault', value: next }]), value);

describe('a forgotten passphrase', () => {
  test('is no way out where no recovery code was made', async () => {
    const page = await show(locked);
    await button(page, 'Unlock').waitFor();
    expect(await button(page, 'Forgot the passphrase?').count()).toBe(0);
  });

  test.each([
    'K7QD-M2XW-9RTA-4HEV-0P3N-YB8J-6GZ1',
    ' k7qd m2xw 9rta 4hev op3n yb8j 6gzl ',
    'k7qdm2xw–9rta4hev — Op3nyb8j6gzI',
  ])('opens with the code however it is typed: “%s”', async (typed) => {
    const page = await show(lockedWithCode, shows(recoveryCode));
    await button(page, 'Forgot the passphrase?').click();
    await recover(page, typed);
    await expect
      .poll(() => calls(page, 'vault.recover'))
      .toEqual([{ code: 'K7QDM2XW9RTA4HEV0P3NYB8J6GZ1', next: 'correct horse battery' }]);
  });

  test('shows the new code over the open desk, once', async () => {
    const page = await show(lockedWithCode, shows(recoveryCode));
    await button(page, 'Forgot the passphrase?').click();
    await recover(page);
    await become(page, unlocked);
    await codeDialog(page).getByText('K7QD').waitFor();
    await page.getByText('I have put it in a safe place').click();
    await button(page, 'Go on').click();
    await button(page, 'Settings').waitFor();
    expect(await page.getByText('K7QD').count()).toBe(0);
  });

  test('a wrong code is told at its field, and waits as long as main says', async () => {
    const failure: Failure = {
      kind: 'refused-credentials',
      message: 'The recovery code is wrong.',
      until: Date.now() + 1_000_000,
    };
    const page = await show(lockedWithCode, { 'vault.recover': { ok: false, failure } });
    await button(page, 'Forgot the passphrase?').click();
    await recover(page);
    await page.getByText(failure.message).waitFor();
    await page.getByRole('button', { name: /^Open in \d+ m$/ }).waitFor();
    await expect
      .poll(() => field(page, 'Recovery code').evaluate((box) => box === document.activeElement))
      .toBe(true);
    expect(await field(page, 'New passphrase').inputValue()).toBe('correct horse battery');
  });

  test('a new passphrase that main refuses is told at its field', async () => {
    const failure: Failure = { kind: 'invalid', message: 'No.', fields: { passphrase: 'It is too weak.' } };
    const page = await show(lockedWithCode, { 'vault.recover': { ok: false, failure } });
    await button(page, 'Forgot the passphrase?').click();
    await recover(page);
    await page.getByText('It is too weak.').waitFor();
    await button(page, 'Back to the passphrase').click();
    await page.getByRole('heading', { name: 'Gatehouse is locked' }).waitFor();
  });
});

describe('a recovery code', () => {
  async function made(rest: Answers = {}): Promise<Page> {
    const page = await show(freshWithout, {
      'vault.create': { ok: true, value: { recoveryCode } },
      'clipboard.copy': { ok: true, value: { clearsAfterSeconds: 30 } },
      ...rest,
    });
    await field(page, 'Passphrase').fill('correct horse battery');
    await field(page, 'Passphrase again').fill('correct horse battery');
    const box = page.getByRole('checkbox', { name: 'Also make a recovery code' });
    expect(await box.isChecked()).toBe(false);
    await page.getByText('Also make a recovery code').click();
    await page.getByText('Whoever holds it can open the vault.').waitFor();
    await button(page, 'Set the passphrase').click();
    await codeDialog(page).waitFor();
    return page;
  }

  test('is made with the passphrase, shown in groups and left only when it is in a safe place', async () => {
    const page = await made();
    expect(await calls(page, 'vault.create')).toEqual([
      { passphrase: 'correct horse battery', recovery: true },
    ]);
    await become(page, { ...unlocked });
    for (const group of recoveryCode.split('-')) await codeDialog(page).getByText(group).waitFor();
    await page.keyboard.press('Escape');
    await page.mouse.click(5, 5);
    expect(await button(page, 'Go on').isDisabled()).toBe(true);
    await codeDialog(page).waitFor();
    await page.getByText('I have put it in a safe place').click();
    await button(page, 'Go on').click();
    await codeDialog(page).waitFor({ state: 'detached' });
  });

  test('is copied by main, which clears the clipboard', async () => {
    const page = await made();
    await button(page, 'Copy').click();
    await page.getByText('Recovery code copied. The clipboard is cleared in 30 s.').waitFor();
    expect(await calls(page, 'clipboard.copy')).toEqual([{ text: recoveryCode }]);
  });

  test('is printed under the page’s policy, on a sheet that holds nothing else', async () => {
    const page = await made();
    await become(page, { ...unlocked });
    await page.evaluate(() => {
      window.addEventListener('beforeprint', () => {
        document.documentElement.dataset.printed = 'true';
      });
    });
    await button(page, 'Print').click();
    await expect.poll(() => page.locator('html').getAttribute('data-printed')).toBe('true');
    await page.emulateMedia({ media: 'print' });
    const sheet = page.locator('body > *').filter({ visible: true });
    expect(await sheet.count()).toBe(1);
    const paper = await sheet.textContent();
    await page.emulateMedia({ media: 'screen' });
    for (const group of recoveryCode.split('-')) expect(paper).toContain(group);
    expect(paper).toContain('Gatehouse recovery code');
    expect(paper).toMatch(/Made \d+ \w+ \d{4}/);
    expect(paper).toContain(`Opens the vault in ${app.dataFolder}`);
  });

  test.each([
    ['', true],
    [' that comes at once', false],
  ])('is taken off the screen by a lock%s', async (_, opened) => {
    const page = await made();
    await become(page, { ...unlocked });
    if (opened) await page.getByText('Ctrl K').first().waitFor();
    await become(page, { ...unlocked, state: 'locked' });
    await page.getByRole('heading', { name: 'Gatehouse is locked' }).waitFor();
    expect(await page.getByText('K7QD').count()).toBe(0);
    await page.getByText('The lock took the recovery code off the screen.').waitFor();
    await field(page, 'Passphrase').and(page.locator(':focus')).waitFor();
  });
});

describe('what is broken', () => {
  test('a vault: why, where it lies, and another try', async () => {
    const page = await show(brokenVault);
    await page.getByText(broken.message).waitFor();
    await page.getByText(app.dataFolder).waitFor();
    await button(page, 'Open folder').click();
    await button(page, 'Try again').click();
    expect(await calls(page, 'app.openDataFolder')).toHaveLength(1);
    expect(await calls(page, 'vault.unlock')).toEqual([{ passphrase: null }]);
  });

  test('a vault with a passphrase may still be opened by it', async () => {
    const page = await show(snapshotWith({ state: 'broken', failure: broken, hasPassphrase: true }));
    await page.getByText(broken.message).waitFor();
    await page.keyboard.type('open sesame');
    await page.keyboard.press('Enter');
    expect(await calls(page, 'vault.unlock')).toEqual([{ passphrase: 'open sesame' }]);
  });

  test('a database: why, and no button that writes without asking', async () => {
    const page = await show(brokenStore);
    await page.getByText('The database is damaged.').waitFor();
    await page.getByText('There is no backup in the data folder.').waitFor();
    expect(await page.getByRole('button').allTextContents()).toEqual([
      'Start with an empty desk…',
      'Open folder',
      'Quit',
    ]);
  });

  test('a backup goes in its place once the person has read what that means', async () => {
    const page = await show(withBackups, { 'store.restoreBackup': 'never' });
    await page.getByText('22 Nov 2026, 08:00:00').waitFor();
    await page.getByText('184 kB').waitFor();
    await page.getByText('2.3 MB').waitFor();
    await button(page, 'Put the backup of 22 Nov 2026, 08:00:00 in its place').click();
    const dialog = page.getByRole('alertdialog', { name: 'Put this backup in its place' });
    await dialog.getByText('what was stored by 22 Nov 2026, 08:00:00').waitFor();
    await dialog.getByText(`They are kept aside in ${app.dataFolder}.`).waitFor();
    expect(await calls(page, 'store.restoreBackup')).toEqual([]);
    await dialog.getByRole('button', { name: 'Put it in its place' }).click();
    expect(await calls(page, 'store.restoreBackup')).toEqual([{ name: 'gatehouse-2.db' }]);
  });

  test('a backup that can’t be used is told, and nothing else happens', async () => {
    const failure: Failure = { kind: 'store-broken', message: 'This backup is damaged, too.' };
    const page = await show(withBackups, { 'store.restoreBackup': { ok: false, failure } });
    await button(page, 'Put the backup of 23 Nov 2026, 08:00:00 in its place').click();
    await page.getByRole('button', { name: 'Put it in its place' }).click();
    await page.getByRole('alertdialog').getByText(failure.message).waitFor();
    await page.keyboard.press('Escape');
    expect(await calls(page, 'store.restoreBackup')).toEqual([{ name: 'gatehouse-1.db' }]);
    expect(await calls(page, 'store.startAnew')).toEqual([]);
  });

  test('an empty desk is begun once the person has read what that means', async () => {
    const page = await show(withBackups, { 'store.startAnew': 'never' });
    await button(page, 'Start with an empty desk…').click();
    const dialog = page.getByRole('alertdialog', { name: 'Start with an empty desk' });
    await dialog.getByText('they stay open at the vendors').waitFor();
    await dialog.getByText(`They are kept aside in ${app.dataFolder}.`).waitFor();
    expect(await calls(page, 'store.startAnew')).toEqual([]);
    await dialog.getByRole('button', { name: 'Start empty' }).click();
    expect(await calls(page, 'store.startAnew')).toHaveLength(1);
  });
});

describe('nothing is wrong for assistive technology in either theme', () => {
  test.each([
    ['first run', fresh],
    ['first run without a keyring', freshWithout],
    ['first run, the keyring being asked', freshAsked],
    ['keyring being asked', snapshotWith({ state: 'locked', hasPassphrase: false, keyring: beingAsked })],
    ['lock', lockedWithCode],
    ['broken vault', brokenVault],
    ['broken database', withBackups],
  ])('%s', async (_what, snapshot) => {
    const page = await show(snapshot);
    await page.getByRole('heading', { level: 1 }).waitFor();
    expect(await objections(page)).toEqual([]);
  });

  test('the form of the recovery code, a new passphrase that is refused, and the code itself', async () => {
    const page = await show(lockedWithCode, shows(recoveryCode));
    await button(page, 'Forgot the passphrase?').click();
    await field(page, 'New passphrase').fill('password');
    await field(page, 'Recovery code').focus();
    await page.getByText('This passphrase is too easy to guess.').waitFor();
    expect(await objections(page)).toEqual([]);
    await recover(page);
    await codeDialog(page).waitFor();
    expect(await objections(page)).toEqual([]);
  });
});

test('no page complained', () => {
  expect(harness.complaints).toEqual([]);
});
