import { afterEach, beforeEach, expect, test } from 'vitest';
import { defaultSidebar } from '#contract/shapes.ts';
import { newFolder, openTestApp, removeFolder, routerOf, type TestApp } from './core-harness.ts';
import { createKeyring } from './vault/keyrings.ts';

/* How the list of accounts is arranged: kept sealed, and shown to nobody while locked. */

let folder: string;
let app: TestApp;
const keyring = createKeyring();
const call = (input: unknown) => routerOf(app)('sidebar.change', input);

beforeEach(async () => {
  folder = newFolder();
  app = await openTestApp(folder, { keyring });
});
afterEach(async () => {
  await app.core.close(0);
  removeFolder(folder);
});

const filters = [{ name: 'Northwind', text: 'northwind eu', tag: null }];

test('keeps what it is told over a restart, and leaves the rest as it was', async () => {
  expect(app.core.snapshot().sidebar).toEqual(defaultSidebar);
  expect(await call({ pinned: ['b', 'a'], filters })).toMatchObject({ ok: true });
  expect(await call({ width: 320 })).toMatchObject({ ok: true });
  const arranged = { ...defaultSidebar, pinned: ['b', 'a'], filters, width: 320 };
  expect(app.changes.filter(({ entity }) => entity === 'sidebar').at(-1)).toEqual({
    entity: 'sidebar',
    value: arranged,
  });
  await app.core.close(0);
  app = await openTestApp(folder, { keyring });
  expect(app.core.snapshot().sidebar).toEqual(arranged);
});

test('refuses more than it keeps', async () => {
  for (const input of [
    { pinned: Array.from({ length: 201 }, String) },
    { order: Array.from({ length: 2_001 }, String) },
    { filters: Array.from({ length: 31 }, (_, at) => ({ name: `${at}`, text: '', tag: null })) },
    { filters: [{ name: '', text: 'x', tag: null }] },
    { width: 10_000 },
  ])
    expect(await call(input)).toMatchObject({ ok: false, failure: { kind: 'invalid' } });
  expect(app.core.snapshot().sidebar).toEqual(defaultSidebar);
});

test('while locked nobody sees it or changes it', async () => {
  await call({ filters });
  await app.core.vault.setPassphrase(null, 'a quiet gatehouse by the river');
  await app.core.lock('window');
  expect(app.core.snapshot().sidebar).toEqual(defaultSidebar);
  expect(await call({ filters: [] })).toMatchObject({ ok: false, failure: { kind: 'vault-locked' } });
  await app.core.unlock('a quiet gatehouse by the river');
  expect(app.core.snapshot().sidebar).toEqual({ ...defaultSidebar, filters });
});
