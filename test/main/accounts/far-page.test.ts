import { expect, test } from 'vitest';
import { newFolder, openTestHouse, removeFolder } from '../house-kit.ts';
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
  const open = () => openTestHouse(folder, { keyring });
  let desk = await open();
  desk.house.store.run("INSERT INTO account_pages VALUES (9223372036854775807, x'01')");
  await desk.house.close(0);
  desk = await open();
  desk.house.accounts.add(input);
  await desk.house.close(0);
  desk = await open();
  expect(desk.house.accounts.all()).toMatchObject([{ label: 'First' }]);
  await desk.house.close(0);
  removeFolder(folder);
});
