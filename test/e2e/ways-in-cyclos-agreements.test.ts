import { beforeAll, describe, expect, test } from 'vitest';
import type { Practice } from '../../practice/common/types.ts';
import { accountOf, eventually, openApp, openPractice, type TestApp } from './harness.ts';

/** What Cyclos's agreements say is read before they are accepted, in both generations. */
let app: TestApp;
let practice: Practice;

beforeAll(async () => {
  practice = await openPractice({ only: ['cyclos'], cyclos: 'both' });
  app = await openApp();
});

describe.each([
  ['4.16', 0],
  ['4.11', 1],
] as const)('Cyclos %s', (generation, at) => {
  test('an agreement is read by keyboard, as text whose links do nothing, and then accepted', async () => {
    const server = practice.servers[at]!;
    const label = `Agnes (${generation})`;
    const input = accountOf(server, 'Left Coast: Pending agreements', { label });
    const account = await app.call('accounts.add', input);
    await app.row(label).click();
    await app.button('Sign in').click();
    const read = app.prompt.getByRole('button', { name: 'Read Terms of use' });
    await read.focus();
    await app.page.keyboard.press('Enter');
    const text = app.prompt.getByRole('region', { name: 'Text of Terms of use' });
    await text.getByText('Pay and be paid & look at what was paid.').waitFor();
    expect(await text.textContent()).toContain('our pages [https://terms.example/left-coast].');
    expect(await text.locator('a, script, img').count()).toBe(0);
    await app.look(`agreements-${generation}`);
    for (const box of await app.prompt.getByRole('checkbox').all()) await box.check({ force: true });
    await app.prompt.getByRole('button', { name: 'Accept and sign in' }).click();
    await app.session(account, 'active');
    await app.remove(account);
    await eventually(() =>
      expect(server.sessions().filter(({ person }) => person === account.values.principal)).toEqual([]),
    );
  });
});
