import { expect, test } from 'vitest';
import { accountOf, openApp, openPractice, passphrase, serverOf, type TestApp } from './harness.ts';

/** The code that is on the screen, put away as a person does; answers it with its hyphens. */
async function takeCode(app: TestApp, picture: string): Promise<string> {
  await app.dialog.getByText('Your recovery code').waitFor();
  await app.look(picture);
  const code = (await app.dialog.locator('[translate="no"]').textContent()) ?? '';
  await app.page.getByText('I have put it in a safe place').click();
  await app.button('Go on').click();
  await app.dialog.waitFor({ state: 'detached' });
  return code;
}

async function recover(app: TestApp, code: string, next: string) {
  await app.field('Recovery code').fill(code);
  await app.field('New passphrase').fill(next);
  await app.field('New passphrase again').fill(next);
  await app.button('Open the vault').click();
}

async function lock(app: TestApp) {
  await app.button('Lock').click();
  await app.heading('Gatehouse is locked').waitFor();
}

test('a recovery code opens the vault of a forgotten passphrase, once, and gives the next one', async () => {
  const panel = serverOf(await openPractice({ only: ['enhance'] }), 'enhance');
  const app = await openApp({ unlockWith: null });
  await app.heading('Welcome to Gatehouse').waitFor();
  const byPassphrase = app.page.getByText('A passphrase', { exact: true });
  if (await byPassphrase.isVisible()) await byPassphrase.click();
  await app.field('Passphrase').fill(passphrase);
  await app.field('Passphrase again').fill(passphrase);
  await app.page.getByText('Also make a recovery code').click();
  await app.button('Set the passphrase').click();
  const first = await takeCode(app, 'recovery-code');
  await app.call('accounts.add', accountOf(panel, 'Nora Lindholm'));
  await app.row('Nora Lindholm').waitFor();

  await lock(app);
  await app.button('Forgot the passphrase?').click();
  await app.look('forgotten-passphrase');
  const next = 'seven otters cross the bridge';
  await recover(app, `${first.slice(0, -1)}${first.endsWith('7') ? '8' : '7'}`, next);
  await app.page
    .getByText(/code is (wrong|not right)/i)
    .first()
    .waitFor();
  await recover(app, first.toLowerCase().replaceAll('-', ' '), next);
  const second = await takeCode(app, 'recovery-code-after');
  expect(second).not.toBe(first);
  await app.row('Nora Lindholm').waitFor();

  await lock(app);
  await expect(app.call('vault.unlock', { passphrase })).rejects.toThrow(/wrong/);
  await expect(app.call('vault.recover', { code: first, next })).rejects.toThrow(/wrong|not right/i);
  await app.field('Passphrase').fill(next);
  await app.button('Unlock').click();
  await app.row('Nora Lindholm').waitFor();
  expect((await app.snapshot()).vault).toMatchObject({ hasPassphrase: true, hasRecovery: true });
  expect(await app.close()).toBe(0);
});
