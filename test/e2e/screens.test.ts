import { expect, test } from 'vitest';
import { accountOf, openApp, openPractice, serverOf } from './harness.ts';

test('every other place of the window: reachable, and nothing that axe objects to in either theme', async () => {
  const panel = serverOf(await openPractice({ only: ['enhance'] }), 'enhance');
  const app = await openApp();
  const { page } = app;
  const amir = await app.call('accounts.add', accountOf(panel, 'Nora Lindholm'));
  await app.call('accounts.add', accountOf(panel, 'Kari Nordahl', { values: { authenticatorSecret: '' } }));
  await app.call('sessions.signIn', { accountId: amir.id });
  await app.session(amir, 'active');

  await app.row('Nora Lindholm').click();
  await page.getByRole('button', { name: 'People', exact: true }).click();
  await page.getByRole('grid').or(page.getByRole('table')).first().waitFor();
  await page.getByText('Amir Haddad').first().waitFor();
  await app.look('people');
  await page.getByRole('button', { name: 'My login', exact: true }).click();
  await page.getByRole('main').getByText('nora@northwind.example').first().waitFor();
  await app.look('my-login');
  await page.getByRole('button', { name: 'Session', exact: true }).click();

  await app.button('Switch realm').click();
  await app.dialog.getByText('Northwind Hosting').first().waitFor();
  await app.look('switch-realm');
  await page.keyboard.press('Escape');

  await page.keyboard.press('Control+k');
  await page.getByRole('option').first().waitFor();
  await app.look('quick-open');
  await page.keyboard.press('Escape');

  await app.row('Kari Nordahl').click();
  await app.button('More').click();
  await page.getByRole('menuitem', { name: 'Edit account' }).waitFor();
  await app.look('account-menu');
  await page.keyboard.press('Escape');

  await app.button(/^Ledger and receipts/).click();
  await app.heading('Ledger').waitFor();
  await page.getByText('Nora Lindholm').first().waitFor();
  await app.look('ledger');

  await page.keyboard.press('Control+n');
  await app.heading('Add an account').waitFor();
  for (const vendor of ['Cyclos', 'nextAuth', 'Koyeb']) {
    await page.getByText(vendor, { exact: true }).first().click();
    await app.look(`add-account-${vendor.toLowerCase()}`);
  }
  expect(await app.close()).toBe(0);
});
