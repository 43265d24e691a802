import { writeSync } from 'node:fs';
import { checkBaseUrl } from '#http/base-url.ts';
import { createAccountBook } from '../../../main/accounts/account-book.ts';
import { createAccountRows } from '../../../main/accounts/account-rows.ts';
import { createLedger } from '../../../main/ledger/ledger.ts';
import { openStore } from '../../../main/store/store.ts';
import { createVault } from '../../../main/vault/vault.ts';
import { killPassphrase, killVendor } from './kill-desk.ts';

/** Adds accounts for ever and says the id of each as soon as it is stored; the test kills it at any moment. */
const [path = '', run = '0'] = process.argv.slice(2);
const now = () => Date.now();
const store = openStore(path, { now });
const none = {
  look: async () => ({ available: false, backend: 'none' }),
  encrypt: async () => new Uint8Array(),
  decrypt: async () => null,
};
const vault = createVault({ store, safeStorage: none, now, cost: { N: 16, r: 1, p: 1 } });
if (vault.view().state === 'new') await vault.create(killPassphrase);
else await vault.unlock(killPassphrase);

let made = 0;
const book = createAccountBook({
  rows: createAccountRows(store, vault),
  store,
  vault,
  ledger: createLedger({ store, vault, now }),
  vendors: [killVendor],
  newId: () => `${run}-${++made}`,
  now,
  checkBaseUrl,
});
for (;;) {
  const values = { baseUrl: 'https://panel.example', password: `secret of ${run}-${made + 1}` };
  const { id } = book.add({
    vendor: 'panel',
    label: `Run ${run}`,
    values,
    realm: null,
    tags: [],
    colour: 'slate',
  });
  writeSync(1, `${id}\n`);
}
