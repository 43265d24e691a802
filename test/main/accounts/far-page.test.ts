import { expect, test } from 'vitest';
import { newFolder, openTestApp, removeFolder } from '../core-harness.ts';
import { createKeyring } from '../vault/keyrings.ts';

const input = {
  vendor: 'koyeb',
  label: 'First',
  values: { way: 'token', token: 'a-token-of-the-test', baseUrl: 'https://app.koyeb.com' },
  realm: null,
  tags: [],
  colour: 'teal' as const,
};

test('a page of accounts that somebody puts far out keeps no account from being stored, and found again', async () => {
  const folder = newFolder();
  const keyring = createKeyring();
  const open = () => openTestApp(folder, { keyring });
  let app = await open();
  app.core.store.run("INSERT INTO account_pages VALUES (9223372036854775807, x'01')");
  await app.core.close(0);
  app = await open();
  app.core.accounts.add(input);
  await app.core.close(0);
  app = await open();
  expect(app.core.accounts.all()).toMatchObject([{ label: 'First' }]);
  await app.core.close(0);
  removeFolder(folder);
});
