import { expect, test } from 'vitest';
import { eventually, openApp, passphrase } from './harness.ts';

test('leads a new person from nothing to practice accounts', async () => {
  const app = await openApp({ unlockWith: null });
  const { page, button, field } = app;
  await app.heading('Welcome to Gatehouse').waitFor();
  await app.look('first-run');

  await field('Passphrase').fill('password');
  await field('Passphrase again').fill('password');
  await page.getByText('It is one of the passwords that are tried first.').waitFor();
  expect(await button('Set the passphrase').isDisabled()).toBe(true);
  await field('Passphrase').fill(passphrase);
  await field('Passphrase again').fill(`${passphrase}?`);
  expect(await button('Set the passphrase').isDisabled()).toBe(true);
  await field('Passphrase again').fill(passphrase);
  await button('Set the passphrase').click();

  await button('Add an account').waitFor();
  await app.look('empty-desk');
  await button('Use the practice servers').click();
  await page.getByText('Practice servers running').waitFor();

  const { accounts, vendors } = await eventually(async () => {
    const now = await app.snapshot();
    expect(new Set(now.accounts.map(({ vendor }) => vendor)).size).toBe(now.vendors.length);
    return now;
  });
  expect(vendors.length).toBe(4);
  expect(accounts.every(({ practice, baseUrl }) => practice && baseUrl.startsWith('http://127.0.0.1:'))).toBe(
    true,
  );

  await app.row('Nora Lindholm').click();
  await app.heading(/Nora Lindholm/).waitFor();
  await page.getByRole('main').getByText('Practice', { exact: true }).waitFor();
  const rows = page.getByRole('row', { level: 2 });
  expect(await rows.count()).toBeGreaterThan(5);
  for (const text of await rows.allInnerTexts()) expect(text).toContain('Practice');
  await app.look('practice-account');

  expect(await app.close()).toBe(0);
});
