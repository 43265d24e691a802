import { numberIn } from '../store/columns.ts';
import type { Store } from '../store/store.ts';
import type { Vault } from '../vault/vault.ts';
import { firstHash, hashOf } from './chain.ts';
import {
  openLedgerPage,
  openLedgerRow,
  pagePlace,
  perPage,
  type StoredRow,
  textOfPage,
} from './ledger-rows.ts';

/** Stores rows that follow each other as one page. */
export function putPage(store: Store, vault: Pick<Vault, 'sealRow'>, rows: StoredRow[]): void {
  const first = rows[0]!.seq;
  const last = rows.at(-1)!.seq;
  const sealed = vault.sealRow(pagePlace(first, last), textOfPage(rows));
  store.run('INSERT INTO ledger_pages (first, last, sealed) VALUES (?, ?, ?)', first, last, sealed);
}

/** Seals the oldest rows together once there are two pages of them; rows that are not sound stay as they are. */
export function pack(store: Store, vault: Vault): void {
  const found = store.all('SELECT * FROM ledger ORDER BY seq LIMIT ?', 2 * perPage);
  if (found.length < 2 * perPage) return;
  // A page that somebody has put there is kept for verify to name.
  if (store.get('SELECT 1 FROM ledger_pages WHERE first = ?', numberIn(found[0]!, 'seq'))) return;
  const rows: StoredRow[] = [];
  let previousHash = hashBefore(store, vault, numberIn(found[0]!, 'seq'));
  for (const one of found.slice(0, perPage)) {
    const row = openLedgerRow(vault, one, previousHash);
    if (!row || row.seq !== numberIn(found[0]!, 'seq') + rows.length || row.hash !== hashOf(row)) return;
    rows.push(row);
    previousHash = row.hash;
  }
  putPage(store, vault, rows);
  store.run('DELETE FROM ledger WHERE seq <= ?', rows.at(-1)!.seq);
}

/** The hash of the last row in pages before `seq`. */
function hashBefore(store: Store, vault: Vault, seq: number): string {
  const page = store.get('SELECT * FROM ledger_pages WHERE last = ?', seq - 1);
  return (page && openLedgerPage(vault, page)?.at(-1)?.hash) ?? firstHash;
}
