import type { Page } from 'playwright';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { PersonPage } from '../../../renderer/state/types.ts';
import { appSnapshot, person, sampleAnswers } from '../fixture/app-sample.ts';
import { objections } from '../fixture/axe.ts';
import type { Answers } from '../fixture/fake-bridge.ts';
import { type Harness, startHarness } from '../fixture/harness.ts';

/** A person's page: who it is, what is copied and changed where it stands, and a password reset at one press. */
let harness: Harness;
let page: Page;

beforeAll(async () => {
  harness = await startHarness();
}, 120_000);
afterAll(async () => {
  await harness.stop();
  expect(harness.complaints, 'page errors, console errors and refused styles').toEqual([]);
});

async function openPerson(rest: Answers = {}) {
  page = await harness.open({ answers: sampleAnswers(appSnapshot, { rows: 10 }, rest) });
  await page
    .getByRole('row', { name: /Northwind panel.*Reseller EU/ })
    .first()
    .click();
  await page.getByRole('button', { name: 'People', exact: true }).click();
  await page.getByText('person000000@').waitFor();
  await page.getByRole('grid').focus();
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Olga Petrova', exact: true }).waitFor();
}
const button = (name: string) => page.getByRole('button', { name, exact: true });
const inputs = (channel: string) =>
  page.evaluate(
    (wanted) =>
      window.fixture.calls.filter((call) => call.channel === wanted).map(({ input }) => input as object),
    channel,
  );

test('a password is generated, set and copied by two presses of Enter, and shown until the dialog is closed', async () => {
  await openPerson();
  await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe('Reset password');
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Reset password' });
  const typed = dialog.getByRole('textbox', { name: 'New password' });
  const password = await typed.inputValue();
  expect(password.length).toBeGreaterThan(15);
  expect(await inputs('people.act')).toEqual([]);
  await page.keyboard.press('Enter');
  await dialog.getByText('The new password is set.').waitFor();
  expect(await inputs('people.act')).toEqual([
    { sessionId: 's1', action: 'set-password', target: 'p0', values: { password } },
  ]);
  expect(await inputs('clipboard.copy')).toEqual([{ text: password }]);
  await dialog.getByRole('region', { name: 'New password' }).getByText(password, { exact: true }).waitFor();
  await page.getByText('The clipboard is cleared in 30 s.', { exact: false }).first().waitFor();
  await page.keyboard.press('Enter');
  await dialog.waitFor({ state: 'detached' });
  expect(await page.content()).not.toContain(password);
});

test('a held Enter sets nothing, and what is refused is neither copied nor lost', async () => {
  const refused = { kind: 'invalid' as const, message: 'Not taken.', fields: { password: 'Too weak here.' } };
  await openPerson({ 'people.act': { ok: false, failure: refused } });
  await button('Reset password').press('Enter');
  const typed = page.getByRole('dialog').getByRole('textbox', { name: 'New password' });
  const password = await typed.inputValue();
  await page.keyboard.down('Enter');
  const first = (await inputs('people.act')).length;
  for (let turn = 0; turn < 5; turn += 1) await page.keyboard.down('Enter');
  await page.keyboard.up('Enter');
  expect(await inputs('people.act')).toHaveLength(first);
  await page.getByText('Too weak here.').waitFor();
  expect(await typed.inputValue()).toBe(password);
  expect(await inputs('clipboard.copy')).toEqual([]);
});

test('name, address and id are copied, and a fact is changed where it stands', async () => {
  await openPerson();
  await button('Copy the e-mail address').click();
  await button('Copy the id').click();
  await button('Copy the name').press('Enter');
  expect(await inputs('clipboard.copy')).toEqual(
    ['olga@fjord.example', '0d2c1f6a-77b1-4f0e-9c1d-3f6f6b1e5a10', 'Olga Petrova'].map((text) => ({ text })),
  );
  // What is changed at its fact is offered nowhere else.
  const edit = page.getByRole('button', { name: 'Change the language' });
  expect(await edit.count()).toBe(1);
  await edit.press('Enter');
  const field = page.getByRole('textbox', { name: 'Language' });
  expect(await field.inputValue()).toBe('English');
  expect(await page.getByRole('dialog').count()).toBe(0);
  await field.fill('Norsk');
  await field.press('Enter');
  await field.waitFor({ state: 'detached' });
  expect(await inputs('people.act')).toEqual([
    { sessionId: 's1', action: 'language', target: 'p0', values: { locale: 'Norsk' } },
  ]);
  expect((await inputs('people.person')).length).toBeGreaterThan(1);
});

test('nobody’s password is offered to be reset where the right is missing', async () => {
  const actions = person.actions.map((action) =>
    action.id === 'set-password' ? { ...action, missingRight: 'support rights' } : action,
  );
  const value: PersonPage = { ...person, actions };
  await openPerson({ 'people.person': { ok: true, value } });
  await page.getByText('Reset password: needs support rights').waitFor();
  expect(await button('Reset password').count()).toBe(0);
});

test('has no axe violation', async () => {
  await openPerson();
  expect(await objections(page)).toEqual([]);
  await button('Change the language').press('Enter');
  expect(await objections(page)).toEqual([]);
  await button('Reset password').click();
  await page.getByRole('dialog').getByRole('button', { name: 'Set and copy' }).click();
  await page.getByRole('region', { name: 'New password' }).waitFor();
  // Only of the dialog: what was announced of the button that is gone stays in the page for a while.
  expect(await objections(page, '[role="dialog"]')).toEqual([]);
});
