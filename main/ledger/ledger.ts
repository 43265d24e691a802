import { inSlices } from '#lib/slices.ts';
import { bytesIn } from '../store/columns.ts';
import type { Store } from '../store/store.ts';
import { sealedColumns } from '../vault/sealed-columns.ts';
import type { Vault } from '../vault/vault.ts';
import { type Entry, entryOf, type LedgerEntry, type Operator, plain } from './entry.ts';
import { csvHeader, csvRow, rowsUpTo } from './export.ts';
import { type Head, noRows, readHead, writeHead, writeLockedEnd } from './head.ts';
import { chained, perPage, rowPlace, textOfRow } from './ledger-rows.ts';
import { keyAfter, markEnd, markRow } from './locked-rows.ts';
import { pack } from './pages.ts';
import { createSearch, type Filter, type ShownRow } from './search.ts';
import { takeUp } from './take-up.ts';
import { type Verdict, verify } from './verify.ts';

export {
  type Actor,
  aboutSession,
  isLedgerEvent,
  type LedgerEntry,
  type LedgerEvent,
  ledgerEvents,
  type Operator,
  type Subject,
} from './entry.ts';
export type { Verdict } from './verify.ts';

/** While locked only `write` works; everything else throws vault-locked. */
export interface Ledger {
  /** Appends one row; throws store-broken when it can't be written. */
  write(entry: LedgerEntry): void;
  /** Newest first. Others have their turn while a long ledger is searched, and may write. */
  page(filter: Filter): Promise<ShownRow[]>;
  /** Walks the whole chain, with others in between, and names the first row that is not as it was written; `kept`: a hash to look for. */
  verify(kept?: string): Promise<Verdict>;
  /** How many rows there are, and the hash of the last one. */
  head(): { rows: number; hash: string };
  /** RFC 4180, CRLF, with a header line; one chunk a row. */
  exportCsv(): Iterable<string>;
  /** One JSON object a line. */
  exportJsonLines(): Iterable<string>;
}

interface LedgerOptions {
  store: Store;
  vault: Vault;
  /** ms since 1970. */
  now(): number;
  /** Names an account for rows that were written before the vault was open. */
  account?(id: string): { label: string; vendor: string; identity: string } | null;
  /** Who uses this computer; every row says so. */
  operator?: Operator;
}

/** The record of who did what and when: sealed rows, each with the hash of the one before it, and a sealed end. */
export function createLedger({
  store,
  vault,
  now,
  account = () => null,
  operator = { user: null, machine: null },
}: LedgerOptions): Ledger {
  /** While the vault is open and what a locked time has left is taken up. */
  let head: Head | null = null;
  /** That head as it stands on disk: another one there was undone with its transaction, or put there by somebody. */
  let headSealed: Uint8Array = Buffer.of();
  /** How many rows there were when that was last known. */
  let base = 0;
  /** Hashes and lock keys of rows that the running transaction may still undo, and of the last one before it. */
  const hashes = new Map<number, string>();
  const keys = new Map<number, Buffer>();

  const search = createSearch(store, vault);

  vault.whenOpen(() => {
    head = null;
    if (!store.get('SELECT 1 FROM ledger_head')) opened();
  });
  vault.onChange(({ state }) => {
    if (state !== 'locked') return;
    if (!head) return;
    keys.clear();
    keys.set(head.rows, Buffer.from(head.lockKey, 'base64'));
    base = head.rows;
    head = null;
  });

  function lastSeq(): number {
    const last = store.get('SELECT max(seq) AS seq FROM ledger WHERE seq <= ?', reach())?.seq;
    const inPages = () =>
      store.get('SELECT max(last) AS seq FROM ledger_pages WHERE last <= ?', reach())?.seq;
    return Number(last ?? inPages() ?? 0);
  }

  /** A row that lies further is not ours: counting on from it would leave no numbers. */
  function reach(): number {
    return (head?.rows ?? base) + 2 ** 40;
  }

  /** Before anything was written, there is no end of the ledger to be missed. */
  function nothingStored(): boolean {
    return sealedColumns.every(
      ({ table }) => table === 'ledger_head' || !store.get(`SELECT 1 FROM ${table} LIMIT 1`),
    );
  }

  function isOnDisk(): boolean {
    const row = store.get('SELECT sealed FROM ledger_head WHERE id = 1');
    return row !== undefined && Buffer.compare(bytesIn(row, 'sealed'), headSealed) === 0;
  }

  /** The end of the ledger as the vault knows it. */
  function opened(): Head {
    if (head && isOnDisk()) return head;
    base = head?.rows ?? base;
    head = null;
    store.transaction(() => {
      head = readEnd();
    });
    hashes.clear();
    hashes.set(head!.rows, head!.hash);
    return head!;
  }

  /** The end as it is stored, once what a locked time has left is taken up. */
  function readEnd(): Head {
    const { head: known, row } = readHead(store, vault);
    if (known === 'none' && nothingStored()) return settled(noRows());
    if (known !== 'none' && known !== null) base = known.rows;
    const end = lastSeq();
    if (known === 'none' || known === null) {
      const fault = { seq: end, why: 'The mark of the last row is gone.' };
      return settled({ ...noRows(), rows: end, fault });
    }
    const lockedRows = row?.locked_rows === null ? known.rows : Number(row?.locked_rows);
    if (end === known.rows && lockedRows === known.rows) {
      headSealed = bytesIn(row!, 'sealed');
      return known;
    }
    return settled(takeUp(store, vault, { known, end, lockedRows, mark: row?.locked_mac, named }));
  }

  function named(entry: Entry): Entry {
    if (entry.accountLabel || !entry.accountId) return entry;
    const found = account(entry.accountId);
    if (!found) return entry;
    const { label, vendor, identity } = found;
    return {
      ...entry,
      accountLabel: plain(label),
      vendor,
      signedInAs: entry.signedInAs ?? plain(identity),
    };
  }

  function settled(next: Head): Head {
    headSealed = writeHead(store, vault, next);
    return next;
  }

  function append(entry: Entry, at: number): void {
    const known = opened();
    const last = lastSeq();
    // The head's and not the last row's: the next row then shows it when rows were cut off in between.
    const row = chained(entry, { seq: last + 1, at, previousHash: hashes.get(last) ?? known.hash });
    insert(row.seq, at, vault.sealRow(rowPlace(row.seq, at), textOfRow(row)), null);
    hashes.set(row.seq, row.hash);
    if (row.seq % perPage === 0) pack(store, vault);
    store.atCommit(finishOpen);
  }

  function finishOpen(): void {
    const rows = lastSeq();
    const hash = hashes.get(rows);
    if (!head || hash === undefined) return;
    head = settled({ ...head, rows, hash });
    for (const seq of hashes.keys()) if (seq !== rows) hashes.delete(seq);
  }

  /** What can't be marked (the vault was not open since the start) is taken up as unproved. */
  function appendLocked(entry: Entry, at: number): void {
    const last = lastSeq();
    const seq = last + 1;
    const text = JSON.stringify(entry);
    const key = keys.get(last);
    insert(seq, at, vault.depositRow(rowPlace(seq, at), text), key ? markRow(key, seq, at, text) : null);
    if (!key) return;
    keys.set(seq, keyAfter(key));
    store.atCommit(finishLocked);
  }

  function finishLocked(): void {
    const rows = lastSeq();
    const key = keys.get(rows);
    if (!key) return;
    writeLockedEnd(store, rows, markEnd(key, rows));
    for (const [seq, former] of keys) {
      if (seq === rows) continue;
      former.fill(0);
      keys.delete(seq);
    }
  }

  function insert(seq: number, at: number, sealed: Uint8Array, mac: Uint8Array | null): void {
    store.run('INSERT INTO ledger (seq, at, sealed, mac) VALUES (?, ?, ?, ?)', seq, at, sealed, mac);
  }

  const rows = () => rowsUpTo(opened().rows, store, vault);

  return {
    write(entry) {
      const at = Math.round(now());
      const own = entryOf(entry, operator);
      store.transaction(() => (vault.isOpen() ? append(own, at) : appendLocked(own, at)));
    },
    async page(filter) {
      opened();
      return inSlices(search(filter));
    },
    async verify(kept) {
      // Before anything is read: what a locked time has left is taken up.
      opened();
      return inSlices(verify(store, vault, opened, kept));
    },
    head() {
      const { rows: count, hash } = opened();
      return { rows: count, hash: count === 0 ? '' : hash };
    },
    *exportCsv() {
      yield csvHeader;
      for (const row of rows()) yield csvRow(row);
    },
    *exportJsonLines() {
      for (const row of rows()) yield `${JSON.stringify(row)}\n`;
    },
  };
}
