import { createHash } from 'node:crypto';
import { copyFileSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import {
  accountOf,
  type Desk,
  dataFolder,
  eventually,
  openDesk,
  openPractice,
  passphrase,
  serverOf,
} from './kit.ts';

const digest = (path: string) => createHash('sha256').update(readFileSync(path)).digest('hex');

it('a damaged database is named, shown and kept as it is; the repaired one opens again', async () => {
  const panel = serverOf(await openPractice({ only: ['enhance'] }), 'enhance');
  const userData = dataFolder();
  const file = join(userData, 'gatehouse.db');
  let desk = await openDesk({ userData });
  await desk.call('accounts.add', accountOf(panel, 'Nora Lindholm'));
  await desk.close();

  const sound = readFileSync(file);
  const damaged = Buffer.from(sound);
  damaged.fill(0x5a, 4096, 8192);
  writeFileSync(file, damaged);
  const before = digest(file);

  desk = await openDesk({ userData, unlockWith: null });
  await desk.heading('The stored data can’t be used').waitFor();
  await desk.page.getByText('Nothing was deleted or written over.').waitFor();
  const said = await desk.page
    .getByText(/is damaged/)
    .first()
    .textContent();
  expect(said).toContain(file);
  expect(said).not.toContain('***');
  await desk.page.getByText(userData, { exact: true }).waitFor();
  await desk.look('broken-store');
  await desk.button('Start with an empty desk…').click();
  await desk.dialog.getByText('The present files are not deleted.').waitFor();
  await desk.look('broken-store-anew');
  await desk.dialog.getByRole('button', { name: 'Cancel' }).click();
  await desk.button('Open folder').click();
  if (process.env.GATEHOUSE_HOST !== 'electron')
    await eventually(async () => expect(JSON.stringify(await desk.control('opened'))).toContain(userData));
  await expect(
    desk.call('vault.create', { passphrase: 'another one entirely', recovery: false }),
  ).rejects.toThrow(/is damaged/);
  await desk.kill();
  expect(digest(file)).toBe(before);

  writeFileSync(file, sound);
  desk = await openDesk({ userData });
  expect((await desk.snapshot()).accounts.map(({ label }) => label)).toEqual(['Nora Lindholm']);
  await desk.close();
});

const onElectron = process.env.GATEHOUSE_HOST === 'electron';

/** A data folder with one account, whose database is damaged; a backup from before the damage when asked for. */
async function damagedFolder({ backups = [] as string[] } = {}) {
  const panel = serverOf(await openPractice({ only: ['enhance'] }), 'enhance');
  const userData = dataFolder();
  const file = join(userData, 'gatehouse.db');
  const desk = await openDesk({ userData });
  await desk.call('accounts.add', accountOf(panel, 'Nora Lindholm'));
  await desk.close();
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

/** The house that was opened without a restart locks, unlocks, is in the tray, and quits. */
async function worksToTheEnd(desk: Desk) {
  if (!onElectron) {
    // The tray is drawn anew a moment later.
    await eventually(async () => {
      const { menu } = (await desk.control('tray')) as { menu: { label: string; enabled: boolean }[] };
      expect(menu.filter(({ label, enabled }) => label === 'Lock' && enabled)).toHaveLength(1);
    });
    await desk.control('tray-click', { label: 'Lock' });
  } else await desk.call('vault.lock');
  await desk.heading('Gatehouse is locked').waitFor();
  await desk.page.keyboard.type(passphrase);
  await desk.page.keyboard.press('Enter');
  await desk.button('Lock').waitFor();
  await desk.control('power', { event: 'suspend' });
  await desk.heading('Gatehouse is locked').waitFor();
  await desk.page.keyboard.type(passphrase);
  await desk.page.keyboard.press('Enter');
  await desk.button('Lock').waitFor();
  const rows = await desk.call('ledger.page', { limit: 100 });
  expect(rows.filter(({ event, actor }) => event === 'vault-locked' && actor === 'timer')).toHaveLength(1);
  expect(await desk.close()).toBe(0);
}

it('an empty desk is begun in the same window, by keys alone; the damaged files are kept', async () => {
  const { panel, userData, damaged } = await damagedFolder();
  const desk = await openDesk({ userData, unlockWith: null });
  const { keyboard } = desk.page;
  await desk.button('Start with an empty desk…').focus();
  await keyboard.press('Enter');
  await desk.dialog.getByRole('button', { name: 'Cancel' }).and(desk.page.locator(':focus')).waitFor();
  await keyboard.press('Tab');
  await keyboard.press('Enter');

  await desk.heading('Welcome to Gatehouse').waitFor();
  await desk.field('Passphrase').and(desk.page.locator(':focus')).waitFor();
  await desk.look('broken-store-first-run');
  await keyboard.type(passphrase);
  await keyboard.press('Tab');
  await keyboard.press('Tab');
  await desk.field('Passphrase again').fill(passphrase);
  await keyboard.press('Enter');
  await desk.button('Add an account').waitFor();
  expect(setAsideIn(userData).equals(damaged)).toBe(true);

  const nora = await desk.call('accounts.add', accountOf(panel, 'Nora Lindholm'));
  await desk.call('sessions.signIn', { accountId: nora.id });
  await desk.session(nora, 'active');
  await desk.row('Nora Lindholm').waitFor();
  expect((await desk.snapshot()).desk).toMatchObject({ storeFailure: null, backups: [] });
  await worksToTheEnd(desk);
});

it('a backup is put in the place of a damaged database, and the desk is there again', async () => {
  const older = 'gatehouse.db.before-5-20261101-080000';
  const { userData, damaged } = await damagedFolder({ backups: [older] });
  const desk = await openDesk({ userData, unlockWith: null });
  await desk.heading('The stored data can’t be used').waitFor();
  await desk.look('broken-store-backup');
  await desk.button(/^Put the backup of .* in its place$/).click();
  await desk.look('broken-store-restore');
  await desk.dialog.getByRole('button', { name: 'Put it in its place' }).click();

  await desk.heading('Gatehouse is locked').waitFor();
  await desk.field('Passphrase').and(desk.page.locator(':focus')).waitFor();
  await desk.page.keyboard.type(passphrase);
  await desk.page.keyboard.press('Enter');
  await desk.row('Nora Lindholm').waitFor();
  expect(setAsideIn(userData).equals(damaged)).toBe(true);
  expect(readdirSync(userData)).toContain(older);
  expect(await desk.call('ledger.verify', {})).toMatchObject({ ok: true });
  await worksToTheEnd(desk);
});

it('a backup that is damaged too is said to be, and the next one can be taken', async () => {
  const sound = 'gatehouse.db.before-5-20261101-080000';
  const bad = 'gatehouse.db.before-5-20261102-080000';
  const { userData, file, damaged } = await damagedFolder({ backups: [sound] });
  copyFileSync(file, join(userData, bad));
  const desk = await openDesk({ userData, unlockWith: null });
  const backups = desk.button(/^Put the backup of .* in its place$/);
  expect(await backups.count()).toBe(2);
  await backups.first().click();
  await desk.dialog.getByRole('button', { name: 'Put it in its place' }).click();
  await desk.look('broken-store-backup-refused');
  await desk.dialog.getByText(/is damaged/).waitFor();
  expect(readFileSync(file).equals(damaged)).toBe(true);
  expect(readdirSync(userData).filter((name) => name.includes('aside'))).toEqual([]);
  await desk.dialog.getByRole('button', { name: 'Cancel' }).click();
  await backups.last().click();
  await desk.dialog.getByRole('button', { name: 'Put it in its place' }).click();
  await desk.heading('Gatehouse is locked').waitFor();
  await desk.page.keyboard.type(passphrase);
  await desk.page.keyboard.press('Enter');
  await desk.row('Nora Lindholm').waitFor();
  expect(setAsideIn(userData).equals(damaged)).toBe(true);
  await worksToTheEnd(desk);
});
