import { join } from 'node:path';
import { expect, test } from 'vitest';
import { startKeyring } from '../bench/keyring.ts';
import { atEnd, dataFolder, eventually, openApp } from './harness.ts';

/* With a real keyring daemon. Playwright starts Electron with one that is made up, so there is nothing to be seen there. */
const here = process.platform === 'linux' && process.env.GATEHOUSE_HOST !== 'electron';

async function keyringOnItsOwn() {
  const keyring = await startKeyring(join(dataFolder(), 'keyring'));
  atEnd(() => keyring.stop());
  return keyring;
}

test.runIf(here)('the keyring opens the vault, and one that is away is named with nothing lost', async () => {
  const { env } = await keyringOnItsOwn();
  const userData = dataFolder();
  const first = await openApp({ unlockWith: null, userData, env });
  await first.page.getByRole('radio', { name: 'This computer’s keyring' }).waitFor();
  await first.button('Use the keyring').click();
  await first.button('Add an account').waitFor();
  expect((await first.snapshot()).vault).toMatchObject({
    keyring: { available: true },
    hasPassphrase: false,
  });
  expect(await first.close()).toBe(0);

  const without = await openApp({ unlockWith: null, userData });
  await without.page.getByText('is missing or locked').waitFor();
  await without.button('Try again').waitFor();
  await without.look('keyring-missing');
  expect((await without.snapshot()).vault).toMatchObject({
    state: 'locked',
    keyring: { available: false, backend: 'basic_text' },
  });
  expect(await without.close()).toBe(0);

  const back = await openApp({ unlockWith: null, userData, env });
  await back.button('Add an account').waitFor();
  expect(await back.close()).toBe(0);
});

test.runIf(here)(
  'a keyring that waits for somebody holds up nothing: the window says so, quits, and opens when it answers',
  async () => {
    const { env, freeze, thaw } = await keyringOnItsOwn();
    const userData = dataFolder();
    freeze();
    const first = await openApp({ unlockWith: null, userData, env });
    await first.page.getByText('keyring is still being asked').waitFor();
    await first.look('first-run-keyring-asked');
    thaw();
    await first.page.getByRole('radio', { name: 'This computer’s keyring' }).click({ force: true });
    await first.button('Use the keyring').click();
    await first.button('Add an account').waitFor();
    await first.close();

    freeze();
    const waiting = await openApp({ unlockWith: null, userData, env });
    await waiting.heading('Asking this computer’s keyring').waitFor();
    await waiting.look('keyring-asked');
    expect((await waiting.snapshot()).vault).toMatchObject({ state: 'locked', keyring: { available: null } });
    await waiting.page.keyboard.press('Tab');
    await waiting.page.keyboard.press('Enter');
    await eventually(() => expect(() => process.kill(waiting.pid, 0)).toThrow());
    await waiting.kill();

    const late = await openApp({ unlockWith: null, userData, env });
    await late.heading('Asking this computer’s keyring').waitFor();
    thaw();
    await late.button('Add an account').waitFor();
    expect(await late.close()).toBe(0);
  },
);
