import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { checkBaseUrl } from '#http/base-url.ts';
import { createAccountBook } from '../../../main/accounts/account-book.ts';
import { createAccountRows } from '../../../main/accounts/account-rows.ts';
import { createLedger } from '../../../main/ledger/ledger.ts';
import { createVault } from '../../../main/vault/vault.ts';
import { temporaryPath, temporaryStore } from '../store/temporary.ts';
import { createKeyring } from '../vault/keyrings.ts';
import { killPassphrase, killVendor } from './kill-desk.ts';

const child = fileURLToPath(new URL('./kill-child.ts', import.meta.url));

/** Lets the child work until it has said `lines` ids, kills it, and answers all that it said. */
async function workAndKill(path: string, run: number, lines: number): Promise<string[]> {
  const worker = spawn(process.execPath, [child, path, String(run)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  worker.stdout.setEncoding('utf8').on('data', (text: string) => {
    said += text;
    if (said.split('\n').length > lines) worker.kill('SIGKILL');
  });
  const [, signal] = await once(worker, 'close');
  expect(signal).toBe('SIGKILL');
  return said.split('\n').slice(0, -1);
}

test('kill -9 in the middle of writes loses no account, no secret and no row of the ledger', async () => {
  const path = temporaryPath();
  const said: string[] = [];
  for (const [run, lines] of [1, 3, 20, 47, 160].entries())
    said.push(...(await workAndKill(path, run, lines)));

  const store = temporaryStore(path);
  const vault = createVault({ store, safeStorage: createKeyring(), now: () => 0 });
  await vault.unlock(killPassphrase);
  const ledger = createLedger({ store, vault, now: () => 0 });
  const book = createAccountBook({
    rows: createAccountRows(store, vault),
    store,
    vault,
    ledger,
    vendors: [killVendor],
    newId: () => 'x',
    now: () => 0,
    checkBaseUrl,
  });

  const found = book.all().map((account) => account.id);
  expect(said.length).toBeGreaterThan(230);
  expect(found).toEqual(expect.arrayContaining(said));
  // At most one a run may be stored and not said.
  expect(found.length - said.length).toBeLessThanOrEqual(5);
  for (const id of found) expect(book.valuesWithSecrets(id).password).toBe(`secret of ${id}`);
  expect(await ledger.verify()).toMatchObject({ ok: true, rows: found.length });
  expect(new Set((await ledger.page({ limit: 1000 })).map((row) => row.accountId))).toEqual(new Set(found));
}, 60_000);
