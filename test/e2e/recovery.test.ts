import { expect, it } from 'vitest';
import { accountOf, type Desk, openDesk, openPractice, passphrase, serverOf } from './kit.ts';

/** The code that is on the screen, put away as a person does; answers it with its hyphens. */
async function takeCode(desk: Desk, picture: string): Promise<string> {
  await desk.dialog.getByText('Your recovery code').waitFor();
  await desk.look(picture);
  const code = (await desk.dialog.locator('[translate="no"]').textContent()) ?? '';
  await desk.page.getByText('I have put it in a safe place').click();
  await desk.button('Go on').click();
  await desk.dialog.waitFor({ state: 'detached' });
  return code;
}

async function recover(desk: Desk, code: string, next: string) {
  await desk.field('Recovery code').fill(code);
  await desk.field('New passphrase').fill(next);
  await desk.field('New passphrase again').fill(next);
  await desk.button('Open the vault').click();
}

async function lock(desk: Desk) {
  await desk.button('Lock').click();
  await desk.heading('Gatehouse is locked').waitFor();
}

it('a recovery code opens the vault of a forgotten passphrase, once, and gives the next one', async () => {
  const panel = serverOf(await openPractice({ only: ['enhance'] }), 'enhance');
  const desk = await openDesk({ unlockWith: null });
  await desk.heading('Welcome to Gatehouse').waitFor();
  const byPassphrase = desk.page.getByText('A passphrase', { exact: true });
  if (await byPassphrase.isVisible()) await byPassphrase.click();
  await desk.field('Passphrase').fill(passphrase);
  await desk.field('Passphrase again').fill(passphrase);
  await desk.page.getByText('Also make a recovery code').click();
  await desk.button('Set the passphrase').click();
  const first = await takeCode(desk, 'recovery-code');
  await desk.call('accounts.add', accountOf(panel, 'Nora Lindholm'));
  await desk.row('Nora Lindholm').waitFor();

  await lock(desk);
  await desk.button('Forgot the passphrase?').click();
  await desk.look('forgotten-passphrase');
  const next = 'seven otters cross the bridge';
  await recover(desk, `${first.slice(0, -1)}${first.endsWith('7') ? '8' : '7'}`, next);
  await desk.page
    .getByText(/code is (wrong|not right)/i)
    .first()
    .waitFor();
  await recover(desk, first.toLowerCase().replaceAll('-', ' '), next);
  const second = await takeCode(desk, 'recovery-code-after');
  expect(second).not.toBe(first);
  await desk.row('Nora Lindholm').waitFor();

  await lock(desk);
  await expect(desk.call('vault.unlock', { passphrase })).rejects.toThrow(/wrong/);
  await expect(desk.call('vault.recover', { code: first, next })).rejects.toThrow(/wrong|not right/i);
  await desk.field('Passphrase').fill(next);
  await desk.button('Unlock').click();
  await desk.row('Nora Lindholm').waitFor();
  expect((await desk.snapshot()).vault).toMatchObject({ hasPassphrase: true, hasRecovery: true });
  expect(await desk.close()).toBe(0);
});
