import { expect, it } from 'vitest';
import { accountOf, openDesk, openPractice, serverOf } from './kit.ts';

it('every other place of the window: reachable, and nothing that axe objects to in either theme', async () => {
  const panel = serverOf(await openPractice({ only: ['enhance'] }), 'enhance');
  const desk = await openDesk();
  const { page } = desk;
  const amir = await desk.call('accounts.add', accountOf(panel, 'Nora Lindholm'));
  await desk.call('accounts.add', accountOf(panel, 'Kari Nordahl', { values: { authenticatorSecret: '' } }));
  await desk.call('sessions.signIn', { accountId: amir.id });
  await desk.session(amir, 'active');

  await desk.row('Nora Lindholm').click();
  await page.getByRole('button', { name: 'People', exact: true }).click();
  await page.getByRole('grid').or(page.getByRole('table')).first().waitFor();
  await page.getByText('Amir Haddad').first().waitFor();
  await desk.look('people');
  await page.getByRole('button', { name: 'My login', exact: true }).click();
  await page.getByRole('main').getByText('nora@northwind.example').first().waitFor();
  await desk.look('my-login');
  await page.getByRole('button', { name: 'Session', exact: true }).click();

  await desk.button('Switch realm').click();
  await desk.dialog.getByText('Northwind Hosting').first().waitFor();
  await desk.look('switch-realm');
  await page.keyboard.press('Escape');

  await page.keyboard.press('Control+k');
  await page.getByRole('option').first().waitFor();
  await desk.look('quick-open');
  await page.keyboard.press('Escape');

  await desk.row('Kari Nordahl').click();
  await desk.button('More').click();
  await page.getByRole('menuitem', { name: 'Edit account' }).waitFor();
  await desk.look('account-menu');
  await page.keyboard.press('Escape');

  await desk.button('Ledger').click();
  await desk.heading('Ledger').waitFor();
  await page.getByText('Nora Lindholm').first().waitFor();
  await desk.look('ledger');

  await page.keyboard.press('Control+n');
  await desk.heading('Add an account').waitFor();
  for (const vendor of ['Cyclos', 'nextAuth', 'Koyeb']) {
    await page.getByText(vendor, { exact: true }).first().click();
    await desk.look(`add-account-${vendor.toLowerCase()}`);
  }
  expect(await desk.close()).toBe(0);
});
