import { expect, test } from 'vitest';
import { type Failure, GatehouseError } from '#contract/failure.ts';
import { defaultSettings, type Settings } from '#contract/shapes.ts';
import { createRouter } from '../../../main/ipc/router.ts';
import { brokenHandlers } from '../../../main/platform/store-failure-handlers.ts';

const failure: Failure = { kind: 'store-broken', message: 'The database is damaged.' };
const settings: Settings = { ...defaultSettings, theme: 'dark', warnBeforeExpiryMinutes: [30] };
const backups = [{ name: 'gatehouse-1.db', madeAt: 1_000, bytes: 4_096 }];

/** The window's calls on a store that can't be used, and what they came to. */
function brokenApp(refused?: Failure) {
  const done: string[] = [];
  const route = createRouter({
    handlers: brokenHandlers(
      failure,
      { host: 'Electron', version: '1.0.0', dataFolder: '/data', backups },
      () => settings,
      {
        'app.quit': () => void done.push('quit'),
        'app.openDataFolder': () => void done.push('folder'),
        restoreBackup(name) {
          if (refused) throw new GatehouseError(refused);
          done.push(`restore ${name}`);
        },
        startAnew: () => void done.push('anew'),
      },
    ),
    locked: () => false,
    reportBug: (channel, error) => done.push(`bug in ${channel}: ${String(error)}`),
  });
  return { route, done };
}

test('a store that can’t be used is shown with its backups and the person’s own settings', async () => {
  const { route } = brokenApp();
  expect(await route('state.snapshot', undefined)).toMatchObject({
    ok: true,
    value: {
      vault: { state: 'broken', hasRecovery: false, failure },
      appInfo: { storeFailure: failure, dataFolder: '/data', backups },
      settings,
      accounts: [],
    },
  });
});

test('a backup is put in its place, or an empty desk begun, only when it is asked for', async () => {
  const { route, done } = brokenApp();
  await route('state.snapshot', undefined);
  expect(done).toEqual([]);
  expect(await route('store.restoreBackup', { name: 'gatehouse-1.db' })).toMatchObject({ ok: true });
  expect(await route('store.startAnew', undefined)).toMatchObject({ ok: true });
  expect(done).toEqual(['restore gatehouse-1.db', 'anew']);
});

test('why a backup can’t be used reaches the person', async () => {
  const refused: Failure = { kind: 'store-broken', message: 'This backup is damaged, too.' };
  const { route } = brokenApp(refused);
  expect(await route('store.restoreBackup', { name: 'gatehouse-1.db' })).toEqual({
    ok: false,
    failure: refused,
  });
});

test('nothing else answers, a name of no backup included', async () => {
  const { route, done } = brokenApp();
  expect(await route('store.restoreBackup', { name: '' })).toMatchObject({ failure: { kind: 'invalid' } });
  expect(await route('vault.create', { passphrase: null, recovery: false })).toEqual({ ok: false, failure });
  expect(await route('vault.recover', { code: 'a', next: 'b' })).toEqual({ ok: false, failure });
  expect(await route('ledger.page', { limit: 5 })).toEqual({ ok: false, failure });
  expect(done).toEqual([]);
});
