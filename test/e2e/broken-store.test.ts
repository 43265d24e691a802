import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { accountOf, dataFolder, eventually, openDesk, openPractice, serverOf } from './kit.ts';

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
