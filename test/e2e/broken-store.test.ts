import { createHash } from 'node:crypto';
import { copyFileSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import {
  accountOf,
  dataFolder,
  eventually,
  openApp,
  openPractice,
  passphrase,
  serverOf,
  type TestApp,
} from './harness.ts';

const digest = (path: string) => createHash('sha256').update(readFileSync(path)).digest('hex');

test('a damaged database is named, shown and kept as it is; the repaired one opens again', async () => {
  const panel = serverOf(await openPractice({ only: ['enhance'] }), 'enhance');
  const userData = dataFolder();
  const file = join(userData, 'gatehouse.db');
  let app = await openApp({ userData });
  await app.call('accounts.add', accountOf(panel, 'Nora Lindholm'));
  await app.close();

  const sound = readFileSync(file);
  const damaged = Buffer.from(sound);
  damaged.fill(0x5a, 4096, 8192);
  writeFileSync(file, damaged);
  const before = digest(file);

  app = await openApp({ userData, unlockWith: null });
  await app.heading('The stored data can’t be used').waitFor();
  await app.page.getByText('Nothing was deleted or written over.').waitFor();
  const said = await app.page
    .getByText(/is damaged/)
    .first()
    .textContent();
  expect(said).toContain(file);
  expect(said).not.toContain('***');
  await app.page.getByText(userData, { exact: true }).waitFor();
  await app.look('broken-store');
  await app.button('Start with an empty desk…').click();
  await app.dialog.getByText('The present files are not deleted.').waitFor();
  await app.look('broken-store-anew');
  await app.dialog.getByRole('button', { name: 'Cancel' }).click();
  await app.button('Open folder').click();
  if (process.env.GATEHOUSE_HOST !== 'electron')
    await eventually(async () => expect(JSON.stringify(await app.control('opened'))).toContain(userData));
  await expect(
    app.call('vault.create', { passphrase: 'another one entirely', recovery: false }),
  ).rejects.toThrow(/is damaged/);
  await app.kill();
  expect(digest(file)).toBe(before);

  writeFileSync(file, sound);
  app = await openApp({ userData });
  expect((await app.snapshot()).accounts.map(({ label }) => label)).toEqual(['Nora Lindholm']);
  await app.close();
});

const onElectron = process.env.GATEHOUSE_HOST === 'electron';

/** A data folder with one account, whose database is damaged; a backup from before the damage when asked for. */
async function damagedFolder({ backups = [] as string[] } = {}) {
  const panel = serverOf(await openPractice({ only: ['enhance'] }), 'enhance');
  const userData = dataFolder();
  const file = join(userData, 'gatehouse.db');
  const app = await openApp({ userData });
  await app.call('accounts.add', accountOf(panel, 'Nora Lindholm'));
  await app.close();
  for (const name of backups) copyFileSync(file, join(userData, name));
  const damaged = readFileSync(file).fill(0x5a, 4096, 8192);
  writeFileSync(file, damaged);
  return { panel, userData, file, damaged };
}

/** The database that was set aside, as it is now. */
function setAsideIn(userData: string): Buffer {
  const names = readdirSync(userData).filter((name) => /^gatehouse\.db\.aside-[\d-]+$/.test(name));
  expect(names).toHaveLength(1);
  return readFileSync(join(userData, names[0]!));
}

/** The app that was opened without a restart locks, unlocks, is in the tray, and quits. */
async function worksToTheEnd(app: TestApp) {
  if (!onElectron) {
    // The tray is drawn anew a moment later.
    await eventually(async () => {
      const { menu } = (await app.control('tray')) as { menu: { label: string; enabled: boolean }[] };
      expect(menu.filter(({ label, enabled }) => label === 'Lock' && enabled)).toHaveLength(1);
    });
    await app.control('tray-click', { label: 'Lock' });
  } else await app.call('vault.lock');
  await app.heading('Gatehouse is locked').waitFor();
  await app.page.keyboard.type(passphrase);
  await app.page.keyboard.press('Enter');
  await app.button('Lock').waitFor();
  await app.control('power', { event: 'suspend' });
  await app.heading('Gatehouse is locked').waitFor();
  await app.page.keyboard.type(passphrase);
  await app.page.keyboard.press('Enter');
  await app.button('Lock').waitFor();
  const rows = await app.call('ledger.page', { limit: 100 });
  expect(rows.filter(({ event, actor }) => event === 'vault-locked' && actor === 'timer')).toHaveLength(1);
  expect(await app.close()).toBe(0);
}

test('an empty desk is begun in the same window, by keys alone; the damaged files are kept', async () => {
  const { panel, userData, damaged } = await damagedFolder();
  const app = await openApp({ userData, unlockWith: null });
  const { keyboard } = app.page;
  await app.button('Start with an empty desk…').focus();
  await keyboard.press('Enter');
  await app.dialog.getByRole('button', { name: 'Cancel' }).and(app.page.locator(':focus')).waitFor();
  await keyboard.press('Shift+Tab');
  await keyboard.press('Enter');

  await app.heading('Welcome to Gatehouse').waitFor();
  await app.field('Passphrase').and(app.page.locator(':focus')).waitFor();
  await app.look('broken-store-first-run');
  await keyboard.type(passphrase);
  await keyboard.press('Tab');
  await keyboard.press('Tab');
  await app.field('Passphrase again').fill(passphrase);
  await keyboard.press('Enter');
  await app.button('Add an account').waitFor();
  expect(setAsideIn(userData).equals(damaged)).toBe(true);

  const nora = await app.call('accounts.add', accountOf(panel, 'Nora Lindholm'));
  await app.call('sessions.signIn', { accountId: nora.id });
  await app.session(nora, 'active');
  await app.row('Nora Lindholm').waitFor();
  expect((await app.snapshot()).appInfo).toMatchObject({ storeFailure: null, backups: [] });
  await worksToTheEnd(app);
});

test('a backup is put in the place of a damaged database, and the desk is there again', async () => {
  const older = 'gatehouse.db.before-5-20261101-080000';
  const { userData, damaged } = await damagedFolder({ backups: [older] });
  const app = await openApp({ userData, unlockWith: null });
  await app.heading('The stored data can’t be used').waitFor();
  await app.look('broken-store-backup');
  await app.button(/^Put the backup of .* in its place$/).click();
  await app.look('broken-store-restore');
  await app.dialog.getByRole('button', { name: 'Put it in its place' }).click();

  await app.heading('Gatehouse is locked').waitFor();
  await app.field('Passphrase').and(app.page.locator(':focus')).waitFor();
  await app.page.keyboard.type(passphrase);
  await app.page.keyboard.press('Enter');
  await app.row('Nora Lindholm').waitFor();
  expect(setAsideIn(userData).equals(damaged)).toBe(true);
  expect(readdirSync(userData)).toContain(older);
  expect(await app.call('ledger.verify', {})).toMatchObject({ ok: true });
  await worksToTheEnd(app);
});

test('a backup that is damaged too is said to be, and the next one can be taken', async () => {
  const sound = 'gatehouse.db.before-5-20261101-080000';
  const bad = 'gatehouse.db.before-5-20261102-080000';
  const { userData, file, damaged } = await damagedFolder({ backups: [sound] });
  copyFileSync(file, join(userData, bad));
  const app = await openApp({ userData, unlockWith: null });
  const backups = app.button(/^Put the backup of .* in its place$/);
  expect(await backups.count()).toBe(2);
  await backups.first().click();
  await app.dialog.getByRole('button', { name: 'Put it in its place' }).click();
  await app.look('broken-store-backup-refused');
  await app.dialog.getByText(/is damaged/).waitFor();
  expect(readFileSync(file).equals(damaged)).toBe(true);
  expect(readdirSync(userData).filter((name) => name.includes('aside'))).toEqual([]);
  await app.dialog.getByRole('button', { name: 'Cancel' }).click();
  await backups.last().click();
  await app.dialog.getByRole('button', { name: 'Put it in its place' }).click();
  await app.heading('Gatehouse is locked').waitFor();
  await app.page.keyboard.type(passphrase);
  await app.page.keyboard.press('Enter');
  await app.row('Nora Lindholm').waitFor();
  expect(setAsideIn(userData).equals(damaged)).toBe(true);
  await worksToTheEnd(app);
});
